// What can be added: kinds of question, ready-made groups, pages.
import { addField, addPage, answered, copyOf, question, questions } from "./document.js";
import { button } from "./controls.js";
import { h } from "./dom.js";

/** Where a new question goes: after the selected one, at the end of the selected page, else at the very end. */
function place(panel) {
  const { doc } = panel.store;
  const { kind, key } = panel.selected;
  const after = kind === "field" && question(doc, key);
  if (after) return { pageIndex: after.pageIndex, index: after.index + 1 };
  const page = kind === "page" ? doc.pages.findIndex((one) => one.key === key) : -1;
  return { pageIndex: page >= 0 ? page : doc.pages.length - 1 };
}

export function addQuestion(panel, type, at = place(panel)) {
  const parts = panel.settings.palette.fields[type];
  const { released } = panel.settings;
  const key = panel.store.apply((doc) => addField(doc, { ...at, type, parts, released }));
  panel.select("field", key, { focus: "label" });
  panel.announce(panel.t("added", { name: panel.settings.palette.types[type].title }));
}

function addKit(panel, kit) {
  const at = place(panel);
  const last = panel.store.apply((doc) => {
    let { index } = at;
    let key = "";
    for (const { type, ...parts } of kit.fields) {
      key = addField(doc, { pageIndex: at.pageIndex, index, type, parts, released: panel.settings.released });
      if (index !== undefined) index += 1;
    }
    return key;
  });
  panel.select("field", last);
  panel.announce(panel.t("added", { name: kit.title }));
}

export function newPage(panel) {
  const key = panel.store.apply((doc) => addPage(doc, copyOf(panel.settings.parts.page)));
  panel.select("page", key, { focus: "title" });
}

export function drawPalette(panel) {
  const { t } = panel;
  const { groups, types, kits } = panel.settings.palette;
  const choice = (type) =>
    h(
      "button",
      {
        type: "button",
        class: "b-choice",
        title: types[type].hint,
        draggable: true,
        "data-f": `add:${type}`,
        "data-type": type,
        onclick: () => addQuestion(panel, type),
        ondragstart: (event) => event.dataTransfer.setData("text/x-rakit-type", type),
      },
      h("span", { class: "b-choice__icon", "aria-hidden": "true" }, types[type].icon),
      types[type].title,
    );
  return [
    h("h2", { class: "b-caption" }, t("add_question")),
    groups.map((group) => [
      h("h3", { class: "b-group" }, group.title),
      h("div", { class: "b-choices" }, group.types.map(choice)),
    ]),
    h("h3", { class: "b-group" }, t("ready_made")),
    h(
      "div",
      { class: "b-choices" },
      kits.map((kit) =>
        h("button", { type: "button", class: "b-choice", "data-f": `kit:${kit.key}`, onclick: () => addKit(panel, kit) }, kit.title),
      ),
    ),
    h("div", { class: "b-choices b-choices--page" }, button(t("add_page"), () => newPage(panel), { mark: "add-page" })),
  ];
}

export const count = (doc) => questions(doc).filter(({ field }) => answered(field)).length;
