// What can be added: kinds of question, ready-made groups, pages.
import { openBank } from "./bank.js";
import { button, isEcho } from "./controls.js";
import { copyOf } from "./document.js";
import { h, redraw } from "./dom.js";
import { called, edit } from "./edits.js";
import { glyph } from "./glyphs.js";
import { addField, addPage, insert } from "./moving.js";
import { answered, fits, isContainer, outline, question } from "./outline.js";

/** Where new things go: into what is selected, else after it, else to the end of the selected or last page. */
export function place(panel, items) {
  const { doc } = panel.store;
  const { kind, key } = panel.selected;
  const held = kind === "field" && question(doc, key);
  const may = (parent) => items.every((item) => fits(doc, item, parent));
  const passed = panel.beyond && question(doc, panel.beyond);
  if (passed) return outside(passed, may);
  if (held && isContainer(held.field) && may(held.id)) return { pageIndex: held.pageIndex, parent: held.id };
  const after = held && [held, ...[...held.parents].reverse()].find((one) => may(one.parents.at(-1)?.id));
  if (after) return { pageIndex: after.pageIndex, parent: after.parents.at(-1)?.id, index: after.index + 1 };
  const page = kind === "page" ? doc.pages.findIndex((one) => one.key === key) : -1;
  return { pageIndex: page >= 0 ? page : doc.pages.length - 1 };
}

/** Right behind a group or rows, in what these stand in if that is possible. */
function outside(box, may) {
  const one = [box, ...[...box.parents].reverse()].find(({ parents }) => may(parents.at(-1)?.id));
  return { pageIndex: one.pageIndex, parent: one.parents.at(-1)?.id, index: one.index + 1 };
}

/** Says what the next question goes into, where that is a group or rows, with the way past it. */
export function sayInto(panel) {
  const { t, selected, store: { doc } } = panel;
  const holder = panel.paletteTarget.querySelector("[data-into]");
  const held = selected.kind === "field" && question(doc, selected.key);
  const box = held && (isContainer(held.field) ? held : held.parents.at(-1));
  holder.hidden = !box;
  if (!box) return redraw(holder);
  const name = called(panel, box.field);
  if (panel.beyond) return redraw(holder, h("p", {}, t("goes_behind", { name })));
  const pass = () => {
    panel.beyond = box.id;
    sayInto(panel);
    panel.paletteTarget.querySelector(".b-search").focus();
  };
  return redraw(holder, h("p", {}, t("goes_into", { name })), button(t("go_behind"), pass, { kind: "link", mark: "into:pass" }));
}

export function addQuestion(panel, type, at) {
  const parts = panel.settings.palette.fields[type];
  const { released } = panel.settings;
  const { doc } = panel.store;
  const wanted = at && fits(doc, { type, ...parts }, at.parent) ? at : place(panel, [{ type, ...parts }]);
  edit(panel, (next) => addField(next, { ...wanted, type, parts, released }), {
    done: (key) => {
      const search = panel.paletteTarget.querySelector(".b-search");
      if (search?.value) searched(panel, panel.paletteTarget, search.value = "");
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
      panel.select("field", ids.at(-1), { focus: `question:${ids.at(-1)}` });
      panel.beyond = isContainer(question(panel.store.doc, ids.at(-1)).field) ? ids.at(-1) : undefined; // it is whole: what is added next is another matter
      sayInto(panel);
      panel.announce(panel.t("added", { name: kit.title }));
    },
  });
}

/** A new page stands behind the one that is worked on. */
export function newPage(panel) {
  const { kind, key } = panel.selected;
  const { doc } = panel.store;
  const at = kind === "page" ? doc.pages.findIndex((page) => page.key === key) : question(doc, key)?.pageIndex;
  const index = at >= 0 ? at + 1 : doc.pages.length;
  edit(panel, (next) => addPage(next, copyOf(panel.settings.parts.page), index), { done: (key) => panel.select("page", key, { focus: "title" }) });
}

const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

/** Shows only the kinds, groups and headings in which all words stand; says how many there are. */
function searched(panel, holder, words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const group of holder.querySelectorAll("[data-group]")) {
    const all = [...group.querySelectorAll(".b-choice")];
    for (const one of all) one.hidden = !wanted.every((word) => plain(`${one.textContent} ${one.title}`).includes(word));
    const left = all.filter((one) => !one.hidden).length;
    group.hidden = !left;
    count += left;
  }
  holder.querySelector("[data-none]").hidden = count > 0;
  if (words) panel.announce(panel.t("kinds_found", { count }));
}

/** Looks for a kind of question by its name or what it is for; Enter takes the first. */
function searchBox(panel, holder) {
  return h("input", {
    class: "b-input b-search", type: "text", inputmode: "search", autocomplete: "off", "aria-label": panel.t("find_kind"), placeholder: panel.t("find"), "data-f": "kind:search",
    oninput: (event) => searched(panel, holder(), event.target.value),
    onkeydown: (event) => event.key === "Enter" && event.target.value.trim() && holder().querySelector(".b-choice:not([hidden])")?.click(),
  });
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
      glyph(type),
      types[type].title,
    );
  return [
    h("h2", { class: "b-caption" }, t("add_question")),
    h("div", { class: "b-into", hidden: true, "data-into": "" }),
    searchBox(panel, () => panel.paletteTarget),
    groups.map((group) => section(group.title, group.types.map(choice))),
    section(t("ready_made"), kits.map((kit) =>
      h("button", { type: "button", class: "b-choice", "data-f": `kit:${kit.key}`, onclick: (event) => isEcho(event) || addKit(panel, kit) }, glyph(`kit:${kit.key}`), kit.title))),
    h("p", { class: "b-empty", hidden: true, "data-none": "" }, t("no_kind")),
    h(
      "div",
      { class: "b-choices b-choices--page" },
      button(t("bank"), () => openBank(panel), { mark: "bank" }), button(t("add_page"), () => newPage(panel), { mark: "add-page" }),
    ),
  ];
}

const section = (title, choices) => h("div", { "data-group": "" }, h("h3", { class: "b-group" }, title), h("div", { class: "b-choices" }, choices));

export const count = (doc) => outline(doc).filter(({ field }) => answered(field)).length;
