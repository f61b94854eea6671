// Follows the room without losing what is being typed, keeps what could not be sent, and says when the link is gone.
// Everything works without this script too. Nothing here needs a secure context: a room's network has plain http.
"use strict";
(() => {
  const BEAT = 2000; // ms between two signs of life from the server
  const SILENT = 2800; // ms without a sign after which the link is gone
  const PATIENCE = 2500; // ms that sending may take
  const AGAIN = 2000; // ms between two tries
  const QUIET = 6000; // ms after which a stream that says nothing is given up for asking

  const code = document.body.dataset.code;
  const words = document.body.dataset;
  const address = `/join/${code}`;
  const element = (id) => document.getElementById(id);
  const inner = () => element("part-in");
  const jitter = (most) => Math.random() * most;

  // --- what is kept on the phone ---------------------------------------------------------------------------------

  const store = (kind) => {
    const key = `trivsel-${kind}-${code}`;
    return {
      get: () => { try { return JSON.parse(localStorage.getItem(key)) } catch { return null } },
      set: (value) => { try { localStorage.setItem(key, JSON.stringify(value)) } catch { /* private window */ } },
      drop: () => { try { localStorage.removeItem(key) } catch { /* private window */ } },
    };
  };
  const drafts = store("draft");
  const outbox = store("out");
  let waiting = outbox.get() || [];

  const id = () => {
    const bytes = new Uint8Array(12);
    crypto.getRandomValues(bytes);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const tell = (text, kind) => {
    const said = element("said");
    said.replaceChildren();
    if (!text) return;
    const line = document.createElement("p");
    line.className = kind;
    if (kind === "problem") line.setAttribute("role", "alert");
    line.textContent = text;
    said.append(line);
  };

  // --- the link ----------------------------------------------------------------------------------------------------

  let heard = performance.now();
  let lost = false;
  const link = (text) => { if (element("link").textContent !== text) element("link").textContent = text };

  const alive = () => {
    heard = performance.now();
    if (!lost) return;
    lost = false;
    link(words.back);
    setTimeout(() => { if (!lost) link("") }, 2500);
    flush();
  };
  const gone = () => {
    lost = true;
    link(waiting.length ? words.kept : words.lost);
  };

  const ask = async (path, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address + path, {
        ...options, signal: stop.signal, cache: "no-store", headers: { "X-Trivsel": "1", ...options.headers },
      });
      const text = await answer.text();
      if (answer.status < 500) alive();
      return { status: answer.status, text };
    } finally {
      clearTimeout(timer);
    }
  };

  let source = null;
  let polling = false;
  const listen = () => {
    source?.close();
    if (polling || !window.EventSource) { polling = true; return poll() }
    source = new EventSource(`${address}/stream`);
    let spoke = false;
    const opened = performance.now();
    source.addEventListener("state", (event) => { spoke = true; alive(); newest(event.data) });
    source.addEventListener("beat", () => { spoke = true; alive() });
    setTimeout(async () => {
      if (spoke || source.readyState === 2) return;
      try {
        await ask("/told"); // the server answers, so it is the stream that is cut on its way
        if (!spoke && performance.now() - opened > QUIET - 100) { polling = true; source.close(); poll() }
      } catch { /* no link at all */ }
    }, QUIET);
  };
  const poll = async () => {
    try {
      const answer = await ask("/told");
      if (answer.status === 200) newest(JSON.parse(answer.text).version);
    } catch { gone() }
    setTimeout(poll, BEAT * 0.75);
  };
  setInterval(() => {
    if (document.hidden) return;
    const silence = performance.now() - heard;
    if (silence > SILENT) {
      gone();
      if (!polling && silence % (2 * AGAIN) < 500) setTimeout(listen, jitter(AGAIN));
    }
  }, 400);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    heard = performance.now();
    listen();
    refresh();
    flush();
  });
  window.addEventListener("online", () => { listen(); flush() });
  window.addEventListener("offline", gone);

  // --- following the room ------------------------------------------------------------------------------------------

  let version = inner().dataset.version;
  let fetching = false;
  const newest = (told) => { if (told !== version) setTimeout(refresh, jitter(300)) };

  const refresh = async () => {
    if (fetching) return;
    fetching = true;
    try {
      const answer = await ask("/part");
      if (answer.status === 200) show(answer.text);
      else if (answer.status === 403 || answer.status === 404) location.reload();
    } catch { gone() } finally { fetching = false }
  };

  const touched = () => document.querySelector("#form [data-touched]") !== null;

  const show = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const next = holder.content.getElementById("part-in");
    if (!next) return;
    const now = inner();
    version = next.dataset.version;
    if (next.dataset.ask === now.dataset.ask) {
      // The same question: what is being typed or chosen stays where it is.
      const keep = element("form");
      const busy = touched() || keep.contains(document.activeElement);
      const same = Boolean(keep.querySelector("form")) === Boolean(next.querySelector("#form form"));
      if (busy && same) next.querySelector("#form").replaceWith(keep);
      const focus = document.activeElement;
      now.replaceWith(next);
      if (busy && same && keep.contains(focus)) focus.focus();
    } else {
      const text = document.querySelector("#form textarea")?.value.trim();
      if (text) offer(text, now.dataset.place);
      now.replaceWith(next);
      tell("");
      window.scrollTo(0, 0);
    }
    dress();
  };

  const offer = (text, place) => {
    const left = element("left");
    left.querySelector("blockquote").textContent = text;
    left.dataset.place = place;
    left.hidden = false;
  };
  element("left").addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.value;
    const left = element("left");
    if (!choice) return;
    if (choice === "send") {
      const key = document.querySelector("[name=_xsrf]").value;
      put({ _xsrf: key, do: "card", place: left.dataset.place, text: left.querySelector("blockquote").textContent });
    }
    left.hidden = true;
    drafts.drop();
  });

  // --- sending -----------------------------------------------------------------------------------------------------

  const put = (fields) => {
    waiting.push({ ...fields, form: id() });
    outbox.set(waiting);
    flush();
  };

  let sending = false;
  const flush = async () => {
    if (sending) return;
    sending = true;
    let sent = 0;
    try {
      while (waiting.length) {
        const first = waiting[0];
        const answer = await ask("", { method: "POST", body: new URLSearchParams(first) });
        if (answer.status >= 500 || answer.status === 429) {
          tell(JSON.parse(answer.text).said, "problem");
          setTimeout(flush, AGAIN);
          break;
        }
        waiting = waiting.filter((one) => one.form !== first.form);
        outbox.set(waiting);
        sent += 1;
        const receipt = JSON.parse(answer.text);
        if (receipt.ok) tell(first.do === "wish" || first.do === "withdraw" ? "" : receipt.said, "done");
        else {
          tell(receipt.said, "problem");
          const field = element("text");
          if (first.do === "card" && field && !field.value) field.value = first.text;
        }
      }
    } catch {
      gone();
      setTimeout(flush, AGAIN + jitter(AGAIN));
    } finally {
      sending = false;
    }
    if (sent) setTimeout(refresh, jitter(400));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.send) {
      if (form.hasAttribute("data-whole") && form.querySelector("[name=do]").value === "next") { drafts.drop(); outbox.drop() }
      return;
    }
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
    put(fields);
    if (form.dataset.send === "card") {
      form.reset();
      form.querySelector("textarea").value = "";
      drafts.drop();
      form.querySelector("textarea").focus();
    }
    if (form.dataset.send === "vote") document.activeElement?.blur();
    form.querySelectorAll("[data-touched]").forEach((field) => field.removeAttribute("data-touched"));
    tell(lost ? words.kept : words.sending, "hint");
    dress();
  });

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#form")) return;
    event.target.setAttribute("data-touched", "");
    if (event.target.id === "text") drafts.set({ ask: inner().dataset.ask, text: event.target.value });
    dress();
  });

  // --- small things ------------------------------------------------------------------------------------------------

  const dress = () => {
    const text = element("text");
    const count = element("count");
    if (text && count) count.textContent = `${text.value.length} / ${count.dataset.limit}`;
    const form = document.querySelector("form[data-budget]");
    if (form) {
      const chosen = Array.from(form.querySelectorAll("input:checked"), (one) => Number(one.value));
      const left = Number(form.dataset.budget) - chosen.reduce((sum, one) => sum + one, 0);
      element("dots").textContent = element("dots").dataset.words.replace("{n}", String(left));
      form.querySelector("button.primary").disabled = left < 0;
    }
  };

  const draft = drafts.get();
  const field = element("text");
  if (draft?.text && field && !field.value && draft.ask === inner().dataset.ask) {
    field.value = draft.text;
    field.setAttribute("data-touched", "");
  }
  dress();
  listen();
  flush();
})();
