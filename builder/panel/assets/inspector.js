// Everything about the one thing that is selected: a question or a page. Nothing selected: what to do next.
import { adviceList } from "./advice.js";
import { branchBox } from "./branchview.js";
import { conditionEditor } from "./conditionrows.js";
import { repeatSettings } from "./containers.js";
import { button, linesControl, selectControl } from "./controls.js";
import { changeType, copyOf, languages, say, setOptions, similar, write } from "./document.js";
import { h } from "./dom.js";
import { called, edit } from "./edits.js";
import { autofillControl, beginning, widthControl } from "./firstanswer.js";
import { calculateControl } from "./formularows.js";
import { sourceControl } from "./listcontrol.js";
import { adoptNamed, dissolve, duplicateField, givePage, isFiled, moveField, removeField, removePage, splitPage } from "./moving.js";
import { dependents, isProvisional, settleKey } from "./names.js";
import { openPaste, pasted } from "./pastelist.js";
import { answered, fits, isContainer, outline, question } from "./outline.js";
import { prefillControl } from "./prefill.js";
import { faultList } from "./problems.js";
import { ownWords, pageChecks, questionChecks, requiredRule, rowChecks } from "./rules.js";
import { change, field, setOrDrop, settings } from "./settings.js";
import { readable, wordsText } from "./wordtext.js";

export function drawInspector(panel) {
  const { kind, key } = panel.selected;
  const { doc } = panel.store;
  if (kind === "field" && question(doc, key)) return questionInspector(panel, question(doc, key));
  const page = kind === "page" && doc.pages.find((one) => one.key === key);
  if (page) return pageInspector(panel, page);
  return [h("h2", { class: "b-caption" }, panel.t("nothing_selected")), h("p", { class: "b-hint" }, panel.t("select_hint"))];
}

function questionInspector(panel, one) {
  const { t } = panel;
  const { field: held, id, number } = one;
  const kind = panel.settings.palette.types[held.type]?.title || held.type;
  const settle = () => setTimeout(() => panel.settle(() => settleQuestion(panel, id)));
  return [
    h("h2", { class: "b-caption" }, number ? `${t("question_number", { number })} · ${kind}` : kind),
    faultList(panel, [["fields", id]]),
    adviceList(panel, [["fields", id]]),
    wordsText(panel, { find: field(id), place: { key: id }, name: "label", label: t(isContainer(held) ? "box_words" : "question_words"), rows: 2, keep: true, tag: `label:${id}`, mark: "label", done: settle }),
    wordsText(panel, { find: field(id), place: { key: id }, name: "help", label: t("help_words"), hint: t(isContainer(held) ? "box_help_hint" : "help_hint"), tag: `help:${id}`, mark: "help" }),
    ["choice", "choices"].includes(held.type) && sourceControl(panel, one),
    held.options && optionsControl(panel, one),
    held.options && optionHelpsControl(panel, one),
    usuallyWorkedOut(panel, held) && calculateControl(panel, one),
    !held.calculate && requiredRule(panel, one),
    branchBox(panel, one),
    held.type === "repeat" && repeatSettings(panel, one),
    settings(panel, one),
    !one.rows.length && answered(held) && prefillControl(panel, held),
    conditionEditor(panel, { find: field(id), rule: "visible", key: id, mark: `visible:${id}`, title: t(isContainer(held) ? "box_shown_when" : "shown_when"), says: "shown_if_sentence" }),
    questionChecks(panel, one),
    held.type === "repeat" && rowChecks(panel, one),
    usedBy(panel, one),
    more(panel, one),
    actions(panel, one),
  ];
}

/** Who names this question; a question or page that does is one press away. */
function usedBy(panel, { id }) {
  const { t, store: { doc } } = panel;
  const found = dependents(doc, id);
  if (!found.length) return null;
  const all = outline(doc);
  const line = (owner) => {
    const place = all.find((one) => one.field === owner);
    const page = !place && doc.pages.find((one) => one === owner);
    const words = place?.number ? `${place.number}. ${called(panel, owner)}` : called(panel, owner);
    const go = () => (place ? panel.select("field", place.id, { focus: `question:${place.id}` }) : panel.select("page", page.key));
    return h("li", {}, place || page ? button(words, go, { kind: "link", mark: `used:${place?.id || page.key}` }) : words);
  };
  return h("div", { class: "b-settings" }, h("h3", { class: "b-label" }, t("used_by")), h("ul", { class: "b-used" }, found.map(line)));
}

