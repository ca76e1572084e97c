// A number of days between two days that are answered, its last day among them or not: what a rent or a fee is charged by.
// It stands where the number of a question may: as `[key, of]`, with a word such as "days:from:cuti.to:last".
import { isDay, moment, momentTree, operand, TODAY, tree } from "./operands.js";
import { only, subjectOf, subjectTree } from "./subjects.js";

export const SPAN = "days";

/** The days of a node and whether the last one counts, `{from, to, last}` as words; null for anything else. */
export function readSpan(node) {
  const [operator, parts] = only(node);
  if (operator === "+" && parts.length === 2 && parts[1] === 1) {
    const inner = readSpan(parts[0]);
    return inner && !inner.last ? { ...inner, last: true } : null;
  }
  const [from, to] = operator === "days" ? [moment(parts[0]), moment(parts[1])] : [];
  return from !== undefined && to !== undefined ? { from, to, last: false } : null;
}

/** The formula of such days. */
export function writeSpan({ from, to, last }) {
  const days = { days: [momentTree(from), momentTree(to)] };
  return last ? { "+": [days, 1] } : days;
}

/** `[key, of]` of such days, which begin with an answer. */
export function spanWord({ from, to, last }) {
  const [key, part = ""] = from.split(".");
  return [key, [SPAN, part, to, last ? "last" : ""].join(":")];
}

/** The days that `[key, of]` says, null where it says something else. */
export function spanOf([key, of = ""]) {
  const [how, part, to, last] = of.split(":");
  return how === SPAN ? { from: part ? `${key}.${part}` : key, to, last: last === "last" } : null;
}

const isAnswered = (word) => word !== TODAY && !isDay(word);

/** The questions of which `[key, of]` takes answers. */
export function keysOf(counted) {
  const span = spanOf(counted);
  return span ? [...new Set([span.from, span.to].filter(isAnswered).map((word) => word.split(".")[0]))] : [counted[0]];
}

/** The expression of what is counted of a question, and `[key, of]` of such an expression, else nothing. */
export const countedTree = (key, of) => (spanOf([key, of]) ? writeSpan(spanOf([key, of])) : subjectTree(key, of));

export function countedOf(node) {
  const subject = subjectOf(node);
  if (subject[0] !== undefined) return subject;
  const span = readSpan(node);
  return span && isAnswered(span.from) ? spanWord(span) : [];
}

/** The days to begin with: those of the nearest period, else between the last two days; undefined where there are none. */
export function nearestSpan(moments) {
  const [from, to] = moments.slice(-2);
  return to === undefined ? undefined : { from, to, last: true };
}
