// What every activity is made of: sending, the one text field, choices, ticks and clocks.
const { h, html, render: draw, createContext, useContext, useState, useEffect, useLayoutEffect, useRef } = preact;

/** What a part of the screen needs: the words, a way to send, and the language. */
const Ctx = createContext(null);
const useCtx = () => useContext(Ctx);

/** Put values into a text of the kit: fill("{n} kort", {n: 3}). */
function fill(text, about) {
  return text.replace(/\{(\w+)\}/g, (all, key) => (key in about ? about[key] : all));
}

/** Drafts survive a reload of the page, and go when they are sent. */
const drafts = {
  read(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
  /** A draft with what the field was when it was begun, or null. */
  kept(key) { try { return JSON.parse(this.read(key)); } catch { return null; } },
  write(key, value) {
    try { value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, value); } catch { /* private window */ }
  },
};

let made = 0;
/** An id that is the same as long as the part is on the screen. */
function useId(prefix) {
  const ref = useRef(null);
  if (ref.current === null) ref.current = `${prefix}-${++made}`;
  return ref.current;
}

/** A new id for a thing: the time and chance, so that two pages never make the same. */
function newId(kind) {
  return `${kind}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

/** A drawing made by the kit (autoescaped SVG), never people's markup. */
function Figure({ svg, cls }) {
  const box = useRef(null);
  useLayoutEffect(() => { if (box.current.innerHTML !== svg) box.current.innerHTML = svg; }, [svg]);
  return html`<div class=${`figure ${cls || ""}`} ref=${box}></div>`;
}

/** A row takes what its fields complain of and says it across its whole width: in a narrow field it would be a column of words. */
const RowCtx = createContext(null);
function Row({ tag = "li", cls, children, ...more }) {
  const [problems, setProblems] = useState({});
  const tell = useRef((id, text) => setProblems((all) => ({ ...all, [id]: text }))).current;
  return html`<${RowCtx.Provider} value=${tell}><${tag} class=${`row ${cls || ""}`} ...${more}>${children}
    ${Object.entries(problems).map(([id, text]) => text && html`<p class="problem whole" role="alert" key=${id} id=${id + "p"}>${text}</p>`)}<//><//>`;
}

/** What a field complains of: said by its row if it stands in one, else by itself. */
function useProblem(id) {
  const tell = useContext(RowCtx);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    if (!tell || !problem) return undefined;
    tell(id, problem);
    return () => tell(id, null);
  }, [problem]);
  return [problem, setProblem, !tell && problem ? html`<p class="problem" role="alert" id=${id + "p"}>${problem}</p>` : null];
}

/** The word that tells what the kit has suggested from what the group has settled. */
function Suggested({ f, id }) {
  return f.suggested ? html`<small class="suggestion" id=${id + "s"}>${f.suggested}</small>` : null;
}

/**
 * The one text field. It commits on Enter or its button, never on leaving; it keeps a draft over a reload;
 * it is not written to while somebody is in it.
 * @param {{f: {id: string, field: string, value: string, was: any, limit: number}, label: string, hide?: boolean,
 *          placeholder?: string, cls?: string, size?: number, done?: () => void}} props
 */
