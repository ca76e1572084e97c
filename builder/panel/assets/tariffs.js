// A fee as rows a clerk can read: parts that are added up, each a fixed amount, an amount by answer, by bands of a number,
// from a column of a list or worked out before, times a number if need be, and under a condition; so many percent off or on top; at
// least and at most so much; nothing when a condition holds.
// A formula that does not fit is left alone: `readTariff` returns null and nobody touches it.
import { countedOf, countedTree, keysOf, nearestSpan, spanWord } from "./spans.js";
import { only, subjectOf } from "./subjects.js";

export const MOST_AMOUNT = 1_000_000_000_000;
const MOST_NODES = 200;
const MOST_DEPTH = 12;

const PERCENT = 100;
const FINE = 10_000; // hundredths of a percent
export const MOST_PERCENT = { true: 1000, false: 100 };

export const isAmount = (value) => Number.isSafeInteger(value) && value >= 0 && value <= MOST_AMOUNT;
/** An amount, or null where none is filled in yet: the format refuses that, so nothing is published with it. */
const isLeaf = (value) => value === null || isAmount(value);
const isLimit = (value) => (typeof value === "number" && Number.isSafeInteger(value)) || (typeof value === "string" && /^[0-9]{1,15}(\.[0-9]{1,6})?$/.test(value));
const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** What a new part of a fee costs, filled with nothing yet: the nearest question that fits; null when there is none. */
export function newBase(kind, from) {
  const span = nearestSpan(from.moments);
  const [key, of] = kind === "choice" ? [from.chosen.filter((one) => chooses(from, one)).at(-1), ""] : from.counted.at(-1) || (span ? spanWord(span) : []);
  const list = from.listed("number").at(-1);
  const made = {
    fixed: () => ({ kind, amount: null }),
    choice: () => key !== undefined && choiceBase(from, key),
    bands: () => key !== undefined && { kind, key, of, bands: [[1, null]], above: null },
    column: () => list !== undefined && { kind, key: list, column: from.columns(list, "number")[0] },
    answer: () => from.counted.length > 0 && answerBase(from.counted.at(-1)),
  }[kind]();
  return made || null;
}

const answerBase = ([key, of]) => ({ kind: "answer", key, of });

/** A table with a line for each answer to `key`, none of them filled in. */
export function choiceBase(from, key) {
  return { kind: "choice", key, of: "", amounts: from.options(key).slice(0, -1).map((value) => [value, null]), rest: null };
}

/** The lines of a table, `[[answer, amount], …]` in the order of `values`, and the answers that have none: they cost what the last line does. */
export function linesOf({ amounts, rest }, values) {
  const known = new Map(amounts);
  const [last, ...unnamed] = values.filter((value) => !known.has(value));
  if (last !== undefined) known.set(last, rest);
  return { lines: values.filter((value) => known.has(value)).map((value) => [value, known.get(value)]), last, unnamed };
}

/** Puts the amount of one answer down; the others stay. */
export function price(base, values, value, amount) {
  if (linesOf(base, values).last === value) base.rest = amount;
  else for (const line of base.amounts) if (line[0] === value) line[1] = amount;
}

/** Gives each answer that has no line of its own one, to be filled in. */
export function addLines(base, values) {
  const { last, unnamed } = linesOf(base, values);
  if (!unnamed.length) return;
  base.amounts = [...base.amounts, [last, base.rest], ...unnamed.slice(0, -1).map((value) => [value, null])];
  base.rest = null;
}

/** Whether the answers to `key` are few enough for a table in the formula; more of them belong in a list with a column. */
export const chooses = (from, key) => fitsFormat(writeTariff({ parts: [{ base: choiceBase(from, key), times: [["x", ""]], optional: true }], minimum: 1, free: { "==": [{ var: "x" }, "x"] } }));

// Writing ------------------------------------------------------------------------------------

/** A balanced tree over `leaves`, so that many of them stay within the depth that the format allows. */
function branched(leaves, condition, leaf) {
  if (leaves.length === 1) return leaf(leaves[0]);
  const half = Math.floor(leaves.length / 2);
  const first = leaves.slice(0, half);
  return { if: [condition(first), branched(first, condition, leaf), branched(leaves.slice(half), condition, leaf)] };
}

