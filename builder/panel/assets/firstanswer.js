// How a question begins and looks: its first answer, whether that can be changed, and its width.
import { amountControl, button, labelled, numberControl, selectControl, tick } from "./controls.js";
import { saidLine } from "./conditionrows.js";
import { labelOf, say } from "./document.js";
import { h } from "./dom.js";
import { formulaParts, shown } from "./formularows.js";
import { begun, kinds, read, sources, write } from "./formulas.js";
import { earlier, optionsOf } from "./outline.js";
import { change, setOrDrop } from "./settings.js";

const TYPED = ["text", "longtext", "url", "postcode", "integer", "number", "money", "rating", "date", "time", "boolean", "choice", "choices"];
const WHOLE = ["integer", "money", "rating"];

/**
 * How a first answer is given: not at all, written, today, another answer, by a formula of its kind, or by one that is
 * kept; `known(formula)` tells whether its parts can be shown.
 */
export function modeOf(held, known = () => false) {
  const given = held.default;
  if (given === undefined) return "";
  if (typeof given !== "object" || Array.isArray(given)) return "fixed";
  if (given?.today) return "today";
  if (typeof given?.var === "string") return "same";
  const formula = read(given);
  return known(formula) && formula.kind !== "tariff" ? formula.kind : "kept";
}

export function beginning(panel, one) {
  const { field: held, id } = one;
  const { t } = panel;
  const registered = held.prefill?.register !== undefined;
  const locks = !held.calculate && !registered && (held.default !== undefined || held.prefill || held.readOnly);
  return [
    !held.calculate && (TYPED.includes(held.type) || held.default !== undefined) && defaultControl(panel, one),
    locks && tick({
      label: t("read_only"), hint: t("read_only_hint"), checked: held.readOnly === true, mark: "readOnly",
      change: (on) => change(panel, id, (next) => setOrDrop(next, "readOnly", on)),
    }),
  ];
}

export function widthControl(panel, { field: held, id }) {
  const { t } = panel;
  return selectControl({
    label: t("width"), hint: t("width_hint"), value: held.width || "full", mark: "width",
    options: ["full", "half", "third"].map((name) => [name, t(`width_${name}`)]),
    change: (value) => change(panel, id, (next) => setOrDrop(next, "width", value === "full" ? undefined : value)),
  });
}

const AUTOFILL = {
  text: ["name", "organization", "organization-title", "street-address"], longtext: ["street-address"], email: ["email"], phone: ["tel"], date: ["bday"],
  postcode: ["postal-code"], url: ["url"],
};

/** What the browser itself may fill in; nothing for kinds no browser knows. */
export function autofillControl(panel, { field: held, id }) {
  const { t } = panel;
  const offered = AUTOFILL[held.type] || [];
  const { autocomplete: given = "" } = held;
  if ((!offered.length || held.calculate) && !given) return null;
  const other = given && !offered.includes(given) ? [[given, t("autofill_kept")]] : [];
  return selectControl({
    label: t("autofill"), hint: t("autofill_hint"), value: given, mark: "autocomplete",
    options: [["", t("autofill_none")], ...offered.map((name) => [name, t(`autofill_${name.replaceAll("-", "_")}`)]), ...other],
    change: (value) => change(panel, id, (next) => setOrDrop(next, "autocomplete", value)),
  });
}

function defaultControl(panel, one) {
  const { t, store, settings } = panel;
  const { field: held, id } = one;
  const from = sources(store.doc, id, settings.values);
  const mode = modeOf(held, (formula) => Boolean(shown(from, formula)));
  const set = (value, typing = false) => change(panel, id, (next) => {
    if (value === undefined || value === "") delete next.default;
    else next.default = value;
    if (next.default === undefined && !next.prefill) delete next.readOnly;
  }, typing);
  if (mode === "kept") {
    return [
      h("h3", { class: "b-label" }, t("default")),
      saidLine(panel, id, "default", t("default_kept")),
      button(t("default_remove"), () => set(undefined), { mark: "default:drop" }),
    ];
  }
  const like = earlier(store.doc, id).filter((other) => settings.values[other.field.type] === settings.values[held.type]);
  const starts = beginnings(panel, one, { from, like });
  const words = { "": "default_none", fixed: "default_fixed", today: "default_today", same: "default_same" };
  return [
    selectControl({
      label: t("default"), value: mode, mark: "default", change: (name) => set(starts[name]()),
      options: [...new Set([...Object.keys(starts), mode])].map((name) => [name, t(words[name] || `formula_${name}`)]),
    }),
    mode === "fixed" && fixedControl(panel, one, set),
    mode === "same" && sameControl(panel, held, like, set),
    !(mode in words) && formulaParts(panel, { id, value: settings.values[held.type], formula: read(held.default), set: (formula, typing) => set(write(formula), typing) }),
  ];
}