function Field({ f, label, hide, placeholder, cls, size, done, rows, mode }) {
  const { w, send, scope } = useCtx();
  const id = useId("field");
  const key = `${scope}${f.id}.${f.field}`;
  const input = useRef(null);
  const [draft] = useState(() => drafts.kept(key));
  const [dirty, setDirty] = useState(draft !== null && draft.text !== f.value);
  const base = useRef({ value: f.value, was: draft ? draft.was : f.was });
  const latest = useRef(f);
  latest.current = f;
  const [length, setLength] = useState(0);
  const [focused, setFocused] = useState(false);
  const [problem, setProblem, complaint] = useProblem(id);
  const suggested = f.suggested && !dirty;
  useLayoutEffect(() => { input.current.value = dirty ? draft.text : f.value; }, []);
  useLayoutEffect(() => {
    if (dirty || (focused && input.current.value !== base.current.value)) return;
    base.current = { value: f.value, was: f.was };
    if (input.current.value !== f.value) input.current.value = f.value;
  }, [f.value, dirty]);
  const typed = () => {
    const value = input.current.value;
    setLength(value.length);
    setDirty(value !== f.value);
    drafts.write(key, value === f.value ? null : JSON.stringify({ text: value, was: base.current.was }));
  };
  const rebase = () => { base.current = { value: latest.current.value, was: latest.current.was }; };
  const leave = () => { setFocused(false); };
  const reset = () => {
    input.current.value = f.value;
    base.current = { value: f.value, was: f.was };
    drafts.write(key, null); setDirty(false); setProblem(null); setLength(f.value.length);
  };
  const commit = async (event) => {
    event?.preventDefault();
    if (!dirty) return true;
    const value = input.current.value;
    const refused = await send({ do: "change", id: f.id, field: f.field, was: base.current.was, now: value });
    if (refused) {
      setProblem(refused.text);
      if (refused.key === "changed_meanwhile") rebase();
      input.current?.focus();
      return false;
    }
    setProblem(null); drafts.write(key, null); rebase();
    if (input.current?.value === value) { input.current.value = latest.current.value; setDirty(false); }
    if (done) done();
    return true;
  };
  useUnsaved(key, dirty, commit);
  const near = focused && f.limit > 0;
  return html`<form class=${`field ${cls || ""} ${dirty ? "dirty" : ""} ${suggested ? "suggested" : ""}`} onSubmit=${commit} novalidate>
    <label for=${id} class=${hide ? "hidden" : ""}>${label}</label>
    <span class="line"><${rows ? "textarea" : "input"} id=${id} ref=${input} type=${rows ? null : "text"} rows=${rows || null} dir="auto" autocomplete="off" placeholder=${placeholder || ""}
      size=${rows ? null : size || 20} title=${rows ? null : f.value || null} inputmode=${mode || null} aria-invalid=${problem ? "true" : null}
      aria-describedby=${problem ? id + "p" : suggested ? id + "s" : null}
      onInput=${typed} onFocus=${() => { setFocused(true); setLength(input.current.value.length); }} onBlur=${leave}
      onKeyDown=${(e) => {
        if (e.key === "Escape" && dirty) { e.stopPropagation(); reset(); }
        if (rows && e.key === "Enter" && !e.isComposing) commit(e);
      }} />${suggested && html`<${Suggested} f=${f} id=${id} />`}
    ${dirty && html`<button type="submit" class="small">${w.save}</button>`}</span>
    ${near && html`<small class=${length > f.limit ? "count over" : "count"}>${length}/${f.limit}</small>`}
    ${complaint}
  </form>`;
}

/** Tells the page while something typed here is not stored yet, and how to store it. */
function useUnsaved(key, open, commit) {
  const { mark } = useCtx();
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => {
    if (!open) return undefined;
    mark(key, () => latest.current());
    return () => mark(key, null);
  }, [key, open]);
}

/** What stands before the lines of a pasted list; the kit leaves it out. */
const BULLET = /^(?:[-–—*•·◦▪‣●○■□✓→]|\d{1,2}\))(?:\s+|$)/;

/** A text field with a button that adds what is written; with `many`, each line that is pasted is one more. */
function AddField({ label, button, limit, name, add, placeholder, children, many }) {
  const { w, scope } = useCtx();
  const id = useId("add");
  const key = `${scope}add.${name}`;
  const input = useRef(null);
  const [length, setLength] = useState(0);
  const [lines, setLines] = useState(0);
  const [problem, setProblem] = useState(null);
  const sending = useRef(false);
  const measure = () => {
    const text = input.current.value;
    const each = many ? text.split(/\r\n|\r|\n/).map((line) => line.trim().replace(BULLET, "")).filter(Boolean) : [];
    setLines(each.length);
    setLength(each.length > 1 ? Math.max(...each.map((line) => line.length)) : text.length);
  };
  useLayoutEffect(() => { const d = drafts.read(key); if (d) { input.current.value = d; measure(); } }, [key]);
  const commit = async (event) => {
    event?.preventDefault();
    const text = input.current.value;
    if (sending.current) return false;
    if (!text.trim()) { setProblem(w.write_first); input.current.focus(); return false; }
    sending.current = true;
    const refused = await add(text);
    sending.current = false;
    if (refused) { setProblem(refused.text); input.current?.focus(); return false; }
    setProblem(null);
    if (!input.current || input.current.value === text) { if (input.current) input.current.value = ""; setLength(0); setLines(0); drafts.write(key, null); }
    input.current?.focus();
    return true;
  };
  useUnsaved(key, length > 0, commit);
  return html`<form class="field add" onSubmit=${commit} novalidate>
    <span class="head"><label for=${id}>${label}</label><small class=${length > limit ? "count over" : "count"}>${length}/${limit}</small></span>
    <${many ? "textarea" : "input"} id=${id} ref=${input} type=${many ? null : "text"} rows=${many ? Math.min(Math.max(lines, 1), 6) : null} dir="auto" autocomplete="off"
      placeholder=${placeholder || w.type_enter} aria-invalid=${problem ? "true" : null} aria-describedby=${problem ? id + "p" : lines > 1 ? id + "n" : null}
      onInput=${() => { measure(); setProblem(null); drafts.write(key, input.current.value || null); }}
      onKeyDown=${(e) => { if (many && e.key === "Enter" && !e.shiftKey && !e.isComposing) commit(e); }} />
    ${lines > 1 && html`<small class="lines" id=${id + "n"}>${fill(w.becomes_n, { n: lines })}</small>`}
    ${problem && html`<p class="problem" role="alert" id=${id + "p"}>${problem}</p>`}
    ${children}
    <button type="submit" class="primary">${button}</button>
  </form>`;
}

