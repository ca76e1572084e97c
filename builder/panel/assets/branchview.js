// Beside a question with fixed answers: what is asked after each of them, and a way to ask more.
import { addBranchGroup, addBranchPage, answersOf, branchTitle, followUps, mayHavePage } from "./branching.js";
import { button } from "./controls.js";
import { brief, say } from "./document.js";
import { h, redraw } from "./dom.js";
import { called, edit } from "./edits.js";
import { question } from "./outline.js";

/** The words of an answer, also as a text of the document. */
function answerText(panel, field, { value, label }) {
  if (typeof value !== "boolean") return label;
  return panel.settings.parts[value ? "yes" : "no"];
}

const nameOf = (panel, field, answer) => brief(say(answerText(panel, field, answer), panel.language)) || panel.t("untitled");

const shapeOf = (panel, { field }) => JSON.stringify(answersOf(panel.store.doc, field));

/** The box of a question; nothing where its answers cannot be listed. */
export function branchBox(panel, one) {
  if (!["choice", "choices", "boolean"].includes(one.field.type) || one.field.calculate) return null;
  return h("div", { class: "b-settings b-branches", "data-branches": one.id, "data-shape": shapeOf(panel, one) }, drawn(panel, one));
}

/** Brings the box up to date while answers are typed. */
export function branchesAgain(panel, holder) {
  const box = holder.querySelector("[data-branches]");
  const one = box && question(panel.store.doc, box.dataset.branches);
  if (!one || box.dataset.shape === shapeOf(panel, one)) return;
  box.dataset.shape = shapeOf(panel, one);
  redraw(box, drawn(panel, one));
}

function drawn(panel, one) {
  const { t, store: { doc } } = panel;
  const answers = answersOf(doc, one.field);
  if (!answers.length) return [];
  return [
    h("h3", { class: "b-label" }, t("branch_title")),
    h("p", { class: "b-hint" }, t("branch_hint")),
    h("ul", { class: "b-branchlist" }, answers.map((answer) => line(panel, one, answer))),
  ];
}

function line(panel, one, answer) {
  const { t, store: { doc } } = panel;
  const name = nameOf(panel, one.field, answer);
  const after = followUps(doc, one, answer.value).map((found) => h("li", {}, way(panel, found)));
  const add = (words, mark, press) => button(`${t(words)}: ${name}`, press, { icon: t(words), kind: "link", mark: `branch:${mark}:${answer.value}` });
  return h(
    "li",
    {},
    h("strong", { class: "b-branchlist__answer" }, name),
    after.length > 0 && h("ul", { class: "b-branchlist__after" }, after),
    h("div", { class: "b-branchlist__ways" }, add("branch_group", "group", () => begin(panel, one, answer, "field")), mayHavePage(doc, one) && add("branch_page", "page", () => begin(panel, one, answer, "page"))),
  );
}

function way(panel, { page, place }) {
  const { t, store: { doc } } = panel;
  if (page) return button(t("paths_page", { number: doc.pages.indexOf(page) + 1, name: called(panel, page) }), () => panel.select("page", page.key, { focus: "title" }), { kind: "link", mark: `branch:to:${page.key}` });
  const words = [place.number, called(panel, place.field)].filter(Boolean).join(". ");
  return button(words, () => panel.select("field", place.id, { focus: "label" }), { kind: "link", mark: `branch:to:${place.id}` });
}

/** Begins what is asked after an answer; it is selected, so that the questions chosen next go into it. */
function begin(panel, { id, field }, answer, kind) {
  const text = branchTitle(panel.store.doc, field, answerText(panel, field, answer));
  const add = kind === "page" ? addBranchPage : addBranchGroup;
  edit(panel, (doc) => add(doc, id, answer.value, text), {
    done: (made) => {
      panel.select(kind, made, { focus: kind === "page" ? "title" : "label" });
      panel.announce(panel.t("branch_begun", { name: nameOf(panel, field, answer) }));
    },
  });
}
