// A fee as rows a clerk can read: parts that are added up, each a fixed amount, an amount by answer, by bands of a number or
// from a column of a list, times a number if need be; at least so much; nothing when a condition holds.
// A formula that does not fit is left alone: `readTariff` returns null and nobody touches it.
import { only, subjectOf, subjectTree } from "./subjects.js";

export const MOST_AMOUNT = 1_000_000_000_000;
const MOST_NODES = 200;
const MOST_DEPTH = 12;

export const isAmount = (value) => Number.isSafeInteger(value) && value >= 0 && value <= MOST_AMOUNT;
/** An amount, or null where none is filled in yet: the format refuses that, so nothing is published with it. */
const isLeaf = (value) => value === null || isAmount(value);
const isLimit = (value) => (typeof value === "number" && Number.isSafeInteger(value)) || (typeof value === "string" && /^[0-9]{1,15}(\.[0-9]{1,6})?$/.test(value));
const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** What a new part of a fee costs, filled with nothing yet: the nearest question that fits; null when there is none. */
export function newBase(kind, from) {
  const [key, of] = kind === "choice" ? [from.chosen.filter((one) => chooses(from, one)).at(-1), ""] : from.counted.at(-1) || [];
  const list = from.listed("number").at(-1);
  const made = {
    fixed: () => ({ kind, amount: null }),
    choice: () => key !== undefined && choiceBase(from, key),
    bands: () => key !== undefined && { kind, key, of, bands: [[1, null]], above: null },
    column: () => list !== undefined && { kind, key: list, column: from.columns(list, "number")[0] },
  }[kind]();
  return made || null;
}

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
export const chooses = (from, key) => fitsFormat(writeTariff({ parts: [{ base: choiceBase(from, key), times: ["x", ""], optional: true }], minimum: 1, free: { "==": [{ var: "x" }, "x"] } }));

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
    const subject = () => subjectTree(key, of);
    const condition = (first) => (first.length === 1 ? { "==": [subject(), first[0][0]] } : { in: [subject(), first.map(([value]) => value)] });
    return branched([...amounts, [null, rest]], condition, ([, amount]) => amount);
  },
  bands: ({ key, of, bands, above }) => branched([...bands, [null, above]], (first) => ({ "<=": [subjectTree(key, of), first.at(-1)[0]] }), ([, amount]) => amount),
  column: ({ key, column }) => ({ attr: [{ var: key }, column] }),
};

function partTree({ base, times, optional }) {
  const amount = BASES[base.kind](base);
  const whole = times ? { "*": [subjectTree(...times), amount] } : amount;
  return optional ? { default: [whole, 0] } : whole;
}

/** The formula of a fee. */
export function writeTariff({ parts, minimum, free }) {
  const sum = { "+": parts.map(partTree) };
  const least = minimum === undefined ? sum : { max: [sum, minimum] };
  return free === undefined ? least : { if: [{ default: [free, false] }, 0, least] };
}

// Reading ------------------------------------------------------------------------------------

/** The fee that a formula says, or null when it says something else. */
export function readTariff(node) {
  const [operator, parts] = only(node);
  if (operator === "if") {
    const [condition, nothing, otherwise] = parts;
    const [guard, guarded] = only(condition);
    const rest = nothing === 0 && guard === "default" && guarded[1] === false ? readTariff(otherwise) : null;
    return rest && rest.free === undefined ? named({ ...rest, free: guarded[0] }) : null;
  }
  if (operator === "max") {
    const rest = parts.length === 2 && isAmount(parts[1]) ? readTariff(parts[0]) : null;
    return rest && rest.free === undefined && rest.minimum === undefined ? named({ ...rest, minimum: parts[1] }) : null;
  }
  const found = operator === "+" ? parts.map(part) : [null];
  return found.every(Boolean) ? named({ kind: "tariff", parts: found }) : null;
}

/** With the keys of the questions that it counts with. */
const named = (tariff) => ({ ...tariff, keys: [...new Set(tariff.parts.flatMap(({ base, times }) => [base.key, times?.[0]]).filter(Boolean))] });

function part(node) {
  const [operator, parts] = only(node);
  if (operator === "default") {
    const inner = parts[1] === 0 && part(parts[0]);
    return inner && !inner.optional ? { ...inner, optional: true } : null;
  }
  if (operator === "*" && parts.length === 2) {
    const [key, of] = subjectOf(parts[0]);
    const base = key !== undefined && baseOf(parts[1]);
    return base ? { base, times: [key, of] } : null;
  }
  const base = baseOf(node);
  return base ? { base } : null;
}

function baseOf(node) {
  if (isLeaf(node)) return { kind: "fixed", amount: node };
  const [operator, parts] = only(node);
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
  const subject = comparison === "<=" && isLimit(sides[1]) ? subjectOf(sides[0]) : [];
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
