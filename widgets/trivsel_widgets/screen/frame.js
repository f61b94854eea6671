// What stands around every activity: where we are, the steps, undo and redo, the way on, and advice.

/** Whether the running clock stands large above the work: at its own activity; the break has its own. */
const large = (view) => Boolean(view.head.timer && view.head.timer.place === view.place && view.kind !== "break");

function Header({ view }) {
  const { w, saving, unsaved, ask } = useCtx();
  const head = view.head;
  return html`<header class="top">
    <div class="where"><bdi>${head.workplace || head.title}</bdi>${head.workplace && html` <small>· <bdi>${head.title}</bdi></small>`}</div>
    ${view.rehearsal && html`<strong class="rehearsal">${view.rehearsal}</strong>`}
    ${head.timer && !large(view) && html`<span class="running"><span>${head.timer.label}</span><${Clock} left=${head.timer.left} over=${w.time_is_up} />
      <${Do} cls="small" message=${{ do: "stop_timer" }}>${w.stop}<//></span>`}
    <span class=${saving ? "saved busy" : unsaved ? "saved open" : "saved"} role="status">${saving ? w.saving : unsaved ? fill(unsaved === 1 ? w.one_unsaved : w.n_unsaved, { n: unsaved }) : head.saved ? `${w.saved} ${head.saved}` : w.saved}</span>
    <${Do} cls="quiet" message=${{ do: "undo" }} disabled=${!head.undo}>${head.undo ? `${w.undo}: ${head.undo}` : w.undo}<//>
    <${Do} cls="quiet" message=${{ do: "redo" }} disabled=${!head.redo}>${head.redo ? `${w.redo}: ${head.redo}` : w.redo}<//>
    <${DoorButton} view=${view} />
    <button type="button" class="quiet" onClick=${() => ask("menu")} aria-haspopup="dialog">${w.menu}</button>
  </header>`;
}

function Steps({ view }) {
  const { w, look } = useCtx();
  return html`<nav class="steps" aria-label=${w.steps}><ul>
    ${view.steps.map((s) => html`<li key=${s.key} class=${`${s.interlude ? "interlude" : ""} ${s.here ? "here" : ""}`}>
      <button type="button" aria-current=${s.here ? "step" : null} aria-description=${[s.interlude ? "" : s.standing, s.room && !s.here ? w.room_is_here : ""].filter(Boolean).join(", ") || null}
        onClick=${() => look(s.place)}>${!s.interlude && html`<${Mark} mark=${s.mark} />`}${s.title}${s.room && !s.here && html`<i class="room" title=${w.room_is_here} aria-hidden="true"></i>`}</button></li>`)}
    </ul>${view.clock && html`<${MeetingClock} clock=${view.clock} />`}</nav>`;
}

/** Minutes spent of those planned, counted here so that the page need not be drawn anew. */
function MeetingClock({ clock }) {
  const [now, setNow] = useState(Date.now());
  const began = useRef(0);
  useLayoutEffect(() => { began.current = Date.now() - clock.spent * 1000; setNow(Date.now()); }, [clock.spent]);
  useEffect(() => { const t = setInterval(() => setNow(Date.now()), 5000); return () => clearInterval(t); }, []);
  const n = Math.max(0, Math.floor((now - began.current) / 60000));
  return html`<span class="meeting-clock">${fill(clock.text, { n })}${clock.end && ` · ${clock.end}`}</span>`;
}

function Activities({ view }) {
  const { w, look, ask } = useCtx();
  if (!view.activities.length) return null;
  return html`<div class="acts"><nav aria-label=${w.activities}><ol>
    ${view.activities.map((a) => html`<li key=${a.place}><button type="button" aria-current=${a.here ? "true" : null}
      onClick=${() => look(a.place)}>${a.label}</button></li>`)}
    </ol></nav>${view.frame && html`<p class="frame-line">${view.frame}</p>`}<button type="button" class="link" aria-haspopup="dialog" onClick=${() => ask("adjust")}>${w.adjust}</button></div>`;
}

function Strip({ view }) {
  const { w, look } = useCtx();
  if (!view.strip) return null;
  return html`<div class="strip"><span>${view.strip.text}</span>
    <button type="button" class="small" onClick=${() => look(view.strip.place)}>${w.go_to_room}</button>
    ${!view.lead && html`<${Do} cls="small" message=${{ do: "room", place: view.place, was: view.strip.place }}>${w.take_room_here}<//>`}</div>`;
}

function Footer({ view }) {
  const { w, unsaved, look, ask } = useCtx();
  const foot = view.foot;
  return html`<footer class="bottom">
    <div class="advice" aria-live="polite">${foot.advice && html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1v14M3 2h10l-3 4 3 4H3" fill="none" stroke="currentColor" stroke-width="1.6" /></svg>
      <span>${foot.advice.text}</span> ${foot.advice.place !== view.place && html`<button type="button" class="link" onClick=${() => look(foot.advice.place)}>${foot.advice.mend}</button>`}
      <button type="button" class="link" aria-haspopup="dialog" onClick=${() => ask("advice")}>${foot.more}</button>`}</div>
    ${foot.back && html`<button type="button" onClick=${() => look(foot.back.place)}><span aria-hidden="true">‹ </span>${foot.back.label}</button>`}
    ${foot.next && view.lead && html`<span class="lead">${view.lead}</span><${Do} message=${{ do: "lead" }}>${w.take_over}<//>`}
    ${foot.next && !view.lead && html`<${Do} cls="primary" once=${true} first=${() => !unsaved || (ask("unsaved"), false)} message=${{ do: foot.next.do, place: foot.next.place, was: foot.next.was }}>${foot.next.label}<span aria-hidden="true"> ›</span><//>`}
    ${foot.finish && html`<${Do} cls="primary" message=${{ do: "close" }}>${foot.finish}<//>`}
  </footer>`;
}

/** Before the room goes on: what was typed and not stored is stored, or left as a draft. */
function Unsaved({ view, close }) {
  const { w, send, say, open } = useCtx();
  const next = view.foot.next;
  const go = async () => {
    const refused = await send({ do: next.do, place: next.place, was: next.was });
    if (refused) say(refused.text);
    close();
  };
  const save = async () => {
    for (const commit of [...open.values()]) if (!(await commit())) return close();
    return go();
  };
  return html`<${Dialog} title=${w.unsaved_title} close=${close}><p>${w.unsaved_why}</p>
    <div class="row"><button type="button" class="primary" onClick=${save}>${w.save_and_go}</button><button type="button" onClick=${go}>${w.go_without}</button></div><//>`;
}

function AdviceList({ view, close }) {
  const { w, look } = useCtx();
  return html`<${Dialog} title=${w.advice_title} close=${close}>
    <p class="soft">${w.advice_why}</p>
    <ul class="findings">${view.advice.map((a) => html`<li key=${a.key}><b>${a.text}</b><p>${a.why}</p>
      ${a.desk ? html`<a class="button small" href=${a.desk} target="_blank" rel="noopener">${a.mend}</a>`
        : html`<button type="button" class="small" onClick=${() => { close(); look(a.place); }}>${a.mend}</button>`}</li>`)}</ul><//>`;
}

function Adjust({ view, close }) {
  const { w, send, say } = useCtx();
  const plan = async (place, state) => { const r = await send({ do: "plan", place, state }); if (r) say(r.text); };
  return html`<${Dialog} title=${view.adjust.title} close=${close}><p class="soft">${w.adjust_why}</p>
    <table class="plain"><thead><tr><th scope="col">${w.activity}</th><th scope="col">${w.minutes}</th><th scope="col">${w.when_held}</th></tr></thead>
    <tbody>${view.adjust.rows.map((r) => html`<tr key=${r.place}><th scope="row">${r.label}</th><td>${r.minutes}</td><td>
      <select aria-label=${`${w.when_held}: ${r.label}`} value=${r.state} onChange=${(e) => plan(r.place, e.target.value)}>
      ${view.adjust.states.map(([v, t]) => html`<option key=${v} value=${v} selected=${v === r.state}>${t}</option>`)}</select></td></tr>`)}</tbody></table><//>`;
}

function Menu({ view, close }) {
  const { w, send, say, size, setSize } = useCtx();
  const menu = view.menu;
  return html`<${Dialog} title=${w.menu} close=${close}>
    <section><h3>${w.language}</h3><div class="segments" role="group" aria-label=${w.language}>
      ${menu.languages.map(([code, name]) => html`<button type="button" key=${code} lang=${code} aria-pressed=${code === view.language ? "true" : "false"}
        onClick=${() => send({ do: "language", language: code })}>${name}</button>`)}</div></section>
    <section><h3>${w.text_size}</h3><div class="segments" role="group" aria-label=${w.text_size}>
      <button type="button" onClick=${() => setSize(Math.max(0.7, size - 0.1))}>A−</button>
      <button type="button" onClick=${() => setSize(1)}>${w.normal}</button>
      <button type="button" onClick=${() => setSize(Math.min(1.6, size + 0.1))}>A+</button></div></section>
    <section><h3>${w.clock}</h3><label class="tick"><input type="checkbox" checked=${menu.clock} onChange=${(e) => send({ do: "clock", on: e.target.checked })} /><span>${w.show_clock}</span></label>
      <${Field} f=${menu.end} label=${w.must_end_at} placeholder=${w.time_example} size=${8} /></section>
    <section><h3>${w.report}</h3><${Report} report=${menu.report} /></section><//>`;
}

/** The report: a page of the server where there is one, else made by the kernel. */
function Report({ report, primary }) {
  const { w, send, say } = useCtx();
  const make = async () => { const r = await send({ do: "report" }); if (r) say(r.text); };
  if (!report.url) return html`<button type="button" class=${primary ? "primary" : ""} onClick=${make}>${w.download_report}</button>`;
  return html`<a class=${`button ${primary ? "primary" : ""}`} href=${report.url} target="_blank" rel="noopener">${w.open_report}</a>
    <a class="button" href=${report.url + "&download=1"} download=${report.name}>${w.download_report}</a>`;
}
