// What can be added: kinds of question, ready-made groups, pages.
import { button, isEcho } from "./controls.js";
import { copyOf } from "./document.js";
import { h } from "./dom.js";
import { edit } from "./edits.js";
import { addField, addPage, insert } from "./moving.js";
import { answered, fits, isContainer, outline, question } from "./outline.js";

/** Where new things go: into what is selected, else after it, else to the end of the selected or last page. */
function place(panel, items) {
  const { doc } = panel.store;
  const { kind, key } = panel.selected;
  const held = kind === "field" && question(doc, key);
  const may = (parent) => items.every((item) => fits(doc, item, parent));
  if (held && isContainer(held.field) && may(held.id)) return { pageIndex: held.pageIndex, parent: held.id };
  const after = held && [held, ...[...held.parents].reverse()].find((one) => may(one.parents.at(-1)?.id));
  if (after) return { pageIndex: after.pageIndex, parent: after.parents.at(-1)?.id, index: after.index + 1 };
  const page = kind === "page" ? doc.pages.findIndex((one) => one.key === key) : -1;
  return { pageIndex: page >= 0 ? page : doc.pages.length - 1 };
}

export function addQuestion(panel, type, at) {
  const parts = panel.settings.palette.fields[type];
  const { released } = panel.settings;
  const { doc } = panel.store;
  const wanted = at && fits(doc, { type, ...parts }, at.parent) ? at : place(panel, [{ type, ...parts }]);
  edit(panel, (next) => addField(next, { ...wanted, type, parts, released }), {
    done: (key) => {
      panel.select("field", key, { focus: "label" });
      panel.announce(panel.t("added", { name: panel.settings.palette.types[type].title }));
    },
  });
}

function addKit(panel, kit) {
  const at = place(panel, kit.fields);
  const { released } = panel.settings;
  edit(panel, (doc) => insert(doc, { ...at, items: kit.fields, released }), {
    done: (ids) => {
      panel.select("field", ids.at(-1));
      panel.announce(panel.t("added", { name: kit.title }));
    },
  });
}

export function newPage(panel) {
  edit(panel, (doc) => addPage(doc, copyOf(panel.settings.parts.page)), { done: (key) => panel.select("page", key, { focus: "title" }) });
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
        onclick: (event) => isEcho(event) || addQuestion(panel, type),
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
        h("button", { type: "button", class: "b-choice", "data-f": `kit:${kit.key}`, onclick: (event) => isEcho(event) || addKit(panel, kit) }, kit.title),
      ),
    ),
    h("div", { class: "b-choices b-choices--page" }, button(t("add_page"), () => newPage(panel), { mark: "add-page" })),
  ];
}

export const count = (doc) => outline(doc).filter(({ field }) => answered(field)).length;
