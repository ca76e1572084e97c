// Draws how an answer is worked out: which kind of formula, and of which answers.
import { saidLine } from "./conditionrows.js";
import { amountControl, button, numberControl, selectControl } from "./controls.js";
import { lastDay } from "./countedrows.js";
import { brief, labelOf } from "./document.js";
import { h } from "./dom.js";
import { edit } from "./edits.js";
import { begun, kinds, read, sources, write } from "./formulas.js";
import { laterSources, moveBehind } from "./later.js";
import { called, momentControl } from "./momentrows.js";
import { isDay, TODAY } from "./operands.js";
import { rowsOf } from "./outline.js";
import { change, field, setOrDrop } from "./settings.js";
import { spelt } from "./keys.js";
import { chainParts } from "./chainrows.js";
import { tariffParts } from "./tariffrows.js";
import { formulaSays, trialBox } from "./trialbox.js";

const MOST_PLACES = 6;

/** Who answers: the applicant, or a formula; nothing where no formula is possible and none is there. */
export function calculateControl(panel, one) {
  const { t, settings, store } = panel;
  const { field: held, id } = one;
  const value = settings.values[held.type];
  if (!held.calculate && !settings.calculable.includes(held.type)) return null;
  const from = sources(store.doc, id, settings.values);
  const chained = panel.chains || (panel.chains = new Set());
  const formula = held.calculate && read(held.calculate, chained.has(id));
  if (held.calculate && !(shown(from, formula) && fits(held, formula.kind))) return kept(panel, one);
  const offered = kinds(from, value).filter((kind) => fits(held, kind));
  if (!offered.length && !formula) return laterAnswers(panel, one, { label: t("who_answers"), none: t("answered_by_applicant"), says: "formula_after" });
  const set = (next, typing = false) => change(panel, id, (field) => {
    setOrDrop(field, "calculate", next && write(next));
    if (!next) delete field.cost;
    if (next) for (const name of ["default", "prefill", "readOnly", "required"]) delete field[name];
  }, typing);
  const choices = [...new Set([...(formula ? [formula.kind] : []), ...offered])];
  return h(
    "div",
    { class: "b-settings" },
    selectControl({
      label: t("who_answers"), value: formula ? formula.kind : "", mark: "calculate",
      options: [["", t("answered_by_applicant")], ...choices.map((kind) => [kind, t(`formula_${kind}`)])],
      change: (kind) => {
        if (kind === "chain") chained.add(id);
        else chained.delete(id);
        set(kind && begun(kind, from, value));
      },
    }),
    formula && (formula.kind === "tariff" ? tariffParts(panel, { formula, from, id }) : parts(panel, { formula, from, set, id, value })),
    formula && formula.kind !== "tariff" && saidLine(panel, id, "calculate"),
    formula && examples(panel, one),
    formula && laterAnswers(panel, one, { label: t("formula_later"), none: t("later_choose"), says: "later_question" }),
  );
}

/** What is asked later and something could be worked out of: the question moves behind the one that is chosen. */
function laterAnswers(panel, { field: held, id }, { label, none, says }) {
  const { t, language, settings, store } = panel;
  const value = settings.values[held.type];
  const given = value === "number" ? ["number", "rows", "date"] : [value];
  const later = laterSources(store.doc, { key: id }).filter(({ field }) => field.type === "choice" || given.includes(settings.values[field.type]));
  if (!later.length) return null;
  const name = ({ field }) => brief(labelOf(field, language)) || t("untitled");
  const move = (source) => edit(panel, (next) => moveBehind(next, { key: id }, source.id), {
    done: (_moved, sentences) => {
      panel.focus("calculate");
      panel.announce([t("moved_behind", { name: name(source) }), ...sentences].join(" "));
    },
  });
  return selectControl({
    label, hint: t("later_hint"), value: "", mark: "calculate:later",
    options: [["", none], ...later.map((one) => [one.id, t(says, { name: `${one.number}. ${name(one)}` })])],
    change: (chosen) => chosen && move(later.find((one) => one.id === chosen)),
  });
}

/** Tariffs are written in rupiah, so only an amount of rupiah is made of them. */
const fits = (held, kind) => kind !== "tariff" || (held.type === "money" && (held.currency || "IDR") === "IDR");

const EXAMPLES = 3;

/** What comes out with sample answers. */
function examples(panel, { field: held, id }) {
  const value = panel.settings.values[held.type];
  return trialBox(panel, {
    mark: `calculate:${id}`, rule: (doc) => field(id)(doc)?.calculate, around: rowsOf(panel.store.doc, id), wants: value,
    turns: value === "number" ? EXAMPLES : 1, title: panel.t("try_examples"), says: formulaSays(panel, held),
  });
}

/** Whether every answer a formula is made of can be found where the clerk may choose. */
export const shown = (from, formula) => formula && formula.keys.every((word) => word === TODAY || isDay(word) || from.field(word.split(".")[0]));

function kept(panel, one) {
  const { t } = panel;
  const { id } = one;
  return h(
    "div",
    { class: "b-settings" },
    h("h3", { class: "b-label" }, t("who_answers")),
    saidLine(panel, id, "calculate", t("worked_out")),
    examples(panel, one),
    h("p", { class: "b-hint" }, t("formula_kept")),
    button(t("formula_remove"), () => change(panel, id, (field) => { delete field.calculate; delete field.cost; }), { mark: "calculate:drop" }),
  );
}

