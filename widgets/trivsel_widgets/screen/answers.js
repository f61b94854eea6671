// Who cannot join, effect against effort, and the self-check: answered together on the shared screen, or from phones.

/** Dots for each idea, then the few with most: what keeps somebody out of them, and what the group does about it. */
function Barriers({ view, d }) {
  const { w } = useCtx();
  const change = useChange();
  const [dots, setDots] = useState(d.many && !d.dotted);
  const sifted = view.asked?.sifted;
  useEffect(() => { if (sifted) setDots(false); }, [sifted]);
  if (!d.rows.length) return html`<p class="nothing">${w.no_ideas}</p>`;
  if (dots) return html`<div class="barriers"><div class="head"><p class="soft">${fill(w.add_dots_first, { n: d.limit })}</p>
      <button type="button" class="primary" onClick=${() => setDots(false)}>${fill(w.show_the_few, { n: d.limit })}</button></div>
    <ul class="rows two-abreast">${d.ideas.map((i) => html`<${Row} key=${i.id}><span class="grow"><bdi>${i.title}</bdi></span><${Dots} f=${i.dots} title=${i.title} /><//>`)}</ul></div>`;
  const flip = (f, key) => change(f, (now) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]));
  const result = view.asked?.result;
  const told = (r, key) => {
    const name = `${r.id}.${key}`;
    const said = [result?.counts[name], result?.management.includes(name) ? "◇" : null].filter(Boolean).join(" ");
    return said && html`<small>${said}</small>`;
  };
  return html`<div class="barriers"><table class="grid"><thead><tr><th scope="col">${w.initiative}</th>
      ${d.answers.map(([key, text]) => html`<th scope="col" class="tickhead" key=${key}>${text}</th>`)}<th scope="col" class="wide">${w.what_about_it}</th></tr></thead>
    <tbody>${d.rows.map((r) => html`<tr key=${r.id}><th scope="row"><bdi>${r.title}</bdi>${(r.dots || (!r.asked && !result)) && html`<small>${[r.dots, r.asked || result ? "" : w.not_asked_yet].filter(Boolean).join(" · ")}</small>`}</th>
      ${d.answers.map(([key, text]) => html`<td class="tickbox" key=${key}><${Box} on=${r.barriers.value.includes(key)} waits=${awaited(r.barriers)} label=${`${text}: ${r.title}`} flip=${() => flip(r.barriers, key)} />${told(r, key)}</td>`)}
      <td><${Field} f=${r.alternative} label=${`${w.what_about_it} ${r.title}`} hide=${true} placeholder=${w.what_about_it_example} size=${12} /></td></tr>`)}</tbody></table>
    ${d.many && !sifted && html`<p><button type="button" class="link" onClick=${() => setDots(true)}>${w.give_dots}</button></p>`}</div>`;
}

/** A box to tick that shows what is stored as soon as no answer is under way. */
function Box({ on, waits, label, flip }) {
  const box = useRef(null);
  useLayoutEffect(() => { if (!waits) box.current.checked = on; }, [on, waits]);
  return html`<label><input type="checkbox" ref=${box} aria-label=${label} onChange=${async () => { if (await flip()) box.current.checked = on; }} /></label>`;
}

/** Dots that are counted up and down, or written. */
function Dots({ f, title }) {
  const { w } = useCtx();
  const change = useChange();
  return html`<span class="dots" role="group" aria-label=${`${w.dots}: ${title}`}>
    <button type="button" class="small" aria-label=${`−1 ${w.dot}: ${title}`} disabled=${!f.value} onClick=${() => change(f, (n) => Math.max(0, n - 1))}>−1</button>
    <${Field} f=${{ ...f, value: String(f.value) }} label=${`${w.dots}: ${title}`} hide=${true} size=${3} mode="numeric" />
    <button type="button" class="small" aria-label=${`+1 ${w.dot}: ${title}`} onClick=${() => change(f, (n) => n + 1)}>+1</button></span>`;
}

const ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** How far marks stand from one another, in units of a field that is 640 by 372. */
const APART = 31;

/** The nearest place to `at` inside the box where a mark covers no other. */
function clear(at, marks, box) {
  const fits = (x, y) => marks.every((other) => Math.hypot((x - other.x) * 640, (y - other.y) * 372) >= APART);
  for (let ring = 0; ring < 24; ring += 1) {
    for (let turn = 0; turn < 24; turn += 1) {
      const [x, y] = [at.x + (ring * 6 * Math.cos((turn * Math.PI) / 12)) / 640, at.y + (ring * 6 * Math.sin((turn * Math.PI) / 12)) / 372];
      const inside = x >= box.left - 0.01 && x <= box.right + 0.01 && y >= box.top - 0.01 && y <= box.bottom + 0.01;
      if (inside && fits(x, y)) return { x, y };
    }
  }
  return at;
}

/** Each mark has its name beside it where there is room, to the right or to the left; else its letter tells. */
function nameSpots(field) {
  const edge = field.getBoundingClientRect();
  const spots = [...field.querySelectorAll(".spot")];
  const taken = spots.map((one) => one.querySelector("b").getBoundingClientRect());
  const inside = edge.left + 0.055 * edge.width;
  const free = (box) => box.left >= inside && box.right <= edge.right && !taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
  for (const one of spots) {
    one.classList.remove("leftward", "bare");
    const name = one.querySelector("bdi");
    if (!free(name.getBoundingClientRect())) one.classList.add("leftward");
    const box = name.getBoundingClientRect();
    if (free(box)) taken.push(box); else { one.classList.remove("leftward"); one.classList.add("bare"); }
  }
}

