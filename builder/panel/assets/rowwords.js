// What the list says of one question: its words, kind, condition, who depends on it. While somebody types only the words
// that changed are put in anew, so that a key costs the same in a long service as in a short one.
import { advised } from "./advice.js";
import { shownIf } from "./conditionrows.js";
import { say } from "./document.js";
import { h } from "./dom.js";
import { dependencies } from "./names.js";
import { answered, isContainer, optionsOf, outline } from "./outline.js";
import { errors } from "./problems.js";
import { readable } from "./wordtext.js";

function about(panel, { field, id }, waiting) {
  const { t, settings } = panel;
  const words = [settings.palette.types[field.type]?.title || field.type];
  const options = optionsOf(panel.store.doc, field);
  if (options) words.push(t("answers_count", { count: options.length }));
  if (isContainer(field)) words.push(t("questions_count", { count: field.fields.length }));
  if (field.calculate) words.push(t("worked_out"));
  else if (field.required !== true && answered(field)) words.push(field.required ? t("sometimes_required") : t("optional"));
  const count = waiting.get(id)?.size;
  if (count) words.push(t("dependents", { count }));
  return words.join(" · ");
}

/** Everything that is said of a question, as texts. */
export function rowWords(panel, one, waiting) {
  const { t, language } = panel;
  const { field, id, rows } = one;
  const label = readable(panel, field, "label", rows);
  const faults = errors(panel.problemsOf("fields", id)).length;
  const advice = advised(panel, [["fields", id]]).length;
  return {
    name: label || t("untitled"), empty: !label, about: about(panel, one, waiting),
    shown: field.visible ? shownIf(panel, { id, rule: field.visible, rows }) : "",
    faults: faults ? t("problems_count", { count: faults }) : "", advice: advice ? t("advice_count", { count: advice }) : "",
  };
}

/** The same as elements. */
export const spelled = ({ name, empty, about: words, shown, faults, advice }) => [
  h("span", { class: `b-question__label${empty ? " b-question__label--empty" : ""}` }, name),
  h("span", { class: "b-question__about" }, words),
  shown && h("span", { class: "b-chip" }, shown),
  faults && h("span", { class: "b-chip b-chip--bad" }, faults),
  advice && h("span", { class: "b-chip b-chip--advice" }, advice),
].filter(Boolean);

/** What the list looks like but for the words of its questions; while it is the same, words alone are changed. */
export function shape(panel) {
  const { store: { doc }, selected, picked, language } = panel;
  const pages = doc.pages.map(({ key, title, visible, fields, ...page }) => [key, title, visible, page.for, fields.length]);
  return JSON.stringify([outline(doc).map((one) => [one.id, one.pageIndex, one.parents.length]), pages, selected, [...picked], Boolean(panel.picking), language]);
}

/** Brings the words of all questions up to date; false where more than words has changed. */
export function sayList(panel) {
  const { kept, store: { doc } } = panel;
  if (!kept || kept.shape !== shape(panel)) return false;
  const waiting = dependencies(doc);
  for (const one of outline(doc)) {
    const row = kept.rows.get(one.id);
    const said = rowWords(panel, one, waiting);
    const now = JSON.stringify(said);
    if (row.said === now) continue;
    row.said = now;
    row.holder.replaceChildren(...spelled(said));
    row.ordered?.(one);
  }
  return true;
}
