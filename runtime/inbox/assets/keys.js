// Part for: [data-desk-keys]
// Keys for officers with a keyboard: walk down the list, open the next case, choose an action. Each only follows
// a link or presses a button of the page. Whoever speaks to the computer can switch them off; the phone remembers.

const help = document.querySelector("[data-desk-keys]");
const OFF = "rakit-keys-off";
const TYPING = "input, select, textarea, [contenteditable]";

const rows = () => [...document.querySelectorAll(".table tbody a.btn")];
const press = (selector) => document.querySelector(selector)?.click();
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => press("a.stick__next"),
  u: () => press(".topnav a, a.bar__back"),
  w: () => press("[data-watch] button"),
  "/": () => document.querySelector("#filter-q")?.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target.closest?.(TYPING)) return;
  const act = KEYS[event.key] ?? arrow(event.key) ?? action(event.key);
  if (!act || (off() && event.key !== "?")) return;
  event.preventDefault();
  act();
});

const open = document.querySelector("[data-desk-keys-open]");
open.hidden = false;
open.addEventListener("click", () => help.showModal());
const box = help.querySelector("input");
box.checked = !off();
box.addEventListener("change", () => keep(!box.checked));

/** Move to the row after the one that has the focus, or before it. */
function step(by) {
  const links = rows();
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}

/** The arrows move only from row to row; elsewhere they scroll, as everybody expects. */
function arrow(key) {
  if (!rows().includes(document.activeElement)) return null;
  return { ArrowDown: KEYS.j, ArrowUp: KEYS.k }[key];
}

/** 1 to 9: what can be done with the case, in the order of its buttons. */
function action(key) {
  const found = /^[1-9]$/.test(key) && document.querySelectorAll(".stick a.btn")[key - 1];
  return found ? () => found.click() : null;
}

function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function keep(value) {
  try {
    if (value) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // a browser that keeps nothing: for this page only
  }
}