const BASES = {
  fixed: ({ amount }) => amount,
  choice: ({ key, of, amounts, rest }) => {
    const subject = () => countedTree(key, of);
    const condition = (first) => (first.length === 1 ? { "==": [subject(), first[0][0]] } : { in: [subject(), first.map(([value]) => value)] });
    return branched([...amounts, [null, rest]], condition, ([, amount]) => amount);
  },
  bands: ({ key, of, bands, above }) => branched([...bands, [null, above]], (first) => ({ "<=": [countedTree(key, of), first.at(-1)[0]] }), ([, amount]) => amount),
  column: ({ key, column }) => ({ attr: [{ var: key }, column] }),
  answer: ({ key, of }) => ({ "*": [1, countedTree(key, of)] }),
};

/** One thing where a condition certainly holds, else another. */
const choose = (when, held, otherwise) => ({ if: [{ default: [when, false] }, held, otherwise] });

function partTree({ base, times, optional, when }) {
  const amount = BASES[base.kind](base);
  const whole = times ? { "*": [...times.map((one) => countedTree(...one)), amount] } : amount;
  const known = optional ? { default: [whole, 0] } : whole;
  return when === undefined ? known : choose(when, known, 0);
}

/** An amount with so many percent of it less, or more: then the factor comes first, which also an empty one tells by. */
function rateTree(inner, { percent, more, when }) {
  const scale = Number.isInteger(Number(percent)) ? PERCENT : FINE;
  const share = percent === null ? null : Math.round(Number(percent) * (scale / PERCENT));
  const whole = share === null ? null : scale + (more ? share : -share);
  const factor = when === undefined ? whole : choose(when, whole, scale);
  return { "/": [{ "*": more ? [factor, inner] : [inner, factor] }, scale, 0] };
}

/** The formula of a fee. */
export function writeTariff({ parts, rates = [], minimum, maximum, free }) {
  const sum = rates.reduce(rateTree, { "+": parts.map(partTree) });
  const least = minimum === undefined ? sum : { max: [sum, minimum] };
  const most = maximum === undefined ? least : { min: [least, maximum] };
  return free === undefined ? most : choose(free, 0, most);
}

// Reading ------------------------------------------------------------------------------------

/** The fee that a formula says, or null when it says something else. */
export function readTariff(node) {
  const [operator, parts] = only(node);
  if (operator === "if") {
    const [when, nothing, otherwise] = chosen(parts);
    return when !== undefined && nothing === 0 ? around(otherwise, ["free"], { free: when }) : null;
  }
  if (operator === "min") return parts.length === 2 && isAmount(parts[1]) ? around(parts[0], ["free", "maximum"], { maximum: parts[1] }) : null;
  if (operator === "max") return parts.length === 2 && isAmount(parts[1]) ? around(parts[0], ["free", "maximum", "minimum"], { minimum: parts[1] }) : null;
  if (operator === "/") {
    const [rest, rate] = rateOf(parts);
    const inner = rate && around(rest, ["free", "maximum", "minimum"], {});
    return inner ? { ...inner, rates: [...(inner.rates || []), rate] } : null;
  }
  const found = operator === "+" ? parts.map(part) : [null];
  return found.every(Boolean) ? named({ kind: "tariff", parts: found }) : null;
}

/** The condition and both sides of what `choose` writes; nothing for anything else. */
function chosen([condition, held, otherwise]) {
  const [guard, guarded] = only(condition);
  return guard === "default" && guarded.length === 2 && guarded[1] === false ? [guarded[0], held, otherwise] : [];
}

/** The fee `node` with `more`, where it does not have one of `outer` yet, which would stand around it. */
function around(node, outer, more) {
  const rest = readTariff(node);
  return rest && outer.every((name) => rest[name] === undefined) ? named({ ...rest, ...more }) : null;
}

/** What is charged before, and so many percent more or less, of a division that says so. */
function rateOf([product, scale, places]) {
  const [operator, sides] = only(product);
  if (operator !== "*" || sides.length !== 2 || ![PERCENT, FINE].includes(scale) || places !== 0) return [];
  const more = !["+", "/"].includes(only(sides[0])[0]);
  const [inner, factor] = more ? [sides[1], sides[0]] : sides;
  const [choice, parts] = only(factor);
  const [when, held, otherwise] = choice === "if" ? chosen(parts) : [undefined, factor, scale];
  if (otherwise !== scale || (choice === "if" && when === undefined)) return [];
  const share = held === null ? null : (more ? held - scale : scale - held) / (scale / PERCENT);
  if (share !== null && !(Number.isInteger(held) && share >= 0 && share <= MOST_PERCENT[more])) return [];
  return [inner, { percent: share === null ? null : `${share}`, more, ...(when !== undefined && { when }) }];
}