/** Effect against effort: names are dragged into the field, moved with the arrow keys, or set with two levers. */
function Rate({ view, d }) {
  const { w } = useCtx();
  const change = useChange();
  const [chosen, setChosen] = useState(null);
  const [held, setHeld] = useState({});
  const [moving, setMoving] = useState(null);
  const field = useRef(null);
  const latest = useRef({});
  latest.current = held;
  useLayoutEffect(() => { if (field.current) nameSpots(field.current); });
  useEffect(() => {
    if (!field.current) return undefined;
    const seen = new ResizeObserver(() => field.current && nameSpots(field.current));
    seen.observe(field.current);
    return () => seen.disconnect();
  }, []);
  if (!d.rows.length) return html`<p class="nothing">${w.no_ideas}</p>`;
  const here = (r) => latest.current[r.id] || r;
  const placed = (r) => here(r).effect !== null && here(r).effort !== null;
  const near = (value) => Math.min(d.high, Math.max(d.low, Math.round(value / d.step) * d.step));
  const put = async (r, effect, effort) => {
    const wanted = { effect, effort };
    latest.current = { ...latest.current, [r.id]: wanted }; setHeld(latest.current);
    let refused = null;
    for (const scale of ["effect", "effort"]) {
      const f = { id: r.id, field: scale, was: r[scale] };
      if (!refused && (awaited(f) || r[scale] !== wanted[scale])) refused = await change(f, wanted[scale]);
    }
    if (latest.current[r.id] === wanted) { const { [r.id]: gone, ...rest } = latest.current; latest.current = rest; setHeld(rest); }
  };
  const key = (event, r) => {
    const step = ARROWS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setChosen(r.id);
    const middle = (d.low + d.high) / 2;
    const now = here(r);
    if (!placed(r)) put(r, middle, middle);
    else put(r, near(now.effect + step[0] * d.step), near(now.effort + step[1] * d.step));
  };
  const read = (event) => {
    const box = field.current.getBoundingClientRect();
    const across = ((event.clientX - box.left) / box.width - d.box.left) / (d.box.right - d.box.left);
    const up = 1 - ((event.clientY - box.top) / box.height - d.box.top) / (d.box.bottom - d.box.top);
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    return { inside, effect: d.low + up * (d.high - d.low), effort: d.low + across * (d.high - d.low) };
  };
  // A press becomes a drag after a few pixels; what is let go outside the field stays where it was.
  const drag = (event, r) => {
    if (event.button) return;
    event.stopPropagation();
    const start = { x: event.clientX, y: event.clientY };
    let going = false;
    const move = (e) => {
      if (!going && Math.hypot(e.clientX - start.x, e.clientY - start.y) < 5) return;
      going = true; e.preventDefault();
      const at = read(e);
      setMoving(at.inside ? { id: r.id, effect: near(at.effect), effort: near(at.effort) } : { id: r.id, outside: true });
    };
    const end = (e) => {
      window.removeEventListener("pointermove", move); window.removeEventListener("pointerup", end); window.removeEventListener("pointercancel", end);
      const at = read(e);
      setMoving(null);
      if (going && e.type === "pointerup" && at.inside) put(r, near(at.effect), near(at.effort));
    };
    setChosen(r.id);
    window.addEventListener("pointermove", move, { passive: false }); window.addEventListener("pointerup", end); window.addEventListener("pointercancel", end);
  };
  const spot = (effect, effort) => ({
    x: d.box.left + ((effort - d.low) / (d.high - d.low)) * (d.box.right - d.box.left),
    y: d.box.bottom - ((effect - d.low) / (d.high - d.low)) * (d.box.bottom - d.box.top),
  });
  // Marks that would cover one another stand beside each other; the one in the hand goes where the hand goes.
  const marks = [];
  const chips = d.rows.filter((r) => placed(r) || moving?.id === r.id).map((r) => {
    const inHand = moving?.id === r.id && !moving.outside;
    const at = inHand ? moving : here(r);
    if (at.effect === null || at.effort === null) return null;
    const mark = inHand ? spot(at.effect, at.effort) : clear(spot(at.effect, at.effort), marks, d.box);
    marks.push(mark);
    return html`<button type="button" key=${r.id} class=${`spot ${inHand ? "lifted" : ""} ${chosen === r.id ? "chosen" : ""}`} data-spot=${r.id}
      style=${{ left: `${100 * mark.x}%`, top: `${100 * mark.y}%` }} aria-label=${`${r.title}: ${r.place}`} aria-describedby="how-to-place"
      onPointerDown=${(e) => drag(e, r)} onClick=${() => setChosen(r.id)} onKeyDown=${(e) => key(e, r)}><b aria-hidden="true">${r.letter}</b><bdi>${r.title}</bdi></button>`;
  });
  const one = d.rows.find((r) => r.id === chosen);
  const pick = (event) => {
    if (!one || placed(one) || event.target.closest("button")) return;
    const at = read(event);
    if (at.inside) put(one, near(at.effect), near(at.effort));
  };
  return html`<div class="rate"><div class="field-box"><div class="matrix" ref=${field} onClick=${pick}><${Figure} svg=${d.field} />${chips}</div></div>
    <section class="side" aria-label=${w.the_ideas}><p class="soft" id="how-to-place">${w.how_to_place}</p>
      <ul class="names">${d.rows.map((r) => html`<li key=${r.id} class=${chosen === r.id ? "chosen" : ""}>
        <button type="button" class="text name" aria-pressed=${chosen === r.id ? "true" : "false"} aria-describedby="how-to-place" onPointerDown=${(e) => drag(e, r)}
          onClick=${() => setChosen(r.id)} onKeyDown=${(e) => key(e, r)}><b>${r.letter}</b> <span><bdi>${r.title}</bdi><small class=${r.place ? "hidden" : ""}>${r.place || w.not_placed}</small></span></button>
        ${chosen === r.id && placed(r) && html`<div class="levers">
          ${[["effect", w.effect], ["effort", w.effort]].map(([scale, name]) => html`<${Lever} key=${scale} d=${d} label=${`${name}: ${r.title}`} name=${name} value=${here(r)[scale]} said=${r.place}
            set=${(value) => put(r, scale === "effect" ? value : here(r).effect, scale === "effort" ? value : here(r).effort)} />`)}
          <button type="button" class="link" onClick=${() => put(r, null, null)}>${w.take_out_of_field}</button></div>`}</li>`)}</ul></section></div>`;
}

