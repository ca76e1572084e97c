// An expression of the document in the typed form in which a citizen's browser evaluates it, so that the panel can use the
// same evaluator. The other half is runtime/forms/browser.py; a test holds both against each other.
import { evaluate } from "../../../runtime/forms/assets/expressions.js";
import { answered, named } from "./outline.js";
import { CELLS, inRow, list, only } from "./subjects.js";
import { world } from "./world.js";

const ORDERED = ["number", "date", "time", "datetime"];
const COMPARABLE = ["text", "boolean", ...ORDERED];
const EQUAL = ["==", "!="];
const LOGIC = ["and", "or", "!"];
const NUMBERS = ["+", "-", "*"];
const ALIKE = ["==", "!=", "<", "<=", ">", ">=", "min", "max", "default"];
const DATES = ["days", "years"];
const WRITTEN = ["text", "number", "date"];
const COMPARING = ["==", "!=", "<", "<=", ">", ">="];

/** What cannot be typed: it names nothing, or puts things together that do not fit. */
class Unfit extends Error {}

const unfit = () => { throw new Unfit(); };

/** The typed form of `node`, which is to be `wants`, where `around` are the repeats around it; null when it has none. */
export function typed(doc, node, { around = [], wants = "boolean" } = {}) {
  try {
    return as({ doc, around }, node, wants).tree;
  } catch (error) {
    if (error instanceof Unfit) return null;
    throw error;
  }
}

function constant(node) {
  if (typeof node === "boolean") return { tree: ["is", node, "boolean"], type: "boolean" };
  if (Number.isSafeInteger(node)) return { tree: ["is", String(node), "number"], type: "number" };
  return typeof node === "string" ? { tree: ["is", node, "text"], type: "text", written: node } : unfit();
}

/** A constant takes the type that its place asks for. */
function fitted(part, wants) {
  if (part.written === undefined || !ORDERED.includes(wants)) return part;
  const tree = ["is", part.written, wants];
  return evaluate(tree, {}) === null ? unfit() : { tree, type: wants };
}

function as(at, node, wants) {
  const part = fitted(any(at, node), wants);
  return part.type === wants ? part : unfit();
}

function alike(at, nodes) {
  const parts = nodes.map((node) => any(at, node));
  const { type } = parts.find(({ tree }) => tree[0] !== "is") || parts[0];
  const made = parts.map((part) => fitted(part, type));
  return made.every((part) => part.type === type) ? { type, trees: made.map(({ tree }) => tree) } : unfit();
}

function any(at, node) {
  const [op, parts] = only(node);
  if (!op) return constant(node);
  const every = (type, gives) => ({ tree: [op, ...parts.map((part) => as(at, part, type).tree)], type: gives });
  if (LOGIC.includes(op)) return every("boolean", "boolean");
  if (NUMBERS.includes(op)) return every("number", "number");
  if (op === "/" || op === "round") return every("number", "number");
  if (DATES.includes(op)) return every("date", "number");
  if (op === "length") return every("text", "number");
  if (op === "today") return { tree: ["today"], type: "date" };
  if (ALIKE.includes(op)) return together(at, op, parts);
  return Object.hasOwn(OTHERS, op) ? OTHERS[op](at, parts) : unfit();
}

function together(at, op, parts) {
  const { type, trees } = alike(at, parts);
  if (op !== "default" && !(EQUAL.includes(op) ? COMPARABLE : ORDERED).includes(type)) return unfit();
  return { tree: [op, ...trees], type: COMPARING.includes(op) ? "boolean" : type };
}

const OTHERS = {
  var: variable,
  attr,
  answered: (at, [node]) => ({ tree: ["answered", variableOf(at, node).tree], type: "boolean" }),
  if: (at, [condition, ...branches]) => {
    const { type, trees } = alike(at, branches);
    return { tree: ["if", as(at, condition, "boolean").tree, ...trees], type };
  },
  in: membership,
  count: (at, [rows]) => ({ tree: ["count", rowsOf(at, rows).tree], type: "number" }),
  sum: (at, parts) => inEach(at, "sum", parts, "number"),
  some: (at, parts) => inEach(at, "some", parts, "boolean"),
  every: (at, parts) => inEach(at, "every", parts, "boolean"),
  least: (at, parts) => inEach(at, "least", parts, ORDERED),
  most: (at, parts) => inEach(at, "most", parts, ORDERED),
  join: (at, [rows, inner, between]) => {
    const { tree } = inEach(at, "join", [rows, inner], WRITTEN);
    return { tree: [...tree, typeof between === "string" ? constant(between).tree : unfit()], type: "text" };
  },
  cat: (at, parts) => ({ tree: ["cat", ...parts.map((part) => oneOf(WRITTEN, any(at, part)).tree)], type: "text" }),
};

function variable({ doc, around }, [key]) {
  const field = typeof key === "string" ? named(doc, around, key) : undefined;
  const type = field && world.values[field.type];
  if (!type) return unfit();
  const rows = type === "rows" ? [inRow(field).filter(answered).map((one) => one.key).sort()] : [];
  return { tree: ["var", key, type, ...rows], type, field };
}

const variableOf = (at, node) => (only(node)[0] === "var" ? any(at, node) : unfit());

function rowsOf(at, node) {
  const rows = variableOf(at, node);
  return rows.type === "rows" ? rows : unfit();
}

function attr(at, [node, name]) {
  const { field } = variableOf(at, node);
  const { dataset } = field;
  if (dataset && at.doc.datasets?.[dataset]) {
    const type = ["value", "label"].includes(name) ? "text" : CELLS[at.doc.datasets[dataset].columns?.[name]];
    return type ? { tree: ["attr", field.key, name, type, dataset, 0], type } : unfit();
  }
  const type = field.type === "matrix" ? (field.rows || []).some((row) => row.value === name) && "text" : world.members[field.type]?.[name];
  const [pieces, member] = world.pieces[field.type]?.[name] || [0, ""];
  return type ? { tree: ["attr", field.key, name, type, "", pieces, ...(member ? [member] : [])], type } : unfit();
}

function membership(at, [needle, many]) {
  if (Array.isArray(many)) {
    const { tree, type } = any(at, needle);
    return { tree: ["in", tree, ["list", ...many.map((one) => as(at, one, type).tree)]], type: "boolean" };
  }
  return { tree: ["in", as(at, needle, "text").tree, as(at, many, "choices").tree], type: "boolean" };
}

const oneOf = (types, part) => (types.includes(part.type) ? part : unfit());

/** What is asked in each row; `wants` is its type, or a list of those it may have. */
function inEach(at, op, [rows, inner], wants) {
  const { tree, field } = rowsOf(at, rows);
  const inside = { ...at, around: [...at.around, field.key] };
  const each = Array.isArray(wants) ? oneOf(wants, any(inside, inner)) : as(inside, inner, wants);
  return { tree: [op, tree, each.tree], type: each.type };
}

/** The columns of the lists that the document holds, as the evaluator looks them up. */
export function tables(doc) {
  const listed = Object.entries(doc.datasets || {}).filter(([, one]) => list(one.items || []).length);
  return Object.fromEntries(listed.map(([key, one]) => [key, Object.fromEntries(one.items.map((item) => [item.value, item]))]));
}
