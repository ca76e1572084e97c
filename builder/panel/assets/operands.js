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
