// What has to be answered for a rule to be worked out: which questions, and which parts of their answers.
import { named, outline } from "./outline.js";

const OVER_ROWS = ["some", "every", "sum"];

/**
 * The questions that the typed tree names, in the order of the form: `[{key, field, parts, inner}]` with the parts of
 * an answer that are read, none for the answer as a whole, and for rows what is read in each of them.
 */
export function needs(doc, tree, around = []) {
  const found = new Map();
  gather(tree, { doc, found, around, own: null, outer: null });
  const order = new Map(outline(doc).map(({ field }, at) => [field, at]));
  return [...found.values()].sort((a, b) => order.get(a.field) - order.get(b.field));
}

function gather(node, at) {
  if (!Array.isArray(node)) return;
  const [op, ...parts] = node;
  if (op === "is") return;
  if (op === "var") {
    noted(at, parts[0]);
    return;
  }
  if (op === "attr") {
    const [key, part, type, table] = parts;
    const need = noted(at, key);
    if (need && !table && !need.parts.some(([name]) => name === part)) need.parts.push([part, type]);
    return;
  }
  if (!OVER_ROWS.includes(op)) {
    parts.forEach((part) => gather(part, at));
    return;
  }
  const [[, key, , keys], inner] = parts;
  const need = noted(at, key);
  if (need) gather(inner, { doc: at.doc, found: need.inner, around: [...at.around, key], own: new Set(keys), outer: at });
}

/** The need of `key`, in the row that is looked at if it is one of its questions, else around it. */
function noted(at, key) {
  if (at.own && !at.own.has(key)) return noted(at.outer, key);
  if (!at.found.has(key)) {
    const field = named(at.doc, at.around, key);
    if (!field) return null;
    at.found.set(key, { key, field, parts: [], inner: new Map() });
  }
  return at.found.get(key);
}
