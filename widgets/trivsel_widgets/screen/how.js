// How do you follow up, and what has management set aside: desk work that can be done on the shared screen too.

function How({ d }) {
  const { w } = useCtx();
  if (!d.rows.length) return html`<p class="nothing">${w.nothing_decided}</p>`;
  return html`<div class="how"><ul class="rows">${d.rows.map((r) => html`<${Row} key=${r.id}>
      <div class="title"><h2><bdi>${r.title}</bdi></h2>${r.forum && html`<small><bdi>${r.forum}</bdi></small>`}</div>
      <${Segments} f=${r.how} label=${`${w.how_followed}: ${r.title}`} choices=${d.ways} />
      <${Field} f=${r.stop} label=${w.stop_when} placeholder=${w.stop_when_example} /><//>`)}</ul>
    <dl class="soft">${d.about.map((o) => o.text && html`<div key=${o.key}><dt>${o.label}</dt><dd>${o.text}</dd></div>`)}</dl></div>`;
}

function Frame({ d }) {
  const { w } = useCtx();
  return html`<div class="two frame"><section><h2>${w.frame_title}</h2>
      <${Row} tag="div"><${Field} f=${d.hours} label=${w.hours_set_aside} size=${8} /><${Field} f=${d.money} label=${w.money_set_aside} size=${10} /><//>
      <${Field} f=${d.limits} label=${w.not_possible} rows=${3} /></section>
    <section>${d.figure && html`<h2>${w.needed_and_set_aside}</h2><${Figure} svg=${d.figure} />`}${d.unknown && html`<p class="soft">${d.unknown}</p>`}</section></div>`;
}