/** With the keys of the questions that it counts with. */
const named = (tariff) => ({ ...tariff, keys: [...new Set(tariff.parts.flatMap(({ base, times = [] }) => [...(base.key ? keysOf([base.key, base.of]) : []), ...times.flatMap(keysOf)]))] });

function part(node) {
  const [operator, parts] = only(node);
  if (operator === "if") {
    const [when, held, otherwise] = chosen(parts);
    const inner = when !== undefined && otherwise === 0 && part(held);
    if (inner && inner.when === undefined) return { ...inner, when };
  }
  if (operator === "default") {
    const inner = parts[1] === 0 && part(parts[0]);
    return inner && !inner.optional && inner.when === undefined ? { ...inner, optional: true } : null;
  }
  if (operator === "*" && parts.length > 1 && parts[0] !== 1) {
    const times = parts.slice(0, -1).map(countedOf);
    const base = times.every(([key]) => key !== undefined) && baseOf(parts.at(-1));
    return base ? { base, times } : null;
  }
  const base = baseOf(node);
  return base ? { base } : null;
}

function baseOf(node) {
  if (isLeaf(node)) return { kind: "fixed", amount: node };
  const [operator, parts] = only(node);
  if (operator === "*") {
    const answered = parts.length === 2 && parts[0] === 1 ? countedOf(parts[1]) : [];
    return answered[0] === undefined ? null : answerBase(answered);
  }
  if (operator === "attr") {
    const [key, of] = subjectOf(node);
    return key === undefined ? null : { kind: "column", key, column: of.slice("attr:".length) };
  }
  if (operator !== "if") return null;
  return only(parts[0])[0] === "<=" ? bandsOf(node) : choiceOf(node);
}

function bandsOf(node) {
  const found = { subject: undefined, bands: [] };
  const above = walkBands(node, found);
  if (above === undefined) return null;
  const limits = found.bands.map(([limit]) => Number(limit));
  const rising = limits.every((limit, at) => at === 0 || limit > limits[at - 1]);
  const [key, of] = found.subject;
  return rising ? { kind: "bands", key, of, bands: found.bands, above } : null;
}

/** Puts the bands below a limit down; returns the amount of the last one, undefined where they are none. */
function walkBands(node, found) {
  if (isLeaf(node)) return node;
  const [operator, parts] = only(node);
  const [comparison, sides] = operator === "if" ? only(parts[0]) : [];
  const subject = comparison === "<=" && isLimit(sides[1]) ? countedOf(sides[0]) : [];
  if (subject[0] === undefined || (found.subject && !same(found.subject, subject))) return undefined;
  found.subject = subject;
  const below = walkBands(parts[1], found);
  if (below === undefined) return undefined;
  found.bands.push([sides[1], below]);
  return walkBands(parts[2], found);
}

function choiceOf(node) {
  const found = { subject: undefined, amounts: [], rest: undefined };
  const fits = walkChoice(node, null, found);
  if (!fits || found.rest === undefined) return null;
  const [key, of] = found.subject;
  return { kind: "choice", key, of, amounts: found.amounts, rest: found.rest };
}

/** Puts down what each answer costs; `among` are those that may still be meant, null for all that are not named. */
function walkChoice(node, among, found) {
  if (isLeaf(node)) {
    if (among === null) found.rest = node;
    else found.amounts.push(...among.map((value) => [value, node]));
    return true;
  }
  const [operator, parts] = only(node);
  const [comparison, sides] = operator === "if" ? only(parts[0]) : [];
  const values = comparison === "==" ? [sides[1]] : comparison === "in" && Array.isArray(sides[1]) ? sides[1] : [];
  const subject = values.length && values.every((value) => typeof value === "string") ? subjectOf(sides[0]) : [];
  if (subject[0] === undefined || (found.subject && !same(found.subject, subject))) return false;
  found.subject = subject;
  if (among && !values.every((value) => among.includes(value))) return false;
  if (values.some((value) => found.amounts.some(([known]) => known === value))) return false;
  if (!walkChoice(parts[1], values, found)) return false;
  return walkChoice(parts[2], among && among.filter((value) => !values.includes(value)), found);
}

/** Whether the format takes a formula of this size. */
export function fitsFormat(tree) {
  let nodes = 0;
  const deep = (node, depth) => {
    nodes += 1;
    if (node === null || typeof node !== "object") return depth;
    if (Array.isArray(node)) return Math.max(depth, ...node.map((one) => deep(one, depth)));
    return Math.max(depth, ...Object.values(node).map((args) => deep(args, depth + 1)));
  };
  return deep(tree, 0) <= MOST_DEPTH && nodes <= MOST_NODES;
}
