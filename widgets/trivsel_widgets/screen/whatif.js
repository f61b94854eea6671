// What if? One test for each initiative, three answers, and one line on what you do then.

function WhatIf({ d }) {
  const { w } = useCtx();
  if (!d.rows.length) return html`<p class="nothing">${w.nothing_decided}</p>`;
  return html`<ul class="rows whatif">${d.rows.map((r) => html`<${Row} key=${r.id}>
      <h2><bdi>${r.title}</bdi></h2><p class="test">${r.test}${r.why && html` <small>${r.why}</small>`}</p>
      <${Segments} f=${r.holds} label=${`${r.title}: ${r.test}`} choices=${d.answers} />
      <${Field} f=${r.safeguard} label=${w.safeguard} placeholder=${w.safeguard_example} rows=${2} cls="grow" /><//>`)}</ul>`;
}
