// What puts right what authors of forms get wrong most often. Each takes the document and changes it.
import { expression } from "./conditions.js";
import { changeType, copyOf, languages, say } from "./document.js";
import { slug } from "./keys.js";
import { insert, moveField, removeField } from "./moving.js";
import { settleKey } from "./names.js";
import { outline, question } from "./outline.js";

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

/** Makes entries of questions that differ by their number: `kept` are asked in each, called `labels`, and `gone` go. Returns the name. */
export function toEntries(doc, { words, kept, labels, gone }, released = []) {
  const { pageIndex, parents, index, field } = question(doc, kept[0]);
  const item = { key: slug(say(words, languages(doc)[0])), type: "repeat", label: copyOf(words), item: copyOf(words), fields: [] };
  if (field.required === true || field.fields?.some((one) => one.required === true)) item.required = true;
  const [made] = insert(doc, { pageIndex, parent: parents.at(-1)?.id, index, items: [item], released });
  const box = question(doc, made).field;
  const idOf = (one) => outline(doc).find((place) => place.field === one).id;
  kept.forEach((id, at) => {
    const one = question(doc, id).field;
    const inner = one.type === "group" ? [...one.fields] : [one];
    if (one.type !== "group") one.label = copyOf(labels[at]);
    for (const each of inner) moveField(doc, idOf(each), pageIndex, box.fields.length, made);
    if (one.type === "group") removeField(doc, id);
  });
  for (const id of gone) removeField(doc, id);
  return made;
}

/** Shows a question or page only after `answer` to the question `source`. */
export function showAfter(doc, { kind, key }, { source, answer }) {
  const holder = kind === "pages" ? doc.pages.find((page) => page.key === key) : question(doc, key).field;
  holder.visible = expression({ mode: "all", rows: [{ key: source, operator: "is", values: [answer] }] });
}
