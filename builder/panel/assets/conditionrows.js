// Draws a condition as rows: question – is – answer, with all or any of them, and says it in a sentence.
import { complete, expression, firstRow, operators, rows, sentence } from "./conditions.js";
import { button, numberControl, selectControl } from "./controls.js";
import { say } from "./document.js";
import { h } from "./dom.js";
import { earlier, optionsOf, rowsOf } from "./outline.js";

/** What the server says of a rule that rows cannot show, "" while it has not said anything. */
export const spoken = (panel, id, name) => panel.said[id]?.[name] || "";

/** A rule as the server says it, kept up to date when it says it anew; until then `otherwise`. */
export function saidLine(panel, id, name, otherwise = "") {
  const words = spoken(panel, id, name) || otherwise;
  return h("p", { class: "b-echo", "data-said": JSON.stringify([id, name, otherwise]), hidden: !words }, words);
}

/** Brings every rule that is said up to date. */
export function sayAgain(panel, holder) {
  for (const line of holder.querySelectorAll("[data-said]")) {
    const [id, name, otherwise] = JSON.parse(line.dataset.said);
    line.textContent = spoken(panel, id, name) || otherwise;
    line.hidden = !line.textContent;
  }
}

/** When something is shown, as the words of a chip. */
export function shownIf(panel, { id, rule, rows: around }) {
  const { store, language, t } = panel;
  const whole = rows(store.doc, rule, around) ? "" : spoken(panel, id, "visible");
  return whole || t("shown_if", { condition: sentence(store.doc, rule, language, t, around) });
}

/** What can be asked of a question; of a list that is kept elsewhere only whether something was chosen. */
const offered = (doc, field) => operators(field.type, { listed: !field.dataset || Boolean(optionsOf(doc, field)) });

/**
 * @param panel the panel
 * @param {{find: Function, key?: string, page?: string, mark: string, title: string, says: string}} where
 *   `find(doc)` is the thing whose `visible` is edited, `key` its name in the outline.
 */
export function conditionEditor(panel, where) {
  const { t } = panel;
  const { doc } = panel.store;
  const held = where.find(doc)?.visible;
  const around = where.key ? rowsOf(doc, where.key) : [];
  const read = rows(doc, held, around);
  const box = h("div", { class: "b-condition" }, h("h3", { class: "b-label" }, where.title));
  if (!read) {
    box.append(
      saidLine(panel, where.key || `page:${where.page}`, "visible", t(where.says, { condition: sentence(doc, held, panel.language, t, around) })),
      h("p", { class: "b-hint" }, t("too_complex")),
      button(t("remove_condition"), () => save(panel, where, { mode: "all", rows: [] }), { mark: `${where.mark}:drop` }),
    );
    return box;
  }
  const draft = panel.conditionDraft(where.mark, read);
  const sources = earlier(doc, where.key, where.page);
  const update = (change) => {
    change(draft);
    save(panel, where, draft);
  };
  if (draft.rows.length > 1) box.append(modeControl(t, draft, update, where.mark));
  draft.rows.forEach((row, index) => box.append(rowControls(panel, { row, index, sources, update, mark: where.mark })));
  if (!sources.length) box.append(h("p", { class: "b-hint" }, t("no_earlier_question")));
  else {
    box.append(
      button(t(draft.rows.length ? "add_condition_more" : "add_condition"), () => {
        const { field } = sources.at(-1);
        draft.rows.push(firstRow(field, offered(doc, field)));
        save(panel, where, draft);
      }, { mark: `${where.mark}:add`, kind: "link" }),
    );
  }
  if (draft.rows.some(complete)) {
    box.append(h("p", { class: "b-echo" }, t(where.says, { condition: sentence(doc, held, panel.language, t, around) })));
  }
  return box;
}

function save(panel, where, draft) {
  const made = expression(draft);
  const around = where.key ? rowsOf(panel.store.doc, where.key) : [];
  panel.keepDraft(where.mark, draft, rows(panel.store.doc, made, around));
  panel.store.apply((doc) => {
    const holder = where.find(doc);
    if (made === undefined) delete holder.visible;
    else holder.visible = made;
  });
}

