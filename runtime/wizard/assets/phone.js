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

/** Return the copy of a page: question → { at, seen, values }; questions kept longer than allowed are left out. */
export function copyOf(page) {
  const found = { ...read(localStore(), page), ...read(tabStore(), page) };
  const fresh = Object.entries(found).filter(([, kept]) => Date.now() - kept.at < LIFE);
  return Object.fromEntries(fresh);
}

/** Keep one question of a page; return false when this browser keeps nothing. */
export function keep(page, key, entry, special) {
  if (isShared()) return false;
  const store = special ? tabStore() : localStore();
  return write(store, page, { ...read(store, page), [key]: entry });
}

/** Drop questions of a page, for the server has them. */
export function drop(page, keys) {
  for (const store of [localStore(), tabStore()]) {
    const left = Object.entries(read(store, page)).filter(([key]) => !keys.includes(key));
    write(store, page, Object.fromEntries(left));
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
      const page = name.slice(PREFIX.length);
      if (!Object.values(read(store, page)).some((kept) => Date.now() - kept.at < LIFE)) store.removeItem(name);
    }
  }
}

function names(store) {
  return store ? Object.keys(store).filter((name) => name.startsWith(PREFIX)) : [];
}

function read(store, page) {
  try {
    return JSON.parse(store.getItem(PREFIX + page)) || {};
  } catch {
    return {}; // nothing kept, no store, or nothing that can be understood
  }
}

function write(store, page, copy) {
  try {
    if (Object.keys(copy).length) store.setItem(PREFIX + page, JSON.stringify(copy));
    else store.removeItem(PREFIX + page);
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
