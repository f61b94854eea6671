// Goals: dots, the choice of one to three, and one sentence each that shows whether it goes the right way.

function Welcome({ d }) {
  const { w } = useCtx();
  return html`<div class="two welcome"><section><h2>${w.decide_today}</h2>
      ${d.decide.value && html`<p class="big"><bdi>${d.decide.value}</bdi></p>`}
      <${Field} f=${d.decide} label=${w.decide_today} hide=${true} placeholder=${w.decide_example} />
      <h2>${w.frame_title}</h2>
      <${Row} tag="div"><${Field} f=${d.hours} label=${w.hours_set_aside} size=${8} /><${Field} f=${d.money} label=${w.money_set_aside} size=${10} /><//>
      <${Field} f=${d.limits} label=${w.not_possible} rows=${2} /><${Tick} f=${d.leader_absent} label=${w.leader_absent} /></section>
    <section><h2>${w.ground_rules}</h2><ul class="rules">${d.rules.map((r) => html`<li key=${r.key}><b>${r.label}</b>${r.text && html` <span>${r.text}</span>`}</li>`)}</ul>
      <h2>${w.the_way}</h2><ol class="way">${d.way.map((s) => html`<li key=${s.key}><b>${s.title}</b> <span>${s.minutes}</span></li>`)}</ol>
      <p>${d.total}</p><${Field} f=${d.end} label=${w.we_end_at} placeholder=${w.time_example} size=${8} cls="beside-label" /></section></div>`;
}

function Break({ d }) {
  const { w } = useCtx();
  return html`<div class="pause"><p class="big">${d.back}</p>
    ${d.timer ? html`<p class="huge"><${Clock} left=${d.timer.left} over=${w.we_go_on} /></p>` : html`<${Do} cls="primary" message=${{ do: "timer", phase: "break", seconds: d.seconds }}>${d.start}<//>`}</div>`;
}

/** Two goals that are one: this goal goes, and all that was said of it goes over to the one chosen. */
function MergeInto({ g }) {
  const { w, send, say } = useCtx();
  const id = useId("merge");
  const merge = async (event) => {
    const into = event.target.value;
    event.target.value = "";
    if (!into) return;
    const refused = await send({ do: "merge_goals", goal: g.id, into });
    if (refused) say(refused.text);
  };
  const [open, setOpen] = useState(false);
  return html`<span class="merge">${open ? html`<label for=${id} class="hidden">${`${w.merge_with}: ${g.title}`}</label><select id=${id} onChange=${merge}>
    <option value="">${w.merge_with}</option>${g.twins.map(([other, title]) => html`<option key=${other} value=${other}>${title}</option>`)}</select>`
    : html`<button type="button" class="link" aria-expanded="false" aria-label=${`${w.merge_with}: ${g.title}`} onClick=${() => setOpen(true)}>${w.merge}</button>`}</span>`;
}

