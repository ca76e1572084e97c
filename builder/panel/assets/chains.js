// A number worked out step by step: it begins with one number, and each step adds, takes away, multiplies or divides. The steps count from the
// first to the last, whatever their signs, as on a pocket calculator; the outcome is at least and at most so much.
import { countedOf, countedTree, keysOf } from "./spans.js";
import { only } from "./subjects.js";

export const SIGNS = ["+", "-", "*", "/"];
const PLACES = 6;
const NUMBER = /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/;

const isWritten = (node) => node === null || (typeof node === "number" && Number.isFinite(node)) || (typeof node === "string" && NUMBER.test(node));

/** `{subject: [key, of]}` or `{number}` of what a step counts with, null for anything else. */
function operandOf(node) {
  if (isWritten(node)) return { number: node };
  const subject = countedOf(node);
  return subject[0] === undefined ? null : { subject };
}

const operandTree = ({ subject, number }) => (subject ? countedTree(...subject) : number);

/** The formula of a chain. */
export function writeChain({ first, steps, minimum, maximum }) {
  const sum = steps.reduce((tree, { sign, by }) => ({ [sign]: [tree, operandTree(by), ...(sign === "/" ? [PLACES] : [])] }), operandTree(first));
  const least = minimum === undefined ? sum : { max: [sum, minimum] };
  return maximum === undefined ? least : { min: [least, maximum] };
}

/** The chain that a formula says, null when it says something else. */
export function readChain(node) {
  const [operator, parts] = only(node);
  if (operator === "min") return within(parts, ["maximum"], "maximum");
  if (operator === "max") return within(parts, ["maximum", "minimum"], "minimum");
  const found = folded(node, true);
  return found && found.steps.length && operands(found).some(({ subject }) => subject) ? named(found) : null;
}

function within([node, limit, ...more], outer, name) {
  const inner = !more.length && isWritten(limit) && limit !== null ? readChain(node) : null;
  return inner && outer.every((one) => inner[one] === undefined) ? { ...inner, [name]: limit } : null;
}

function folded(node, whole = false) {
  const first = operandOf(node);
  if (first && !(whole && isLastDay(node))) return { first, steps: [] };
  const [sign, parts] = only(node);
  if (!SIGNS.includes(sign) || (sign === "/" && (parts.length !== 3 || parts[2] !== PLACES))) return null;
  const before = folded(parts[0]);
  const steps = (sign === "/" ? parts.slice(1, 2) : parts.slice(1)).map(operandOf);
  return before && steps.length && steps.every(Boolean) ? { first: before.first, steps: [...before.steps, ...steps.map((by) => ({ sign, by }))] } : null;
}

/** Days whose last one counts end with a plus themselves: alone they are a chain of one step. */
const isLastDay = (node) => only(node)[0] === "+";

const operands = ({ first, steps }) => [first, ...steps.map(({ by }) => by)];

const named = ({ first, steps }) => ({
  kind: "chain", first, steps, keys: [...new Set(operands({ first, steps }).flatMap(({ subject }) => (subject ? keysOf(subject) : [])))],
});

/** A chain to begin with: the last number less a number that is still to be filled in; null where nothing is counted. */
export function begunChain(counted) {
  const first = counted.at(-1);
  return first ? named({ first: { subject: first }, steps: [{ sign: "-", by: counted.length > 1 ? { subject: counted.at(-2) } : { number: null } }] }) : null;
}
