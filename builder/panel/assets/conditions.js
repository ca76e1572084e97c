// A condition as rows a clerk can read: question, is, answer; all of them or any of them.
// An expression that does not fit rows is left alone: `rows` returns null and nobody touches it.
import { say } from "./document.js";
import { names } from "./names.js";
import { named, optionsOf } from "./outline.js";

const NUMBERS = ["integer", "number", "money", "rating"];
const CLOCKS = ["time", "datetime"];

/** What can be asked of an answer, by type of question; the first is proposed. */
export function operators(type, { listed = true } = {}) {
  if (!listed) return ["answered", "not_answered"];
  if (type === "choice") return ["is", "is_not", "answered", "not_answered"];
  if (type === "choices") return ["has", "has_not", "answered", "not_answered"];
  if (type === "boolean" || type === "consent") return ["is"];
  if (NUMBERS.includes(type)) return ["at_least", "at_most", "more", "less", "equal", "answered", "not_answered"];
  if (type === "repeat") return ["rows_at_least", "rows_at_most", "answered", "not_answered"];
  if (CLOCKS.includes(type)) return ["since", "till", "before", "after", "answered", "not_answered"];
  if (type === "date") return ["from", "until", "before", "after", "answered", "not_answered"];
  return ["answered", "not_answered"];
}

const COMPARE = { at_least: ">=", at_most: "<=", more: ">", less: "<", equal: "==", from: ">=", until: "<=", since: ">=", till: "<=", before: "<", after: ">" };

/** The row offered when a question is chosen. */
export function firstRow(field, offered = operators(field.type)) {
  const [operator] = offered;
  const values = { choice: [], choices: [], boolean: [true], consent: [true] };
  return { key: field.key, operator, values: operator.endsWith("answered") ? [] : values[field.type] || [""] };
}

const variable = (key) => ({ var: key });

function rowExpression({ key, operator, values }) {
  const one = values.length === 1;
  switch (operator) {
    case "answered": return { answered: [variable(key)] };
    case "not_answered": return { "!": [{ answered: [variable(key)] }] };
    case "is": return one ? { "==": [variable(key), values[0]] } : { in: [variable(key), values] };
    case "is_not": return one ? { "!=": [variable(key), values[0]] } : { "!": [{ in: [variable(key), values] }] };
    case "has": return one ? { in: [values[0], variable(key)] } : { or: values.map((v) => ({ in: [v, variable(key)] })) };
    case "rows_at_least": return { ">=": [{ count: [variable(key)] }, values[0]] };
    case "rows_at_most": return { "<=": [{ count: [variable(key)] }, values[0]] };
    case "has_not": return { "!": [rowExpression({ key, operator: "has", values })] };
    default: return { [COMPARE[operator]]: [variable(key), values[0]] };
  }
}

/** Whether a row says enough to become a rule. */
export const complete = ({ key, operator, values }) =>
  Boolean(key) && (operator.endsWith("answered") || (values.length > 0 && values.every((value) => value !== "")));

/** The expression of rows that are complete, or undefined when there are none. */
export function expression({ mode, rows }) {
  const parts = rows.filter(complete).map(rowExpression);
  if (!parts.length) return undefined;
  if (parts.length === 1) return parts[0];
  return { [mode === "any" ? "or" : "and"]: parts };
}

const list = (value) => (Array.isArray(value) ? value : [value]);
const isVariable = (value) => value && typeof value === "object" && typeof value.var === "string";
const isLiteral = (value) => ["string", "number", "boolean"].includes(typeof value);

function only(node) {
  if (!node || typeof node !== "object" || Array.isArray(node)) return [];
  const entries = Object.entries(node);
  return entries.length === 1 ? [entries[0][0], list(entries[0][1])] : [];
}