/** What was sent and has not been answered yet: quick presses build on each other. */
const sent = new Map();
/** Whether this field has been changed here and the answer is still under way: then what stands there is newer. */
const awaited = (f) => sent.has(`${f.id}.${f.field}`);

/** Send a change of one field at once: for choices and ticks. `next` is the value, or what makes it from the last. */
function useChange() {
  const { send, say } = useCtx();
  return async (f, next) => {
    const key = `${f.id}.${f.field}`;
    const was = sent.has(key) ? sent.get(key).now : f.was;
    const mine = { now: typeof next === "function" ? next(was) : next };
    sent.set(key, mine);
    const refused = await send({ do: "change", id: f.id, field: f.field, was, now: mine.now });
    if (sent.get(key) === mine) sent.delete(key);
    if (refused) say(refused.text);
    return refused;
  };
}

/** A choice among a few: native select, so that keyboard, touch and screen readers have what they know. */
function Select({ f, label, choices, hide, empty }) {
  const change = useChange();
  const id = useId("select");
  const box = useRef(null);
  useLayoutEffect(() => { if (!awaited(f) && box.current.value !== (f.value ?? "")) box.current.value = f.value ?? ""; }, [f.value]);
  return html`<span class=${`field select ${f.suggested ? "suggested" : ""}`}><label for=${id} class=${hide ? "hidden" : ""}>${label}</label>
    <span class="line"><select id=${id} ref=${box} aria-describedby=${f.suggested ? id + "s" : null} onChange=${async (e) => { if (await change(f, e.target.value || null)) box.current.value = f.value ?? ""; }}>
      ${empty !== undefined && html`<option value="">${empty}</option>`}
      ${choices.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
    </select><${Suggested} f=${f} id=${id} /></span></span>`;
}

/** A few buttons of which one is down. */
function Segments({ f, label, choices, cls }) {
  const change = useChange();
  const id = useId("segments");
  return html`<${Suggested} f=${f} id=${id} /><div class=${`segments ${cls || ""} ${f.suggested ? "suggested" : ""}`} role="group" aria-label=${label} aria-describedby=${f.suggested ? id + "s" : null}>
    ${choices.map(([value, text]) => html`<button type="button" key=${value} aria-pressed=${f.value === value ? "true" : "false"}
      onClick=${() => change(f, (now) => (now === value && f.optional ? "" : value))}>${text}</button>`)}
  </div>`;
}

/** A tick that can be on or off. */
function Tick({ f, label, cls }) {
  const change = useChange();
  const box = useRef(null);
  useLayoutEffect(() => { if (!awaited(f)) box.current.checked = f.value; }, [f.value]);
  return html`<label class=${`tick ${cls || ""}`}><input type="checkbox" ref=${box} onChange=${async (e) => {
    if (await change(f, e.target.checked)) box.current.checked = f.value;
  }} /><span>${label}</span></label>`;
}

/** Ticks of which several can be on: the field is a list. */
function Ticks({ f, label, choices }) {
  const change = useChange();
  const flip = (value) => change(f, (now) => (now.includes(value) ? now.filter((x) => x !== value) : [...now, value]));
  return html`<div class="ticks" role="group" aria-label=${label}>
    ${choices.map(([value, text]) => html`<button type="button" class="chip" key=${value}
      aria-pressed=${f.value.includes(value) ? "true" : "false"} onClick=${() => flip(value)}>${text}</button>`)}
  </div>`;
}