/** Once its words are written, a new question gets the key they suggest. */
export function settleQuestion(panel, id) {
  const place = question(panel.store.doc, id);
  const before = panel.labelBefore(id);
  const label = place && say(place.field.label, languages(panel.store.doc)[0]);
  if (!label || (label === before && !isProvisional(place.field.key))) return;
  const settled = panel.store.apply((doc) => {
    const next = settleKey(doc, id, before, panel.settings.released);
    panel.rename(id, next, label);
    adoptNamed(doc, next);
    return next;
  }, { tag: `label:${id}:label:${panel.language}`, typing: true });
  if (settled !== id) panel.draw({ typing: false });
}

function optionsControl(panel, { field: held, id }) {
  const { t, language } = panel;
  return [
    linesControl(panel, {
      label: t("options"), hint: t("options_hint"), rows: Math.min(12, Math.max(4, held.options.length + 1)), tag: "options",
      read: (doc) => (field(id)(doc)?.options || []).map((option) => say(option.label, language)),
      save: (doc, lines) => setOptions(doc, field(id)(doc), lines, language),
      pasted: (event) => pasted(panel, id, event),
      put: (work, how) => edit(panel, work, { how }),
    }),
    button(t("list_paste"), () => openPaste(panel, id), { mark: "options:paste" }),
  ];
}

/** Words under single answers; asked for where they are usual or already there. */
function optionHelpsControl(panel, { field: held, id }) {
  const { t, language } = panel;
  if (held.style !== "tiles" && !held.options.some((option) => option.help)) return null;
  return linesControl(panel, {
    label: t("option_helps"), hint: t("option_helps_hint"), rows: Math.min(12, Math.max(3, held.options.length)), tag: "option-helps",
    read: (doc) => (field(id)(doc)?.options || []).map((option) => say(option.help, language)),
    save: (doc, lines) => field(id)(doc).options.forEach((option, at) => write(doc, option, "help", language, (lines[at] || "").trim())),
  });
}

/** Numbers and what is worked out already say so at the top, others among their further settings. */
const usuallyWorkedOut = (panel, held) => panel.settings.values[held.type] === "number" || held.calculate !== undefined;

function more(panel, one) {
  const { t } = panel;
  const { field: held, id } = one;
  const like = similar(held.type);
  return h(
    "details",
    { class: "b-more", open: panel.moreOpen },
    // At once, not when the toggle is told: the inspector may be drawn anew before that.
    h("summary", { onclick: () => { panel.moreOpen = !panel.moreOpen; } }, t("more_settings")),
    like.length > 1 && selectControl({
      label: t("kind_of_question"), value: held.type, mark: "type", options: like.map((type) => [type, panel.settings.palette.types[type].title]),
      change: (type) => edit(panel, (doc) => changeType(field(id)(doc), type)),
    }),
    placeControl(panel, one),
    !usuallyWorkedOut(panel, held) && calculateControl(panel, one),
    answered(held) && beginning(panel, one),
    ownWords(panel, one),
    !isContainer(held) && held.type !== "metadata" && widthControl(panel, one),
    autofillControl(panel, one),
    answered(held) && selectControl({
      label: t("privacy"), hint: t("privacy_hint"), value: held.privacy || "none", mark: "privacy",
      options: ["none", "personal", "special", "never_export"].map((name) => [name, t(`privacy_${name}`)]),
      change: (value) => change(panel, id, (next) => setOrDrop(next, "privacy", value === "none" ? undefined : value)),
    }),
  );
}

