// From a decision to daily work: resources, fixed meetings, promises, dates and the plan on one page.

function Allocate({ view, d }) {
  const { w } = useCtx();
  if (!d.rows.length) return html`<p class="nothing">${w.nothing_decided}</p>`;
  return html`<div class="allocate"><ul class="rows">${d.rows.map((r) => html`<${Row} key=${r.id} cls="need"><div class="title"><h2><bdi>${r.title}</bdi></h2><div class="size">
      <${Segments} f=${r.size} label=${`${w.size}: ${r.title}`} choices=${d.sizes} /></div></div>
      <${Field} f=${r.hours} label=${w.hours} size=${5} /><${Field} f=${r.money} label=${w.money} size=${7} />
      <${Field} f=${r.missing} label=${w.missing} placeholder=${w.missing_example} cls="grow" /><${Field} f=${r.who} label=${w.who_gets_it} size=${12} /><//>`)}</ul>
    <${Figure} svg=${d.figure} cls="low" />${d.unknown && html`<p class="soft">${d.unknown}</p>`}</div>`;
}

function AnchorWork({ view, d }) {
  const { w, send } = useCtx();
  const [adding, setAdding] = useState(false);
  if (!d.rows.length) return html`<p class="nothing">${w.nothing_decided}</p>`;
  return html`<div class="anchors"><ul class="rows">${d.rows.map((r) => html`<${Row} key=${r.id} cls="anchor"><h2><bdi>${r.title}</bdi></h2>
      <${Select} f=${r.forum} label=${w.fixed_meeting} choices=${d.forums} empty=${w.choose_meeting} />
      <${Field} f=${r.first} label=${w.first_time} size=${9} placeholder=${w.date_example} />
      <div class="person"><${Field} f=${r.responsible} label=${w.responsible} size=${13} />${r.responsible.value && html`<${Tick} f=${r.responsible_agreed} label=${w.has_said_yes} />`}</div>
      <div class="person"><${Field} f=${r.deputy} label=${w.deputy} size=${13} placeholder=${w.who_takes_over} />${r.deputy.value && html`<${Tick} f=${r.deputy_agreed} label=${w.has_said_yes} />`}</div><//>`)}</ul>
    <section class="side"><${Figure} svg=${d.wheel} />
      <button type="button" aria-haspopup="dialog" onClick=${() => setAdding(true)}>${w.other_meetings}</button>
      ${adding && html`<${Dialog} title=${w.other_meetings} close=${() => setAdding(false)}>
        <${AddField} name="forum" label=${w.new_forum} button=${w.add_forum} limit=${80} add=${(text) => send({ do: "add_forum", text })} />
        <ul class="meetings">${d.own.map((f) => html`<li key=${f.id}><${Select} f=${f.rhythm} label=${f.name} choices=${d.rhythms} /></li>`)}</ul><//>`}</section></div>`;
}

function Commit({ view, d }) {
  const { w, send } = useCtx();
  const [sort, setSort] = useState(d.kinds[0] ? d.kinds[0].key : "");
  const [open, setOpen] = useState(null);
  const kind = d.kinds.find((k) => k.key === sort);
  return html`<div class="two commit"><section><h2>${w.promises}</h2><ul class="rows">
      ${d.rows.map((r) => html`<${Row} key=${r.id} cls="promise"><blockquote><button type="button" class="text" aria-expanded=${open === r.id ? "true" : "false"} onClick=${() => setOpen(open === r.id ? null : r.id)}><bdi>${r.text.value}</bdi></button><small>${r.sort}</small></blockquote>
        ${open === r.id && html`<${Field} f=${r.text} label=${w.promise_in_words} cls="whole" done=${() => setOpen(null)} />`}
        <${Field} f=${r.role} label=${w.role} size=${14} cls="grow" /><${Field} f=${r.date} label=${w.from_date} size=${10} placeholder=${w.date_example} />
        ${open === r.id && html`<${Do} cls="link" message=${{ do: "remove", id: r.id }} label=${`${w.remove}: ${r.text.value}`}>${w.remove}<//>`}<//>`)}
      ${!d.rows.length && html`<li class="nothing">${d.absent.value ? w.leader_was_absent : w.no_promises}</li>`}</ul></section>
    <section class="side">${d.absent.value ? html`<${Field} f=${d.asks} label=${w.who_asks_when} rows=${2} />` : html`<h2>${w.say_it_aloud}</h2><div class="kinds" role="group" aria-label=${w.kind_of_promise}>${d.kinds.map((k) => html`<button type="button" key=${k.key} aria-pressed=${k.key === sort ? "true" : "false"} onClick=${() => setSort(k.key)}>${k.label}</button>`)}</div>
      <${AddField} name=${view.place + sort} label=${w.new_promise} button=${w.add_promise} limit=${d.limit} placeholder=${kind ? kind.text : ""} add=${(text) => send({ do: "add_promise", text, sort })} />
`}
      <${Tick} f=${d.absent} label=${w.leader_absent} /></section></div>`;
}

function Wheel({ d }) {
  return html`<div class="wheel"><${Figure} svg=${d.figure} /></div>`;
}

function Plan({ view, d }) {
  const { w, send } = useCtx();
  return html`<div class="two"><section><h2>${w.suggested_dates}</h2><ul class="rows">
      ${d.presets.map((p) => html`<li key=${p.key} class=${p.taken ? "row" : "row offered"}><b>${p.label}</b> <span>${p.shown}</span>
        ${p.taken ? html`<small class="ok">${w.chosen}</small>` : html`<${Do} cls="small" message=${{ do: "add_reviews", keys: [p.key] }} label=${`${w.use_date}: ${p.label}`}>${w.use_date}<//>`}</li>`)}</ul>
      ${d.presets.some((p) => !p.taken) && html`<${Do} cls="primary" message=${{ do: "add_reviews", keys: d.presets.filter((p) => !p.taken).map((p) => p.key) }}>${w.use_all_dates}<//>`}</section>
    <section><h2>${w.we_meet_again}</h2><ul class="rows">
      ${d.reviews.map((r) => html`<${Row} key=${r.id}><b>${r.label}</b><span class="weekday">${r.weekday}</span><${Field} f=${r.date} label=${`${w.when} ${r.label}`} hide=${true} size=${10} />
        <${Do} cls="link" message=${{ do: "remove", id: r.id }} label=${`${w.remove}: ${r.date.value}`}>${w.remove}<//><//>`)}
      ${!d.reviews.length && html`<li class="nothing">${w.no_dates}</li>`}</ul>
      <${AddField} name=${view.place} label=${w.other_date} button=${w.add_date} limit=${40} placeholder=${w.date_example} add=${(text) => send({ do: "add_review", text })} /></section></div>`;
}

/** The plan on one page: what we want and when we meet again, what we do and what waits, what we must and what was promised. */
function PlanPage({ d }) {
  const { w } = useCtx();
  const cell = (text) => (text ? html`<bdi>${text}</bdi>` : html`<span class="flag">${w.is_missing}</span>`);
  const rows = (title, all) => all.length > 0 && html`<tbody><tr class="group"><th scope="rowgroup" colspan="5">${title}</th></tr>
    ${all.map((r) => html`<tr key=${r.id}><th scope="row"><bdi>${r.title}</bdi>${r.waits && html` <small>${r.waits}</small>`}</th><td>${r.first}</td><td>${cell(r.forum)}</td><td>${cell(r.responsible)}</td><td>${cell(r.deputy)}</td></tr>`)}</tbody>`;
  return html`<div class="pair want"><div><h2>${w.we_want}</h2>
      <ol>${d.goals.map((g) => html`<li key=${g.id}><b><bdi>${g.title}</bdi></b>${g.how && html` <span>${g.how}</span>`}</li>`)}</ol>
      ${!d.goals.length && html`<p class="nothing">${w.no_goals}</p>`}</div>
      <div>${d.reviews && html`<h2>${w.we_meet_again}</h2><p>${d.reviews}</p>`}
      ${d.tasks.length > 0 && html`<h2>${w.after_meeting}</h2><ul>${d.tasks.map((t) => html`<li key=${t.place}>${t.text}</li>`)}</ul>`}</div></div>
    ${d.rows.length > 0 ? html`<div class="scroll"><table aria-label=${w.initiatives}><thead><tr><th scope="col">${w.initiative}</th><th scope="col">${w.first_time}</th><th scope="col">${w.fixed_meeting}</th><th scope="col">${w.responsible}</th><th scope="col">${w.deputy}</th></tr></thead>
      ${rows(w.we_do, d.rows.filter((r) => !r.waits))}${rows(w.awaits_answer, d.rows.filter((r) => r.waits))}</table></div>` : html`<div><h2>${w.we_do}</h2><p class="nothing">${w.nothing_decided}</p></div>`}
    <div class="pair must">${d.duties.length > 0 && html`<div><h2>${w.we_must}</h2><ul>${d.duties.map((t) => html`<li key=${t.id}><b><bdi>${t.title}</bdi></b> <span>${t.how}</span></li>`)}</ul></div>`}
      ${d.promises.length > 0 && html`<div><h2>${w.promises}</h2><ul>${d.promises.map((p) => html`<li key=${p.id}><q><bdi>${p.text}</bdi></q>${p.by && html` <small>${p.by}</small>`}</li>`)}</ul></div>`}</div>`;
}

function Close({ view, d }) {
  const { w, send } = useCtx();
  const [open, setOpen] = useState(null);
  const [big, setBig] = useState(false);
  const page = useFit(0.72, 1.2);
  const last = html`<${Tick} f=${d.calendar} label=${w.calendar_sent} />
      <${Field} f=${d.keeper} label=${w.keeper} /><${Field} f=${d.readers} label=${w.readers} />
      <${AddField} name=${view.place} label=${w.last_word} button=${w.add_last_word} limit=${d.limit} add=${(text) => send({ do: "add_card", text })} />`;
  const said = d.words[0] && html`<ul class="cards one said">${d.words.map((c) => html`<${CardItem} key=${c.id} c=${c} open=${open} setOpen=${setOpen} />`)}</ul>`;
  const large = html`<button type="button" class="small" aria-haspopup="dialog" onClick=${() => setBig(true)}>${w.show_plan_big}</button>`;
  return html`<div class="closing"><section class="page" ref=${page} aria-label=${w.our_plan}><${PlanPage} d=${d} /></section>
    ${d.closed ? html`<section class="side"><div class="thanks"><p><b>${w.thanks}</b> ${d.closed}</p><${Report} report=${d.report} primary=${true} /><${Do} message=${{ do: "reopen" }}>${w.take_up_again}<//>${large}</div>
      <details><summary>${w.before_you_go}</summary>${last}${said}</details></section>`
    : html`<section class="side"><h2>${w.before_you_go}</h2>${last}<div class="row tight">${large}<${Report} report=${d.report} /></div>${said}</section>`}
    ${big && html`<${Dialog} title=${w.our_plan} cls="big-plan" close=${() => setBig(false)}><${PlanPage} d=${d} /><//>`}</div>`;
}
