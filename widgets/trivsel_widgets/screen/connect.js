// Connect: which goal helps which along. A native choice for each goal serves mouse, touch and keyboard alike.

function Connect({ d }) {
  const { w } = useCtx();
  if (d.rows.length < 2) return html`<p class="nothing">${w.connect_needs_two}</p>`;
  return html`<div class="connect"><ul class="rows">${d.rows.map((r) => html`<${Row} key=${r.id}>
      <b class="grow"><bdi>${r.title}</bdi></b><span class="pulls"><span aria-hidden="true">${w.pulls_before}</span>
      <${Select} f=${r.pulls} label=${r.label} hide=${true} choices=${r.others} empty=${w.pulls_nothing} />
      <span aria-hidden="true">${w.pulls_after}</span></span><//>`)}</ul>
    <section class="side">${d.figure ? html`<${Figure} svg=${d.figure} />` : html`<p class="nothing">${w.connect_draws}</p>`}</section></div>`;
}
