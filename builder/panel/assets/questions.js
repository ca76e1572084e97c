// The list of pages and questions: number, words, kind, condition, what depends on it; order by drag or by button.
import { shownIf } from "./conditionrows.js";
import { button } from "./controls.js";
import { brief, labelOf } from "./document.js";
import { h, redraw } from "./dom.js";
import { edit } from "./edits.js";
import { glyph } from "./glyphs.js";
import { beside, moveField, movePage, stepField, stepIn, stepOut } from "./moving.js";
import { dependencies } from "./names.js";
import { isContainer, outline, question } from "./outline.js";
import { addQuestion } from "./palette.js";
import { movePicked, pick, pickBar, pickControl, settled } from "./picking.js";
import { rowWords, shape, spelled } from "./rowwords.js";
import { readable } from "./wordtext.js";

function dropAt(panel, { pageIndex, index, parent }) {
  return {
    ondragover: (event) => {
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.classList.add("b-drop");
    },
    ondragleave: (event) => event.currentTarget.classList.remove("b-drop"),
    ondrop: (event) => {
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.classList.remove("b-drop");
      const type = event.dataTransfer.getData("text/x-rakit-type");
      const id = event.dataTransfer.getData("text/x-rakit-question");
      if (type) addQuestion(panel, type, { pageIndex, index, parent });
      else if (panel.picked.has(id)) movePicked(panel, { pageIndex, index, parent });
      else if (id) move(panel, id, (doc) => moveField(doc, id, pageIndex, index, parent));
    },
  };
}

/** Moves something and says where it is now; its name may be another one there. `back` is the button that undoes it. */
function move(panel, id, change, back) {
  edit(panel, change, {
    within: (now) => panel.rename(id, now),
    done: (now) => {
      sayPlace(panel, now);
      if (back) panel.focus(back);
    },
  });
}

function sayPlace(panel, now) {
  const { pageIndex, index, parents } = question(panel.store.doc, now);
  const parent = parents.at(-1)?.field;
  const { t, language } = panel;
  if (parent) panel.announce(t("moved_in", { name: brief(labelOf(parent, language)) || t("untitled"), place: index + 1 }));
  else panel.announce(t("moved", { page: pageIndex + 1, place: index + 1 }));
}

/** Up, down, into what stands beside it, and out of what it stands in. */
function order(panel, { id, parents }, name) {
  const { t, language, store } = panel;
  const box = beside(store.doc, id);
  const called = (field) => brief(labelOf(field, language)) || t("untitled");
  const arrow = (words, icon, mark, change, back) => button(words, () => move(panel, id, change, back), { icon, mark, kind: "icon", again: true });
  return h(
    "span",
    { class: "b-question__order" },
    arrow(t("move_up", { name }), "↑", "up", (doc) => stepField(doc, id, -1)),
    arrow(t("move_down", { name }), "↓", "down", (doc) => stepField(doc, id, 1)),
    box && arrow(t("move_in", { name: called(box.field) }), "→", "in", (doc) => stepIn(doc, id), "out"),
    parents.length > 0 && arrow(t("move_out", { name: called(parents.at(-1).field) }), "←", "out", (doc) => stepOut(doc, id), "in"),
  );
}