function modeControl(t, draft, update, mark) {
  return selectControl({
    label: t("condition_mode"),
    hideLabel: true,
    value: draft.mode,
    mark: `${mark}:mode`,
    options: [["all", t("all_of")], ["any", t("any_of")]],
    change: (value) => update((next) => { next.mode = value; }),
  });
}

function rowControls(panel, { row, index, sources, update, mark }) {
  const { t, language } = panel;
  const source = sources.find(({ field }) => field.key === row.key);
  const known = sources.map(({ field, number }) => [field.key, `${number}. ${say(field.label, language) || t("untitled")}`]);
  if (!source) known.unshift([row.key, t("missing_question")]);
  const choices = source ? offered(panel.store.doc, source.field) : operators("text");
  if (!choices.includes(row.operator)) choices.push(row.operator);
  return h(
    "div",
    { class: "b-row", role: "group", "aria-label": t("condition_number", { number: index + 1 }) },
    selectControl({
      label: t("which_question"), hideLabel: true, value: row.key, options: known, mark: `${mark}:q${index}`,
      change: (key) => update((draft) => {
        const { field } = sources.find((one) => one.field.key === key);
        draft.rows[index] = firstRow(field, offered(panel.store.doc, field));
      }),
    }),
    selectControl({
      label: t("comparison"), hideLabel: true, value: row.operator, mark: `${mark}:o${index}`,
      options: choices.map((name) => [name, t(`operator_${name}`)]),
      change: (operator) => update((draft) => {
        const { values } = firstRow(source?.field || { key: row.key }, [operator]);
        if (!draft.rows[index].values.length || operator.endsWith("answered")) draft.rows[index].values = values;
        draft.rows[index].operator = operator;
      }),
    }),
    answerControl(panel, { row, index, field: source?.field, update, mark }),
    button(t("remove_row", { number: index + 1 }), () => update((draft) => draft.rows.splice(index, 1)), { icon: "×", kind: "icon", mark: `${mark}:x${index}` }),
  );
}

const MOMENTS = { date: "date", time: "time", datetime: "datetime-local" };

function answerControl(panel, { row, index, field, update, mark }) {
  const { t, language } = panel;
  if (row.operator.endsWith("answered") || !field) return null;
  const set = (values) => update((draft) => { draft.rows[index].values = values; });
  if (typeof row.values[0] === "boolean") {
    return selectControl({
      label: t("answer"), hideLabel: true, value: String(row.values[0]), mark: `${mark}:a${index}`,
      options: [["true", t("yes")], ["false", t("no")]], change: (value) => set([value === "true"]),
    });
  }
  const options = optionsOf(panel.store.doc, field);
  if (options) {
    return h(
      "div",
      { class: "b-answers", role: "group", "aria-label": t("answer") },
      options.map((option) => {
        const on = row.values.includes(option.value);
        const next = on ? row.values.filter((value) => value !== option.value) : [...row.values, option.value];
        return h("button", {
          type: "button", class: `b-answer${on ? " b-answer--on" : ""}`, "aria-pressed": String(on),
          "data-f": `${mark}:a${index}:${option.value}`, onclick: () => set(next),
        }, say(option.label, language));
      }),
      !options.length && h("span", { class: "b-hint" }, t("no_options_yet")),
    );
  }
  if (MOMENTS[field.type]) {
    const offset = field.type === "datetime" ? panel.settings.offset : "";
    return h("input", {
      type: MOMENTS[field.type], class: "b-input", value: row.values[0].slice(0, field.type === "datetime" ? 16 : undefined), "aria-label": t("answer"),
      "data-f": `${mark}:a${index}`, onchange: (event) => set([event.target.value && event.target.value + offset]),
    });
  }
  return numberControl({
    label: t("answer"), hideLabel: true, minimum: field.type === "repeat" ? 0 : -1e12, value: row.values[0] === "" ? undefined : row.values[0], mark: `${mark}:a${index}`,
    change: (number) => set([number ?? ""]),
  });
}
