// Follows the room without losing what is being typed, keeps what could not be sent, and says when the link is gone.
// Everything works without this script too. Nothing here needs a secure context: a room's network has plain http.
"use strict";
(() => {
  const DOUBT = 1900; // ms without a sign of life (the server gives one every 1.5 s) after which it is asked for one
  const POLL = 1400; // ms between two questions where no stream gets through
  const SILENT = 2500; // ms without a sign after which the link is gone
  const PATIENCE = 2500; // ms that an answer may take
  const AGAIN = 2000; // ms between two tries

  const code = document.body.dataset.code;
  const words = document.body.dataset;
  const address = `/join/${code}`;
  const element = (id) => document.getElementById(id);
  const inner = () => element("part-in");
  const jitter = (most) => Math.random() * most;

  // --- what is kept on the phone ---------------------------------------------------------------------------------

  const keep = (kind, empty) => {
    const key = `trivsel-${kind}-${code}`;
    let here = empty; // where the browser keeps nothing, as in a private window
    return {
      get: () => { try { return JSON.parse(localStorage.getItem(key)) ?? here } catch { return here } },
      set: (value) => { here = value; try { localStorage.setItem(key, JSON.stringify(value)) } catch { /* kept here */ } },
      drop: () => { here = empty; try { localStorage.removeItem(key) } catch { /* kept here */ } },
    };
  };
  const drafts = keep("draft", {}); // what has been typed or chosen and not sent, by question
  const outbox = keep("out", []); // what is on its way; another tab may be sending from it too
  const draft = (ask, one) => {
    const { [ask]: _, ...others } = drafts.get();
    drafts.set(one ? { ...others, [ask]: one } : others);
  };

  const id = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const tell = (text, kind) => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = text;
    element("said").replaceChildren(...(text ? [line] : []));
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
    setTimeout(() => { if (!lost) link("") }, 3000);
    if (!cut && source?.readyState !== 1) listen();
    flush();
  };
  const gone = () => {
    lost = true;
    link(outbox.get().length ? words.kept : words.lost);
  };

  const ask = async (path, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address + path, {
        ...options, signal: stop.signal, cache: "no-store", headers: { "X-Trivsel": "1" },
      });
      const text = await answer.text();
      if (answer.status < 500) alive();
      return { status: answer.status, text };
    } finally {
      clearTimeout(timer);
    }
  };

  let source = null;
  let cut = !window.EventSource; // streams do not get through, so that the server is asked instead
  let spoke = false;
  let quiet = 0;
  const listen = () => {
    if (cut) return;
    source?.close();
    source = new EventSource(`${address}/stream`);
    spoke = false;
    quiet = 0;
    const sign = () => { spoke = true; quiet = 0; alive() };
    source.addEventListener("state", (event) => { sign(); newest(event.data) });
    source.addEventListener("beat", sign);
  };

  let asking = false;
  let next = 0;
  const inquire = async () => {
    if (asking || performance.now() < next) return;
    asking = true;
    try {
      const answer = await ask("/told");
      if (answer.status === 200) newest(JSON.parse(answer.text).version);
      else if (answer.status === 403 || answer.status === 404) location.reload();
      quiet += 1;
      // The server answers and its stream is silent: try another stream, and if that never speaks do without.
      if (!cut && quiet > 1) {
        if (spoke) listen();
        else { cut = true; source?.close() }
      }
    } catch {
      next = performance.now() + AGAIN / 2 + jitter(AGAIN / 2);
    } finally {
      asking = false;
    }
  };
  setInterval(() => {
    if (document.hidden) return;
    const silence = performance.now() - heard;
    if (silence > SILENT) gone();
    if (silence > (cut ? POLL : DOUBT)) inquire();
  }, 150);
  const awake = () => {
    if (document.hidden) return;
    heard = performance.now();
    listen();
    refresh();
    flush();
  };
  document.addEventListener("visibilitychange", awake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) awake() });
  window.addEventListener("online", awake);
  window.addEventListener("offline", gone);

  // --- following the room ------------------------------------------------------------------------------------------

  let version = inner().dataset.version;
  const newest = (told) => { if (told !== version) setTimeout(refresh, jitter(300)) };

  let fetching = false;
  let again = false;
  const refresh = async () => {
    again = fetching;
    if (fetching) return;
    fetching = true;
    try {
      const answer = await ask("/part");
      if (answer.status === 200) show(answer.text);
      else if (answer.status === 403 || answer.status === 404) location.reload();
    } catch { gone() } finally {
      fetching = false;
      if (again) refresh();
    }
  };

  const show = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.getElementById("part-in");
    if (!fresh) return;
    const now = inner();
    const focus = now.contains(document.activeElement) ? document.activeElement : null;
    const same = fresh.dataset.ask === now.dataset.ask;
    version = fresh.dataset.version;
    const [typed, empty] = [now, fresh].map((part) => part.querySelector("form[data-send=card]"));
    if (same && typed && empty) {
      // The field stays as it is, caret, keyboard and all; only what is said around it is new.
      typed.querySelectorAll("[data-live]").forEach((line, at) => {
        line.textContent = empty.querySelectorAll("[data-live]")[at].textContent;
      });
      typed.elements._xsrf.value = empty.elements._xsrf.value;
      empty.replaceWith(typed);
    }
    now.replaceWith(fresh);
    if (!same) {
      // Words are kept until they are sent or left; what was chosen only until the room moves on once more.
      for (const [key, one] of Object.entries(drafts.get())) if (one.fields.do === "vote" && key !== now.dataset.ask) draft(key);
      tell("");
      window.scrollTo(0, 0);
      element("news").textContent = fresh.querySelector("h1").textContent;
    }
    fill();
    if (focus && document.activeElement !== focus) {
      (focus.isConnected ? focus : same ? like(focus) : element("content")).focus();
    }
  };

  const like = (old) => {
    const { tagName, name, value, id: known } = old;
    const alike = (one) => (known ? one.id === known
      : one.name === name && (one.value === value || one.dataset.wish) && one.textContent === old.textContent);
    return Array.from(inner().getElementsByTagName(tagName)).find(alike) ?? element("content");
  };

  // --- what is being typed and chosen ------------------------------------------------------------------------------

  const form = () => inner().querySelector("form[data-send=card], form[data-send=vote]");
  const given = (from) => {
    const { _xsrf, form: _, ...fields } = Object.fromEntries(new FormData(from));
    return fields;
  };
  const choices = (from) => Array.from(from.elements).filter((one) => one.type === "radio" || one.type === "checkbox");

  // Puts back into the form what was typed and chosen, and beside it what belongs somewhere else.
  const fill = () => {
    const here = form();
    const mine = here && drafts.get()[inner().dataset.ask];
    if (mine) {
      const text = here.elements.text;
      if (text && text.value !== mine.fields.text) text.value = mine.fields.text;
      for (const one of choices(here)) one.checked = mine.fields[one.name] === one.value;
    }
    left();
    dress();
  };

  const left = () => {
    const { ask, place, round, open, mode } = inner().dataset;
    const found = Object.entries(drafts.get()).findLast(([key, one]) => !one.sent && (key !== ask || !form()));
    const box = element("left");
    box.hidden = !found;
    if (!found) return;
    const [key, { fields, show: text, late }] = found;
    box.dataset.key = key;
    box.querySelector("h2").textContent = fields.place === place ? words.unsent : words.moved;
    box.querySelector("blockquote").textContent = text;
    const takes = mode !== "over" && mode !== "out" && (fields.place !== place || (open && (!fields.round || fields.round === round)));
    box.querySelector("[value=send]").hidden = late || !takes;
  };
  element("left").addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.value;
    if (!choice) return;
    const { key } = element("left").dataset;
    const { [key]: one } = drafts.get();
    draft(key);
    if (choice === "send" && one) put({ ...one.fields, _xsrf: document.querySelector("[name=_xsrf]").value }, { ...one, ask: key });
    left();
    element("content").focus();
  });

  document.addEventListener("input", (event) => {
    const here = event.target.closest("form[data-send]");
    if (!here || here !== form()) return;
    const fields = given(here);
    const text = here.elements.text ? fields.text.trim() : inner().querySelector(here.dataset.about).textContent;
    draft(inner().dataset.ask, text && { fields, show: text });
    if (element("said").querySelector(".done")) tell("");
    dress();
  });

  // What may be left out can be taken back by another tap.
  document.addEventListener("pointerdown", ({ target }) => {
    const radio = target.closest("form[data-skip] input[type=radio]");
    if (radio) radio.dataset.was = radio.checked;
  });
  document.addEventListener("click", ({ target }) => {
    if (target.dataset?.was === "true") {
      target.checked = false;
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    delete target.dataset?.was;
  });

  const dress = () => {
    const here = form();
    const text = here?.elements.text;
    if (text) element("count").textContent = `${text.value.length} / ${text.maxLength}`;
    if (here?.dataset.budget) {
      const spent = choices(here).reduce((sum, one) => sum + (one.checked ? Number(one.value) : 0), 0);
      const more = Number(here.dataset.budget) - spent;
      const { words: some, over } = element("dots").dataset;
      const said = (more < 0 ? over : some).replace("{n}", String(Math.abs(more)));
      if (element("dots").textContent !== said) element("dots").textContent = said;
      here.querySelector(".primary").disabled = more < 0;
    }
  };

  // --- sending -----------------------------------------------------------------------------------------------------

  const put = (fields, about) => {
    const one = { fields: { ...fields, form: id() }, about };
    outbox.set([...outbox.get(), one]);
    tell(lost ? words.kept : words.sending, "hint");
    flush();
    return one.fields.form;
  };

  const settle = ({ fields, about }, receipt) => {
    tell(receipt.said, receipt.ok ? "done" : "problem");
    const known = drafts.get();
    const late = ["refusal.answers_closed", "refusal.nothing_asked"].includes(receipt.key);
    const mine = Object.keys(known).find((key) => known[key].sent === fields.form);
    if (mine) draft(mine, receipt.ok ? null : { ...known[mine], sent: null, late });
    else if (!receipt.ok && about) {
      const { ask } = about;
      draft(ask in known ? `${ask}#${fields.form}` : ask, { ...about, late });
    }
    fill();
  };

  let sending = false;
  const flush = async () => {
    if (sending) return;
    sending = true;
    let sent = false;
    try {
      for (let first; (first = outbox.get()[0]); ) {
        const answer = await ask("", { method: "POST", body: new URLSearchParams(first.fields) });
        const receipt = JSON.parse(answer.text);
        if (answer.status >= 500 || answer.status === 429) {
          tell(receipt.said, "problem");
          setTimeout(flush, AGAIN);
          break;
        }
        outbox.set(outbox.get().filter((one) => one.fields.form !== first.fields.form));
        settle(first, receipt);
        sent = true;
      }
    } catch {
      gone();
      tell(words.kept, "hint");
      setTimeout(flush, AGAIN + jitter(AGAIN));
    } finally {
      sending = false;
    }
    if (sent) refresh();
  };

  const whole = async (from) => {
    const fields = new URLSearchParams(new FormData(from));
    const leaves = fields.get("do") === "next";
    if (leaves && outbox.get().length) return tell(words.kept, "problem");
    try {
      const receipt = JSON.parse((await ask("", { method: "POST", body: fields })).text);
      if (receipt.ok && leaves) {
        drafts.drop();
        return location.replace(address);
      }
      tell(receipt.said, receipt.ok ? "done" : "problem");
      window.scrollTo(0, 0);
      refresh();
    } catch { gone() }
  };

  document.addEventListener("submit", (event) => {
    const from = event.target;
    const kind = from.dataset.send;
    if (!kind && !from.hasAttribute("data-whole")) return;
    event.preventDefault();
    if (!kind) return whole(from);
    const { ask } = inner().dataset;
    const fields = Object.fromEntries(new FormData(from));
    if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
    if (kind === "card") {
      const about = { ask, fields: given(from), show: fields.text.trim() };
      if (!about.show) return;
      draft(ask);
      from.elements.text.value = "";
      choices(from).forEach((one) => { one.checked = false });
      put(fields, about);
      from.elements.text.focus();
    } else {
      const sent = put(fields);
      const mine = drafts.get()[ask];
      if (kind === "vote" && mine) draft(ask, { ...mine, sent });
      if (kind === "wish") {
        for (const one of from.querySelectorAll("[data-wish]")) {
          const pressed = one === event.submitter && one.value !== "";
          one.setAttribute("aria-pressed", String(pressed));
          one.value = pressed ? "" : one.dataset.wish;
        }
      }
    }
    dress();
  });

  fill();
  listen();
  flush();
})();
