// Sample answers: what a rule comes to with them. The evaluator is the one that runs in the browser of the citizen.
import { evaluate } from "../../../runtime/forms/assets/expressions.js";
import { spoken, written } from "../../../runtime/forms/assets/worked.js";
import { optionsOf } from "./outline.js";
import { tables } from "./typed.js";
import { world } from "./world.js";

export const today = () => new Date().toLocaleDateString("sv");

/** The value of the typed tree with these answers, null when it is unknown. */
export const outcome = (doc, tree, answers) => evaluate(tree, answers, today(), tables(doc));

const RUPIAH = "IDR";

/** A value as the citizen reads it as the answer to `field`, "" when there is none. */
export function shownAs(field, value) {
  const { type = "number", currency = RUPIAH } = field || {};
  const part = { dataset: { type, places: type === "number" ? "10" : "0", prefix: currency === RUPIAH ? "Rp" : currency, coins: "0" } };
  const answer = written(value, part);
  return answer === null ? "" : spoken(answer, part) ?? String(answer);
}

/** Whether sample answers to this question can be given at all: those to large lists and areas that are not known cannot. */
export function samplable(doc, field) {
  if (field.type === "region") return Boolean(world.places[field.level || "village"]?.length);
  if (field.type === "office") return false;
  if (field.type === "choice" || field.type === "choices") return Boolean(optionsOf(doc, field)?.length);
  return Boolean(world.values[field.type]);
}

/** The answers that stories of the document give, as `[title, answers]`. */
export const told = (doc) => (doc.stories || []).filter((story) => story.answers && Object.keys(story.answers).length).map((story) => [story.title, story.answers]);

const thresholds = (node, key, found = []) => {
  if (Array.isArray(node) && ["<=", "<", ">=", ">", "=="].includes(node[0]) && node[1]?.[0] === "var" && node[1][1] === key && node[2]?.[0] === "is") found.push(node[2][1]);
  if (Array.isArray(node)) node.forEach((part) => thresholds(part, key, found));
  return found;
};

const NUMBERS = [1, 5, 10];

/** A first sample answer to what is needed, another one for each `turn`; undefined where the clerk is to choose. */
export function proposed(doc, tree, { key, field }, turn) {
  const type = world.values[field.type];
  if (field.type === "choice") {
    const options = optionsOf(doc, field) || [];
    return options.length ? options[turn % options.length].value : undefined;
  }
  if (type === "boolean") return turn % 2 === 1;
  if (type === "rows") return Array.from({ length: turn + 1 }, () => ({}));
  if (type !== "number") return undefined;
  const marks = [...new Set(thresholds(tree, key))].map(Number).sort((a, b) => a - b);
  if (!marks.length) return NUMBERS[turn % NUMBERS.length];
  return turn < marks.length ? marks[turn] : marks.at(-1) + 1;
}
