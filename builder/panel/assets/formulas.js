// A formula as a few parts a clerk can choose: what is worked out, of which answers, rounded to what.
// A formula that does not fit is left alone: `read` returns null and nobody touches it.
import { begunChain, readChain, writeChain } from "./chains.js";
import { moment, momentTree, operand, TODAY, tree } from "./operands.js";
import { earlier, optionsOf } from "./outline.js";
import { keysOf, nearestSpan, readSpan, spanWord, writeSpan } from "./spans.js";
import { asked, CELLS, keyOf, only, subject } from "./subjects.js";
import { newBase, readTariff, writeTariff } from "./tariffs.js";

const NUMERIC = ["tariff", "sum", "times", "product", "chain", "fee", "column", "count", "rowsum", "days", "years", "same"];
const OTHER = ["same", "column"];
const COUNTED = /^$|^(count|sum:.*|years|ahead)$/;
const all = (values) => (values.every((value) => value !== undefined) ? values : null);

const isNumber = (value) => typeof value === "number" || (typeof value === "string" && /^-?[0-9]+(\.[0-9]+)?$/.test(value));

const READERS = {
  "+": (parts, node) => spanned(node) || { kind: "sum", keys: parts.map(keyOf) },
  "*": ([left, right, ...more]) => {
    if (more.length) return null;
    if (isNumber(right)) return { kind: "times", keys: [keyOf(left)], factor: right };
    const [key, column] = (only(right)[0] === "attr" && operand(right)?.split(".")) || [];
    return key ? { kind: "fee", keys: [keyOf(left), key], column } : { kind: "product", keys: [keyOf(left), keyOf(right)] };
  },
  count: ([rows]) => ({ kind: "count", keys: [keyOf(rows)] }),
  sum: ([rows, each]) => {
    const [operator, parts] = only(each);
    const inner = operator === "*" && parts.length === 2 ? parts.map(keyOf) : [keyOf(each)];
    return { kind: "rowsum", keys: [keyOf(rows)], inner };
  },
  days: (_parts, node) => spanned(node),
  years: ([from, to]) => ({ kind: "years", keys: [moment(from), moment(to)] }),
  attr: (_parts, node) => {
    const [key, column] = operand(node)?.split(".") || [];
    return { kind: "column", keys: [key], column };
  },
  var: (_parts, node) => ({ kind: "same", keys: [keyOf(node)] }),
  today: () => ({ kind: "same", keys: [TODAY] }),
};

function spanned(node) {
  const span = readSpan(node);
  return span && { kind: "days", keys: [span.from, span.to], last: span.last };
}

/** The parts of a formula, or null when it is more than they can say; step by step, if it can be, where it was `chained` so. */
export function read(node, chained = false) {
  const [operator, parts] = only(node);
  if (operator === "round") {
    const inner = read(parts[0], chained);
    return inner && inner.places === undefined ? { ...inner, places: parts[1] } : null;
  }
  const chain = chained && readChain(node);
  if (chain) return chain;
  const found = READERS[operator]?.(parts, node);
  return found && all([...found.keys, ...(found.inner || [])]) ? found : readTariff(node) || readChain(node);
}

/** The formula of its parts. */
export function write(formula) {
  const { kind, keys, inner, factor, column, places } = formula;
  const [first, second] = keys;
  const made = {
    sum: () => ({ "+": keys.map(tree) }),
    times: () => ({ "*": [tree(first), factor] }),
    product: () => ({ "*": [tree(first), tree(second)] }),
    fee: () => ({ "*": [tree(first), tree(`${second}.${column}`)] }),
    column: () => tree(`${first}.${column}`),
    count: () => ({ count: [tree(first)] }),
    rowsum: () => ({ sum: [tree(first), inner.length > 1 ? { "*": inner.map(tree) } : tree(inner[0])] }),
    days: () => writeSpan({ from: first, to: second, last: formula.last }),
    years: () => ({ years: [momentTree(first), momentTree(second)] }),
    same: () => tree(first),
    tariff: () => writeTariff(formula),
    chain: () => writeChain(formula),
  }[kind]();
  return places === undefined ? made : { round: [made, places] };
}