/** Goals to tick: what every way to goals leads to, also when grouping or dots were skipped. */
function GoalRows({ d, dots }) {
  const { w, send, say } = useCtx();
  const change = useChange();
  const tick = async (c) => { const r = await send({ do: "tick_card", card: c.id, goal: newId("goal") }); if (r) say(r.text); };
  return html`<ul class="rows">
    ${d.goals.map((g) => html`<${Row} key=${g.id} cls=${g.chosen.value ? "chosen" : ""}>
      <button type="button" class="choose" aria-pressed=${g.chosen.value ? "true" : "false"} onClick=${() => change(g.chosen, (on) => !on)}>
        <svg viewBox="0 0 20 20" aria-hidden="true"><rect x="2" y="2" width="16" height="16" rx="4" fill="none" stroke="currentColor" stroke-width="2" />${g.chosen.value && html`<path d="M5 10l4 4 7-8" fill="none" stroke="currentColor" stroke-width="2.5" />`}</svg>
        <span><bdi>${g.title}</bdi></span></button>
      <small>${g.note}</small>
      ${dots && html`<span class="dots" role="group" aria-label=${`${w.dots}: ${g.title}`}>
        <button type="button" class="small" aria-label=${`−1 ${w.dot}: ${g.title}`} disabled=${!g.dots.value} onClick=${() => change(g.dots, (n) => Math.max(0, n - 1))}>−1</button>
        <${Field} f=${{ ...g.dots, value: String(g.dots.value) }} label=${`${w.dots}: ${g.title}`} hide=${true} size=${3} mode="numeric" />
        <button type="button" class="small" aria-label=${`+1 ${w.dot}: ${g.title}`} onClick=${() => change(g.dots, (n) => n + 1)}>+1</button></span>`}
      ${g.twins.length > 0 && html`<${MergeInto} g=${g} />`}
      ${g.removable && html`<${Do} cls="link" message=${{ do: "remove", id: g.id }} label=${`${w.remove}: ${g.title}`}>${w.remove}<//>`}<//>`)}
    ${d.cards.length > 0 && d.goals.length > 0 && html`<li class="soft">${w.not_in_a_heap}</li>`}
    ${d.cards.map((c) => html`<li key=${c.id} class="row"><button type="button" class="choose" aria-pressed="false" onClick=${() => tick(c)}>
      <svg viewBox="0 0 20 20" aria-hidden="true"><rect x="2" y="2" width="16" height="16" rx="4" fill="none" stroke="currentColor" stroke-width="2" /></svg><span><bdi>${c.title}</bdi></span></button></li>`)}
    ${!d.goals.length && !d.cards.length && html`<li class="nothing">${w.no_goals}</li>`}</ul>`;
}

function NewGoal({ view, d }) {
  const { send } = useCtx();
  return html`<${AddField} name=${view.place} label=${d.label} button=${d.button} limit=${d.limit} many=${true} add=${(text) => send({ do: "add_goal", text })} />`;
}

function Prioritise({ view, d }) {
  return html`<div class="with-side prioritise"><${GoalRows} d=${d} dots=${true} />
    <section class="side">${(view.asked?.result?.figure || d.figure) && html`<${Figure} svg=${view.asked?.result?.figure || d.figure} />`}<p class="soft">${d.chosen}</p><${NewGoal} view=${view} d=${d} /></section></div>`;
}

function Measure({ view, d }) {
  const { w } = useCtx();
  if (!d.chosen.length) return html`<div class="with-side"><div><p class="soft">${w.tick_up_to_three}</p><${GoalRows} d=${d} /></div><section class="side"><${NewGoal} view=${view} d=${d} /></section></div>`;
  return html`<div class="columns">${d.chosen.map((g) => html`<section key=${g.id} class="panel" aria-label=${g.title.value}>
    <h2><bdi>${g.title.value}</bdi></h2>
    <h3>${w.gain_for}</h3><${Ticks} f=${g.gains} label=${`${w.gain_for}: ${g.title.value}`} choices=${d.gains} />
    <${Field} f=${g.sign} label=${w.sign} rows=${2} placeholder=${w.sign_example} />
    ${g.hint && html`<p class="soft">${g.hint.text} ${g.hint.take && html`<${Do} cls="link" message=${{ do: "change", id: g.id, field: "indicator", was: g.indicator.was, now: g.hint.take }}>${w.use_it}<//>`}</p>`}
    <details><summary>${w.figures_later}</summary><${Field} f=${g.title} label=${w.goal_in_words} />
      <${Field} f=${g.indicator} label=${w.indicator} />
      ${g.figures ? html`<${Row} tag="div"><${Field} f=${g.now} label=${w.now} size=${6} /><${Field} f=${g.target} label=${w.target} size=${6} /><${Field} f=${g.unit} label=${w.unit} size=${8} /><//>` : html`<p class="soft">${g.no_figures}</p>`}
      <${Field} f=${g.due} label=${w.due} placeholder=${w.date_example} size=${12} /></details>
</section>`)}</div>`;
}