/** By the name of each way to begin that can be chosen, what it begins with. */
function beginnings({ store, settings }, { field: held }, { from, like }) {
  const value = settings.values[held.type];
  const formulas = settings.calculable.includes(held.type) ? kinds(from, value).filter((kind) => !["same", "tariff"].includes(kind)) : [];
  return {
    "": () => undefined,
    ...(TYPED.includes(held.type) && { fixed: () => fixed(store.doc, held) }),
    ...(held.type === "date" && { today: () => ({ today: [] }) }),
    ...(like.length > 0 && { same: () => ({ var: like.at(-1).field.key }) }),
    ...Object.fromEntries(formulas.map((kind) => [kind, () => write(begun(kind, from, value))])),
  };
}

function sameControl(panel, held, like, set) {
  const { t, language } = panel;
  const names = like.map((other) => [other.field.key, `${other.number}. ${labelOf(other.field, language) || t("untitled")}`]);
  if (!like.some((other) => other.field.key === held.default.var)) names.unshift([held.default.var, t("missing_question")]);
  return selectControl({ label: t("which_question"), value: held.default.var, mark: "default:same", options: names, change: (key) => set({ var: key }) });
}

/** What a written first answer begins with. */
function fixed(doc, held) {
  const today = new Date().toLocaleDateString("sv");
  const [first] = (optionsOf(doc, held) || []).map((option) => option.value);
  const values = { boolean: true, choice: first, choices: first && [first], url: "https://", postcode: "10110", rating: 1, date: today, time: "08:00", number: "0", integer: 0, money: 0 };
  return held.type in values ? values[held.type] : "…";
}

function fixedControl(panel, { field: held }, set) {
  const { t, store, language } = panel;
  const label = t("default_value");
  const mark = "default:value";
  const options = held.type === "boolean" ? [["true", t("yes")], ["false", t("no")]]
    : held.type === "choice" && (optionsOf(store.doc, held) || []).map((option) => [option.value, say(option.label, language)]);
  if (options) return selectControl({ label, value: String(held.default), mark, options, change: (value) => set(held.type === "boolean" ? value === "true" : value) });
  if (WHOLE.includes(held.type)) return numberControl({ label, value: held.default, minimum: -1e12, mark, change: (value) => value !== undefined && set(value, true) });
  if (held.type === "number") return amountControl({ label, value: held.default, mark, change: (value) => set(String(value), true) });
  if (held.type === "choices") return severalControl(panel, held, label, set);
  const moment = ["date", "time"].includes(held.type);
  const control = h("input", {
    class: "b-input", type: moment ? held.type : "text", value: held.default, "data-f": mark, autocomplete: "off",
    [moment ? "onchange" : "oninput"]: (event) => event.target.value && set(event.target.value, true),
  });
  return labelled(label, control);
}

/** Several first answers as ticks; none is no first answer. */
function severalControl({ store, language }, held, label, set) {
  return h("fieldset", { class: "b-set" }, h("legend", { class: "b-label" }, label), (optionsOf(store.doc, held) || []).map((option) => tick({
    label: say(option.label, language), checked: held.default.includes(option.value), mark: `default:value:${option.value}`,
    change: (on) => {
      const next = [...held.default.filter((value) => value !== option.value), ...(on ? [option.value] : [])];
      set(next.length ? next : undefined);
    },
  })));
}
