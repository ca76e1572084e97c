// Draws a condition as rows: question – what of it – is – answer, with all or any of them, and says it in a sentence.
import { answerControl } from "./answercontrol.js";
import { comparable, complete, expression, firstCheck, firstRow, operators, rows } from "./conditions.js";
import { button, selectControl } from "./controls.js";
import { brief, labelOf } from "./document.js";
import { h } from "./dom.js";
import { doubtLines } from "./doubtlines.js";
import { edit } from "./edits.js";
import { laterSources, moveBehind } from "./later.js";
import { named, nameable, question, rowsOf } from "./outline.js";
import { ofCalled, sentence, wordCalled } from "./sentences.js";
import { asked, inRow, subject } from "./subjects.js";
import { conditionSays, trialBox } from "./trialbox.js";

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
export function shownIf(panel, { id, rule, rows: around, says = "shown_if" }) {
  const { store, language, t } = panel;
  const whole = rows(store.doc, rule, around) ? "" : spoken(panel, id, "visible");
  return whole || t(says, { condition: sentence(store.doc, rule, language, t, around) });
}

/**
 * Edits the condition `find(doc)[rule]`.
 *
 * @param panel the panel
 * @param {{find: Function, rule: string, key?: string, page?: string, row?: boolean, mark: string, title: string,
 *   says: string, add?: string, none?: string, quiet?: boolean, emptied?: Function, put?: Function, untried?: boolean}} where
 *   `find(doc, make)` holds the rule, `key` or `page` is what it belongs to, `row` says that it is asked of each entry;
 *   `says` is the sentence with a {condition}, `add` the words of the button for the first row, `none` what is said
 *   where no question can be named; a `quiet` one has no heading without rows, `emptied(doc)` is called when the last row is taken out,
 *   `put(doc, expression)` keeps it elsewhere, an `untried` one has no sample answers beside it.
 */
export function conditionEditor(panel, where) {
  const { t } = panel;
  const { doc } = panel.store;
  const held = where.find(doc)?.[where.rule] || undefined;
  const around = rowsOf(doc, where.key, where.row);
  const read = rows(doc, held, around);
  const silent = where.quiet && !begunOrHeld(panel, where);
  const box = h("div", { class: `b-condition${silent ? " b-condition--quiet" : ""}` }, !silent && h("h3", { class: "b-label" }, where.title));
  if (!read) {
    box.append(
      saidLine(panel, where.key || `page:${where.page}`, where.row ? "row" : where.rule, t(where.says, { condition: sentence(doc, held, panel.language, t, around) })),
      !where.untried && tried(panel, where, around),
      h("p", { class: "b-hint" }, t("too_complex")),
      button(t("remove_condition"), () => save(panel, where, { mode: "all", rows: [] }), { mark: `${where.mark}:drop` }),
    );
    return box;
  }
  const draft = panel.drafts.of(where.mark, read);
  const sources = nameable(doc, where);
  const update = (change) => {
    change(draft);
    save(panel, where, draft);
  };
  if (draft.rows.length > 1) box.append(modeControl(t, draft, update, where.mark));
  const odd = doubtLines(panel, { draft, where, around });
  const later = where.rule === "visible" ? laterSources(doc, where) : [];
  draft.rows.forEach((row, index) => box.append(rowBox(panel, { row, index, sources, later: behind(panel, where, later, index), around, update, mark: where.mark, odd })));
  box.append(...odd(undefined));
  if (!sources.length) {
    box.append(h("p", { class: "b-hint", hidden: where.quiet }, t(where.none || "no_earlier_question")));
    if (later.length && !draft.rows.length) box.append(laterControl(panel, where, later));
  } else {
    box.append(
      button(t(draft.rows.length ? "add_condition_more" : where.add || "add_condition"), () => {
        const { field } = sources.find((one) => one.id === where.key) || sources.at(-1);
        draft.rows.push(where.rule === "check" ? firstCheck(doc, field) : firstRow(doc, field));
        save(panel, where, draft);
      }, { mark: `${where.mark}:add`, kind: "link" }),
    );
  }
  if (draft.rows.some(complete)) {
    box.append(h("p", { class: "b-echo" }, t(where.says, { condition: sentence(doc, held, panel.language, t, around) })));
  }
  if (held !== undefined && !where.untried) box.append(tried(panel, where, around));
  return box;
}

/** The questions asked later, and what choosing one does: the thing moves behind it, and the row begins with it. */
function behind(panel, where, later, index) {
  const { t, language } = panel;
  const name = ({ field }) => brief(labelOf(field, language)) || t("untitled");
  const choose = (id) => {
    const { doc } = panel.store;
    const around = rowsOf(doc, where.key);
    const source = question(doc, id);
    const words = name(source);
    const { mode, rows: held } = panel.drafts.of(where.mark, rows(doc, where.find(doc)?.[where.rule], around));
    const draft = { mode, rows: [...held.slice(0, index), firstRow(doc, source.field), ...held.slice(index + 1)] };
    const made = expression(draft);
    const work = (next) => {
      moveBehind(next, where, id);
      written(next, where, made);
    };
    edit(panel, work, {
      within: () => panel.drafts.keep(where.mark, draft, rows(doc, made, around)),
      done: (_moved, sentences) => {
        panel.focus(`${where.mark}:${index}:q`);
        panel.announce([t("moved_behind", { name: words }), ...sentences].join(" "));
      },
    });
  };
  return { choose, offered: later.map((one) => [`later:${one.id}`, t("later_question", { name: `${one.number}. ${name(one)}` })]) };
}

