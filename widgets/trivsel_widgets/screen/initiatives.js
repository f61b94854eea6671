// Initiatives: what works already, what could be tried, and what is decided.

function Ideas({ view, d }) {
  const { w, send } = useCtx();
  const [open, setOpen] = useState(null);
  const [shown, setShown] = useState(false);
  const list = (items, label, empty, adding, works, more) => html`<section aria-label=${label}><div class="head"><h2>${label} · ${items.length}</h2>${more}</div>
    <${AddField} name=${view.place + (works ? ".works" : "")} label=${adding.label} button=${adding.button} limit=${d.limit} many=${true} add=${(text) => send({ do: "add_initiative", text, works })} />
    <ul class="cards">
    ${items.map((i) => html`<li key=${i.id} class=${`note ${open === i.id ? "open" : ""}`}>
      <button type="button" class="text" aria-expanded=${open === i.id ? "true" : "false"} onClick=${() => setOpen(open === i.id ? null : i.id)}><bdi>${i.title.value}</bdi>${i.facts && html`<small>${i.facts}</small>`}</button>
      ${open === i.id && html`<div class="doing"><${Field} f=${i.title} label=${w.text} />${i.description && html`<p>${i.description}</p>`}
        <${Tick} f=${i.works} label=${w.works_already} />
        ${d.goals.length > 0 && html`<h3>${w.serves}</h3><${Ticks} f=${i.goals} label=${`${w.serves}: ${i.title.value}`} choices=${d.goals} />`}
        <h3>${w.works_on}</h3><${Ticks} f=${i.levels} label=${`${w.works_on}: ${i.title.value}`} choices=${d.levels} />
        <${Do} cls="small" message=${{ do: "remove", id: i.id }}>${w.remove}<//></div>`}</li>`)}
    ${!items.length && html`<li class="nothing">${empty}</li>`}</ul></section>`;
  const catalogue = html`<button type="button" class="small" aria-expanded=${shown ? "true" : "false"} onClick=${() => setShown(!shown)}>${shown ? w.hide_ideas : w.show_ideas}</button>`;
  return html`<div class=${`ideas ${shown ? "with-catalogue" : ""}`}>
    ${list(d.works, w.we_do_already, w.no_works, d.keep, true, null)}${list(d.ideas, w.we_could_try, w.no_ideas, d, false, catalogue)}
    ${shown && html`<${Catalogue} items=${d.catalogue} what="initiative" note=${d.catalogue_note} />`}</div>`;
}

function Decide({ view, d }) {
  const { w, send } = useCtx();
  const change = useChange();
  const [open, setOpen] = useState(null);
  return html`<div class="decide">
    ${d.duties.length > 0 && html`<section class="duties" aria-label=${w.duty_title}><div class="head"><h2>${w.duty_title}</h2><small>${{ amo: w.goes_to_amo, med: w.goes_to_med, leader: w.goes_to_leader }[d.duty_to]}</small></div>${d.duties.map((i) => html`<${Row} tag="div" key=${i.id} cls="duty">
      <b><bdi>${i.title.value}</bdi></b><${Field} f=${i.duty_who} label=${w.who} size=${14} cls="beside-label" /><${Field} f=${i.duty_when} label=${w.when} size=${10} placeholder=${w.date_example} cls="beside-label" />
      ${i.duty.optional && html`<button type="button" class="link" onClick=${() => change(i.duty, "part")}>${w.not_a_duty}</button>`}<//>`)}</section>`}
    ${d.rows.some((i) => i.decision.value === "yes") && html`<p class="column-head" aria-hidden="true">${w.who_must_say_yes}</p>`}
    <ul class="rows">${d.rows.map((i) => html`<${Row} key=${i.id} cls=${`decision ${i.decision.value || "open"}`}>
      <div class="what"><button type="button" class="text" aria-expanded=${open === i.id ? "true" : "false"} onClick=${() => setOpen(open === i.id ? null : i.id)}><bdi>${i.title.value}</bdi></button><small>${i.facts}</small></div>
      <${Segments} f=${i.decision} label=${`${w.decision}: ${i.title.value}`} choices=${d.choices} />
      ${i.decision.value === "yes" && html`<div class="beside"><${Select} f=${i.approver} label=${w.who_must_say_yes} hide=${true} choices=${d.approvers} /></div>`}
      ${i.aimless && open !== i.id && html`<div class="more aims"><small>${w.serves}</small><${Ticks} f=${i.goals} label=${`${w.serves}: ${i.title.value}`} choices=${d.goals} /></div>`}
      ${i.decision.value === "no" && html`<div class="beside"><${Field} f=${i.reason} label=${w.because} placeholder=${w.reason_example} cls="beside-label" /></div>`}
      ${i.duty_part && html`<div class="more"><small class="warn">${w.duty_part}</small> <button type="button" class="link" onClick=${() => change(i.duty, "yes")}>${w.it_is_a_duty}</button></div>`}
      ${open === i.id && html`<div class="more detail">${i.description && html`<p>${i.description}</p>`}
        ${d.goals.length > 0 && html`<h3>${w.serves}</h3><${Ticks} f=${i.goals} label=${`${w.serves}: ${i.title.value}`} choices=${d.goals} />`}
        <h3>${w.works_on}</h3><${Ticks} f=${i.levels} label=${`${w.works_on}: ${i.title.value}`} choices=${d.levels} />
        <p><button type="button" class="small" onClick=${() => change(i.works, true)}>${w.works_already}</button> ${!i.duty_part && html`<button type="button" class="small" onClick=${() => change(i.duty, "yes")}>${w.it_is_a_duty}</button>`} <${Do} cls="small" message=${{ do: "remove", id: i.id }}>${w.remove}<//></p></div>`}<//>`)}
      ${!d.rows.length && !d.duties.length && html`<li class="nothing">${w.no_ideas}</li>`}</ul>
    <${AddField} name=${view.place} label=${d.label} button=${d.button} limit=${d.limit} many=${true} add=${(text) => send({ do: "add_initiative", text, works: false })} /></div>`;
}

function Chooser({ view }) {
  const { w, send } = useCtx();
  const id = useId("new");
  return html`<div class="chooser"><h1>${w.choose_title}</h1><p class="why">${view.problem || w.choose_why}</p>
    <ul class="rows">${view.workshops.map((x) => html`<li key=${x.id} class="row"><${Do} cls="text" message=${{ do: "open", workshop: x.id }}><b><bdi>${x.title}</bdi></b> <small>${x.note}</small><//></li>`)}</ul>
    <${AddField} name="chooser" label=${w.new_workshop} button=${w.start_workshop} limit=${120} add=${(text) => send({ do: "start", title: text })} />
    <div class="row"><${Do} message=${{ do: "example" }}>${w.open_example}<//></div></div>`;
}
