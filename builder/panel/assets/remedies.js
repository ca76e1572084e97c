// What puts right what authors of forms get wrong most often. Each takes the document and changes it.
import { expression } from "./conditions.js";
import { changeType, copyOf, languages, say } from "./document.js";
import { read, write } from "./formulas.js";
import { slug } from "./keys.js";
import { insert, moveField, removeField, removePage } from "./moving.js";
import { settleKey } from "./names.js";
import { named, optionsOf, outline, question } from "./outline.js";
import { addLines, fitsFormat } from "./tariffs.js";

const texts = (doc, text) => (typeof text === "string" ? { [languages(doc)[0]]: text } : text || {});

/** Makes a question one of another kind, with what a new one of that kind has; its words and rules stay. */
export function becomeKind(doc, id, type, parts = {}) {
  const { field } = question(doc, id);
  changeType(field, type);
  const { label: _label, required: _required, ...rest } = copyOf(parts);
  for (const [name, value] of Object.entries(rest)) field[name] ??= value;
}

/** Makes two questions of one, `[[kind, words], …]`, the second behind the first and under the same rules; returns the name of the second. */
export function divide(doc, id, [[type, words], [other, otherWords]], { fields = {}, released = [] } = {}) {
  const { field, pageIndex, parents, index } = question(doc, id);
  const before = say(field.label, languages(doc)[0]);
  if (type !== field.type) becomeKind(doc, id, type, fields[type]);
  field.label = { ...texts(doc, field.label), ...words };
  const { label: _label, required: _required, ...parts } = copyOf(fields[other] || {});
  const item = { key: slug(say(otherWords, languages(doc)[0])), type: other, label: copyOf(otherWords), ...parts };
  for (const name of ["required", "visible", "privacy"]) if (field[name] !== undefined) item[name] ??= copyOf(field[name]);
  const [made] = insert(doc, { pageIndex, parent: parents.at(-1)?.id, index: index + 1, items: [item], released });
  settleKey(doc, id, before, released);
  return made;
}

/** Adds entries called `words` at a place; returns their name. */
function addEntries(doc, { words, required, ...place }) {
  const item = { key: slug(say(words, languages(doc)[0])), type: "repeat", label: copyOf(words), item: copyOf(words), fields: [] };
  if (required) item.required = true;
  return insert(doc, { ...place, items: [item] })[0];
}

/** Asks the question or group `id` in each of the entries `made`; of a group, what it asks. */
function intoEntries(doc, made, id) {
  const { pageIndex } = question(doc, made);
  const box = question(doc, made).field;
  const idOf = (one) => outline(doc).find((place) => place.field === one).id;
  const one = question(doc, id).field;
  const inner = one.type === "group" ? [...one.fields] : [one];
  for (const each of inner) moveField(doc, idOf(each), pageIndex, box.fields.length, made);
  if (one.type === "group" && !one.fields.length) removeField(doc, id);
}

const isRequired = (field) => field.required === true || Boolean(field.fields?.some((one) => one.required === true));

/** Makes entries of questions that differ by their number: `kept` are asked in each, called `labels`, and `gone` go. Returns the name. */
export function toEntries(doc, { words, kept, labels, gone }, released = []) {
  const { pageIndex, parents, index, field } = question(doc, kept[0]);
  const made = addEntries(doc, { words, required: isRequired(field), pageIndex, parent: parents.at(-1)?.id, index, released });
  kept.forEach((id, at) => {
    const { field: one } = question(doc, id);
    if (one.type !== "group") one.label = copyOf(labels[at]);
    intoEntries(doc, made, id);
  });
  for (const id of gone) removeField(doc, id);
  return made;
}

/** Makes one page with entries of pages that differ by their number; `labels` has the words that lose it. Returns the name of the entries. */
export function pagesToEntries(doc, { words, pages: [first, ...gone], labels }, released = []) {
  const pageIndex = doc.pages.findIndex(({ key }) => key === first);
  const page = doc.pages[pageIndex];
  const asked = outline(doc).filter((one) => one.page === page && !one.parents.length);
  for (const { field } of asked) if (labels[field.key]) field.label = { ...texts(doc, field.label), ...labels[field.key] };
  const made = addEntries(doc, { words, required: asked.some(({ field }) => isRequired(field)), pageIndex, index: asked.length, released });
  for (const { id } of asked) intoEntries(doc, made, id);
  page.title = { ...texts(doc, page.title), ...words };
  for (const key of gone) removePage(doc, key);
  return made;
}

/** Shows a question or page only after `answer` to the question `source`. */
export function showAfter(doc, { kind, key }, { source, answer }) {
  const holder = kind === "pages" ? doc.pages.find((page) => page.key === key) : question(doc, key).field;
  holder.visible = expression({ mode: "all", rows: [{ key: source, operator: "is", values: [answer] }] });
}

/** Accepts a day only if it is not before the answer to the question `start`. */
export function forwards(doc, id, start) {
  const { field } = question(doc, id);
  const rule = { ">=": [{ var: field.key }, { var: start }] };
  field.check = field.check === undefined ? rule : { and: [field.check, rule] };
}

/** The fee of a question where it is one that the editor can read. */
const feeOf = (field) => [read(field?.calculate)].find((one) => one?.kind === "tariff");

/** Whether lines can be added to the tables of a fee. */
export const hasTables = (doc, id) => Boolean(feeOf(question(doc, id)?.field));

/** Gives each answer without an amount a line in the tables of a fee, to be filled in; changes nothing where that is too much for one fee. */
export function fillTables(doc, id) {
  const { field, rows = [] } = question(doc, id);
  const fee = feeOf(field);
  for (const { base } of fee.parts) {
    if (base.kind === "choice") addLines(base, (optionsOf(doc, named(doc, rows, base.key)) || []).map(({ value }) => value));
  }
  const tree = write(fee);
  if (fitsFormat(tree)) field.calculate = tree;
}