/** Where nothing is asked before: what is asked later, to go behind. */
function laterControl(panel, where, later) {
  const { choose, offered } = behind(panel, where, later, 0);
  const { t } = panel;
  return selectControl({
    label: t("later_which"), hint: t("later_hint"), value: "", mark: `${where.mark}:later`, options: [["", t("later_choose")], ...offered],
    change: (value) => value && choose(value.slice(6)),
  });
}

/** Sample answers beside the condition, and what it comes to with them. */
function tried(panel, where, around) {
  const name = where.row ? "row" : where.rule;
  return trialBox(panel, { mark: where.mark, rule: (doc) => where.find(doc)?.[where.rule], around, title: panel.t("try_title"), says: conditionSays(panel, name) });
}

/** Whether there is a condition, or one that is being written. */
export function begunOrHeld(panel, where) {
  const held = where.find(panel.store.doc)?.[where.rule] || undefined;
  return held !== undefined || panel.drafts.begun(where.mark, rows(panel.store.doc, held, rowsOf(panel.store.doc, where.key, where.row)));
}

function save(panel, where, draft) {
  const made = expression(draft);
  const { put = (doc) => written(doc, where, made) } = where;
  panel.drafts.keep(where.mark, draft, rows(panel.store.doc, made, rowsOf(panel.store.doc, where.key, where.row)));
  panel.store.apply((doc) => {
    put(doc, made);
    if (!draft.rows.length) where.emptied?.(doc);
  });
}

function written(doc, where, made) {
  const holder = where.find(doc, made !== undefined);
  if (made !== undefined) holder[where.rule] = made;
  else if (holder) delete holder[where.rule];
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

function rowBox(panel, { row, index, sources, later, around, update, mark, odd }) {
  const { t } = panel;
  const set = (next) => update((draft) => { draft.rows[index] = next; });
  return h(
    "div",
    { class: "b-row", role: "group", "aria-label": t("condition_number", { number: index + 1 }) },
    h("div", { class: "b-row__parts" }, rowParts(panel, { row, sources, later, around, set, mark: `${mark}:${index}` }), odd(index)),
    button(t("remove_row", { number: index + 1 }), () => update((draft) => draft.rows.splice(index, 1)), { icon: "×", kind: "icon", mark: `${mark}:${index}:x` }),
  );
}

/** The controls of one row; a row about the entries of a repeat has those of a row inside. */
function rowParts(panel, { row, sources, later, around, set, mark }) {
  const { t, language, store: { doc } } = panel;
  const field = sources.find((one) => one.field.key === row.key)?.field;
  const known = sources.map((one) => [one.field.key, [one.number, labelOf(one.field, language) || t("untitled")].filter(Boolean).join(". ")]);
  const asked_ = !field && named(doc, around, row.key);
  if (!field) known.unshift([row.key, asked_ ? t("later_question", { name: brief(labelOf(asked_, language)) || t("untitled") }) : t("missing_question")]);
  const offered = [...new Set([...(field ? asked(doc, field) : []), row.of || ""])];
  const choices = [...new Set([...(field ? operators(doc, field, row.of) : []), row.operator])];
  return [
    selectControl({
      label: t("which_question"), hideLabel: true, value: row.key, options: [...known, ...(later?.offered || [])], mark: `${mark}:q`,
      change: (key) => key.startsWith("later:") ? later.choose(key.slice(6)) : set(firstRow(doc, sources.find((one) => one.field.key === key).field)),
    }),
    field && offered.length > 1 && selectControl({
      label: t("what_of_it"), hideLabel: true, value: row.of || "", mark: `${mark}:w`,
      options: offered.map((of) => [of, ofCalled(field, of, language, t) || t("of_self")]), change: (of) => set(firstRow(doc, field, of)),
    }),
    row.operator === "row" && field
      ? rowParts(panel, { row: row.inner, sources: inRow(field).filter((one) => subject(doc, one)?.value).map((one) => ({ field: one })), around: [...around, row.key], set: (inner) => set({ ...row, inner }), mark: `${mark}:i` })
      : [
        selectControl({
          label: t("comparison"), hideLabel: true, value: row.operator, mark: `${mark}:o`,
          options: choices.map((name) => [name, t(`operator_${name}`)]), change: (operator) => set(compared(doc, field, row, operator)),
        }),
        field && againstControl(panel, { row, field, sources, around, set, mark }),
        field && !row.against && answerControl(panel, { row, field, set, mark }),
      ],
  ];
}

/** The row with another comparison; the answer stays where it still can. */
function compared(doc, field, row, operator) {
  if (!field) return { ...row, operator };
  const fresh = firstRow(doc, field, row.of || "", [operator]);
  const keeps = !operator.endsWith("answered") && (row.values.length > 0 || row.against);
  return keeps ? { ...row, operator } : fresh;
}

/** What the answer is compared with: something written, today, or another answer. */
function againstControl(panel, { row, field, sources, around, set, mark }) {
  const { t, language, store: { doc } } = panel;
  const words = comparable(doc, sources, row, field);
  if (!words.length && !row.against) return null;
  const { against: _against, ...rest } = row;
  const named_ = (word) => wordCalled((key) => named(doc, around, key), word, language, t);
  return selectControl({
    label: t("against"), hideLabel: true, value: row.against || "", mark: `${mark}:g`,
    options: [["", t("against_written")], ...[...new Set([...(row.against ? [row.against] : []), ...words])].map((word) => [word, named_(word)])],
    change: (word) => set(word ? { ...rest, values: [], against: word } : { ...rest, values: subject(doc, field, row.of)?.options ? [] : [""] }),
  });
}
