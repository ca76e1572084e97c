// What a condition can ask of an answer: the answer itself, a part of it, a value of the chosen line of a list, what is
// counted or worked out of it, or something in its rows. Each is called by a word such as "attr:from" or "sum:luas".
import { optionsOf } from "./outline.js";
import { world } from "./world.js";

export const CELLS = { text: "text", number: "number", money: "number", date: "date", boolean: "boolean" };
const LISTED = ["choice", "choices"];
const LEVELS = ["province", "regency", "district", "village"];
const LENGTHS = ["text", "longtext"];

export const list = (value) => (Array.isArray(value) ? value : [value]);

/** The operator of a node of an expression and what it is applied to; nothing for anything else. */
export function only(node) {
  if (!node || typeof node !== "object" || Array.isArray(node)) return [];
  const entries = Object.entries(node);
  return entries.length === 1 ? [entries[0][0], list(entries[0][1])] : [];
}

export const keyOf = (node) => (node && typeof node === "object" && !Array.isArray(node) && node.var !== undefined ? list(node.var)[0] : undefined);

/** The questions in one row, those of groups among them. */
export const inRow = (field) => (field?.fields || []).flatMap((one) => (one.type === "group" ? one.fields || [] : [one]));

/** The level of area that a question or a part of it names, "" for none. */
function levelOf(field, part = "") {
  if (part === "region" || part === "area") return field.level || "village";
  if (part) return LEVELS.includes(part) ? part : "";
  return field.type === "region" ? field.level || "village" : "";
}

/** What the part `name` of an answer is, undefined when there is none. */
function part(doc, field, name) {
  if (field.dataset) {
    const value = CELLS[doc.datasets?.[field.dataset]?.columns?.[name]];
    return value && { value };
  }
  if (field.type === "matrix") return (field.rows || []).some((row) => row.value === name) ? { value: "text", options: field.options } : undefined;
  const value = world.members[field.type]?.[name];
  return value && { value, level: levelOf(field, name) };
}

/**
 * What is asked of: `{value, options, level}` with the kind of value, the answers to choose from if they are fixed and
 * the level of area if it is one; undefined when `of` cannot be asked of the question.
 */
export function subject(doc, field, of = "") {
  if (!field) return undefined;
  const value = world.values[field.type];
  const [how, name] = of.split(":");
  if (how === "") return { value, level: levelOf(field), options: LISTED.includes(field.type) ? optionsOf(doc, field) : undefined };
  if (how === "attr") return part(doc, field, name);
  if (how === "count") return value === "rows" ? { value: "number" } : undefined;
  if (how === "sum") return value === "rows" && inRow(field).some((one) => one.key === name && world.values[one.type] === "number") ? { value: "number" } : undefined;
  if (how === "some" || how === "every") return value === "rows" ? { value: "row" } : undefined;
  if (how === "years" || how === "ahead") return value === "date" ? { value: "number" } : undefined;
  return how === "length" && LENGTHS.includes(field.type) ? { value: "number" } : undefined;
}

/** Whether a clerk can say which area is meant; parts that are no areas can always be said. */
const known = (field, name) => !levelOf(field, name) || (world.places[levelOf(field, name)] || []).length > 0;

/** Everything that can be asked of a question, the likeliest first. */
export function asked(doc, field) {
  const value = world.values[field.type];
  if (value === "rows") {
    const sums = inRow(field).filter((one) => world.values[one.type] === "number").map((one) => `sum:${one.key}`);
    return ["count", "some", "every", ...sums, ""];
  }
  if (value === "date") return ["", "years", "ahead"];
  const depth = LEVELS.indexOf(field.level || "village");
  const named = field.dataset ? Object.keys(doc.datasets?.[field.dataset]?.columns || {})
    : field.type === "matrix" ? (field.rows || []).map((row) => row.value)
    : Object.keys(world.members[field.type] || {}).filter((name) => !LEVELS.includes(name) || LEVELS.indexOf(name) < depth).filter((name) => known(field, name));
  const parts = named.map((name) => `attr:${name}`);
  return LENGTHS.includes(field.type) ? ["", "length"] : ["", ...parts];
}

/** The expression of what is asked of `key`. */
export function subjectTree(key, of = "") {
  const variable = { var: key };
  const [how, name] = of.split(":");
  const made = {
    "": () => variable,
    attr: () => ({ attr: [variable, name] }),
    count: () => ({ count: [variable] }),
    sum: () => ({ sum: [variable, { var: name }] }),
    years: () => ({ years: [variable, { today: [] }] }),
    ahead: () => ({ days: [{ today: [] }, variable] }),
    length: () => ({ length: [variable] }),
  };
  return made[how]();
}

/** `[key, of]` of an expression that is something asked of one question, else nothing. */
export function subjectOf(node) {
  if (keyOf(node) !== undefined) return [keyOf(node), ""];
  const [operator, parts] = only(node);
  const [first, second] = [keyOf(parts?.[0]), keyOf(parts?.[1])];
  const today = (part_) => only(part_)[0] === "today";
  if (operator === "days" && today(parts[0]) && second !== undefined) return [second, "ahead"];
  if (first === undefined) return [];
  if (operator === "attr" && typeof parts[1] === "string") return [first, `attr:${parts[1]}`];
  if (operator === "count" || operator === "length") return [first, operator];
  if (operator === "sum" && second !== undefined) return [first, `sum:${second}`];
  return operator === "years" && today(parts[1]) ? [first, "years"] : [];
}
