// Draws who sees what: a window with one line for each page and question and one column for each answer to one question.
import { gapped } from "./chiptext.js";
import { button, selectControl, tick } from "./controls.js";
import { openDialog } from "./dialogs.js";
import { brief, say } from "./document.js";
import { h, redraw } from "./dom.js";
import { optionsOf } from "./outline.js";
import { deciders, differs, paths } from "./paths.js";

/** The button that opens the window; nothing where no answer decides anything. */
export function pathButton(panel) {
  if (!deciders(panel.store.doc).length) return null;
  return button(panel.t("paths_open"), () => openPaths(panel), { mark: "paths:open" });
}

export function openPaths(panel) {
  const { t, store: { doc } } = panel;
  const all = deciders(doc);
  const chosen = { decider: all[0], only: true };
  const table = h("div", { class: "b-scroll", tabIndex: 0, role: "region", "aria-label": t("paths_title") });
  openDialog(panel, {
    title: t("paths_title"), mark: "paths",
    body: (close) => {
      const draw = () => redraw(table, drawTable(panel, chosen, close));
      draw();
      return [
        h("p", { class: "b-hint" }, t("paths_hint")),
        selectControl({
          label: t("paths_by"), value: chosen.decider.id, mark: "paths:by", options: all.map((one) => [one.id, `${one.number}. ${called(panel, one.field.chips ? gapped(one.field.label) : one.field.label)}`]),
          change: (id) => {
            chosen.decider = all.find((one) => one.id === id);
            draw();
          },
        }),
        tick({ label: t("paths_only"), checked: chosen.only, mark: "paths:only", change: (on) => { chosen.only = on; draw(); } }),
        table,
        h("p", { class: "b-hint" }, t("paths_legend")),
        h("div", { class: "b-actions" }, button(t("paths_close"), () => close(), { kind: "main", mark: "dialog:leave" })),
      ];
    },
  });
}

const called = ({ t, language }, text) => brief(say(text, language)) || t("untitled");

function drawTable(panel, { decider, only }, close) {
  const { t, store: { doc } } = panel;
  const rows = paths(doc, decider);
  const shown = only ? rows.filter(differs) : rows;
  if (!shown.length) return h("p", { class: "b-fine" }, t("paths_nothing"));
  const heads = decider.answers.map((answer) => h("th", { scope: "col" }, answerCalled(panel, decider.field, answer)));
  return [
    h("table", { class: "b-table b-paths" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("paths_what")), heads)), h("tbody", {}, shown.map((row) => line(panel, row, close)))),
    rows.length > shown.length && h("p", { class: "b-hint" }, t("paths_same", { count: rows.length - shown.length })),
  ];
}

function answerCalled(panel, field, answer) {
  const { t, store: { doc } } = panel;
  if (answer === null) return t("paths_unanswered");
  if (typeof answer === "boolean") return t(answer ? "yes" : "no");
  const [value] = [answer].flat();
  return called(panel, optionsOf(doc, field).find((option) => option.value === value)?.label);
}

const SIGNS = { yes: "✓", no: "–" };

function line(panel, { page, one, cells }, close) {
  const { t, store: { doc } } = panel;
  const go = () => close(() => (one ? panel.select("field", one.id, { focus: "label" }) : panel.select("page", page.key, { focus: "title" })));
  const words = one ? `${one.number}. ${called(panel, one.field.chips ? gapped(one.field.label) : one.field.label)}` : t("paths_page", { number: doc.pages.indexOf(page) + 1, name: called(panel, page.chips ? gapped(page.title) : page.title) });
  const says = { yes: t("paths_yes"), no: t("paths_no"), maybe: t("paths_maybe") };
  const cell = (state) => h("td", { class: `b-paths__cell b-paths__cell--${state}` }, h("span", { role: "img", "aria-label": says[state], title: says[state] }, SIGNS[state] || t("paths_short")));
  return h("tr", { class: one ? "" : "b-paths__page" }, h("th", { scope: "row" }, button(words, go, { kind: "link", mark: `paths:${one ? one.id : page.key}` })), cells.map(cell));
}
