// Who names whom: rules and other mentions of questions, found and changed together.
import { languages, say } from "./document.js";
import { free, proposed, slug } from "./keys.js";
import { outline, question, questions, resolve, taken } from "./outline.js";

const RULES = ["visible", "required", "check", "calculate", "filter", "default"];
const OVER_ROWS = new Set(["sum", "some", "every"]);
const isObject = (value) => Boolean(value) && typeof value === "object";

/** Visits every rule as `(holder, name, owner, rows)`: the owner is a page, a place in the outline or an action. */
function eachRule(doc, visit) {
  for (const page of doc.pages || []) {
    for (const name of ["visible", "check"]) if (page[name]) visit(page, name, page, []);
  }
  for (const one of outline(doc)) {
    for (const name of RULES) if (isObject(one.field[name])) visit(one.field, name, one, one.rows);
    if (one.field.row?.check) visit(one.field.row, "check", one, [...one.rows, one.field.key]);
  }
  for (const action of doc.workflow?.actions || []) if (action.when) visit(action, "when", action, []);
}

/** The keys an expression names, whatever they mean. */
export function names(expression, found = new Set()) {
  if (Array.isArray(expression)) expression.forEach((part) => names(part, found));
  else if (isObject(expression)) {
    for (const [name, value] of Object.entries(expression)) {
      if (name === "var") [value].flat().forEach((key) => found.add(key));
      else names(value, found);
    }
  }
  return found;
}

/** The same expression with every name given by `change(id, key)`; `rows` are those around it. */
function mapped(ids, node, rows, change) {
  if (Array.isArray(node)) return node.map((part) => mapped(ids, part, rows, change));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => {
    if (name === "var") {
      const [key] = [value].flat();
      return [name, change(resolve(ids, rows, key), key)];
    }
    if (!OVER_ROWS.has(name) || !Array.isArray(value)) return [name, mapped(ids, value, rows, change)];
    const inside = resolve(ids, rows, [...names(value[0])][0]);
    const parts = value.map((part, at) => mapped(ids, part, at && inside ? inside.split("/") : rows, change));
    return [name, parts];
  }));
}

const idsOf = (doc) => new Set(outline(doc).map((one) => one.id));

/** By the name of each question, the things whose rules name it. */
export function dependencies(doc) {
  const found = new Map();
  const ids = idsOf(doc);
  eachRule(doc, (holder, name, owner, rows) => {
    mapped(ids, holder[name], rows, (id, key) => {
      if (id && id !== owner.id) found.set(id, (found.get(id) || new Set()).add(owner.field || owner));
      return key;
    });
  });
  return found;
}

/** The questions, pages and actions whose rules name `id`. */
export const dependents = (doc, id) => [...(dependencies(doc).get(id) || [])];

/** Where a question is named by its key outside rules. */
function eachMention(doc, visit) {
  for (const name of Object.keys(doc.applicant || {})) visit(doc.applicant, name);
  if (doc.workflow?.office) visit(doc.workflow, "office");
  const places = [...(doc.workflow?.roles || []), ...(doc.workflow?.statuses || []).flatMap((s) => s.tasks || [])];
  for (const { where } of places) if (isObject(where)) visit(where, "answer");
  for (const { field } of questions(doc)) {
    for (const parameter of Object.keys(field.prefill?.by || {})) visit(field.prefill.by, parameter);
  }
}

/** Gives the question `id` another key, wherever it is named. */
export function renameField(doc, id, to) {
  const place = question(doc, id);
  if (!place || place.field.key === to) return;
  const ids = idsOf(doc);
  const changed = [];
  eachRule(doc, (holder, name, _owner, rows) => {
    changed.push([holder, name, mapped(ids, holder[name], rows, (found, key) => (found === id ? to : key))]);
  });
  for (const [holder, name, expression] of changed) holder[name] = expression;
  place.field.key = to;
  if (place.rows.length) return;
  eachMention(doc, (holder, name) => {
    if (holder[name] === id) holder[name] = to;
  });
}

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
  const next = free(slug(say(place.field.label, languages(doc)[0])), others);
  renameField(doc, id, next);
  return [...place.rows, next].join("/");
}
