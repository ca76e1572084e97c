// The lists of a document that questions choose from. Knows the format, not the screen.
import { copyOf, languages, say, write } from "./document.js";
import { free, slug } from "./keys.js";
import { outline } from "./outline.js";

export const COLUMN_TYPES = ["text", "number", "money", "date", "boolean"];
const ALWAYS = ["value", "label", "help"];
const LIST = "list";

/** The questions that choose from the list `key`. */
export const users = (doc, key) => outline(doc).filter((one) => one.field.dataset === key);

/** The lists of the document as `[key, list]`. */
export const lists = (doc) => Object.entries(doc.datasets || {});

function add(doc, wanted, list) {
  doc.datasets ||= {};
  const key = free(wanted, Object.keys(doc.datasets));
  doc.datasets[key] = list;
  return key;
}

/** A list that is kept elsewhere goes with the last question that chooses from it; one written here stays. */
function left(doc, key) {
  if (doc.datasets?.[key]?.source && !users(doc, key).length) remove(doc, key);
}

function remove(doc, key) {
  delete doc.datasets[key];
  if (!Object.keys(doc.datasets).length) delete doc.datasets;
}

function choose(doc, field, key) {
  const before = field.dataset;
  field.dataset = key;
  delete field.options;
  if (before !== key) delete field.filter;
  if (before && before !== key) left(doc, before);
}

/** Lets a question choose from a list of the document. */
export const useList = (doc, field, key) => choose(doc, field, key);

/** Makes a list of the question's own answers, for it and for others. */
export function newList(doc, field) {
  const items = copyOf(field.options || []);
  if (!items.length) addItem(doc, { items });
  const key = add(doc, slug(say(field.label, languages(doc)[0]), LIST), { columns: {}, items });
  choose(doc, field, key);
  return key;
}

/** Lets a question choose from an edition of a list that the region keeps. */
export function useEdition(doc, field, { source, edition, columns }) {
  const known = lists(doc).find(([, list]) => list.source === source && list.edition === edition);
  choose(doc, field, known ? known[0] : add(doc, slug(source, LIST), { source, edition, columns: copyOf(columns) }));
}

/** Gives a question answers of its own again: those of its list, as far as they are in the document. */
export function ownOptions(doc, field) {
  const { dataset } = field;
  const items = doc.datasets?.[dataset]?.items || [];
  field.options = items.map(({ value, label, help }) => copyOf(help ? { value, label, help } : { value, label }));
  delete field.dataset;
  delete field.filter;
  left(doc, dataset);
}

/** Takes a list away; questions that chose from it get its rows as answers of their own. */
export function removeList(doc, key) {
  for (const { field } of users(doc, key)) ownOptions(doc, field);
  if (doc.datasets?.[key]) remove(doc, key);
}

/** Adds a column; its name becomes a key. */
export function addColumn(list, name, type) {
  list.columns ||= {};
  const key = free(slug(name, "column"), [...ALWAYS, ...Object.keys(list.columns)]);
  list.columns[key] = type;
  return key;
}

export function removeColumn(list, name) {
  delete list.columns[name];
  for (const item of list.items) delete item[name];
}

export function addItem(doc, list) {
  const value = free("option", list.items.map((item) => item.value));
  list.items.push({ value, label: { [languages(doc)[0]]: "" } });
}

const isProvisional = (value) => /^option(_\d+)?$/.test(value);

/** Once the words of a new row are whole, it gets the value they suggest; a value that was given stays. */
export function settleItem(list, at, words) {
  const item = list.items[at];
  if (!item || !words || !isProvisional(item.value)) return;
  item.value = free(slug(words, "option"), list.items.filter((one) => one !== item).map((one) => one.value));
}

/** What stands in a cell as the format wants it, undefined for nothing; null when it cannot be that. */
export function cell(type, typed) {
  const text = typed.trim();
  if (text === "") return undefined;
  if (type === "boolean") return text === "true";
  if (type === "date") return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
  if (type === "text") return text.slice(0, 250);
  const plain = type === "money" ? text.replace(/[.\s]|^Rp/g, "") : text.replace(",", ".");
  if (!(type === "money" ? /^-?\d{1,15}$/ : /^-?\d{1,15}(\.\d{1,6})?$/).test(plain)) return null;
  return Number.isSafeInteger(Number(plain)) ? Number(plain) : plain;
}

/** Puts rows of cells that were copied from a sheet in from row `at` on: words first, then the columns in order. */
export function paste(doc, list, at, rows, language) {
  const types = Object.entries(list.columns || {});
  rows.forEach(([words, ...cells], offset) => {
    while (list.items.length <= at + offset) addItem(doc, list);
    const item = list.items[at + offset];
    settleItem(list, at + offset, words);
    write(doc, item, "label", language, words.trim(), { keep: true });
    types.forEach(([name, type], place) => {
      const value = cell(type, cells[place] || "");
      if (value !== undefined && value !== null) item[name] = value;
    });
  });
}

/** The column and question of a filter that offers what belongs to an answer; null for any other filter. */
export function belongs(filter) {
  const [left_, right] = filter?.["=="] || [];
  const [column, question] = left_?.column !== undefined ? [left_, right] : [right, left_];
  const one = (value) => (Array.isArray(value) ? value[0] : value);
  return column?.column !== undefined && question?.var !== undefined ? { column: one(column.column), key: one(question.var) } : null;
}
