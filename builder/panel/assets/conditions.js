// A condition as rows a clerk can read: question, what of it, comparison, answer; all of them or any of them.
// An expression that does not fit rows is left alone: `rows` returns null and nobody touches it.
import { named } from "./outline.js";
import { asked, inRow, only, subject, subjectOf, subjectTree } from "./subjects.js";
import { world } from "./world.js";
import { operand, TODAY, tree } from "./operands.js";

const LISTED = ["choice", "choices"];
const WHOLE = ["answered", "not_answered"];
const EQUAL = ["is", "is_not"];
const NUMBERS = ["at_least", "at_most", "more", "less", "equal"];
const BY_VALUE = {
  number: NUMBERS,
  boolean: ["is"],
  choices: ["has", "has_not"],
  date: ["from", "until", "before", "after", "equal"],
  time: ["since", "till", "before", "after", "equal"],
  datetime: ["since", "till", "before", "after", "equal"],
  row: ["row"],
};
const COMPARE = {
  at_least: ">=", at_most: "<=", more: ">", less: "<", equal: "==", from: ">=", until: "<=", since: ">=", till: "<=", before: "<", after: ">",
  same: "==", not_same: "!=", is: "==", is_not: "!=",
};

/** Whether the answer is one of several that can be listed. */
const chosen = (field, one, of) => Boolean(one.options) || Boolean(one.level) || (!of && field.type === "choice");

/** What can be asked of `of` of a question; the first is proposed. A list that is kept elsewhere has no answers to name. */
export function operators(doc, field, of = "") {
  const one = subject(doc, field, of);
  const whole = of ? [] : WHOLE;
  if (!one || one.value === "thing" || one.value === "rows") return WHOLE;
  if (!of && ((LISTED.includes(field.type) && !one.options) || (one.level && !world.places[one.level]?.length))) return WHOLE;
  if (one.value === "text") return chosen(field, one, of) ? ["is", "is_not", ...whole] : [...whole, "same", "not_same"];
  return [...BY_VALUE[one.value], ...whole];
}

/** The row offered when a question, or something else of it, is chosen. */
export function firstRow(doc, field, of = asked(doc, field)[0], [operator] = operators(doc, field, of)) {
  const row = { key: field.key, ...(of && { of }), operator, values: [] };
  if (operator === "row") return { ...row, inner: firstInner(doc, field) };
  if (WHOLE.includes(operator)) return row;
  const one = subject(doc, field, of);
  if (one.value === "boolean") return { ...row, values: [true] };
  return { ...row, values: one.options || one.level ? [] : [""] };
}

/** The row offered for a check: one that says more than that there is an answer, where there is one. */
export function firstCheck(doc, field) {
  const compared = (of) => operators(doc, field, of).filter((name) => !WHOLE.includes(name));
  const of = asked(doc, field).find((one) => compared(one).length);
  return of === undefined ? firstRow(doc, field) : firstRow(doc, field, of, compared(of));
}

function firstInner(doc, field) {
  const inner = inRow(field).find((one) => !["rows", undefined].includes(subject(doc, one).value));
  return inner ? firstRow(doc, inner) : { key: "", operator: "answered", values: [] };
}

function rowExpression({ key, of, operator, values, against, inner }) {
  const left = operator === "row" ? { var: key } : subjectTree(key, of);
  const one = values.length === 1;
  if (against) return { [COMPARE[operator]]: [left, tree(against)] };
  switch (operator) {
    case "row": return { [of]: [left, rowExpression(inner)] };
    case "answered": return { answered: [left] };
    case "not_answered": return { "!": [{ answered: [left] }] };
    case "is": return one ? { "==": [left, values[0]] } : { in: [left, values] };
    case "is_not": return one ? { "!=": [left, values[0]] } : { "!": [{ in: [left, values] }] };
    case "has": return one ? { in: [values[0], left] } : { or: values.map((value) => ({ in: [value, left] })) };
    case "has_not": return { "!": [rowExpression({ key, operator: "has", values })] };
    default: return { [COMPARE[operator]]: [left, values[0]] };
  }
}

/** Whether a row says enough to become a rule. */
export function complete({ key, operator, values, against, inner }) {
  if (!key) return false;
  if (operator === "row") return complete(inner);
  if (WHOLE.includes(operator) || against) return true;
  return values.length > 0 && values.every((value) => value !== "");
}

/** The expression of rows that are complete, or undefined when there are none. */
export function expression({ mode, rows }) {
  const parts = rows.filter(complete).map(rowExpression);
  if (!parts.length) return undefined;
  if (parts.length === 1) return parts[0];
  return { [mode === "any" ? "or" : "and"]: parts };
}

const isLiteral = (value) => ["string", "number", "boolean"].includes(typeof value);
const made = (key, of, operator, values, more = {}) => ({ key, ...(of && { of }), operator, values, ...more });

