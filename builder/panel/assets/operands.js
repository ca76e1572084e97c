// A question, a part of its answer, or today, as one word of a formula or condition: "luas", "cuti.from", "today".
import { keyOf, only } from "./subjects.js";

export const TODAY = "today";

/** The word of a node; undefined for anything else. */
export function operand(node) {
  const [operator, parts] = only(node);
  if (operator === "today") return TODAY;
  if (operator === "attr") return keyOf(parts[0]) && `${keyOf(parts[0])}.${parts[1]}`;
  return keyOf(node);
}

/** The expression of a word. */
export function tree(word) {
  if (word === TODAY) return { today: [] };
  const [key, part] = word.split(".");
  return part ? { attr: [{ var: key }, part] } : { var: key };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a word is a day that is written out. No question is called so. */
export const isDay = (word) => DAY.test(word);

/** The word of what an age or a number of days is counted from or to, also of a day that is written there. */
export const moment = (node) => (typeof node === "string" && isDay(node) ? node : operand(node));

/** The expression of such a word. */
export const momentTree = (word) => (isDay(word) ? word : tree(word));
