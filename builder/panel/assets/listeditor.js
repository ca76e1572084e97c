// The table of a list in a window of its own: one line for each answer, one column for each fact about it.
import { button, selectControl } from "./controls.js";
import { say, write } from "./document.js";
import { openDialog } from "./dialogs.js";
import { h, redraw } from "./dom.js";
import { edit } from "./edits.js";
import { addColumn, addItem, cell, COLUMN_TYPES, paste, removeColumn, removeList, settleItem, users } from "./lists.js";
import { spelt } from "./keys.js";

/** Opens the list `key`; the window follows the document, also through undo, until it is closed. */
export function openList(panel, key) {
  const { t, store } = panel;
  const body = h("div", {});
  const drawn = ({ typing }) => {
    if (!store.doc.datasets?.[key]?.items) dialog.close();
    else if (!typing) redraw(body, table(panel, key, dialog));
  };
  const leave = store.subscribe(drawn);
  const { dialog } = openDialog(panel, { title: t("list_title", { name: spelt(key) }), mark: "rows", body: () => [body], closed: leave });
  drawn({ typing: false });
  focus(dialog, "item:0");
}

const listOf = (key) => (doc) => doc.datasets[key];

function table(panel, key, dialog) {
  const { t, store } = panel;
  const list = listOf(key)(store.doc);
  const columns = Object.entries(list.columns || {});
  const change = (work, how) => store.apply((doc) => work(listOf(key)(doc), doc), how);
  const head = columns.map(([name, type]) => h(
    "th",
    { scope: "col" },
    spelt(name), h("span", { class: "b-hint" }, t(`column_${type}`)),
    button(t("column_remove", { name: spelt(name) }), () => change((one) => removeColumn(one, name)), { icon: "×", kind: "icon", mark: `column:x:${name}` }),
  ));
  return [
    h("p", { class: "b-hint" }, t("list_hint", { count: users(store.doc, key).length })),
    h("div", { class: "b-scroll" }, h(
      "table",
      { class: "b-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("list_words")), head, h("td", {}))),
      h("tbody", {}, list.items.map((item, at) => line(panel, { key, item, at, columns, change }))),
    )),
    h("div", { class: "b-actions" }, button(t("item_add"), () => {
      change((one, doc) => addItem(doc, one));
      focus(dialog, `item:${listOf(key)(store.doc).items.length - 1}`);
    }, { mark: "item:add" })),
    columnForm(panel, change),
    h(
      "div",
      { class: "b-actions" },
      button(t("list_done"), () => dialog.close(), { kind: "main", mark: "list:done" }),
      button(t("list_remove"), () => store.apply((doc) => removeList(doc, key)), { kind: "danger", mark: "list:remove" }),
    ),
  ];
}

function focus(dialog, mark) {
  [...dialog.querySelectorAll("[data-f]")].find((one) => one.dataset.f === mark)?.focus();
}

function line(panel, { key, item, at, columns, change }) {
  const { t, language, store } = panel;
  const name = say(item.label, language) || t("item_number", { number: at + 1 });
  const words = h("input", {
    class: "b-input", type: "text", value: say(item.label, language), lang: language, autocomplete: "off", "data-f": `item:${at}`,
    "aria-label": t("item_words", { number: at + 1 }),
    oninput: (event) => change((list, doc) => write(doc, list.items[at], "label", language, event.target.value, { keep: true }), { tag: `list:${key}:${at}`, typing: true }),
    onchange: (event) => change((list) => settleItem(list, at, event.target.value), { tag: `list:${key}:${at}`, typing: true }),
    onpaste: (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
      if (!/[\t\n]/.test(text)) return;
      event.preventDefault();
      change((list, doc) => paste(doc, list, at, text.split(/\r?\n/).map((row) => row.split("\t")), language));
    },
  });
  const cells = columns.map(([column, type]) => h("td", {}, cellControl(panel, { item, at, column, type, name, change })));
  const last = listOf(key)(store.doc).items.length === 1;
  return h(
    "tr",
    {},
    h("td", {}, words), cells,
    h("td", {}, button(t("item_remove", { name }), () => edit(panel, (doc) => listOf(key)(doc).items.splice(at, 1)), { icon: "×", kind: "icon", mark: `item:x${at}`, disabled: last })),
  );
}

const INPUTS = { date: "date" };

function cellControl(panel, { item, at, column, type, name, change }) {
  const { t } = panel;
  const label = t("cell_of", { column: spelt(column), name });
  const set = (value, how) => change((list) => {
    if (value === undefined) delete list.items[at][column];
    else list.items[at][column] = value;
  }, how);
  const mark = `cell:${at}:${column}`;
  if (type === "boolean") {
    return selectControl({
      label, hideLabel: true, value: item[column] === undefined ? "" : String(item[column]), mark,
      options: [["", "–"], ["true", t("yes")], ["false", t("no")]], change: (value) => set(value === "" ? undefined : value === "true"),
    });
  }
  return h("input", {
    class: "b-input", type: INPUTS[type] || "text", value: String(item[column] ?? ""), "aria-label": label, autocomplete: "off", "data-f": mark,
    inputmode: ["number", "money"].includes(type) ? "decimal" : undefined,
    oninput: (event) => {
      const value = cell(type, event.target.value);
      event.target.setAttribute("aria-invalid", String(value === null));
      if (value !== null) set(value, { tag: mark, typing: true });
    },
  });
}

function columnForm(panel, change) {
  const { t } = panel;
  const name = h("input", { class: "b-input", type: "text", "aria-label": t("column_name"), placeholder: t("column_name"), autocomplete: "off", "data-f": "column:name" });
  const type = selectControl({ label: t("column_type"), hideLabel: true, value: "text", mark: "column:type", options: COLUMN_TYPES.map((one) => [one, t(`column_${one}`)]), change: () => {} });
  const add = () => name.value.trim() && change((list) => addColumn(list, name.value, type.value));
  return h("div", { class: "b-newcolumn" }, h("p", { class: "b-label" }, t("column_new")), h("p", { class: "b-hint" }, t("column_hint")), name, type, button(t("column_add"), add, { mark: "column:add" }));
}