/** Reads one row; `scope` gives the question of a key, `inside` reads a row of a repeat. */
function row(reader, node) {
  const [operator, parts] = only(node);
  if (!operator) return null;
  const { doc, scope } = reader;
  const [key, of] = subjectOf(parts[0]);
  const field = scope(key);
  if (operator === "answered" && key !== undefined && of === "") return made(key, "", "answered", []);
  if (operator === "var") return operators(doc, scope(node.var), "").includes("is") ? made(node.var, "", "is", [true]) : null;
  if (operator === "!") return negated(reader, parts[0]);
  if ((operator === "some" || operator === "every") && of === "") {
    const inner = row(reader.inside(key), parts[1]);
    return inner && inner.operator !== "row" ? made(key, operator, "row", [], { inner }) : null;
  }
  if (operator === "or") return several(reader, parts);
  if (operator === "in") return membership(reader, parts);
  return key !== undefined && parts.length === 2 ? comparison(reader, { operator, key, of, field, right: parts[1] }) : null;
}

function negated(reader, node) {
  const [key, of] = subjectOf(node);
  if (key !== undefined && subject(reader.doc, reader.scope(key), of)?.value === "boolean") return made(key, of, "is", [false]);
  const inner = row(reader, node);
  const opposite = { answered: "not_answered", is: "is_not", has: "has_not" }[inner?.operator];
  return opposite && typeof inner.values[0] !== "boolean" ? { ...inner, operator: opposite } : null;
}

function membership({ doc, scope }, [left, right]) {
  const [key, of] = subjectOf(left);
  if (key !== undefined && Array.isArray(right) && right.length && right.every(isLiteral)) {
    const field = scope(key);
    const one = subject(doc, field, of);
    return one && chosen(field, one, of) ? made(key, of, "is", right) : null;
  }
  const [many, whole] = subjectOf(right);
  return isLiteral(left) && many !== undefined && whole === "" ? made(many, "", "has", [left]) : null;
}

/** `has` of several options is written as an `or` of single ones. */
function several(reader, parts) {
  const inner = parts.map((part) => row(reader, part));
  const fits = inner.length > 1 && inner.every((one) => one?.operator === "has" && one.key === inner[0].key);
  return fits ? { ...inner[0], values: inner.flatMap((one) => one.values) } : null;
}

function comparison({ doc }, { operator, key, of, field, right }) {
  if (!field) return orphan(operator, key, of, right);
  const one = subject(doc, field, of);
  if (!one) return null;
  const listed = one.value === "text" && chosen(field, one, of);
  const offered = listed ? ["is", "is_not"] : one.value === "boolean" ? ["is"] : operators(doc, field, of);
  const equal = { "==": "is", "!=": "is_not" }[operator];
  const found = offered.includes(equal) ? equal : offered.find((name) => COMPARE[name] === operator);
  if (!found) return null;
  if (isLiteral(right)) return made(key, of, found, [right]);
  const against = operand(right);
  return against && (!EQUAL.includes(found) || field.type === "choice") ? made(key, of, found, [], { against }) : null;
}

/** A comparison with the answer of a question that is gone: it can be seen, and taken out. */
function orphan(operator, key, of, right) {
  const found = { "==": "is", "!=": "is_not" }[operator] || Object.keys(COMPARE).find((name) => COMPARE[name] === operator);
  return found && isLiteral(right) ? made(key, of, found, [right]) : null;
}

/** The rows of an expression where `around` are the repeats around it, or null when it is more than rows can show. */
export function rows(doc, node, around = []) {
  if (node === undefined || node === null) return { mode: "all", rows: [] };
  const reader = reading(doc, around);
  const single = row(reader, node);
  if (single) return { mode: "all", rows: [single] };
  const [operator, parts] = only(node);
  if (operator !== "and" && operator !== "or") return null;
  const found = parts.map((part) => row(reader, part));
  return found.every(Boolean) ? { mode: operator === "or" ? "any" : "all", rows: found } : null;
}

const reading = (doc, around) => ({ doc, scope: (key) => named(doc, around, key), inside: (key) => reading(doc, [...around, key]) });

/** The other choices that have an answer in common with this one: the same school, another school. */
function alike(doc, sources, self, options) {
  const offered = new Set(options.map(({ value }) => value));
  const shares = (field) => (subject(doc, field)?.options || []).some(({ value }) => offered.has(value));
  return sources.map(({ field }) => field).filter((field) => field.type === "choice" && field.key !== self.key && shares(field)).map(({ key }) => key);
}

/** What an answer may be compared with besides a written one: today and other answers of its kind, as words. */
export function comparable(doc, sources, row_, self) {
  const one = subject(doc, self, row_.of);
  if (one?.options && self.type === "choice" && EQUAL.includes(row_.operator)) return alike(doc, sources, self, one.options);
  if (!one || !["number", "date", "time", "datetime", "text"].includes(one.value) || one.options || one.level || !COMPARE[row_.operator]) return [];
  const found = sources.flatMap(({ field }) => [
    ...(subject(doc, field)?.value === one.value && !subject(doc, field).options && field.type !== "choice" ? [field.key] : []),
    ...(field.type === "date_range" && one.value === "date" ? [`${field.key}.from`, `${field.key}.to`] : []),
  ]);
  const own = row_.of?.startsWith("attr:") ? `${row_.key}.${row_.of.slice(5)}` : row_.key;
  return [...(one.value === "date" ? [TODAY] : []), ...found.filter((word) => word !== own)];
}
