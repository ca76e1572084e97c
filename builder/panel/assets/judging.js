// Can a condition ever be true, ever be false? Tried at the boundary points of its constants, as schemas/expressions/points.py
// does, by the evaluator of the citizen's browser. What is no comparison of answers with constants is not proven, never a finding.
import { evaluate } from "../../../runtime/forms/assets/expressions.js";
import { written } from "../../../runtime/forms/assets/worked.js";
import { named, optionsOf } from "./outline.js";
import { tables } from "./typed.js";

const MOST_POINTS = 4000;
const MOST_WORDS = 8;
const MOST_ROWS = 200;
const LOGIC = ["and", "or", "!", "if", "is", "var", "answered", "default", "list"];
const COMPARING = ["==", "!=", "<", "<=", ">", ">="];
const STEP = "0.000001";
const OTHER = "\u00b7";
const DAY = 86_400_000;
const FAR = "0001-01-01";

const walked = (node, found = []) => {
  found.push(node);
  if (node[0] !== "is" && node[0] !== "var" && node[0] !== "attr") node.slice(1).forEach((part) => walked(part, found));
  return found;
};
const namesOf = (node) => new Set(walked(node).filter(([op]) => op === "var" || op === "attr").map(([, key]) => key));

/**
 * What the typed trees come to together, at every combination of points: `[[value of the first, of the second, …], …]`
 * without repetition, null when the points do not stand for every answer. `known(field)` gives the answer of a question that
 * is certain, undefined for any other.
 */
export function combinations(doc, trees, { around = [], known = () => undefined } = {}) {
  if (trees.includes(null)) return null;
  const nodes = trees.flatMap((tree) => walked(tree));
  const field = (key) => named(doc, around, key);
  const values = (key) => optionsOf(doc, field(key))?.map((option) => option.value);
  if (!nodes.every((node) => isSimple(node, values))) return null;
  const types = new Map(nodes.filter(([op]) => op === "attr").map(([, key]) => [key, "text"]));
  for (const [op, key, type] of nodes) if (op === "var") types.set(key, type);
  const points = [...types].map(([key, type]) => {
    const certain = known(field(key));
    return [key, certain === undefined ? around_(key, type, nodes, values(key)) : [certain]];
  });
  if (points.some(([, some]) => some === null) || points.reduce((count, [, some]) => count * some.length, 1) > MOST_POINTS) return null;
  const found = new Map();
  const lists = tables(doc);
  visit(points, {}, (answers) => {
    const seen = trees.map((tree) => evaluate(tree, answers, FAR, lists));
    found.set(JSON.stringify(seen), seen);
  });
  return [...found.values()];
}

/** What one condition can come to: `{yes, no, open}`, null when that is not proven. */
export function judged(doc, tree, more) {
  const found = combinations(doc, [tree], more);
  return found && { yes: found.some(([value]) => value === true), no: found.some(([value]) => value === false), open: found.some(([value]) => value === null) };
}

function visit([first, ...others], answers, each) {
  if (!first) return each(answers);
  const [key, some] = first;
  for (const answer of some) visit(others, { ...answers, [key]: answer }, each);
  return undefined;
}

function isSimple(node, values) {
  const [op, ...parts] = node;
  if (op === "var") return parts[1] !== "rows";
  if (op === "attr") return Boolean(parts[3]) && (values(parts[0])?.length ?? MOST_ROWS + 1) <= MOST_ROWS;
  if (COMPARING.includes(op)) return namesOf(node).size === 1 && parts.some(([inner]) => inner === "is");
  if (op === "in") return parts[1][0] === "list" || parts[0][0] === "is";
  return LOGIC.includes(op);
}

/** Answers around the constants; null stands for no answer. Nothing at all when there are too many. */
function around_(key, type, nodes, options) {
  const constants = (kind) => [...new Set(nodes.filter(([op, , of]) => op === "is" && of === kind).map(([, value]) => value))];
  const near = { number: numbers, date: days, time: clocks, datetime: moments }[type];
  if (near) return [null, ...new Set(constants(type).flatMap(near))].concat(constants(type).length ? [] : near(BEGINS[type]));
  if (type === "boolean") return [null, true, false];
  if (type !== "text" && type !== "choices") return [null, { given: true }];
  if (nodes.some((node) => node[0] === "attr" && node[1] === key)) return [null, ...(options || [])];
  const words = constants("text");
  const other = options ? options.filter((one) => !words.includes(one)).slice(0, 1) : [OTHER];
  const listed = [...words.filter((one) => !options || options.includes(one)), ...other];
  if (type === "text") return [null, ...listed];
  return listed.length > MOST_WORDS ? null : [null, ...sets(listed)];
}

const BEGINS = { number: "0", date: "2000-01-01", time: "12:00", datetime: "2000-01-01T12:00+07:00" };
const sets = ([first, ...others]) => (first === undefined ? [] : [[first], ...sets(others).flatMap((set) => [set, [first, ...set]])]);
const added = (constant, sign) => written(evaluate(["+", ["is", constant, "number"], ["is", `${sign}${STEP}`, "number"]], {}), { dataset: { type: "number", places: "10" } });
const numbers = (constant) => [added(constant, "-"), constant, added(constant, "")];
const moved = (instant, by) => new Date(instant + by).toISOString();
const days = (day) => [-DAY, 0, DAY].map((by) => moved(Date.parse(`${day}T00:00Z`), by).slice(0, 10));
const clocks = (time) => [-60_000, 0, 60_000].map((by) => moved(Date.parse(`2000-01-02T${time}Z`), by).slice(11, 16));
const moments = (moment) => [-1000, 0, 1000].map((by) => `${moved(Date.parse(moment), by).slice(0, 19)}Z`);