/** One scale for whoever neither drags nor uses arrow keys on a name. */
function Lever({ d, label, name, value, said, set }) {
  const box = useRef(null);
  useLayoutEffect(() => { if (Number(box.current.value) !== value) box.current.value = value; }, [value]);
  return html`<label class="lever"><span>${name}</span><input type="range" ref=${box} min=${d.low} max=${d.high} step=${d.step} aria-label=${label} aria-valuetext=${said}
    onChange=${(e) => set(Number(e.target.value))} /></label>`;
}

/** Each lever with three levels; the same pressed again is taken back. */
function SelfCheck({ d }) {
  const { w, send, say } = useCtx();
  const set = async (r, level) => {
    const refused = await send({ do: "check", lever: r.lever, level: r.level === level ? null : level });
    if (refused) say(refused.text);
  };
  if (!d.rows.length) return html`<p class="nothing">${w.no_levers}</p>`;
  return html`<ul class="rows selfcheck">${d.rows.map((r) => html`<${Row} key=${r.lever}><b class="grow">${r.label}</b>
    <div class="segments" role="group" aria-label=${`${w.lever}: ${r.label}`}>${d.levels.map(([level, text]) => html`<button type="button" key=${level}
      aria-pressed=${r.level === level ? "true" : "false"} onClick=${() => set(r, level)}>${text}</button>`)}</div><//>`)}</ul>`;
}

/** The way in for phones, where the meeting begins. */
function Invite({ view }) {
  const { w, send, say, ask } = useCtx();
  if (view.kind !== "welcome" || view.door.open || view.door.over) return null;
  const open = async () => {
    const refused = view.door.shared ? await send({ do: "open_door" }) : null;
    if (refused) say(refused.text); else ask("door");
  };
  return html`<button type="button" class="invite" onClick=${open}>${w.open_door}</button>`;
}

/** What the phones are asked: how many have answered, what comes next, and the result once it is shown. */
function AskedPhones({ view }) {
  const { w } = useCtx();
  const a = view.asked;
  const [filling, setFilling] = useState(false);
  const [looking, setLooking] = useState(false);
  const covers = Boolean(a?.result?.figure) && view.kind !== "prioritise";
  const before = useRef(Boolean(a?.shown));
  useEffect(() => {
    if (a?.shown && !before.current) setLooking(true);
    before.current = Boolean(a?.shown);
  }, [a?.shown]);
  useEffect(() => { if (!a?.management) setFilling(false); }, [Boolean(a?.management)]);
  if (!a) return null;
  const cards = a.sort === "cards";
  const result = a.result;
  const notes = [...(a.notes || []), a.note, ...(result ? result.notes : [])].filter(Boolean);
  return html`<section class=${`asked ${filling || (covers && looking) ? "covers" : ""}`} aria-label=${w.phones}>
    <div class="bar">${a.ask && html`<p class="ask">${a.ask}</p>`}<p role="status"><b>${result ? result.count || result.few : a.text}</b>${notes.map((note) => html` <span key=${note}>${note}</span>`)}</p>
      ${!a.over && html`<span class="do">
        ${cards && a.can_show && html`<${Do} cls="primary" message=${{ do: "show_cards" }}>${w.show_cards}<//>`}
        ${a.open && html`<${Do} message=${{ do: "close_answers" }}>${cards ? w.close_cards : w.close_answers}<//>`}
        ${a.management && html`<button type="button" aria-expanded=${filling ? "true" : "false"} onClick=${() => setFilling(!filling)}>${Object.keys(a.management.given).length ? w.change_management : w.give_management}</button>`}
        ${!a.open && !a.shown && a.counted && !filling && html`<${Do} cls="primary" message=${{ do: "show_results" }}>${w.show_result}<//>`}
        ${!a.open && !a.shown && html`<${Do} message=${{ do: "open_answers" }}>${cards ? w.open_cards : w.open_answers}<//>`}
        ${a.shown && html`<${Do} message=${{ do: "open_answers", again: true }}>${w.another_round}<//>`}</span>`}
      ${covers && html`<button type="button" aria-expanded=${looking ? "true" : "false"} onClick=${() => setLooking(!looking)}>${looking ? w.back_to_work : w.see_result}</button>`}</div>
    ${filling && a.management && html`<${Management} m=${a.management} sort=${a.sort} done=${() => setFilling(false)} />`}
    ${result && result.ranked.length > 0 && html`<div class="ranked">${result.ranked.map((r) => html`<div key=${r.title}>${r.title && html`<b>${r.title}</b>`}<ol>${r.places.map((p) => html`<li key=${p}><bdi>${p}</bdi></li>`)}</ol></div>`)}</div>`}
    ${covers && looking && html`<${Figure} svg=${result.figure} />`}</section>`;
}