function row(scope, node) {
  const [operator, parts] = only(node);
  if (!operator) return null;
  if (operator === "answered" && isVariable(parts[0])) return { key: parts[0].var, operator: "answered", values: [] };
  if (operator === "var" && isVariable(node)) {
    return operators(scope(node.var)?.type).includes("is") ? { key: node.var, operator: "is", values: [true] } : null;
  }
  if (operator === "!") {
    if (isVariable(parts[0])) return { key: parts[0].var, operator: "is", values: [false] };
    const inner = row(scope, parts[0]);
    const opposite = { answered: "not_answered", is: "is_not", has: "has_not" }[inner?.operator];
    return opposite ? { ...inner, operator: opposite } : null;
  }
  const [left, right] = parts;
  if (operator === "in") {
    if (isVariable(left) && Array.isArray(right) && right.every(isLiteral)) return { key: left.var, operator: "is", values: right };
    if (isLiteral(left) && isVariable(right)) return { key: right.var, operator: "has", values: [left] };
    return null;
  }
  if (operator === "or") return several(scope, parts);
  const [counting, counted] = only(left);
  if (counting === "count" && isVariable(counted[0]) && typeof right === "number") {
    const found = { ">=": "rows_at_least", "<=": "rows_at_most" }[operator];
    return found ? { key: counted[0].var, operator: found, values: [right] } : null;
  }
  return isVariable(left) && isLiteral(right) ? comparison(scope, operator, left.var, right) : null;
}

/** `has` of several options is written as an `or` of single ones. */
function several(scope, parts) {
  const inner = parts.map((part) => row(scope, part));
  const fits = inner.length > 1 && inner.every((one) => one?.operator === "has" && one.key === inner[0].key);
  return fits ? { ...inner[0], values: inner.flatMap((one) => one.values) } : null;
}

function comparison(scope, operator, key, value) {
  const offered = operators(scope(key)?.type);
  const found = operator === "==" && offered.includes("is") ? "is"
    : operator === "!=" && offered.includes("is_not") ? "is_not"
    : offered.find((name) => COMPARE[name] === operator);
  return found ? { key, operator: found, values: [value] } : null;
}

/** The rows of an expression where `around` are the repeats around it, or null when it is more than rows can show. */
export function rows(doc, node, around = []) {
  if (node === undefined || node === null) return { mode: "all", rows: [] };
  const scope = (key) => named(doc, around, key);
  const single = row(scope, node);
  if (single) return { mode: "all", rows: [single] };
  const [operator, parts] = only(node);
  if (operator !== "and" && operator !== "or") return null;
  const found = parts.map((part) => row(scope, part));
  return found.every(Boolean) ? { mode: operator === "or" ? "any" : "all", rows: found } : null;
}

function answer(doc, field, value, language, t) {
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (field?.type === "datetime") return String(value).slice(0, 16).replace("T", " ");
  const option = (optionsOf(doc, field) || []).find((one) => one.value === value);
  return option ? say(option.label, language) : String(value);
}

/** One row as part of a sentence. */
function phrase(doc, { key, operator, values }, language, t, around) {
  const field = named(doc, around, key);
  const name = field ? say(field.label, language) || t("untitled") : t("missing_question");
  const answers = values.map((value) => answer(doc, field, value, language, t));
  const last = answers.length > 1 ? `${answers.slice(0, -1).join(", ")} ${t("or")} ${answers.at(-1)}` : answers[0] ?? "…";
  return t(`says_${operator}`, { question: name, answer: last });
}

/** A whole condition in plain words, without capital and full stop. */
export function sentence(doc, node, language, t, around = []) {
  const read = rows(doc, node, around);
  if (!read) return t("says_complex", { questions: [...names(node)].map((key) => label(doc, key, language, t, around)).join(", ") });
  return read.rows.map((one) => phrase(doc, one, language, t, around)).join(` ${t(read.mode === "any" ? "or" : "and")} `);
}

function label(doc, key, language, t, around) {
  const field = named(doc, around, key);
  return field ? say(field.label, language) : t("missing_question");
}
