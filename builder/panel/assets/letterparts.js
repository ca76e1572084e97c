// What each kind of part of a letter holds, as controls. `at` names the part: its letter, its path, and how to find it.
import { button, selectControl, tick } from "./controls.js";
import { copyOf, labelOf, languages, say } from "./document.js";
import { choices, openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { edit } from "./edits.js";
import { blockAt, columnsOf, rowsAt } from "./letteredits.js";
import { rowList } from "./letterrows.js";
import { around, letterText } from "./lettertext.js";
import { outline, visibleFrom } from "./outline.js";

const MOST_ITEMS = 50;
const MOST_LINES = 60;
const MOST_COLUMNS = 10;
const empty = (doc) => ({ [languages(doc)[0]]: "" });

/** The questions with several entries that a part where `rows` are around may be about. */
export const repeats = (doc, rows) => visibleFrom(outline(doc), rows).map((one) => one.field).filter((field) => field.type === "repeat" && !rows.includes(field.key));

const set = (panel, { find }, name, value) => panel.store.apply((doc) => {
  if (value === undefined || value === false) delete find(doc)[name];
  else find(doc)[name] = value;
});

const flag = (panel, at, name) => tick({
  label: panel.t(`block_${name}`), checked: at.block[name] === true, mark: `${at.mark}:${name}`, change: (on) => set(panel, at, name, on),
});

function align(panel, at, usual = "justify", ways = ["justify", "left", "center", "right"]) {
  return selectControl({
    label: panel.t("block_align"), value: at.block.align || usual, mark: `${at.mark}:align`, wide: false,
    options: ways.map((way) => [way, panel.t(`align_${way}`)]), change: (way) => set(panel, at, "align", way === usual ? undefined : way),
  });
}

const words = (panel, at, name) => letterText(panel, { find: at.find, name, label: panel.t(`block_${name}_words`), mark: `${at.mark}:text`, place: at.place, long: name === "paragraph" });

function items(panel, at) {
  const list = (doc) => at.find(doc)?.items;
  return [
    rowList(panel, {
      list, most: MOST_ITEMS, mark: `${at.mark}:item`, words: panel.t("item_add"), add: empty,
      draw: (_item, index) => letterText(panel, { find: list, name: index, label: panel.t("letter_line", { number: index + 1 }), mark: `${at.mark}:item:${index}:text`, place: at.place, long: true }),
    }),
    flag(panel, at, "numbered"),
  ];
}

function details(panel, at) {
  const list = (doc) => at.find(doc)?.details;
  return [
    rowList(panel, {
      list, most: MOST_LINES, mark: `${at.mark}:detail`, words: panel.t("detail_add"), add: (doc) => ({ label: empty(doc), value: empty(doc) }),
      draw: (line, index) => detail(panel, at, line, index),
    }),
    button(panel.t("details_several"), () => severalLines(panel, at), { mark: `${at.mark}:several` }),
    flag(panel, at, "numbered"),
  ];
}

/** One line: the answer to a question, or words of its own. */
function detail(panel, at, line, index) {
  const { t } = panel;
  const mark = `${at.mark}:detail:${index}`;
  const find = (doc) => at.find(doc)?.details[index];
  const known = at.place.known.filter((one) => one.field && (one.offered || one.name === line.question));
  const gone = line.question && !known.some((one) => one.name === line.question) ? [[line.question, t("missing_question")]] : [];
  const source = selectControl({
    label: t("detail_source"), value: line.question || "", mark: `${mark}:question`,
    options: [["", t("detail_own")], ...gone, ...known.map((one) => [one.name, one.words])],
    change: (key) => panel.store.apply((doc) => { at.find(doc).details[index] = key ? { question: key } : own(doc, find(doc), known); }),
  });
  const label = letterText(panel, { find, name: "label", label: t(line.question ? "detail_label_other" : "detail_label"), mark: line.question ? `${mark}:label` : `${mark}:text`, place: at.place, keep: !line.question });
  if (line.question) label.querySelector(".b-input").placeholder ||= known.find((one) => one.name === line.question)?.words || "";
  return [source, label, !line.question && letterText(panel, { find, name: "value", label: t("detail_value"), mark: `${mark}:value`, place: at.place })];
}

/** A line of a question as one in words of its own, which say the same. */
function own(doc, line, known) {
  const held = known.find((one) => one.name === line.question)?.field;
  const value = held ? Object.fromEntries(languages(doc).map((code) => [code, `{${line.question}}`])) : empty(doc);
  return { label: copyOf(line.label || held?.label || empty(doc)), value };
}

/** Ticks for every question, to add a line for each at once. */
function severalLines(panel, at) {
  const { t } = panel;
  const held = new Set(at.block.details.map((line) => line.question));
  const chosen = new Set();
  const known = at.place.known.filter((one) => one.field && one.offered && !held.has(one.name));
  openDialog(panel, {
    title: t("details_several"), mark: "details",
    body: (close) => [
      !known.length && h("p", { class: "b-hint" }, t("details_all")),
      h("div", { class: "b-picklist" }, known.map((one) => tick({ label: one.words, checked: false, change: (on) => (on ? chosen.add(one.name) : chosen.delete(one.name)) }))),
      choices(panel, close, { words: t("details_take"), disabled: !known.length, press: () => close(() => take(panel, at, known.filter((one) => chosen.has(one.name)))) }),
    ],
  });
}

/** Adds the lines; empty ones that were begun go. */
function take(panel, at, chosen) {
  if (!chosen.length) return;
  const begun = (line) => line.question || say(line.label, panel.language) || say(line.value, panel.language);
  panel.store.apply((doc) => {
    const block = at.find(doc);
    block.details = [...block.details.filter(begun), ...chosen.map(({ name }) => ({ question: name }))].slice(0, MOST_LINES);
  });
}

function ofRepeat(panel, at, name, change) {
  const { store: { doc }, t, language } = panel;
  const all = repeats(doc, at.rows);
  const held = at.block[name];
  const gone = all.some((field) => field.key === held) ? [] : [[held, t("missing_question")]];
  return selectControl({
    label: t("block_entries"), value: held, mark: `${at.mark}:of`, options: [...gone, ...all.map((field) => [field.key, labelOf(field, language) || t("untitled")])],
    change: (key) => edit(panel, (next) => change(next, at.find(next), all.find((field) => field.key === key))),
  });
}

function table(panel, at) {
  const { t } = panel;
  const place = at.fill;
  const list = (doc) => at.find(doc)?.columns;
  return [
    ofRepeat(panel, at, "table", (doc, block, field) => { block.table = field.key; block.columns = columnsOf(doc, field); }),
    rowList(panel, {
      list, most: MOST_COLUMNS, mark: `${at.mark}:column`, words: t("column_more"), add: (doc) => ({ title: empty(doc), value: empty(doc) }),
      draw: (column, index) => {
        const mark = `${at.mark}:column:${index}`;
        const find = (doc) => list(doc)?.[index];
        return [
          letterText(panel, { find, name: "title", label: t("column_title"), mark: `${mark}:text`, place }),
          letterText(panel, { find, name: "value", label: t("column_value"), mark: `${mark}:value`, place }),
          align(panel, { find, block: column, mark }, "left", ["left", "center", "right"]),
        ];
      },
    }),
    flag(panel, at, "numbered"),
  ];
}

/** By kind, the controls of a part. */
export const PARTS = {
  paragraph: (panel, at) => [words(panel, at, "paragraph"), h("div", { class: "b-pair" }, align(panel, at), flag(panel, at, "indent"))],
  heading: (panel, at) => words(panel, at, "heading"),
  items, details, table,
  each: (panel, at) => ofRepeat(panel, at, "each", (_doc, block, field) => { block.each = field.key; }),
  break: (panel) => h("p", { class: "b-hint" }, panel.t("block_break_hint")),
};

/** What a part is made of where it stands, for its controls. */
export const placed = (panel, key, path) => {
  const { doc } = panel.store;
  const rows = rowsAt(doc, key, path);
  const block = blockAt(doc, key, path);
  const place = around(panel, rows);
  return {
    key, path, rows, block, place, fill: block.table === undefined ? place : around(panel, rowsAt(doc, key, path, true)),
    mark: `part:${key}:${path.join(".")}`, find: (held) => blockAt(held, key, path),
  };
};
