// The list of pages and questions: number, words, kind, condition, what depends on it; order by drag or by button.
import { sentence } from "./conditions.js";
import { answered, dependents, moveField, movePage, question, questions, say, stepField } from "./document.js";
import { button } from "./controls.js";
import { h } from "./dom.js";
import { addQuestion } from "./palette.js";
import { errors } from "./problems.js";

function about(panel, field) {
  const { t, settings } = panel;
  const words = [settings.palette.types[field.type]?.title || field.type];
  if (field.options) words.push(t("answers_count", { count: field.options.length }));
  if (field.required !== true && answered(field)) words.push(field.required ? t("sometimes_required") : t("optional"));
  const waiting = dependents(panel.store.doc, field.key).length;
  if (waiting) words.push(t("dependents", { count: waiting }));
  return words.join(" · ");
}

function dropAt(panel, pageIndex, index) {
  return {
    ondragover: (event) => {
      event.preventDefault();
      event.currentTarget.classList.add("b-drop");
    },
    ondragleave: (event) => event.currentTarget.classList.remove("b-drop"),
    ondrop: (event) => {
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.classList.remove("b-drop");
      const type = event.dataTransfer.getData("text/x-rakit-type");
      const key = event.dataTransfer.getData("text/x-rakit-question");
      if (type) addQuestion(panel, type, { pageIndex, index });
      else if (key) panel.store.apply((doc) => moveField(doc, key, pageIndex, index));
    },
  };
}

function move(panel, key, way) {
  panel.store.apply((doc) => stepField(doc, key, way));
  const { pageIndex, index } = question(panel.store.doc, key);
  panel.announce(panel.t("moved", { page: pageIndex + 1, place: index + 1 }));
}

function row(panel, { field, pageIndex, index, number }) {
  const { t, language, selected } = panel;
  const chosen = selected.kind === "field" && selected.key === field.key;
  const faults = errors(panel.problemsOf("fields", field.key)).length;
  const name = say(field.label, language) || t("untitled");
  return h(
    "li",
    { class: `b-question${chosen ? " b-question--on" : ""}`, ...dropAt(panel, pageIndex, index), "data-key": field.key },
    h(
      "button",
      {
        type: "button",
        class: "b-question__main",
        draggable: true,
        "aria-pressed": String(chosen),
        "data-f": `question:${number}`,
        onclick: () => panel.select("field", field.key),
        ondragstart: (event) => event.dataTransfer.setData("text/x-rakit-question", field.key),
      },
      h("span", { class: "b-question__number" }, String(number)),
      h(
        "span",
        { class: "b-question__words" },
        h("span", { class: `b-question__label${say(field.label, language) ? "" : " b-question__label--empty"}` }, name),
        h("span", { class: "b-question__about" }, about(panel, field)),
        field.visible && h("span", { class: "b-chip" }, t("shown_if", { condition: sentence(panel.store.doc, field.visible, language, t) })),
        faults > 0 && h("span", { class: "b-chip b-chip--bad" }, t("problems_count", { count: faults })),
      ),
    ),
    chosen &&
      h(
        "span",
        { class: "b-question__order" },
        button(t("move_up", { name }), () => move(panel, field.key, -1), { icon: "↑", mark: "up", kind: "icon" }),
        button(t("move_down", { name }), () => move(panel, field.key, 1), { icon: "↓", mark: "down", kind: "icon" }),
      ),
  );
}

function pageHead(panel, page, pageIndex) {
  const { t, language, selected } = panel;
  const chosen = selected.kind === "page" && selected.key === page.key;
  const name = say(page.title, language) || t("untitled");
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
      button(t("move_up", { name }), () => panel.store.apply((doc) => movePage(doc, page.key, -1)), { icon: "↑", kind: "icon", mark: "pageup" }),
      button(t("move_down", { name }), () => panel.store.apply((doc) => movePage(doc, page.key, 1)), { icon: "↓", kind: "icon", mark: "pagedown" }),
    ],
  );
}

export function drawList(panel) {
  const { doc } = panel.store;
  const { t } = panel;
  const all = questions(doc);
  return doc.pages.map((page, pageIndex) =>
    h(
      "section",
      { class: "b-page", "data-key": page.key, ...dropAt(panel, pageIndex, page.fields.length) },
      pageHead(panel, page, pageIndex),
      page.visible && h("p", { class: "b-chip" }, t("shown_if", { condition: sentence(doc, page.visible, panel.language, t) })),
      h("ol", { class: "b-questions" }, all.filter((one) => one.pageIndex === pageIndex).map((one) => row(panel, one))),
      !page.fields.length && h("p", { class: "b-empty" }, t("empty_page")),
    ),
  );
}
