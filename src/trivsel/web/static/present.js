// Keeps the presenter's page fresh without taking anything away from whoever is typing; the page works without it.
"use strict";
(() => {
  const root = document.getElementById("present");
  const lost = document.getElementById("link-lost");
  const EVERY = 1000;
  const PATIENCE = 2500;
  let failed = 0;
  let turn = 0;
  let sending = false;

  // A form with a field called "id" gives that field when asked for its id, so the attribute is asked for.
  const keyOf = (node) => (node.nodeType === 1 ? node.getAttribute("id") || node.dataset.key || "" : "");
  const typed = (field) => field === document.activeElement || field.value !== field.defaultValue;

  // Makes `old` look like `fresh` and keeps every node that can stay: focus, open menus, half-typed text.
  const morph = (old, fresh) => {
    if (old.nodeType !== 1) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    const field = old.matches("input:not([type=hidden]), textarea");
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    }
    for (const { name, value } of [...fresh.attributes]) {
      if (old.getAttribute(name) !== value && !(field && name === "value" && typed(old))) old.setAttribute(name, value);
    }
    if (field) {
      if (old.localName === "textarea" && !typed(old)) old.value = old.defaultValue = fresh.defaultValue;
      return;
    }
    const keyed = new Map([...old.childNodes].filter(keyOf).map((node) => [keyOf(node), node]));
    let here = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      const key = keyOf(next);
      let match = key ? keyed.get(key) : here;
      while (!key && match && keyOf(match)) match = match.nextSibling;
      if (match && match.nodeName === next.nodeName) {
        if (match !== here && match.contains(document.activeElement)) {
          // Whoever is moved loses focus, so the others make way.
          const after = match.nextSibling;
          while (here !== match) {
            const passed = here;
            here = here.nextSibling;
            old.insertBefore(passed, after);
          }
        }
        if (match !== here) old.insertBefore(match, here);
        else here = here.nextSibling;
        morph(match, next);
      } else {
        old.insertBefore(document.importNode(next, true), here);
      }
    }
    while (here) {
      const after = here.nextSibling;
      here.remove();
      here = after;
    }
  };

  const draw = (text, keep) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("present");
    if (!fresh) {
      location.reload();
      return;
    }
    // What was said about the last press stays until the next one.
    if (keep) fresh.querySelector("#said").replaceWith(document.getElementById("said").cloneNode(true));
    fresh.querySelector("#link-lost").replaceWith(lost.cloneNode(true));
    morph(root, fresh);
    document.title = page.title;
    set();
  };

  const tell = (words) => {
    if (lost.textContent !== words) lost.textContent = words;
    lost.hidden = !words;
  };

  const ask = async (address, options) => {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
    if (new URL(answer.url).pathname.startsWith("/login")) location.reload();
    return answer;
  };

  const poll = async () => {
    const mine = turn;
    try {
      const answer = await ask(location.href.replace(/#.*/, ""));
      const text = await answer.text();
      if (answer.status >= 500) throw new Error("the kit does not answer");
      failed = 0;
      tell("");
      if (mine === turn && !sending) draw(text, true);
    } catch {
      failed += 1;
      if (failed > 1) tell(root.dataset.gone);
    }
    setTimeout(poll, document.hidden ? 5 * EVERY : EVERY);
  };

  root.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    const form = event.target;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    turn += 1;
    sending = true;
    try {
      const answer = await ask(form.action, { method: "POST", body, signal: AbortSignal.timeout(10_000) });
      const text = await answer.text();
      if (answer.ok) {
        for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.defaultValue = field.value;
        if (answer.redirected && answer.url !== location.href) history.replaceState(null, "", answer.url);
        event.submitter?.closest("details")?.removeAttribute("open");
      }
      draw(text, false);
      if (document.activeElement === document.body) root.querySelector("h1").focus({ preventScroll: true });
    } catch {
      tell(root.dataset.unsent);
    }
    sending = false;
    turn += 1;
  });

  // Between two looks the clocks go on by themselves.
  let marks = [];
  const set = () => {
    const now = Date.now();
    marks = [...root.querySelectorAll("[data-left], [data-used]")].map((node) => {
      const down = "left" in node.dataset;
      return { node, down, at: now + (down ? 1 : -1) * Number(node.dataset[down ? "left" : "used"]) * 1000 };
    });
  };
  const tick = () => {
    for (const { node, down, at } of marks) {
      const seconds = down ? Math.round((at - Date.now()) / 1000) : Math.floor((Date.now() - at) / 1000);
      const size = Math.abs(seconds);
      const words = `${seconds < 0 ? "−" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
      if (node.textContent !== words) node.textContent = words;
    }
  };

  set();
  setInterval(tick, 250);
  setTimeout(poll, EVERY);
})();
