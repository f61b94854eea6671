// Cards: writing them, and laying those together that belong together.

/** A card that opens on a press and then says what can be done with it. */
function CardItem({ c, open, setOpen, move, drag, targets }) {
  const { w } = useCtx();
  const [edit, setEdit] = useState(false);
  const isOpen = open === c.id;
  useEffect(() => { if (!isOpen) setEdit(false); }, [isOpen]);
  return html`<li class=${`note ${isOpen ? "open" : ""} ${c.heap || c.fixed ? "" : "loose"}`} data-card=${c.id}>
    <button type="button" class="text" dir="auto" aria-expanded=${isOpen ? "true" : "false"} onPointerDown=${drag ? (e) => drag(e, c) : null}
      onClick=${() => setOpen(isOpen ? null : c.id)}>${c.text.value}${c.tag && html`<small>${c.tag}</small>`}</button>
    ${isOpen && html`<div class="doing">
      ${edit ? html`<${Field} f=${c.text} label=${w.text} />` : html`
        ${targets && html`<div class="targets" role="group" aria-label=${w.lay_it_in}><span>${w.lay_it_in}</span>
          ${targets.filter((t) => t.id !== c.heap).map((t) => html`<button type="button" class="small" key=${t.id} onClick=${() => move(c, t.id)}>${t.label}</button>`)}</div>`}
        <div class="row">${!c.fixed && html`<button type="button" class="small" onClick=${() => setEdit(true)}>${w.edit}</button>`}
        <${Do} cls="small" message=${{ do: "remove", id: c.id }}>${w.remove}<//></div>`}
    </div>`}</li>`;
}