/** The parts of a formula that gives the first answer, `set(formula, typing)` keeps another one. */
export function formulaParts(panel, { id, value, formula, set }) {
  return parts(panel, { formula, set, id, value, from: sources(panel.store.doc, id, panel.settings.values) });
}

/** While somebody types nothing is drawn anew, so all controls share the newest formula. */
const shared = ({ formula, set, ...context }) => ({
  ...context, formula,
  set: (next, typing = false) => {
    for (const name of Object.keys(formula)) if (!(name in next)) delete formula[name];
    Object.assign(formula, next);
    set(next, typing);
  },
});

function parts(panel, given) {
  const { t } = panel;
  const context = shared(given);
  const { formula, from, set, value } = context;
  const { kind } = formula;
  const numbers = from.of("number");
  const pick = (at, words, options) => operandControl(panel, context, { at, label: t(words), options });
  const made = {
    sum: () => chips(panel, context, { name: "keys", label: t("formula_of"), options: numbers }),
    times: () => [pick(0, "formula_number", numbers), factorControl(panel, context)],
    product: () => [pick(0, "formula_number", numbers), pick(1, "formula_times_what", numbers)],
    fee: () => [pick(0, "formula_number", numbers), pick(1, "formula_list", from.listed("number")), columnControl(panel, context, 1, "number")],
    column: () => [pick(0, "formula_list", from.listed(value)), columnControl(panel, context, 0, value)],
    count: () => pick(0, "formula_rows", from.rows),
    rowsum: () => [pick(0, "formula_rows", from.rows), chips(panel, context, { name: "inner", label: t("formula_each"), options: from.inner(formula.keys[0]), within: formula.keys[0] })],
    days: () => [period(panel, context), lastDay(panel, { last: formula.last, mark: "calculate", put: (last) => set({ ...formula, last }) })],
    years: () => period(panel, context),
    chain: () => chainParts(panel, context),
    same: () => pick(0, "formula_answer", value === "date" ? [TODAY, ...from.moments] : from.of(value)),
  }[kind]();
  const rounds = value === "number" && !["count", "days", "years"].includes(kind);
  return [
    made,
    rounds && numberControl({
      label: t("formula_places"), value: formula.places, maximum: MOST_PLACES, mark: "calculate:places",
      change: (places) => set({ ...formula, places }, true),
    }),
  ];
}

/** From which day to which. */
const period = (panel, { formula, from, set, id }) => ["formula_from", "formula_to"].map((label, at) => momentControl(panel, {
  label: panel.t(label), word: formula.keys[at], words: [TODAY, ...from.moments], written: true, id, mark: `calculate:${at}`,
  put: (word) => set({ ...formula, keys: formula.keys.map((key, place) => (place === at ? word : key)) }),
}));

function operandControl(panel, { formula, from, set, id, value }, { at, label, options }) {
  const known = [...new Set([formula.keys[at], ...options])];
  return selectControl({
    label, value: formula.keys[at], mark: `calculate:${at}`, options: known.map((word) => [word, called(panel, id, word)]),
    change: (word) => {
      const keys = formula.keys.map((key, place) => (place === at ? word : key));
      const next = { ...formula, keys };
      if (formula.kind === "rowsum") next.inner = from.inner(word).slice(0, 2);
      const columns = formula.column ? from.columns(keys.at(-1), formula.kind === "fee" ? "number" : value) : [];
      if (columns.length && !columns.includes(formula.column)) [next.column] = columns;
      set(next);
    },
  });
}

/** Several answers as chips that are on or off; the last one stays on. */
function chips(panel, { formula, set, id }, { name, label, options, within }) {
  const chosen = formula[name];
  const limit = name === "inner" ? 2 : options.length;
  const toggle = (key, on) => {
    const next = on ? chosen.filter((one) => one !== key) : [...chosen, key].slice(-limit);
    if (next.length) set({ ...formula, [name]: next });
  };
  return h(
    "div",
    { class: "b-field" },
    h("p", { class: "b-label" }, label),
    h("div", { class: "b-answers", role: "group", "aria-label": label }, [...new Set([...chosen, ...options])].sort((a, b) => options.indexOf(a) - options.indexOf(b)).map((key) => {
      const on = chosen.includes(key);
      return h("button", {
        type: "button", class: `b-answer${on ? " b-answer--on" : ""}`, "aria-pressed": String(on), "data-f": `calculate:${name}:${key}`, onclick: () => toggle(key, on),
      }, called(panel, id, key, within));
    })),
  );
}

const factorControl = (panel, { formula, set }) =>
  amountControl({ label: panel.t("formula_factor"), value: formula.factor, mark: "calculate:factor", change: (factor) => set({ ...formula, factor }, true) });

function columnControl(panel, { formula, from, set }, at, value) {
  return selectControl({
    label: panel.t("formula_value"), value: formula.column, mark: "calculate:column",
    options: [...new Set([formula.column, ...from.columns(formula.keys[at], value)])].map((name) => [name, spelt(name)]),
    change: (column) => set({ ...formula, column }),
  });
}
