// What authors of forms get wrong most often, said beside the question or page it is about, with a click that puts it right.
import { button } from "./controls.js";
import { copyOf } from "./document.js";
import { h, redraw } from "./dom.js";
import { edit } from "./edits.js";
import { removeField, splitPage } from "./moving.js";
import { question } from "./outline.js";
import { awayButton, isAway } from "./putaway.js";
import { becomeKind, divide, fillTables, forwards, hasTables, pagesToEntries, showAfter, toEntries } from "./remedies.js";

const OURS = "pitfalls.";

/** By the mistake: what its button says, and the edit; no edit where a person must write or choose. */
const REMEDIES = {
  typed: ({ settings, t }, { data: { kind } }) => [t("advice_typed", { kind: settings.palette.types[kind].title }), (doc, id) => becomeKind(doc, id, kind, settings.palette.fields[kind])],
  two: ({ settings, t }, { data }) => [t("advice_two"), (doc, id) => divide(doc, id, data.parts, { fields: settings.palette.fields, released: settings.released })],
  numbered: ({ settings, t }, { data }) => [t("advice_numbered"), (doc) => toEntries(doc, data, settings.released)],
  numbered_page: ({ settings, t }, { data }) => [t("advice_numbered"), (doc) => pagesToEntries(doc, data, settings.released)],
  known: ({ t }, { data: { fact } }) => [t("advice_known"), (doc, id) => { question(doc, id).field.prefill = { profile: fact }; }],
  for_some: ({ t }, { data, target }) => [t("advice_after"), (doc) => showAfter(doc, target, data)],
  for_all: ({ t }, { data, target }) => [t("advice_after"), (doc) => showAfter(doc, target, data)],
  twice: ({ t }) => [t("advice_twice"), (doc, id) => removeField(doc, id)],
  no_line: ({ t, store }, { data: { answers }, target }) => hasTables(store.doc, target.key) && [t("tariff_line_add", { count: answers.length }), (doc, id) => fillTables(doc, id)],
  backwards: ({ t }, { data }) => [t("advice_backwards"), (doc, id) => forwards(doc, id, data.start)],
  long_page: ({ settings, t }, { data }) => data.half && [t("advice_long"), (doc) => splitPage(doc, data.half, copyOf(settings.parts.page))],
};

/** The mistakes found in the things `keys` (`[kind, key]`). */
export const advised = (panel, keys) => keys.flatMap(([kind, key]) => panel.problemsOf(kind, key)).filter((found) => found.code.startsWith(OURS) && !isAway(panel, found));

/** They and their buttons, right beside the things. */
export function adviceList(panel, keys) {
  return h("ul", { class: "b-advice", "data-advice": JSON.stringify(keys) }, lines(panel, keys));
}

/** Brings them up to date when the server has judged anew. */
export function adviseAgain(panel) {
  for (const box of panel.element.querySelectorAll("[data-advice]")) redraw(box, lines(panel, JSON.parse(box.dataset.advice)));
}

const lines = (panel, keys) => advised(panel, keys).map((found, at) => h("li", {}, h("p", {}, found.sentence), h("div", { class: "b-advice__do" }, remedy(panel, found), awayButton(panel, found, `${keys[0]?.[1]}:${at}`))));

function remedy(panel, found) {
  const name = found.code.slice(OURS.length);
  const [words, work] = REMEDIES[name]?.(panel, found) || [];
  const press = () => {
    const { doc } = panel.store;
    const { kept = [], gone = [], half, pages = [] } = found.data;
    if (![...kept, ...gone, ...(half ? [half] : [])].every((id) => question(doc, id)) || !pages.every((key) => doc.pages.some((page) => page.key === key))) return; // changed since; it is judged anew
    panel.problems = panel.problems.filter((one) => one !== found);
    edit(panel, (doc) => work(doc, found.target.key), { done: (made, sentences) => settled(panel, { name, found, made, sentences }) });
  };
  return words && button(words, press, { kind: "link", mark: `advice:${name}` });
}

/** Selects what came of it, and says that it can be undone. */
function settled(panel, { name, found, made, sentences }) {
  if (name === "long_page") panel.select("page", made, { focus: "title" });
  else if (name === "numbered" || name === "numbered_page") panel.select("field", made, { focus: "label" });
  else if (name === "two") panel.select("field", made, { focus: `question:${made}` });
  else if (name === "twice") panel.selectFirst();
  panel.draw({ typing: false });
  panel.announce([panel.t("advice_done"), ...sentences].join(" "));
  return found;
}
