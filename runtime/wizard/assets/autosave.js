// Comes with `send.js`, which knows it: keeps what is being typed: on this phone at once, with the server a moment after the last key and when the page
// is left. What the phone still holds when the page is opened again is put back. Files go by themselves.
import { ask, bodyOf, NoAnswer } from "./asking.js";
import * as phone from "./phone.js";
import { restore } from "./restoring.js";
import { isWaiting, keyOf, keysOf, keysTypedEarly, valuesOf } from "./values.js";

const PAUSE = 1500;
const keepers = new WeakMap();

/** Return who keeps what is typed into a form: `save` now, `hold` it while the page itself is sent, write a `letter`. */
export function keeperOf(form) {
  return keepers.get(form);
}

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const status = document.querySelector("[data-autosave-status]");
  const special = (form.dataset.special || "").split(" ");
  const seen = form.elements._revision.value;
  const place = { page: location.pathname.replace(/^\/apply\//, ""), window: seen.split(".")[1] };
  const edits = new Map(); // question → number of its last edit
  const stored = new Map(); // question → number of the last edit the server is known to have
  const known = new Set(); // windows whose text stands here, put back from the phone: "window.turn"
  const last = {};
  let edit = 0;
  let turn = 0;
  let timer = 0;
  let flight = null;
  let held = false;
  let quiet = false;

  const pending = () => [...edits.keys()].filter((key) => edits.get(key) > (stored.get(key) ?? 0));

  function say(words) {
    const { lang } = document.documentElement;
    const now = new Date().toLocaleTimeString(lang === "en" ? "en-GB" : lang, { hour: "2-digit", minute: "2-digit" });
    if (status) status.textContent = words.replace("{time}", now);
  }

  /** Number a question's edit and keep it on the phone, under the next post, which will carry it. */
  function touch(key) {
    edits.set(key, ++edit);
    const values = valuesOf(form, key);
    last[key] = JSON.stringify(values);
    return phone.keep(place, key, { at: Date.now(), seen, turn: turn + 1, values }, special.includes(key));
  }

  /** Write down all that stands in the form, and what to do once the server has it. */
  function letter(button) {
    const carried = [...edits].filter(([key]) => !isWaiting(form, key));
    return { body: bodyOf(form, button), arrived: () => arrived(carried) };
  }

  function arrived(carried) {
    for (const [key, number] of carried) stored.set(key, Math.max(number, stored.get(key) ?? 0));
    phone.drop(place, carried.filter(([key, number]) => edits.get(key) === number).map(([key]) => key));
  }

  /** Save what the server has not got yet, one post after the other. */
  function save() {
    clearTimeout(timer);
    if (flight) return flight.then(save);
    if (held || !pending().length) return Promise.resolve();
    flight = post().finally(() => (flight = null));
    return flight;
  }

  async function post() {
    const { body, arrived: done } = letter();
    withoutFiles(body);
    try {
      const answer = await ask(form, form.dataset.autosave, body);
      if (!answer.ok) throw new Error(String(answer.status));
      done();
      say(status.dataset.saved);
      tell(form, (await answer.json()).changed);
    } catch (error) {
      const kept = pending().every((key) => phone.has(place, key)); // the next key, the line or the page's own button tries again
      if (!(error instanceof NoAnswer)) say(status.dataset.refused);
      else say(kept ? status.dataset.held : status.dataset.failed);
    }
  }

  function typed(event) {
    const key = keyOf(event.target);
    if (quiet || !keysOf(form).includes(key)) return;
    if (JSON.stringify(valuesOf(form, key)) !== last[key]) touch(key); // leaving a box says "change" once more
    if (pending().includes(key)) soon();
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("_turn", ++turn); // also the browser's own post: the server knows what came first
    for (const mark of known) formData.append("_known", mark);
  });
  keepers.set(form, {
    save,
    letter,
    hold: () => (held = true),
    release: () => (held = false) || (pending().length && soon()),
  });
  window.addEventListener("online", save);
  window.addEventListener("offline", () => say(phone.isShared() ? status.dataset.failed : status.dataset.offline));
  window.addEventListener("pagehide", () => {
    if (!pending().length) return;
    const { body } = letter();
    withoutFiles(body).append("_do", "leave"); // nobody will read what another window has changed
    navigator.sendBeacon(form.dataset.autosave, body);
  });

  const early = keysTypedEarly(form);
  restore(form, place, {
    early,
    touch,
    soon,
    know: (mark) => known.add(mark),
    quietly: (work) => {
      quiet = true;
      work();
      quiet = false;
    },
  });
  for (const key of early) touch(key);
  if (early.length) soon();
}

function withoutFiles(body) {
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