/** What a formula of the question `id` can be made of; `values` tells what an answer of each type is in a rule. */
export function sources(doc, id, values) {
  const before = earlier(doc, id);
  const field = (key) => before.find((one) => one.field.key === key)?.field;
  const of = (value) => before.filter((one) => values[one.field.type] === value);
  return {
    of: (value) => of(value).map((one) => one.field.key),
    moments: [...of("date").map((one) => one.field.key), ...before.filter((one) => one.field.type === "date_range").flatMap((one) => [`${one.field.key}.from`, `${one.field.key}.to`])],
    listed: (value) => before.filter((one) => one.field.type === "choice" && columnsOf(doc, one.field, value).length).map((one) => one.field.key),
    columns: (key, value) => columnsOf(doc, field(key), value),
    chosen: before.filter((one) => one.field.type === "choice" && optionsOf(doc, one.field)?.length > 1).map((one) => one.field.key),
    options: (key) => (optionsOf(doc, field(key)) || []).map((option) => option.value),
    counted: before.flatMap((one) => asked(doc, one.field).filter((word) => COUNTED.test(word) && subject(doc, one.field, word)?.value === "number").map((word) => [one.field.key, word])),
    rows: of("rows").map((one) => one.field.key),
    inner: (key) => ((field(key) || {}).fields || []).flatMap((one) => (one.type === "group" ? one.fields : [one])).filter((one) => values[one.type] === "number").map((one) => one.key),
    field,
  };
}

/** The columns of a question's list whose cells are such a value. */
export function columnsOf(doc, field, value) {
  const columns = doc.datasets?.[field?.dataset]?.columns || {};
  return Object.keys(columns).filter((name) => !value || CELLS[columns[name]] === value);
}

/** What each kind of formula begins with: the nearest answers that fit; null when there are none. */
export function begun(kind, from, value) {
  if (kind === "tariff") return begunTariff(from);
  if (kind === "chain") return begunChain(countable(from));
  const numbers = from.of("number");
  const last = (found) => found.at(-1);
  const rows = from.rows.find((key) => kind === "count" || from.inner(key).length);
  const [list] = from.listed(value).slice(-1);
  const made = {
    sum: () => ({ keys: numbers.slice(-2) }),
    times: () => ({ keys: [last(numbers)], factor: 1 }),
    product: () => ({ keys: [last(numbers), numbers.at(-2) ?? last(numbers)] }),
    fee: () => ({ keys: [last(numbers), list], column: list && from.columns(list, "number")[0] }),
    column: () => ({ keys: [list], column: list && from.columns(list, value)[0] }),
    count: () => ({ keys: [rows] }),
    rowsum: () => ({ keys: [rows], inner: rows ? from.inner(rows).slice(0, 2) : [] }),
    days: () => begunDays(from.moments),
    years: () => ({ keys: [from.moments[0], from.moments[1] ?? TODAY] }),
    same: () => ({ keys: [last(value === "date" ? from.moments : from.of(value))] }),
  }[kind]();
  return made.keys.length && all(made.keys) && (kind !== "rowsum" || made.inner.length) ? { kind, ...made } : null;
}

/** The days of the nearest two that are answered, both of them counted; with one only, those until today. */
function begunDays(moments) {
  const { from, to, last } = nearestSpan(moments) || { from: moments[0], to: TODAY, last: false };
  return { keys: [from, to], last };
}

/** What can be counted with; where no number is, the days of the nearest two that are answered. */
function countable({ counted, moments }) {
  const span = nearestSpan(moments);
  return counted.length || !span ? counted : [spanWord(span)];
}

/** A fee begins with what each answer costs, else with so much for each of a number, or for each day. */
function begunTariff(from) {
  const base = ["choice", "fixed"].map((kind) => newBase(kind, from)).find(Boolean);
  const times = base.kind === "fixed" ? countable(from).at(-1) : undefined;
  if (base.kind === "fixed" && !times) return null;
  return { kind: "tariff", parts: [times ? { base, times: [times] } : { base }], keys: times ? keysOf(times) : [base.key] };
}

/** The kinds of formula that can be chosen for an answer that is `value` in a rule. */
export const kinds = (from, value) => (value === "number" ? NUMERIC : OTHER).filter((kind) => begun(kind, from, value));
