// One page on one workshop: draws what Python says it shows, and sends what people do.
const KINDS = {
  welcome: Welcome, break: Break, collect: Collect, group: Group, connect: Connect, prioritise: Prioritise, measure: Measure, ideas: Ideas, barriers: Barriers, rate: Rate,
  decide: Decide, allocate: Allocate, frame: Frame, anchor: AnchorWork, whatif: WhatIf, commit: Commit, selfcheck: SelfCheck, wheel: Wheel, how: How, plan: Plan, close: Close, choose: Chooser,
};

function App({ model }) {
  const [view, setView] = useState(model.get("view"));
  const [words, setWords] = useState(model.get("words"));
  const [pending, setPending] = useState(0);
  const [notice, setNotice] = useState(null);
  const [asked, setAsked] = useState(null);
  const [size, setSizeNow] = useState(() => Number(drafts.read("trivsel.size")) || 1);
  const [waiting] = useState(() => new Map());
  const root = useRef(null);
  const [open] = useState(() => new Map());
  const [unsaved, setUnsaved] = useState(0);
  const mark = (key, commit) => { commit ? open.set(key, commit) : open.delete(key); setUnsaved(open.size); };

  useEffect(() => {
    const onView = () => setView(model.get("view"));
    const onWords = () => setWords(model.get("words"));
    const onMessage = (message) => {
      if (message.report) return offer(message.name, message.report);
      const done = waiting.get(message.re);
      if (done) { waiting.delete(message.re); setPending(waiting.size); done(message.refused); }
      if (message.told) setNotice(message.told);
    };
    model.on("change:view", onView); model.on("change:words", onWords); model.on("msg:custom", onMessage);
    return () => { model.off("change:view", onView); model.off("change:words", onWords); model.off("msg:custom", onMessage); };
  }, []);

  const send = (message) => new Promise((resolve) => {
    const re = newId("m");
    waiting.set(re, resolve); setPending(waiting.size);
    model.send({ ...message, re, place: message.place ?? model.get("view").place });
  });
  const setSize = (value) => { drafts.write("trivsel.size", String(value)); setSizeNow(value); };
  const look = (place) => send({ do: "look", place });

  // What this page shows stands in its address, and that is what a reload restores.
  useEffect(() => {
    if (view.kind === "choose" || !document.body.dataset.voila) return;
    const url = new URL(location.href);
    const [step, activity] = view.place.split(".");
    url.searchParams.set("workshop", view.workshop);
    url.searchParams.set("step", step); url.searchParams.set("activity", activity); url.searchParams.set("language", view.language);
    if (url.href !== location.href) history.replaceState(null, "", url);
    document.title = view.title; document.documentElement.lang = view.language;
  }, [view.place, view.language, view.title]);

  // A page that is where the room is goes with it; one that somebody has taken aside, or is writing on, stays.
  const before = useRef(null);
  useEffect(() => {
    const was = before.current;
    before.current = { place: view.place, room: view.strip ? view.strip.place : view.place };
    const moved = was && view.strip && was.place === was.room && view.place === was.place;
    const typing = /^(input|textarea)$/i.test(document.activeElement?.tagName) && document.activeElement.value;
    if (moved && !open.size && !asked && !typing) look(view.strip.place);
  }, [view.place, view.strip?.place]);

  useEffect(() => keepFocus(root.current), []);
  // A new activity begins at its top, and a keyboard that stood on the way here goes on from the question.
  const first = useRef(true);
  useLayoutEffect(() => {
    const main = root.current.querySelector("main");
    if (main) main.scrollTop = 0;
    if (!first.current && (!document.activeElement || document.activeElement === document.body)) main?.querySelector("h1")?.focus();
    first.current = false;
  }, [view.place]);
  useEffect(() => { if (view.problem) setNotice(view.problem); }, [view.problem]);
  useEffect(() => { if (!notice) return; const t = setTimeout(() => setNotice(null), 12000); return () => clearTimeout(t); }, [notice]);

  const Kind = KINDS[view.kind];
  const ctx = { w: words, send, say: setNotice, look, ask: setAsked, saving: pending > 0, unsaved, open, mark, size, setSize, scope: `trivsel.${view.workshop}.` };
  const Asked = { advice: AdviceList, adjust: Adjust, menu: Menu, unsaved: Unsaved, door: Door }[asked];
  return html`<${Ctx.Provider} value=${ctx}><div class=${`trivsel kind-${view.kind}`} ref=${root} lang=${view.language}
      style=${{ "--size": size, "--step": `var(--${view.colour || "goals"})` }}>
    ${view.kind === "choose" ? html`<main aria-label=${words.choose_title}><${Chooser} view=${view} /></main>` : html`
    <${Header} view=${view} /><${Steps} view=${view} />
    <main aria-label=${view.main} tabindex="-1"><${Activities} view=${view} /><${Strip} view=${view} />
      <div class="question"><h1 tabindex="-1">${view.question}</h1><p class="why">${view.why}</p><${Invite} view=${view} /></div>
      ${large(view) && html`<${BigClock} timer=${view.head.timer} />`}
      <${AskedPhones} view=${view} key=${`asked ${view.place}`} />
      <div class="work" key=${view.place}><${Kind} view=${view} d=${view.data} /></div></main>
    <${Footer} view=${view} />`}
    ${Asked && html`<${Asked} view=${view} close=${() => setAsked(null)} />`}
    ${notice && html`<div class="notice" role="alert"><p>${notice}</p><button type="button" class="small" onClick=${() => setNotice(null)}>${words.close}</button></div>`}
  </div><//>`;
}

/** Hand a file to the browser without leaving the page. */
function offer(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/html;charset=utf-8" }));
  const a = Object.assign(document.createElement("a"), { href: url, download: name });
  document.body.append(a); a.click(); a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

export default {
  /** @param {{model: any, el: HTMLElement}} context */
  render({ model, el }) {
    el.classList.add("trivsel-root");
    draw(html`<${App} model=${model} />`, el);
    return () => draw(null, el);
  },
};