/** Management's own answer, said aloud and typed here after the others' is closed. */
function Management({ m, sort, done }) {
  const { w, send } = useCtx();
  const [votes, setVotes] = useState(m.given);
  const [problem, setProblem] = useState(null);
  const set = (key, value) => { setProblem(null); setVotes((all) => ({ ...all, [key]: value })); };
  const left = m.budget === null ? 0 : m.budget - Object.values(votes).reduce((sum, n) => sum + n, 0);
  const save = async () => {
    const refused = await send({ do: "management", votes: Object.fromEntries(Object.entries(votes).filter(([, n]) => n)) });
    if (refused) setProblem(refused.text); else done();
  };
  const scale = (key, title, levels) => html`<div class="segments" role="group" aria-label=${title}>${levels.map(([n, text]) => html`<button type="button" key=${n}
    aria-pressed=${votes[key] === n ? "true" : "false"} onClick=${() => set(key, votes[key] === n ? 0 : n)}>${text}</button>`)}</div>`;
  const five = [1, 2, 3, 4, 5].map((n) => [n, String(n)]);
  const row = (r) => html`<${Row} key=${r.id}><b class="grow"><bdi>${r.title}</bdi></b>
    ${sort === "dots" && html`<span class="dots" role="group" aria-label=${`${w.dots}: ${r.title}`}>
      <button type="button" class="small" aria-label=${`−1 ${w.dot}: ${r.title}`} disabled=${!votes[r.id]} onClick=${() => set(r.id, votes[r.id] - 1)}>−1</button><output>${votes[r.id] || 0}</output>
      <button type="button" class="small" aria-label=${`+1 ${w.dot}: ${r.title}`} disabled=${left < 1} onClick=${() => set(r.id, (votes[r.id] || 0) + 1)}>+1</button></span>`}
    ${sort === "levers" && scale(r.id, r.title, m.levels)}
    ${sort === "rating" && [["effect", w.effect], ["effort", w.effort]].map(([what, name]) => html`<span class="rated" key=${what}><small>${name}</small>${scale(`${r.id}.${what}`, `${name}: ${r.title}`, five)}</span>`)}
    ${sort === "ticks" && html`<div class="ticks" role="group" aria-label=${r.title}>${m.answers.map(([key, text]) => html`<button type="button" class="chip" key=${key}
      aria-pressed=${votes[`${r.id}.${key}`] ? "true" : "false"} onClick=${() => set(`${r.id}.${key}`, votes[`${r.id}.${key}`] ? 0 : 1)}>${text}</button>`)}</div>`}<//>`;
  return html`<div class="management"><div class="head"><p class="soft">${w.management_aloud}</p>${sort === "dots" && html`<small role="status">${fill(w.dots_left, { n: left })}</small>`}
      <button type="button" class="primary" onClick=${save}>${w.save_answer}</button></div>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}<ul class="rows">${m.rows.map(row)}</ul></div>`;
}
