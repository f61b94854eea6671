// Small comforts of the front page; everything works without them.
"use strict";
(() => {
  // The list is fresh when one comes back to this window, unless something is being typed.
  const form = document.querySelector(".start form");
  const before = form && new URLSearchParams(new FormData(form)).toString();
  let away = false;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") away = true;
    else if (away && new URLSearchParams(new FormData(form)).toString() === before) location.replace("/");
  });

  // Only one menu open at a time; Escape and a click elsewhere close it.
  const menus = [...document.querySelectorAll("details.menu")];
  const close = (but) => menus.forEach((menu) => menu !== but && (menu.open = false));
  menus.forEach((menu) => menu.addEventListener("toggle", () => menu.open && close(menu)));
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const open = menus.find((menu) => menu.open);
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // A file that is far too large is not even sent.
  const bring = document.getElementById("bring-form");
  bring?.file.addEventListener("change", () => {
    const large = bring.file.files[0]?.size > Number(bring.dataset.largest);
    bring.file.setCustomValidity(large ? bring.dataset.tooBig : "");
    bring.file.reportValidity();
  });
})();
