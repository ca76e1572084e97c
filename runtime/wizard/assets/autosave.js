// Part for: form[data-autosave]
// Keeps what is being typed: on this phone at once, with the server a moment after the last key and when the page
// is left. What the phone still holds when the page is opened again is put back. Files go by themselves.
import { ask, bodyOf, NoAnswer } from "./asking.js";
import * as phone from "./phone.js";
import { keyOf, keysOf, labelOf, putBack, valuesOf } from "./values.js";

const PAUSE = 1500;
const keepers = new WeakMap();

/** Return who keeps what is typed into a form: `save` now, `pause` the clock, `sent` when the server has it all. */
export function keeperOf(form) {
  return keepers.get(form);
}

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const page = location.pathname.replace(/^\/apply\//, "");
  const status = document.querySelector("[data-autosave-status]");
  const special = (form.dataset.special || "").split(" ");
  const seen = form.elements._revision.value;
  const skew = Number(form.dataset.now) * 1000 - Date.now();
  const touched = new Set();
  const known = {};
  let timer = 0;
  let quiet = false;

  function say(words) {
    const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    if (status) status.textContent = words.replace("{time}", now);
  }

  function touch(key) {
    touched.add(key);
    const entry = { at: Date.now() + skew, seen, values: valuesOf(form, key) };
    return phone.keep(page, key, entry, special.includes(key));
  }

  async function save() {
    clearTimeout(timer);
    if (!touched.size) return;
    const sent = [...touched];
    touched.clear();
    try {
      const answer = await ask(form, form.dataset.autosave, texts(form));
      if (!answer.ok) throw new Error(String(answer.status));
      phone.drop(page, sent.filter((key) => !touched.has(key)));
      say(status.dataset.saved);
      tell(form, (await answer.json()).changed);
    } catch (error) {
      const kept = sent.map(touch); // the next key, the connection or the page's own button tries again
      if (!(error instanceof NoAnswer)) say(status.dataset.refused);
      else say(kept.every(Boolean) ? status.dataset.held : status.dataset.failed);
    }
  }

  function typed(event) {
    const key = keyOf(event.target);
    if (quiet || !keysOf(form).includes(key)) return;
    const values = JSON.stringify(valuesOf(form, key));
    if (values === known[key]) return; // leaving a box says "change" once more
    known[key] = values;
    touch(key);
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  keepers.set(form, {
    save,
    pause: () => clearTimeout(timer),
    sent: ({ stored }) => {
      touched.clear(); // the post itself carries it: nothing is left to be said when the page goes
      if (stored) phone.forget(page);
    },
  });
  window.addEventListener("online", save);
  window.addEventListener("offline", () => say(phone.isShared() ? status.dataset.failed : status.dataset.offline));
  window.addEventListener("pagehide", () => {
    if (!touched.size) return;
    const body = texts(form);
    body.append("_do", "leave"); // nobody will read what another window has changed
    navigator.sendBeacon(form.dataset.autosave, body);
  });

  const quietly = (work) => {
    quiet = true;
    work();
    quiet = false;
  };
  restore(form, page, { quietly, touch, save });
}

function texts(form) {
  const body = bodyOf(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

/** Show what another window has changed meanwhile. */
function tell(form, sentences) {
  const box = form.querySelector("[data-changed]");
  if (!box || !sentences?.length) return;
  box.querySelector("[data-words]").textContent = sentences.join(" ");
  box.hidden = false;
}

/** Put back what this phone still holds. The newer answer wins, question by question, and the page says so. */
function restore(form, page, { quietly, touch, save }) {
  const box = form.querySelector("[data-restored]");
  const changes = JSON.parse(form.dataset.changes || "{}");
  const before = {};
  const back = [];
  const newer = [];
  const lost = [];
  for (const [key, kept] of Object.entries(phone.copyOf(page))) {
    const present = valuesOf(form, key);
    if (!Object.keys(present).length || JSON.stringify(present) === JSON.stringify(kept.values)) {
      phone.drop(page, [key]);
    } else if (isNewer(changes[key], kept)) {
      newer.push(key);
      phone.drop(page, [key]);
    } else {
      before[key] = present;
      quietly(() => (putBack(form, key, kept.values) ? back : lost).push(key));
    }
  }
  if (!box || !(back.length || newer.length || lost.length)) return;
  const list = new Intl.ListFormat(document.documentElement.lang);
  const said = (words, keys) => (keys.length ? words.replace("{labels}", list.format(keys.map((key) => labelOf(form, key)))) : "");
  box.querySelector("[data-words]").textContent = [
    said(box.dataset.back, back),
    said(box.dataset.newer, newer),
    said(box.dataset.lost, lost),
  ].join(" ").trim();
  const discard = box.querySelector("[data-discard]");
  discard.hidden = !back.length;
  discard.addEventListener("click", () => {
    quietly(() => back.forEach((key) => putBack(form, key, before[key])));
    back.forEach(touch);
    phone.drop(page, back);
    save();
    box.hidden = true;
  });
  box.hidden = false;
}

/** Say whether the server's answer was given later than the one on this phone, in another window. */
function isNewer(change, kept) {
  if (!change) return false;
  const [revision, window] = kept.seen.split(".");
  return change[0] > Number(revision) && change[2] !== window && change[1] * 1000 > kept.at;
}
