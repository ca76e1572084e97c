// Draws the choice of a day that is counted from or to.
import { selectControl } from "./controls.js";
import { labelOf } from "./document.js";
import { h } from "./dom.js";
import { isDay, TODAY } from "./operands.js";
import { earlier } from "./outline.js";
import { today } from "./trials.js";

const WRITTEN = "written";

/** One of the days `words`, or where `written` allows it one that is written here; `put(word)` keeps another one. */
export function momentControl(panel, { label, word, words, written = false, id, mark, put }) {
  const { t } = panel;
  const here = isDay(word);
  const offered = [...new Set([...words, ...(here ? [] : [word])])].map((one) => [one, called(panel, id, one)]);
  return [
    selectControl({
      label, value: here ? WRITTEN : word, mark,
      options: written || here ? [...offered, [WRITTEN, t("formula_day")]] : offered,
      change: (next) => put(next === WRITTEN ? today() : next),
    }),
    here && h("input", {
      type: "date", class: "b-input", value: word, "aria-label": t("formula_day"), "data-f": `${mark}:day`,
      onchange: (event) => isDay(event.target.value) && put(event.target.value),
    }),
  ];
}

/** What a word of a formula is called. */
export function called(panel, id, word, within = "") {
  const { t, store, language } = panel;
  if (word === TODAY) return t("formula_today");
  const [key, part] = word.split(".");
  const before = earlier(store.doc, id);
  const one = before.find((other) => other.field.key === key);
  const inner = within && before.find((other) => other.field.key === within)?.field.fields.flatMap((field) => [field, ...(field.fields || [])]).find((field) => field.key === key);
  const name = labelOf(inner || one?.field, language) || t("untitled");
  const whole = inner || !one ? name : `${one.number}. ${name}`;
  return part ? `${whole}: ${t(`part_${part}`)}` : whole;
}

