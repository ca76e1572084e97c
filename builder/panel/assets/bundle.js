// Questions on their way: copied from one service to another, or kept in the bank of the region. A bundle is text; what it
// holds came from elsewhere and is judged before it touches a document.
import { copyOf, languages } from "./document.js";
import { isObject } from "./expressions.js";
import { free } from "./keys.js";
import { insert } from "./moving.js";
import { namings } from "./namings.js";
import { outline } from "./outline.js";
import { chosen } from "./several.js";

export const MOST = 100;
export const LONGEST = 200_000;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

/** The text of the questions `ids`, with the lists that they choose from. */
export function bundled(doc, ids) {
  const items = chosen(doc, ids).map((one) => copyOf(one.field));
  const used = new Set(outline({ pages: [{ fields: items }] }).map((one) => one.field.dataset).filter(Boolean));
  const datasets = Object.fromEntries(Object.entries(doc.datasets || {}).filter(([key]) => used.has(key)));
  return JSON.stringify({ rakit: "questions", service: doc.key, languages: languages(doc), items, ...(used.size && { datasets: copyOf(datasets) }) });
}

const isText = (value) => typeof value === "string" || (isObject(value) && !Array.isArray(value) && Object.values(value).every((words) => typeof words === "string"));
const isOption = (one) => isObject(one) && typeof one.value === "string" && isText(one.label);
const maybe = (value, test) => value === undefined || test(value);
const listOf = (test) => (value) => Array.isArray(value) && value.every(test);

/** Whether something has the shape of a question, so that the editor can show it; the server judges the rest. */
function sound(item, types, depth = 0) {
  if (!isObject(item) || typeof item.key !== "string" || !KEY.test(item.key) || !types[item.type] || !isText(item.label)) return false;
  const box = item.type === "group" || item.type === "repeat";
  if (box !== Array.isArray(item.fields) || depth > 3) return false;
  return maybe(item.help, isText) && maybe(item.options, listOf(isOption)) && maybe(item.rows, listOf(isOption))
    && maybe(item.dataset, (key) => typeof key === "string") && maybe(item.messages, isObject) && maybe(item.prefill, isObject)
    && maybe(item.row, isObject) && (item.fields || []).every((inner) => sound(inner, types, depth + 1));
}

const isList = (list) => isObject(list) && maybe(list.columns, isObject) && (list.items === undefined ? typeof list.source === "string" : listOf(isOption)(list.items));

/** The bundle in `text`, or the name of a sentence that says why there is none. */
export function opened(text, types) {
  if (!text?.trim()) return "paste_nothing";
  if (text.length > LONGEST) return "paste_long";
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return "paste_other";
  }
  if (!isObject(found) || found.rakit !== "questions" || !Array.isArray(found.items) || !found.items.length) return "paste_other";
  if (!found.items.every((item) => sound(item, types)) || !maybe(found.datasets, (all) => isObject(all) && Object.values(all).every(isList))) return "paste_broken";
  if (outline({ pages: [{ fields: found.items }] }).length > MOST) return "paste_many";
  return found;
}

const SPOKEN = ["label", "help", "item"];

/** Leaves of a text only the languages of the document; where it has none of them, its first words are in the first one. */
function spokenIn(codes, holder, name) {
  const text = holder[name];
  if (!isObject(text)) return;
  const kept = Object.fromEntries(codes.filter((code) => text[code]).map((code) => [code, text[code]]));
  holder[name] = Object.keys(kept).length ? kept : { [codes[0]]: Object.values(text)[0] || "" };
}

function translated(codes, item) {
  for (const name of SPOKEN) spokenIn(codes, item, name);
  for (const messages of [item.messages, item.row?.messages]) for (const name of Object.keys(messages || {})) spokenIn(codes, messages, name);
  if (item.image) spokenIn(codes, item.image, "alt");
  for (const option of [...(item.options || []), ...(item.rows || [])]) for (const name of ["label", "help"]) spokenIn(codes, option, name);
  for (const inner of item.fields || []) translated(codes, inner);
}

/** Brings the lists along under names that are free; one that is there already is used. Returns their new names. */
function withLists(doc, bundle) {
  const called = {};
  for (const [key, list] of Object.entries(bundle.datasets || {})) {
    const same = Object.entries(doc.datasets || {}).find(([, one]) => JSON.stringify(one) === JSON.stringify(list));
    called[key] = same ? same[0] : free(KEY.test(key) ? key : "list", Object.keys(doc.datasets || {}));
    if (!same) (doc.datasets ||= {})[called[key]] = copyOf(list);
  }
  return called;
}

/** Takes away what names a question that is neither among `items` nor one of `there`; returns what went. */
export function apart(items, there = new Set()) {
  const kit = { pages: [{ key: "kit", fields: items }] };
  const ids = new Set(outline(kit).map((one) => one.id));
  const lost = namings(kit).filter((one) => {
    let missing = false;
    one.each(ids, (id, key) => { missing ||= !id && !there.has(key); });
    return missing;
  });
  lost.forEach((one) => one.drop());
  return lost;
}

/** Puts what a bundle holds at a place; returns the names of what is there now and the namings that could not come along. */
export function unpacked(doc, bundle, place) {
  const items = copyOf(bundle.items);
  const called = withLists(doc, bundle);
  items.forEach((item) => translated(languages(doc), item));
  for (const { field } of outline({ pages: [{ fields: items }] })) {
    if (!field.dataset) continue;
    if (called[field.dataset]) field.dataset = called[field.dataset];
    else {
      delete field.dataset;
      delete field.filter;
      field.options = [];
    }
  }
  // In the service that the questions come from, what they name is still the same.
  const lost = apart(items, bundle.service === doc.key ? new Set(outline(doc).map((one) => one.id)) : undefined);
  return { ids: insert(doc, { ...place, items }), lost };
}
