// The names in an expression: which there are, and the same expression with others.
import { resolve } from "./outline.js";

const OVER_ROWS = new Set(["sum", "some", "every", "least", "most", "join"]);
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
    const inside = within(ids, value, rows);
    return [name, value.map((part, at) => mapped(ids, part, inside(at), change))];
  }));
}

/** The repeats around each part of what is asked over rows. */
function within(ids, [repeat], rows) {
  const inside = resolve(ids, rows, [...names(repeat)][0]);
  return (at) => (at && inside ? inside.split("/") : rows);
}

const keyOf = (node) => (isObject(node) && node.var !== undefined ? [node.var].flat()[0] : undefined);

/** Tells `visit(id, answer)` of every text that an answer is compared with. */
export function compared(ids, node, rows, visit) {
  if (!isObject(node)) return;
  for (const [name, value] of Object.entries(node)) {
    const parts = [value].flat(1);
    if (["==", "!=", "in"].includes(name)) {
      for (const [one, other] of [parts, [...parts].reverse()]) {
        const key = keyOf(one);
        if (key !== undefined) [other].flat().filter((answer) => typeof answer === "string").forEach((answer) => visit(resolve(ids, rows, key), answer));
      }
    }
    const inside = OVER_ROWS.has(name) ? within(ids, parts, rows) : () => rows;
    parts.forEach((part, at) => [part].flat().forEach((one) => compared(ids, one, inside(at), visit)));
  }
}

/** The same expression where answers that cannot be given any more (`gone(id, answer)`) leave what can do without them. */
export function without(ids, node, rows, gone) {
  if (Array.isArray(node)) return node.map((part) => without(ids, part, rows, gone));
  if (!isObject(node)) return node;
  const [[name, value]] = Object.entries(node);
  const idle = (part) => isIdle(ids, part, rows, gone);
  if (name === "if" && idle(value[0])) return without(ids, value[2], rows, gone);
  if (name === "or" && value.some(idle) && !value.every(idle)) {
    const left = value.filter((part) => !idle(part)).map((part) => without(ids, part, rows, gone));
    return left.length === 1 ? left[0] : { or: left };
  }
  if (name === "in" && keyOf(value[0]) !== undefined && Array.isArray(value[1])) {
    const id = resolve(ids, rows, keyOf(value[0]));
    const left = value[1].filter((answer) => !gone(id, answer));
    if (left.length && left.length < value[1].length) return left.length === 1 ? { "==": [value[0], left[0]] } : { in: [value[0], left] };
    return node;
  }
  const inside = OVER_ROWS.has(name) && Array.isArray(value) ? within(ids, value, rows) : () => rows;
  return { [name]: Array.isArray(value) ? value.map((part, at) => without(ids, part, inside(at), gone)) : without(ids, value, rows, gone) };
}

/** Whether a comparison only asks for answers that cannot be given any more. */
function isIdle(ids, node, rows, gone) {
  const [name, parts] = isObject(node) ? Object.entries(node)[0] || [] : [];
  if (!["==", "in"].includes(name) || !Array.isArray(parts)) return false;
  const asked = [];
  compared(ids, node, rows, (id, answer) => asked.push(gone(id, answer)));
  return asked.length > 0 && asked.every(Boolean);
}
