// The window in which a list from a sheet is looked at before it becomes the answers of a question.
import { button } from "./controls.js";
import { openDialog } from "./dialogs.js";
import { brief, listed } from "./document.js";
import { h, redraw } from "./dom.js";
import { edit } from "./edits.js";
import { add, isTable, MOST, read, words } from "./listlines.js";
import { field } from "./settings.js";

const SHOWN = 8;
const NAMED = 5;

/** Opens the window for the question `id`, with `text` if something was pasted already. */
export function openPaste(panel, id, text = "") {
  const { t, language, store } = panel;
  const state = { text, anew: false };
  const seen = h("div", { class: "b-seen", role: "status" });
  const found = () => read(state.text, state.anew ? [] : words(field(id)(store.doc), language));
  openDialog(panel, {
    title: t("list_paste"), mark: "list",
    body: (close) => {
      const take = (anew) => {
        state.anew = anew;
        const { items } = found();
        close(() => {
          edit(panel, (doc) => add(doc, field(id)(doc), items, language, { anew }), {
            done: () => {
              panel.announce(t("list_taken", { count: items.length }));
              panel.focus("options:paste");
            },
          });
        });
      };
      const drawn = () => redraw(seen, preview(panel, found(), { take, close, held: field(id)(store.doc) }));
      const area = h("textarea", {
        class: "b-input", rows: 6, value: text, "aria-label": t("list_paste_here"), "data-f": "list:text",
        oninput: (event) => { state.text = event.target.value; drawn(); },
      });
      drawn();
      return [h("p", { class: "b-hint" }, t("list_paste_hint")), area, seen];
    },
  }).dialog.querySelector("textarea").focus();
}

function preview(panel, { items, doubled, long, count }, { take, close, held }) {
  const { t, settings } = panel;
  const leave = button(t("leave"), () => close(), { mark: "dialog:leave" });
  const buttons = (...more) => h("div", { class: "b-actions" }, more, leave);
  const room = MOST - (held.options || []).length;
  const number = (value) => value.toLocaleString(settings.language);
  const tooMany = (lines) => [
    h("p", { class: "b-wrong" }, t("list_too_long", { count: number(lines), most: number(MOST) })),
    h("p", {}, h("a", { href: settings.lists_address, target: "_blank", rel: "noopener" }, t("list_all"))),
  ];
  if (count > MOST) return [...tooMany(count), buttons()];
  if (!count) return [buttons()];
  const some = (names) => listed(names.slice(0, NAMED).map(brief), t("and")) + (names.length > NAMED ? ` ${t("and_more", { count: names.length - NAMED })}` : "");
  return [
    h("p", { class: "b-label" }, t("list_found", { count: items.length })),
    doubled.length > 0 && h("p", {}, t("list_doubled", { names: some(doubled) })),
    long.length > 0 && h("p", {}, t("list_long", { names: some(long) })),
    items.length > 0 && sample(panel, items),
    items.length > room && tooMany(items.length + MOST - room),
    buttons(
      button(t("list_add", { count: items.length }), () => take(false), { kind: "main", mark: "list:add", disabled: !items.length || items.length > room }),
      (held.options || []).length > 0 && button(t("list_anew"), () => take(true), { mark: "list:anew" }),
    ),
  ];
}

function sample(panel, items) {
  const { t } = panel;
  const valued = items.some(({ value }) => value);
  return h(
    "table",
    { class: "b-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("list_words")), valued && h("th", { scope: "col" }, t("list_value")))),
    h("tbody", {}, items.slice(0, SHOWN).map(({ label, value }) => h("tr", {}, h("td", {}, brief(label)), valued && h("td", {}, value || t("list_value_made"))))),
    items.length > SHOWN && h("caption", { class: "b-hint" }, t("and_more", { count: items.length - SHOWN })),
  );
}

/** What is pasted into the answers: columns and lists that are too long are looked at first. */
export function pasted(panel, id, event) {
  const text = event.clipboardData.getData("text/plain");
  if (!isTable(text) || !(text.includes("\t") || read(text).count > MOST)) return;
  event.preventDefault();
  openPaste(panel, id, text);
}
