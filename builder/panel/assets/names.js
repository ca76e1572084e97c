// Who names whom: found, and changed together with the key of a question.
import { languages, say } from "./document.js";
import { free, proposed, slug } from "./keys.js";
import { namings } from "./namings.js";
import { outline, question, taken } from "./outline.js";

const idsOf = (doc) => new Set(outline(doc).map((one) => one.id));

/** By the name of each question, what names it: questions, pages, steps and letters, but no stories, which only try it out. */
export function dependencies(doc) {
  const all = outline(doc);
  const ids = new Set(all.map((one) => one.id));
  const found = new Map();
  for (const one of namings(doc, all)) {
    if (!one.owner || one.kind === "story") continue;
    one.each(ids, (id) => {
      if (id && id !== one.place?.id) found.set(id, (found.get(id) || new Set()).add(one.owner));
    });
  }
  return found;
}

/** The questions, pages, steps and letters that name `id`. */
export const dependents = (doc, id) => [...(dependencies(doc).get(id) || [])];

/** Gives the question `id` another key, wherever it is named. */
export function renameField(doc, id, to) {
  const place = question(doc, id);
  if (!place || place.field.key === to) return;
  const ids = idsOf(doc);
  for (const one of namings(doc)) one.rename(ids, (found, key) => (found === id ? to : key));
  place.field.key = to;
}

/** The keys of all questions in rows further in than `rows`. */
const inner = (doc, rows) => outline(doc).filter((one) => one.rows.length > rows.length).map((one) => one.field.key);

/** Whether a question was never given words of its own, so that its key says nothing yet. */
export const isProvisional = (key) => /^question(_\d+)?$/.test(key);

/** Gives a question the key its new label suggests, unless it was published or its key was chosen; returns its name. */
export function settleKey(doc, id, oldLabel, released = []) {
  const place = question(doc, id);
  if (!place || place.field.type === "group") return id;
  const { key } = place.field;
  if (released.includes(id) || !(proposed(key, oldLabel) || isProvisional(key))) return id;
  const others = taken(doc, place.rows, released);
  others.splice(others.indexOf(key), 1);
  if (dependents(doc, id).length) others.push(...inner(doc, place.rows)); // a rule in a row would mean the question there
  const next = free(slug(say(place.field.label, languages(doc)[0])), others);
  renameField(doc, id, next);
  return [...place.rows, next].join("/");
}
