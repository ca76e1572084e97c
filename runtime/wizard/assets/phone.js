// Part for: [data-forget], form[action$="/logout/"]
// What is typed on the open page, kept in this browser until the server has it: at most 7 days, never files.
// Answers of a special kind stay with the open tab only; on a shared phone nothing is kept at all.
const PREFIX = "rakit.page.";
const LIFE = 7 * 24 * 60 * 60 * 1000;
const SHARED = "shared_phone";

/** Say whether somebody has marked this phone as used by several people. */
export function isShared() {
  return document.cookie.split("; ").includes(`${SHARED}=1`);
}

/** Mark the phone as shared or not; a shared one forgets at once what it kept. */
export function share(on) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${SHARED}=1; path=/; samesite=lax; max-age=${on ? 365 * 24 * 60 * 60 : 0}${secure}`;
  if (on) forget();
}

/**
 * Return the copies that other windows have left of a page, the latest first: { window, key, at, seen, turn, values }.
 * Each window keeps its own, so that none can take another's away. Those kept longer than allowed are left out.
 */
export function copiesOf({ page, window: own }) {
  const found = [];
  for (const store of [localStore(), tabStore()]) {
    for (const name of names(store)) {
      const [of, window] = name.slice(PREFIX.length).split("#");
      if (of !== page || window === own) continue;
      for (const [key, kept] of Object.entries(read(store, name))) found.push({ window, key, ...kept });
    }
  }
  return found.filter(isFresh).sort((one, other) => other.at - one.at);
}

/** Keep one question of a page; return false when this browser keeps nothing. */
export function keep(place, key, entry, special) {
  if (isShared()) return false;
  const store = special ? tabStore() : localStore();
  return write(store, nameOf(place), { ...read(store, nameOf(place)), [key]: entry });
}

/** Say whether a question of a page is kept. */
export function has(place, key) {
  return [localStore(), tabStore()].some((store) => key in read(store, nameOf(place)));
}

/** Drop questions of a page that one window kept, for the server has them. */
export function drop(place, keys) {
  for (const store of [localStore(), tabStore()]) {
    const left = Object.entries(read(store, nameOf(place))).filter(([key]) => !keys.includes(key));
    write(store, nameOf(place), Object.fromEntries(left));
  }
}

/** Drop every copy whose page begins with `start`: all of them, or those of one application. */
export function forget(start = "") {
  for (const store of [localStore(), tabStore()]) {
    for (const name of names(store)) if (name.startsWith(PREFIX + start)) store.removeItem(name);
  }
}

function tidy() {
  for (const store of [localStore(), tabStore()]) {
    for (const name of names(store)) {
      if (!Object.values(read(store, name)).some(isFresh)) store.removeItem(name);
    }
  }
}

function isFresh(kept) {
  return Date.now() - kept.at < LIFE;
}

function nameOf({ page, window }) {
  return `${PREFIX}${page}#${window}`;
}

function names(store) {
  return store ? Object.keys(store).filter((name) => name.startsWith(PREFIX)) : [];
}

function read(store, name) {
  try {
    return JSON.parse(store.getItem(name)) || {};
  } catch {
    return {}; // nothing kept, no store, or nothing that can be understood
  }
}

function write(store, name, copy) {
  try {
    if (Object.keys(copy).length) store.setItem(name, JSON.stringify(copy));
    else store.removeItem(name);
    return true;
  } catch {
    return false; // full, or forbidden
  }
}

function localStore() {
  try {
    return window.localStorage;
  } catch {
    return null; // forbidden by the browser's settings
  }
}

function tabStore() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

tidy();
for (const done of document.querySelectorAll("[data-forget]")) forget(done.dataset.forget);
document.addEventListener("submit", (event) => {
  const address = event.target.getAttribute("action") || location.pathname;
  if (address.split("?")[0].endsWith("/logout/")) forget();
});
