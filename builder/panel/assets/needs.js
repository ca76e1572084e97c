// What has to be answered for a rule to be worked out: which questions, and which parts of their answers. What is itself
// worked out is not asked for, but what it is worked out from.
import { named, outline, rowsOf } from "./outline.js";
import { typed } from "./typed.js";
import { world } from "./world.js";

const OVER_ROWS = ["some", "every", "sum", "least", "most", "join"];

/**
 * The questions that the typed tree names, in the order of the form: `[{key, field, parts, inner, formula}]` with the
 * parts of an answer that are read, none for the answer as a whole; for rows what is read in each of them, in the same form;
 * and of what is worked out, its typed formula, whose questions are among them as well.
 */
export function needs(doc, tree, around = []) {
  const found = new Map();
  const order = new Map(outline(doc).map(({ field, id }, at) => [field, [at, id]]));
  gather(tree, { doc, found, around, own: null, outer: null, order });
  return sorted(found, order);
}

function sorted(found, order) {
  return [...found.values()].map((need) => ({ ...need, inner: sorted(need.inner, order) })).sort((a, b) => order.get(a.field)[0] - order.get(b.field)[0]);
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
  if (need) gather(inner, { ...at, found: need.inner, around: [...at.around, key], own: new Set(keys), outer: at });
}

/** The need of `key`, in the row that is looked at if it is one of its questions, else around it. */
function noted(at, key) {
  if (at.own && !at.own.has(key)) return noted(at.outer, key);
  if (!at.found.has(key)) {
    const field = named(at.doc, at.around, key);
    if (!field) return null;
    const formula = formulaOf(at, field);
    at.found.set(key, { key, field, parts: [], inner: new Map(), formula });
    if (formula) gather(formula, at);
  }
  return at.found.get(key);
}

/** The typed formula of what is worked out, null of a question that somebody answers. */
function formulaOf({ doc, order }, field) {
  if (!field.calculate) return null;
  return typed(doc, field.calculate, { around: rowsOf(doc, order.get(field)[1]), wants: world.values[field.type] });
}
