// Keeps an eye on the shared screen: says in words when its kernel or server is gone, and brings the page back.
// Loaded before everything else, since it must come before Voilà's own listeners.
"use strict";
(() => {
  const EVERY = 1000; // ms between two questions
  const PATIENCE = 1300; // ms an answer may take
  const READ = 1600; // ms a sentence stays before the page fetches itself
  const TRIES = 3; // times a minute the page may fetch itself
  const DRAWN = 10000; // ms after loading by which something of ours must be on the page
  const FLOWING = 45000; // ms by which the page must have come through at all

  // A download or a mailto link fires beforeunload too, and Voilà would end the kernel under a page that stays.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);

  const started = performance.now();
  let kernel = null;
  let process = null;
  let link = 0;
  let shown = null;
  let leaving = false;
  let loaded = null;

  const element = (id) => document.getElementById(id);
  const drawn = () => document.querySelector(".trivsel") !== null;
  const words = () => JSON.parse(element("trivsel-words").textContent);

  const findKernel = () => {
    const config = kernel === null && element("jupyter-config-data");
    if (config) kernel = JSON.parse(config.textContent).kernelId;
    return kernel;
  };

  const show = (notice, button) => {
    const place = element("trivsel-alert");
    if (!place || shown === notice) return;
    shown = notice;
    const sentence = document.createElement("p");
    sentence.textContent = words()[notice];
    place.replaceChildren(sentence);
    if (button) {
      const again = document.createElement("button");
      again.textContent = words()[button];
      again.addEventListener("click", () => location.reload());
      place.append(again);
    }
    element("trivsel-loading")?.setAttribute("hidden", "");
    document.documentElement.dataset.trivselNotice = notice;
    document.dispatchEvent(new CustomEvent("trivsel:notice", { detail: notice }));
  };

  const clear = () => {
    if (shown === null) return;
    shown = null;
    element("trivsel-alert").replaceChildren();
    delete document.documentElement.dataset.trivselNotice;
    document.dispatchEvent(new CustomEvent("trivsel:notice", { detail: null }));
  };

  const remembered = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key)) ?? [];
    } catch {
      return [];
    }
  };

  // Fetches the page again at its current address, but not for ever: then a person decides.
  const comeBack = (notice, wait = READ) => {
    if (leaving) return;
    const lately = remembered("trivsel-fetched").filter((at) => Date.now() - at < 60000);
    if (lately.length >= TRIES) return show(notice, "again");
    leaving = true;
    show(notice);
    sessionStorage.setItem("trivsel-fetched", JSON.stringify([...lately, Date.now()]));
    setTimeout(() => location.reload(), wait);
  };

  // One question; the answer in one word.
  const ask = async () => {
    const address = findKernel() ? `/alive/${kernel}` : "/health";
    let answer;
    try {
      answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (!kernel) return "well";
      if (answer.status === 410 || answer.status === 404) return "kernel_gone";
      if (answer.status === 403) return "logged_out";
      if (!answer.ok) return "server_gone";
      const sign = await answer.json();
      process ??= sign.pid;
      if (process !== sign.pid) return "kernel_gone";
      link ||= sign.link;
      return link && (sign.link !== link || sign.open === 0) ? "link_gone" : "well";
    } catch {
      return "server_gone";
    }
  };

  const look = async () => {
    const state = leaving ? "leaving" : await ask();
    if (state === "well") {
      if (shown === "server_gone" || shown === "logged_out") clear();
      lookAtPage();
    } else if (state === "server_gone") show(state);
    else if (state === "logged_out") show(state, "to_login");
    else if (state === "kernel_gone" || state === "link_gone") comeBack(state, shown === "server_gone" ? 0 : READ);
    setTimeout(look, EVERY);
  };

  const lookAtPage = () => {
    if (drawn()) {
      element("trivsel-loading")?.remove();
      sessionStorage.removeItem("trivsel-empty");
      if (shown === "empty") clear();
      return;
    }
    const late = loaded === null ? performance.now() - started > FLOWING : performance.now() - loaded > DRAWN;
    if (!late) return;
    if (sessionStorage.getItem("trivsel-empty") === location.href) return show("empty", "again");
    sessionStorage.setItem("trivsel-empty", location.href);
    comeBack("empty", 0);
  };

  window.addEventListener("load", () => (loaded = performance.now()));
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.addEventListener("pagehide", () => {
    if (!findKernel()) return;
    const goodbye = new FormData();
    goodbye.append("_xsrf", document.body.dataset.formKey);
    navigator.sendBeacon(`/closed/${kernel}`, goodbye);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const seen = new MutationObserver(() => drawn() && (seen.disconnect(), element("trivsel-loading")?.remove()));
    seen.observe(document.body, { childList: true, subtree: true });
  });
  setTimeout(look, EVERY);
})();
