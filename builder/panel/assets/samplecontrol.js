// Draws what a sample answer is given with: a control that fits the kind of the question.
import { labelled, numberControl, selectControl } from "./controls.js";
import { brief, labelOf, say } from "./document.js";
import { h } from "./dom.js";
import { optionsOf } from "./outline.js";
import { samplable } from "./trials.js";
import { areaName, world } from "./world.js";

const TYPED = { date: "date", time: "time", datetime: "datetime-local", text: "text", number: "text" };
const LEVELS = ["province", "regency", "district", "village"];
const MOST_ROWS = 5;
const NUMBER = /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/;

/** What a question is called where its answer is given. */
export const asks = ({ language, t }, field) => brief(labelOf(field, language)) || t("untitled");

/** The controls for what is needed; `give(answer)` keeps another answer, undefined for none. */
export function sampleControl(panel, { need, answer, give, mark, bare = false }) {
  const { field, parts, inner } = need;
  const { t, store: { doc } } = panel;
  const label = asks(panel, field);
  const type = world.values[field.type];
  if (type === "rows") return rowsControl(panel, { need, answer, give, mark, label });
  if (parts.length && typeof answer !== "string" && type === "thing") return parts.map((part) => partControl(panel, { part, field, answer, give, mark, label }));
  if (!samplable(doc, field)) return h("p", { class: "b-hint" }, t("try_not_here", { name: label }));
  const options = optionsFor(panel, field);
  const frame = { label, mark, hideLabel: bare };
  if (field.type === "choices") return severalControl(panel, { options, answer: answer || [], give, mark, label });
  if (type === "thing" && !inner.length) return selectControl({ ...frame, value: answer ? "given" : "", options: [["", t("try_open")], ["given", t("try_given")]], change: (value) => give(value ? { given: true } : undefined) });
  if (options) {
    const value = answer === undefined ? "" : String(answer);
    return selectControl({ ...frame, value, options: [["", t("try_open")], ...options], change: (next) => give(next === "" ? undefined : type === "boolean" ? next === "true" : next) });
  }
  return typedControl(panel, { ...frame, type, answer, give });
}

function optionsFor({ t, language, store: { doc } }, field) {
  if (world.values[field.type] === "boolean") return [["true", t("yes")], ["false", t("no")]];
  if (["choice", "choices"].includes(field.type)) return (optionsOf(doc, field) || []).map((option) => [option.value, say(option.label, language) || option.value]);
  if (field.type === "region") return world.places[field.level || "village"]?.map(([code]) => [code, areaName(code)]);
  return undefined;
}

function typedControl(panel, { label, hideLabel, mark, type, answer, give }) {
  const zoned = type === "datetime";
  const control = h("input", {
    class: `b-input${type === "number" ? " b-input--number" : ""}`, type: TYPED[type] || "text", autocomplete: "off", "data-f": mark, maxLength: 200,
    inputmode: type === "number" ? "decimal" : undefined, "aria-label": hideLabel ? label : undefined,
    value: zoned ? String(answer ?? "").slice(0, 16) : type === "number" ? String(answer ?? "").replace(".", ",") : answer ?? "",
    oninput: (event) => {
      const written = event.target.value.trim();
      const plain = written.replace(",", ".");
      const wrong = type === "number" && written !== "" && !NUMBER.test(plain);
      event.target.setAttribute("aria-invalid", String(wrong));
      if (wrong) return;
      if (written === "") give(undefined);
      else give(type === "number" ? plain : zoned ? written + panel.settings.offset : written);
    },
  });
  return hideLabel ? control : labelled(label, control, { wide: false });
}

function severalControl({ t }, { options, answer, give, mark, label }) {
  return h("div", { class: "b-field" }, h("p", { class: "b-label" }, label), h(
    "div",
    { class: "b-answers", role: "group", "aria-label": label },
    options.map(([value, words]) => {
      const on = answer.includes(value);
      const next = on ? answer.filter((one) => one !== value) : [...answer, value];
      return h("button", {
        type: "button", class: `b-answer${on ? " b-answer--on" : ""}`, "aria-pressed": String(on), "data-f": `${mark}:${value}`, onclick: () => give(next.length ? next : undefined),
      }, words || t("untitled"));
    }),
  ));
}

/** A part of an answer, such as the first day of a leave. */
function partControl(panel, { part: [name, type], field, answer, give, mark, label }) {
  const { t } = panel;
  const words = panel.words[`part_${name}`] || say((field.rows || []).find((row) => row.value === name)?.label, panel.language) || name;
  const whole = t("of_part", { question: label, part: words });
  const set = (value) => {
    const next = { ...answer };
    if (value === undefined) delete next[name];
    else next[name] = value;
    give(Object.keys(next).length ? next : undefined);
  };
  const level = LEVELS.includes(name) ? name : name === "region" || name === "area" ? "village" : "";
  const options = field.type === "matrix" ? (field.options || []).map((one) => [one.value, say(one.label, panel.language)]) : level && world.places[level];
  if (options?.length) return selectControl({ label: whole, value: answer?.[name] || "", mark: `${mark}:${name}`, options: [["", t("try_open")], ...options], change: (value) => set(value || undefined) });
  return typedControl(panel, { label: whole, mark: `${mark}:${name}`, type, answer: answer?.[name], give: set });
}

/** How many entries there are, and in each of them what is read there. */
function rowsControl(panel, { need, answer, give, mark, label }) {
  const rows = Array.isArray(answer) ? answer : [];
  const put = (at, key, value) => give(rows.map((row, place) => {
    if (place !== at) return row;
    const { [key]: _old, ...others } = row;
    return value === undefined ? others : { ...others, [key]: value };
  }));
  const count = numberControl({
    label: panel.t("try_entries", { name: label }), value: rows.length, maximum: MOST_ROWS, mark: `${mark}:count`,
    change: (number) => give(Array.from({ length: Math.min(MOST_ROWS, Math.max(0, number || 0)) }, (_none, at) => rows[at] || {})),
  });
  const inner = need.inner.filter(({ formula }) => !formula);
  return [count, inner.length > 0 && rows.map((row, at) => h(
    "div",
    { class: "b-try__entry", role: "group", "aria-label": panel.t("try_entry", { name: say(need.field.item, panel.language) || label, number: at + 1 }) },
    inner.map((one) => sampleControl(panel, { need: one, answer: row[one.key], give: (value) => put(at, one.key, value), mark: `${mark}:${at}:${one.key}` })),
  ))];
}
