// Sample answers: what a rule comes to with them. The evaluator is the one that runs in the browser of the citizen.
import { evaluate } from "../../../runtime/forms/assets/expressions.js";
import { spoken, written } from "../../../runtime/forms/assets/worked.js";
import { optionsOf } from "./outline.js";
import { tables } from "./typed.js";
import { world } from "./world.js";

export const today = () => new Date().toLocaleDateString("sv");

/** The value of the typed tree with these answers, null when it is unknown. */
export const outcome = (doc, tree, answers) => evaluate(tree, answers, today(), tables(doc));

/** The answers, and with them those that are worked out from them: `asked` as needs.js gives it. */
export function workedOut(doc, asked, answers) {
  const formulas = asked.flatMap((need) => [need, ...need.inner]).filter(({ formula }) => formula).length;
  let whole = answers;
  // One may be worked out from another, in whatever order: each turn settles one of them or more.
  for (let turn = 0; turn < formulas; turn += 1) whole = once(doc, asked, whole, whole);
  return whole;
}

function once(doc, asked, answers, around) {
  const next = { ...answers };
  for (const { key, field, inner, formula } of asked) {
    if (formula) next[key] = written(outcome(doc, formula, { ...around, ...answers }), { dataset: partOf(field) });
    else if (inner.length && Array.isArray(next[key])) next[key] = next[key].map((row) => once(doc, inner, row, { ...around, ...next }));
  }
  return next;
}

const RUPIAH = "IDR";
const USUAL_PLACES = "2";

const partOf = ({ type = "number", currency = RUPIAH, places = USUAL_PLACES }) => ({ type, places: type === "number" ? String(places) : "0", prefix: currency === RUPIAH ? "Rp" : currency, coins: "0" });

/** A value as the citizen reads it as the answer to `field`, "" when there is none. */
export const shownAs = (field, value) => answerAs(field, written(value, { dataset: partOf(field || {}) }));

/** An answer to `field` that is worked out, as the citizen reads it, "" when there is none. */
export const answerAs = (field, answer) => (answer === null || answer === undefined ? "" : spoken(answer, { dataset: partOf(field || {}) }) ?? String(answer));

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
const DAY = 86_400_000;
const LENGTHS = [2, 6, 29];

/** The questions of the days between two days, with the part of the answer if it has parts: where they begin and end. */
function ends(node, found = new Map()) {
  if (!Array.isArray(node)) return found;
  if (node[0] === "days") {
    [0, 1].forEach((last) => {
      const [op, key, part = ""] = node[last + 1];
      if (["var", "attr"].includes(op) && !found.has(key)) found.set(key, []);
      if (["var", "attr"].includes(op)) found.get(key).push([op === "attr" ? part : "", last]);
    });
  }
  node.forEach((part) => ends(part, found));
  return found;
}

/** Days that begin today and last as long as the turn says, undefined for a date that no days are counted from or to. */
function proposedDay(tree, key, turn) {
  const named = ends(tree).get(key);
  const day = (last) => new Date(Date.parse(`${today()}T00:00Z`) + last * LENGTHS[turn % LENGTHS.length] * DAY).toISOString().slice(0, 10);
  if (!named) return undefined;
  return named[0][0] ? Object.fromEntries(named.map(([part, last]) => [part, day(last)])) : day(named[0][1]);
}

/** A first sample answer to what is needed, another one for each `turn`; undefined where the clerk is to choose. */
export function proposed(doc, tree, { key, field }, turn) {
  const type = world.values[field.type];
  if (field.type === "choice") {
    const options = optionsOf(doc, field) || [];
    return options.length ? options[turn % options.length].value : undefined;
  }
  if (type === "boolean") return turn % 2 === 1;
  if (type === "rows") return Array.from({ length: turn + 1 }, () => ({}));
  if (type === "date" || field.type === "date_range") return proposedDay(tree, key, turn);
  if (type !== "number") return undefined;
  const marks = [...new Set(thresholds(tree, key))].map(Number).sort((a, b) => a - b);
  if (!marks.length) return NUMBERS[turn % NUMBERS.length];
  return turn < marks.length ? marks[turn] : marks.at(-1) + 1;
}