function row(panel, one, all, waiting) {
  const { selected } = panel;
  const { field, id, number, pageIndex, index, parents } = one;
  const chosen = selected.kind === "field" && selected.key === id;
  const said = rowWords(panel, one, waiting);
  const name = brief(said.name);
  const box = isContainer(field);
  const holder = h("span", { class: "b-question__words" }, spelled(said));
  const arrows = chosen && order(panel, one, name);
  // The keyboard may stand on one of them.
  const ordered = (now) => redraw(arrows, ...order(panel, now, brief(labelOf(now.field, panel.language)) || panel.t("untitled")).children);
  panel.kept.rows.set(id, { said: JSON.stringify(said), holder, ...(chosen && { ordered }) });
  const head = [
    pickControl(panel, id, name),
    h(
      "button",
      {
        type: "button",
        class: "b-question__main",
        draggable: true,
        "aria-pressed": String(chosen),
        "data-f": `question:${id}`,
        onclick: (event) => (event.ctrlKey || event.metaKey || event.shiftKey ? pick(panel, id, { range: event.shiftKey }) : panel.select("field", id)),
        ondragstart: (event) => { event.stopPropagation(); event.dataTransfer.setData("text/x-rakit-question", id); },
      },
      number && h("span", { class: "b-question__number" }, number),
      glyph(field.type),
      holder,
    ),
    arrows,
  ];
  return h(
    "li",
    {
      class: `b-question${chosen ? " b-question--on" : ""}${panel.picked.has(id) ? " b-question--picked" : ""}${box ? " b-question--box" : ""}`,
      ...dropAt(panel, { pageIndex, index, parent: parents.at(-1)?.id }), "data-key": id,
    },
    box ? [h("div", { class: "b-question__head" }, head), inside(panel, one, all, waiting)] : head,
  );
}

/** What stands in a group or in the rows of a repeat. */
function inside(panel, { field, id, pageIndex }, all, waiting) {
  const inner = all.filter((one) => one.parents.at(-1)?.id === id);
  return h(
    "div",
    { class: "b-inside", ...dropAt(panel, { pageIndex, index: field.fields.length, parent: id }) },
    inner.length > 0 && h("ol", { class: "b-questions" }, inner.map((one) => row(panel, one, all, waiting))),
    !inner.length && h("p", { class: "b-empty" }, panel.t("empty_box")),
  );
}

function pageHead(panel, page, pageIndex) {
  const { t, selected } = panel;
  const chosen = selected.kind === "page" && selected.key === page.key;
  const name = readable(panel, page, "title") || t("untitled");
  const officer = page.for && page.for !== "applicant";
  return h(
    "div",
    { class: `b-page__head${chosen ? " b-page__head--on" : ""}` },
    h(
      "button",
      { type: "button", class: "b-page__title", "aria-pressed": String(chosen), "data-f": `page:${pageIndex}`, onclick: () => panel.select("page", page.key) },
      h("span", { class: "b-page__number" }, t("page_number", { number: pageIndex + 1 })),
      h("span", {}, name),
    ),
    h("span", { class: "b-page__about" }, officer ? t("filled_by_officer") : t("questions_count", { count: page.fields.length })),
    chosen && panel.store.doc.pages.length > 1 && [
      button(t("move_up", { name }), () => edit(panel, (doc) => movePage(doc, page.key, -1)), { icon: "↑", kind: "icon", mark: "pageup", again: true }),
      button(t("move_down", { name }), () => edit(panel, (doc) => movePage(doc, page.key, 1)), { icon: "↓", kind: "icon", mark: "pagedown", again: true }),
    ],
  );
}

export function drawList(panel) {
  const { doc } = panel.store;
  const { t } = panel;
  const all = outline(doc);
  const waiting = dependencies(doc);
  settled(panel);
  panel.kept = { shape: shape(panel), rows: new Map() };
  return [pickBar(panel), ...doc.pages.map((page, pageIndex) =>
    h(
      "section",
      { class: "b-page", "data-key": page.key, ...dropAt(panel, { pageIndex, index: page.fields.length }) },
      pageHead(panel, page, pageIndex),
      page.visible && h("p", { class: "b-chip" }, shownIf(panel, { id: `page:${page.key}`, rule: page.visible, rows: [] })),
      h("ol", { class: "b-questions" }, all.filter((one) => one.pageIndex === pageIndex && !one.parents.length).map((one) => row(panel, one, all, waiting))),
      !page.fields.length && h("p", { class: "b-empty" }, t("empty_page")),
    ),
  )];
}