/** A button that does one thing and says so if it may not. With `once`, a double click counts as one. */
function Do({ message, cls, children, label, disabled, once, first }) {
  const { send, say } = useCtx();
  const press = async (event) => {
    if (once && event.detail > 1) return;
    if (first && !first()) return;
    const refused = await send(message);
    if (refused) say(refused.text);
  };
  return html`<button type="button" class=${cls || ""} aria-label=${label || null} disabled=${disabled || false}
    onClick=${press}>${children}</button>`;
}

/** Minutes and seconds left of a clock that had `left` seconds when the view came. */
function Clock({ left, over }) {
  const [now, setNow] = useState(Date.now());
  const end = useRef(0);
  useLayoutEffect(() => { end.current = Date.now() + left * 1000; setNow(Date.now()); }, [left]);
  useEffect(() => { const t = setInterval(() => setNow(Date.now()), 500); return () => clearInterval(t); }, []);
  const seconds = Math.max(0, Math.round((end.current - now) / 1000));
  if (end.current && seconds === 0) return html`<span class="clock over" role="status">${over}</span>`;
  return html`<span class="clock" role="timer">${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}</span>`;
}

/** The clock for the whole room: read from six metres while people think, talk or rest. */
function BigClock({ timer }) {
  const { w } = useCtx();
  return html`<section class="big-clock" aria-label=${timer.label}><span>${timer.label}</span><${Clock} left=${timer.left} over=${w.time_is_up} />
    <${Do} message=${{ do: "stop_timer" }}>${w.stop}<//></section>`;
}

/** The largest type with which what stands in a box is seen as a whole; below `least` the box scrolls. */
function useFit(least, most) {
  const box = useRef(null);
  const fit = () => {
    const el = box.current;
    if (!el) return;
    const fits = (size) => { el.style.fontSize = `${size}em`; return el.scrollHeight <= el.clientHeight && el.scrollWidth <= el.clientWidth; };
    let [low, high] = [least, most];
    if (!fits(high)) { while (high - low > 0.01) { const middle = (low + high) / 2; fits(middle) ? (low = middle) : (high = middle); } fits(low); }
    if (fits(parseFloat(el.style.fontSize))) el.removeAttribute("tabindex"); else el.tabIndex = 0;
  };
  useLayoutEffect(fit);
  useEffect(() => {
    const seen = new ResizeObserver(fit);
    seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return box;
}

const REACHED = "a[href], button:not(:disabled), input:not(:disabled), textarea, select:not(:disabled), summary, [tabindex='0']";

/** When what has the focus goes away, the focus goes on to what stands nearest, never to the top of the page. */
function keepFocus(root) {
  let way = [];
  const remember = ({ target }) => {
    way = [];
    for (let box = target.parentElement; box && root.contains(box); box = box.parentElement) {
      way.push({ box, index: [...box.querySelectorAll(REACHED)].indexOf(target) });
    }
  };
  const forget = () => { way = []; };
  const mend = () => {
    const here = document.activeElement;
    if (here && here !== document.body && !here.disabled) return;
    for (const { box, index } of way) {
      const left = box.isConnected ? [...box.querySelectorAll(REACHED)] : [];
      if (left.length) return left[Math.min(Math.max(index, 0), left.length - 1)].focus();
    }
  };
  // Not at once: between leaving one field and coming to the next there is a moment without focus.
  const seen = new MutationObserver(() => requestAnimationFrame(() => setTimeout(mend)));
  seen.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  root.addEventListener("focusin", remember); root.addEventListener("pointerdown", forget);
  return () => { seen.disconnect(); root.removeEventListener("focusin", remember); root.removeEventListener("pointerdown", forget); };
}

/** A window over the page, closed by Escape or its button; focus goes in and comes back. */
function Dialog({ title, close, children, cls }) {
  const { w } = useCtx();
  const box = useRef(null);
  const id = useId("dialog");
  useEffect(() => {
    const before = document.activeElement;
    box.current.showModal();
    return () => { if (before && before.isConnected) before.focus(); };
  }, []);
  return html`<dialog class=${cls || ""} ref=${box} aria-labelledby=${id} onClose=${close} onKeyDown=${(e) => e.stopPropagation()}>
    <header><h2 id=${id}>${title}</h2><button type="button" onClick=${() => box.current.close()}>${w.close}</button></header>
    <div class="inside">${children}</div></dialog>`;
}

/** Marks: an empty, half or full circle. */
function Mark({ mark }) {
  return html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill=${mark === "ready" ? "currentColor" : "none"}
    stroke="currentColor" stroke-width="2" />${mark === "begun" && html`<path d="M8 2 A6 6 0 0 1 8 14 Z" fill="currentColor" />`}</svg>`;
}
