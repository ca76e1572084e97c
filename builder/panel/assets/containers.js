// The settings of rows: what one entry is called, how many there may be, and how they look.
import { numberControl, selectControl } from "./controls.js";
import { h } from "./dom.js";
import { change, field, setOrDrop } from "./settings.js";
import { wordsText } from "./wordtext.js";

export const MOST_ROWS = 100;

export function repeatSettings(panel, { field: held, id }) {
  const { t } = panel;
  const number = (name, words, minimum) => numberControl({
    label: t(words), value: held[name], minimum, maximum: MOST_ROWS, mark: name,
    change: (value) => change(panel, id, (one) => setOrDrop(one, name, value), true),
  });
  return h(
    "div",
    { class: "b-settings" },
    wordsText(panel, { find: field(id), place: { key: id, entry: true }, name: "item", label: t("row_name"), hint: t("row_name_hint"), tag: `item:${id}`, mark: "item" }),
    h("div", { class: "b-pair" }, number("minItems", "least_rows", 0), number("maxItems", "most_rows", 1)),
    selectControl({
      label: t("rows_style"), value: held.style || "cards", mark: "style", options: ["cards", "table"].map((name) => [name, t(`rows_${name}`)]),
      change: (value) => change(panel, id, (one) => setOrDrop(one, "style", value === "cards" ? undefined : value)),
    }),
  );
}