function Collect({ view, d }) {
  const { w, send } = useCtx();
  const [open, setOpen] = useState(null);
  const [shown, setShown] = useState(false);
  const add = (text) => send({ do: "add_card", text });
  const running = large(view) ? view.head.timer : null;
  return html`<div class="collect ${shown ? "with-side" : ""}">
    <div class="left"><${AddField} name=${view.place} label=${d.label} button=${d.button} limit=${d.limit} many=${true} add=${add} />
      ${d.timers.filter((t) => !running || t.phase !== running.phase).map((t) => html`<${Do} key=${t.phase} cls="timer" message=${{ do: "timer", phase: t.phase, seconds: t.seconds }}>${t.label}<//>`)}
      ${d.catalogue && html`<button type="button" aria-expanded=${shown ? "true" : "false"} onClick=${() => setShown(!shown)}>${shown ? w.hide_catalogue : w.show_catalogue}</button>`}
      <p class="soft">${d.count}</p></div>
    <ul class=${d.cards.length > 18 ? "cards dense" : "cards"} aria-label=${w.cards}>${d.cards.map((c) => html`<${CardItem} key=${c.id} c=${c} open=${open} setOpen=${setOpen} />`)}
      ${!d.cards.length && html`<li class="nothing">${w.no_cards}</li>`}</ul>
    ${shown && html`<${Catalogue} items=${d.catalogue} what="goal" note=${w.catalogue_goals_note} />`}
  </div>`;
}

/** Ready-made goals or initiatives, shown when somebody asks for them. */
function Catalogue({ items, what, note }) {
  const { w, send, say } = useCtx();
  const [find, setFind] = useState("");
  const id = useId("find");
  const take = async (entry) => { const r = await send({ do: what === "goal" ? "take_goal" : "take_initiative", entry }); if (r) say(r.text); };
  const wanted = find.trim().toLocaleLowerCase();
  const left = items.filter((i) => !wanted || `${i.title} ${i.text} ${i.category}`.toLocaleLowerCase().includes(wanted));
  return html`<section class="catalogue" aria-label=${w.catalogue}>
    <p class="soft">${note}</p>
    <label for=${id} class="hidden">${w.find_in_catalogue}</label>
    <input id=${id} type="search" placeholder=${w.find_in_catalogue} value=${find} onInput=${(e) => setFind(e.target.value)} />
    <ul tabindex="0" aria-label=${w.catalogue}>${left.map((i) => html`<li key=${i.id}><b>${i.title}</b>
      <p>${i.text}</p>${i.facts && html`<small>${i.facts}</small>`}${i.warn && html`<small class="warn">${i.warn}</small>`}
      ${i.why && html`<small>${i.why}</small>`}
      <button type="button" class="small" disabled=${i.taken} onClick=${() => take(i.id)} aria-label=${`${i.taken ? w.taken : w.take}: ${i.title}`}>${i.taken ? w.taken : w.take}</button></li>`)}
      ${!left.length && html`<li class="nothing">${w.nothing_found}</li>`}</ul></section>`;
}

/** The board: cards in heaps, by pointer, by touch and by keyboard. */
function Group({ view, d }) {
  const { w, send, say } = useCtx();
  const [open, setOpen] = useState(null);
  const [whole, setWhole] = useState({});
  const [naming, setNaming] = useState(null);
  const [over, setOver] = useState(null);
  const board = useRef(null);
  const most = d.heaps.length > 4 ? 3 : 5;
  const moved = useRef(false);
  const put = async (card, onto) => {
    const message = onto === "loose" ? { do: "change", id: card.id, field: "heap", was: card.heap, now: null }
      : onto === "new" ? { do: "gather", card: card.id, onto: card.id, heap: newId("heap") }
      : { do: "gather", card: card.id, onto, heap: newId("heap") };
    const refused = await send(message);
    if (refused) say(refused.text);
    setOpen(null);
    board.current?.querySelector(`[data-card="${CSS.escape(card.id)}"] .text`)?.focus();
  };
  const click = (id) => { if (moved.current) { moved.current = false; return; } setOpen(id); };

  // Dragging: a few pixels of movement turn a press into a drag; a finger must rest first, so that it can still scroll.
  const drag = (event, card) => {
    if (event.button) return;
    const start = { x: event.clientX, y: event.clientY };
    const source = event.currentTarget.closest("li");
    let ghost = null; let target = null; let armed = event.pointerType !== "touch"; let timer = 0;
    const begin = (e) => {
      const box = source.getBoundingClientRect();
      ghost = source.cloneNode(true);
      ghost.className = "note ghost"; ghost.style.width = `${box.width}px`; ghost.setAttribute("aria-hidden", "true");
      board.current.closest(".trivsel").append(ghost); source.classList.add("lifted");
      place(e);
    };
    const place = (e) => { ghost.style.transform = `translate(${e.clientX + 8}px, ${e.clientY + 8}px)`; };
    const under = (e) => {
      const found = document.elementFromPoint(e.clientX, e.clientY)?.closest("[data-card],[data-heap]");
      if (!found || !board.current?.contains(found)) return null;
      const id = found.dataset.heap || found.dataset.card;
      return id === card.id ? null : id;
    };
    const move = (e) => {
      const far = Math.hypot(e.clientX - start.x, e.clientY - start.y);
      if (!armed) { if (far > 10) stop(); return; }
      if (!ghost) { if (far < 6) return; begin(e); }
      e.preventDefault(); place(e);
      const next = under(e);
      if (next !== target) { target = next; setOver(target); }
      const scroller = board.current.closest("main");
      const edge = scroller.getBoundingClientRect();
      if (e.clientY > edge.bottom - 50) scroller.scrollTop += 14; else if (e.clientY < edge.top + 50) scroller.scrollTop -= 14;
    };
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener("pointermove", move); window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", stop); window.removeEventListener("touchmove", hold);
      ghost?.remove(); source.classList.remove("lifted"); setOver(null);
    };
    const hold = (e) => { if (ghost || armed) e.preventDefault(); };
    const up = () => {
      const dropped = target; const was = ghost;
      stop();
      if (was) { moved.current = true; setTimeout(() => { moved.current = false; }, 50); if (dropped) put(card, dropped); }
    };
    if (!armed) timer = setTimeout(() => { armed = true; source.classList.add("lifted"); }, 250);
    window.addEventListener("pointermove", move, { passive: false }); window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", stop); window.addEventListener("touchmove", hold, { passive: false });
  };

  const targets = [...d.heaps.map((x) => ({ id: x.id, label: x.label })), { id: "new", label: w.new_heap }, { id: "loose", label: w.loose }];
  const item = (c) => html`<${CardItem} key=${c.id} c=${c} open=${open} setOpen=${click} move=${put} drag=${drag}
    targets=${targets.filter((t) => (c.heap ? true : t.id !== "loose"))} />`;
  return html`<div class=${d.heaps.length ? "board" : "board empty"} ref=${board}>
    <div class=${d.heaps.length > 4 ? "heaps many" : "heaps"}>${d.heaps.map((x) => html`<section key=${x.id} class=${`heap ${over === x.id ? "over" : ""}`} data-heap=${x.id} aria-label=${x.label}>
      <h2>${x.name.value ? html`<button type="button" class="text" aria-expanded=${naming === x.id ? "true" : "false"} onClick=${() => setNaming(naming === x.id ? null : x.id)}><bdi>${x.name.value}</bdi> · ${x.cards.length}</button>`
        : html`<span class="unnamed">${w.unnamed} · ${x.cards.length}</span>`}</h2>
      ${(!x.name.value || naming === x.id) && html`<${Field} f=${x.name} label=${x.name.value ? w.rename_heap : w.name_heap} hide=${true} placeholder=${w.name_heap} done=${() => setNaming(null)} />`}
      ${x.offer && html`<${Do} cls="link offer" message=${{ do: "match_heap", heap: x.id, entry: x.offer.entry }} label=${`${w.use_it}: ${x.offer.text}`}>${x.offer.text}<//>`}
      <ul>${(whole[x.id] ? x.cards : x.cards.slice(0, most)).map(item)}</ul>
      ${x.cards.length > most && html`<button type="button" class="link" onClick=${() => setWhole({ ...whole, [x.id]: !whole[x.id] })}>${whole[x.id] ? w.show_fewer : fill(w.more_cards, { n: x.cards.length - most })}</button>`}
      ${naming === x.id && html`<${Do} cls="link" message=${{ do: "remove", id: x.id }} label=${`${w.dissolve_heap}: ${x.label}`}>${w.dissolve_heap}<//>`}
    </section>`)}
    ${!d.heaps.length && html`<p class="nothing">${w.how_to_group}</p>`}</div>
    <section class="side" aria-label=${w.loose_cards} data-heap=${over !== null || d.heaps.length ? "loose" : null}>
      ${d.doubles.map((x) => html`<p class="double" key=${x.key}>${x.text} <${Do} cls="small" message=${{ do: "merge_cards", cards: x.cards }} label=${`${w.merge}: ${x.text}`}>${w.merge}<//></p>`)}
      <ul class=${over === "loose" ? "over" : ""}>${d.loose.map(item)}${d.goals.map((g) => html`<li key=${g.id} class="note goal"><bdi>${g.title}</bdi> <small>${w.from_catalogue}</small></li>`)}</ul>
      <${AddField} name=${view.place} label=${d.label} button=${d.button} limit=${d.limit} many=${true} add=${(text) => send({ do: "add_card", text })} />
    </section></div>`;
}
