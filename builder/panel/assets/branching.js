// What is asked only after a certain answer to one question: found, and begun as a group beside it or as a page of its own.
import { expression, rows } from "./conditions.js";
import { gapped } from "./chiptext.js";
import { brief, copyOf, languages, say } from "./document.js";
import { names } from "./expressions.js";
import { free, slug } from "./keys.js";
import { insert, isFiled } from "./moving.js";
import { named, optionsOf, outline, question } from "./outline.js";

const MOST = 12;
const OPERATORS = { choice: "is", choices: "has", boolean: "is" };

/** The answers of a question after which more may be asked, as `[{value, label}]`; none where there are none, or too many to list. */
export function answersOf(doc, field) {
  if (field.type === "boolean") return [{ value: true }, { value: false }];
  const options = OPERATORS[field.type] ? optionsOf(doc, field) || [] : [];
  return options.length <= MOST ? options : [];
}

/** The pages, groups and questions that are shown only after `value` is answered to what stands at `one`. */
export function followUps(doc, one, value) {
  const names_ = ({ visible }, around) => {
    const read = visible && rows(doc, visible, around);
    return read && read.rows.some((row) => !row.of && ["is", "has"].includes(row.operator) && row.values.includes(value) && named(doc, around, row.key) === one.field);
  };
  const pages = doc.pages.filter((page) => names_(page, [])).map((page) => ({ page }));
  return [...pages, ...outline(doc).filter((other) => names_(other.field, other.rows)).map((place) => ({ place }))];
}

/** Whether a page of its own may follow: not out of rows, and not among what is asked later. */
export const mayHavePage = (doc, { page, rows: around }) => !around.length && isFiled(doc, page);

/** What is asked only after an answer is called by the question and the answer, in each language that has both: “Ya” alone says nothing. */
export function branchTitle(doc, field, answer) {
  const question = field.chips ? gapped(field.label) : field.label;
  const [first] = languages(doc);
  const codes = [...new Set([first, ...languages(doc)])].filter((code) => said(question, code, first) && said(answer, code, first));
  if (codes.length) return Object.fromEntries(codes.map((code) => [code, joined(said(question, code, first), said(answer, code, first))]));
  return say(answer, first) ? answer : question;
}

const said = (text, code, first) => (typeof text === "string" ? (code === first ? text : "") : say(text, code, true)).trim();

function joined(question, answer) {
  const words = brief(question).replace(/[\s.:]+$/, "");
  return `${words}${/[?!…]$/.test(words) ? "" : ":"} ${answer}`;
}

const condition = (field, value) => expression({ mode: "all", rows: [{ key: field.key, operator: OPERATORS[field.type], values: [value] }] });

/** The first place from `at` on where nothing is asked by the answer to `key`. */
function behind(list, at, key) {
  const next = list.findIndex((one, index) => index >= at && !(one.visible && names(one.visible).has(key)));
  return next < 0 ? list.length : next;
}

/** Begins a page that is shown only after `value`; returns its key. */
export function addBranchPage(doc, id, value, title) {
  const { field, pageIndex } = question(doc, id);
  const key = free(`page_${doc.pages.length + 1}`, doc.pages.map((page) => page.key));
  doc.pages.splice(behind(doc.pages, pageIndex + 1, field.key), 0, { key, title: copyOf(title), visible: condition(field, value), fields: [] });
  return key;
}

/** Begins a group beside the question that is shown only after `value`; returns its name. */
export function addBranchGroup(doc, id, value, label) {
  const place = question(doc, id);
  const { field, pageIndex, parents } = place;
  const box = parents.at(-1)?.field.type === "group" ? parents.at(-1) : place;
  const item = { key: slug(say(label, "id"), "group"), type: "group", label: copyOf(label), visible: condition(field, value), fields: [] };
  const [made] = insert(doc, { pageIndex, parent: box.parents.at(-1)?.id, index: behind(box.siblings, box.index + 1, field.key), items: [item] });
  return made;
}
