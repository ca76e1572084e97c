// What the words of a form fill in: answers in labels and helps, in titles of pages and in what entries are called.
import { chips } from "./naming.js";
import { answered } from "./outline.js";
import { world } from "./world.js";

const SAID = new Set(["text", "number", "date", "time", "datetime", "boolean", "choices"]);
const NOT_SAID = new Set(["metadata", "consent", "signature"]);

/** Whether the words of this question may hold answers: what people agree to is the same for everybody. */
export const mayFill = (field) => !["consent", "signature"].includes(field.type);

/** Whether an answer to this question can stand within a sentence of a form. */
export const sayable = (field) => answered(field) && SAID.has(world.values[field.type]) && !NOT_SAID.has(field.type);

/** Takes the mark away once nothing in braces is left in the words. */
export function settleChips(holder) {
  const left = ["label", "help", "item", "title", "intro"].some((name) => JSON.stringify(holder[name] ?? "").includes("{"));
  if (!left) delete holder.chips;
}

const named = (holder, names, more) => (holder.chips ? names.flatMap((name) => chips(holder, name, { wants: sayable, left: () => settleChips(holder), ...more })) : []);

/** The answers in the title and the introduction of a page. */
export const ofPageWords = (page) => named(page, ["title", "intro"], { what: "words", owner: page, kind: "page", page, rows: [] });

/** The answers in the words of a question, a group or what stands between; of a repeat also in what an entry is called. */
export function ofWords(one) {
  const { field, rows } = one;
  const more = { owner: field, kind: "field", place: one };
  const entry = field.type === "repeat" ? named(field, ["item"], { ...more, what: "entry_words", rows: [...rows, field.key] }) : [];
  return [...named(field, ["label", "help"], { ...more, what: "words", rows }), ...entry];
}