/** The page, group or rows that something stands in, and all others it may stand in. */
function placeControl(panel, { field: held, id, pageIndex, parents }) {
  const { t, language } = panel;
  const { doc } = panel.store;
  const name = (text) => say(text, language) || t("untitled");
  const options = doc.pages.flatMap((page, index) => [
    [`${index}`, `${index + 1}. ${name(page.title)}`],
    ...outline(doc).filter((one) => one.pageIndex === index && isContainer(one.field) && fits(doc, held, one.id))
      .map((one) => [`${index} ${one.id}`, `${"\u2003".repeat(one.parents.length + 1)}${readable(panel, one.field, "label", one.rows) || t("untitled")}`]),
  ]);
  if (options.length < 2) return null;
  return selectControl({
    label: t("stands_in"), value: parents.length ? `${pageIndex} ${parents.at(-1).id}` : `${pageIndex}`, mark: "on-page", options,
    change: (value) => {
      const [page, parent = ""] = value.split(" ");
      edit(panel, (next) => {
        const list = parent ? question(next, parent).field.fields : next.pages[Number(page)].fields;
        return moveField(next, id, Number(page), list.length, parent);
      }, { within: (now) => panel.rename(id, now) });
    },
  });
}

/** Lets a new page begin with this question. */
function splitButton(panel, { id, page, parents, index }) {
  if (parents.length || !index || !isFiled(panel.store.doc, page)) return null;
  const split = () => edit(panel, (doc) => splitPage(doc, id, copyOf(panel.settings.parts.page)), { done: (key) => panel.select("page", key, { focus: "title" }) });
  return button(panel.t("split_page"), split, { mark: "split" });
}

function actions(panel, one) {
  const { field: held, id } = one;
  const { t } = panel;
  const leave = (take, words) => {
    const { siblings, index, parents, page } = question(panel.store.doc, id);
    const near = siblings[index + 1] || siblings[index - 1] || parents.at(-1)?.field;
    const next = outline(panel.store.doc).find((one) => one.field === near);
    edit(panel, (doc) => take(doc, id), {
      done: (_result, sentences) => {
        const mark = next ? `question:${next.id}` : `page:${panel.store.doc.pages.findIndex((one) => one.key === page.key)}`;
        panel.select(next ? "field" : "page", next ? next.id : page.key, { focus: mark });
        panel.announce([t(words), ...sentences].join(" "));
      },
    });
  };
  return h(
    "div",
    { class: "b-actions" },
    button(t("duplicate"), () => {
      edit(panel, (doc) => duplicateField(doc, id, panel.settings.released), { done: (copy) => panel.select("field", copy, { focus: "label" }) });
    }, { mark: "duplicate" }),
    splitButton(panel, one),
    held.type === "group" && button(t("dissolve"), () => leave(dissolve, "dissolved"), { mark: "dissolve" }),
    button(isContainer(held) && held.fields.length ? t("remove_with", { count: held.fields.length }) : t("remove"), () => leave(removeField, "removed"), { kind: "danger", mark: "remove" }),
  );
}

function pageInspector(panel, page) {
  const { t } = panel;
  const find = (doc) => doc.pages.find((one) => one.key === page.key);
  const { roles } = panel.store.doc.workflow || { roles: [] };
  const set = (who) => edit(panel, (doc) => givePage(doc, page.key, who));
  const people = [["applicant", t("applicant")], ...roles.map((role) => [role.key, say(role.title, panel.language)])];
  return [
    h("h2", { class: "b-caption" }, t("page")),
    faultList(panel, [["pages", page.key]]),
    adviceList(panel, [["pages", page.key]]),
    wordsText(panel, { find, place: { page: page.key }, name: "title", label: t("page_title"), keep: true, tag: `page:${page.key}`, mark: "title" }),
    wordsText(panel, { find, place: { page: page.key }, name: "intro", label: t("page_intro"), hint: t("page_intro_hint"), rows: 3, tag: `page:${page.key}`, mark: "intro" }),
    conditionEditor(panel, { find, rule: "visible", page: page.key, mark: `page:${page.key}:visible`, title: t("page_shown_when"), says: "page_shown_if" }),
    pageChecks(panel, page),
    page.for && page.for !== "applicant" && selectControl({ label: t("filled_by"), value: page.for, options: people, change: set, mark: "for" }),
    panel.store.doc.pages.length > 1 && h(
      "div",
      { class: "b-actions" },
      button(t("remove_page", { count: page.fields.length }), () => {
        edit(panel, (doc) => removePage(doc, page.key), {
          done: (_result, sentences) => {
            panel.select("page", panel.store.doc.pages[0].key, { focus: "page:0" });
            panel.announce([t("removed"), ...sentences].join(" "));
          },
        });
      }, { kind: "danger", mark: "remove" }),
    ),
  ];
}
