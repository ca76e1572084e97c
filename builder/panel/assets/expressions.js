// The names in an expression: which there are, and the same expression with others.
import { resolve } from "./outline.js";

const OVER_ROWS = new Set(["sum", "some", "every"]);
export const isObject = (value) => Boolean(value) && typeof value === "object";

/** The keys an expression names, whatever they mean. */
export function names(expression, found = new Set()) {
  if (Array.isArray(expression)) expression.forEach((part) => names(part, found));
  else if (isObject(expression)) {
    for (const [name, value] of Object.entries(expression)) {
      if (name === "var") [value].flat().forEach((key) => found.add(key));
      else names(value, found);
    }
  }
  return found;
}

/** The same expression with every name given by `change(id, key)`; `rows` are those around it. */
export function mapped(ids, node, rows, change) {
  if (Array.isArray(node)) return node.map((part) => mapped(ids, part, rows, change));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => {
    if (name === "var") {
      const [key] = [value].flat();
      return [name, change(resolve(ids, rows, key), key)];
    }
    if (!OVER_ROWS.has(name) || !Array.isArray(value)) return [name, mapped(ids, value, rows, change)];
    const inside = resolve(ids, rows, [...names(value[0])][0]);
    const parts = value.map((part, at) => mapped(ids, part, at && inside ? inside.split("/") : rows, change));
    return [name, parts];
  }));
}
