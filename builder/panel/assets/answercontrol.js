// Draws what an answer is compared with in a condition: yes or no, answers to choose from, an area, a day, a number, words.
import { amountControl, numberControl, selectControl } from "./controls.js";
import { say } from "./document.js";
import { h } from "./dom.js";
import { subject } from "./subjects.js";
import { areaName, world } from "./world.js";

const MOMENTS = { date: "date", time: "time", datetime: "datetime-local" };
const MINUTE = "2026-01-01T00:00".length;
const LONGEST = 200;

export function answerControl(panel, { row, field, set, mark }) {
  const { t, store: { doc } } = panel;
  if (row.operator.endsWith("answered")) return null;
  const one = subject(doc, field, row.of) || {};
  const give = (values) => set({ ...row, values });
  if (typeof row.values[0] === "boolean") {
    return selectControl({
      label: t("answer"), hideLabel: true, value: String(row.values[0]), mark: `${mark}:a`,
      options: [["true", t("yes")], ["false", t("no")]], change: (value) => give([value === "true"]),
    });
  }
  if (one.level) return areas(panel, { row, level: one.level, give, mark });
  if (one.options) {
    const gone = row.values.filter((value) => !one.options.some((option) => option.value === value));
    return chips(panel, { row, options: [...one.options.map((option) => [option.value, say(option.label, panel.language)]), ...gone.map((value) => [value, value])], give, mark });
  }
  if (MOMENTS[one.value]) return moment(panel, { row, value: one.value, give, mark });
  const written = { label: t("answer"), hideLabel: true, mark: `${mark}:a` };
  if (one.value !== "number") {
    return h("input", {
      type: "text", class: "b-input", value: row.values[0] ?? "", maxLength: LONGEST, "aria-label": t("answer"), "data-f": `${mark}:a`, autocomplete: "off",
      oninput: (event) => give([event.target.value]),
    });
  }
  const value = row.values[0] === "" ? undefined : row.values[0];
  if (field.type === "number" && !row.of) return amountControl({ ...written, value, change: (number) => give([number]) });
  return numberControl({ ...written, minimum: ["count", "length"].includes(row.of) ? 0 : -1e12, value, change: (number) => give([number ?? ""]) });
}

/** Answers as chips that are on or off. */
function chips(panel, { row, options, give, mark }) {
  const { t } = panel;
  return h(
    "div",
    { class: "b-answers", role: "group", "aria-label": t("answer") },
    options.map(([value, words]) => {
      const on = row.values.includes(value);
      const next = on ? row.values.filter((one) => one !== value) : [...row.values, value];
      return h("button", {
        type: "button", class: `b-answer${on ? " b-answer--on" : ""}`, "aria-pressed": String(on), "data-f": `${mark}:a:${value}`, onclick: () => give(next),
      }, words);
    }),
    !options.length && h("span", { class: "b-hint" }, t("no_options_yet")),
  );
}

/** Areas are many: those chosen are chips, the others stand in a list. */
function areas(panel, { row, level, give, mark }) {
  const { t } = panel;
  const others = (world.places[level] || []).filter(([code]) => !row.values.includes(code));
  return [
    row.values.length > 0 && chips(panel, { row, options: row.values.map((code) => [code, areaName(code)]), give, mark }),
    others.length > 0 && selectControl({
      label: t("answer"), hideLabel: true, value: "", mark: `${mark}:a`, options: [["", t(row.values.length ? "area_more" : "area_choose")], ...others],
      change: (code) => code && give([...row.values, code]),
    }),
  ];
}

function moment(panel, { row, value, give, mark }) {
  const zoned = value === "datetime";
  return h("input", {
    type: MOMENTS[value], class: "b-input", value: String(row.values[0] ?? "").slice(0, zoned ? MINUTE : undefined), "aria-label": panel.t("answer"),
    "data-f": `${mark}:a`, onchange: (event) => give([event.target.value && event.target.value + (zoned ? panel.settings.offset : "")]),
  });
}
