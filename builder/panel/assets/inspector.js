// Everything about the one thing that is selected: a question or a page. Nothing selected: what to do next.
import { conditionEditor } from "./conditionrows.js";
import { button, linesControl, selectControl, textControl, tick } from "./controls.js";
import {
  answered, changeType, dependents, duplicateField, isProvisional, languages, moveField, question, removeField, removePage, say, setOptions, settleKey, similar, write,
} from "./document.js";
import { h } from "./dom.js";
import { prefillControl } from "./prefill.js";
import { faultList } from "./problems.js";
import { change, field, setOrDrop, settings } from "./settings.js";

export function drawInspector(panel) {
  const { kind, key } = panel.selected;
  const { doc } = panel.store;
  if (kind === "field" && question(doc, key)) return questionInspector(panel, question(doc, key));
  const page = kind === "page" && doc.pages.find((one) => one.key === key);
  if (page) return pageInspector(panel, page);
  return [h("h2", { class: "b-caption" }, panel.t("nothing_selected")), h("p", { class: "b-hint" }, panel.t("select_hint"))];
}

function questionInspector(panel, { field: held, number, pageIndex }) {
  const { t } = panel;
  const { key } = held;
  const settle = () => setTimeout(() => panel.settle(() => settleQuestion(panel, key)));
  return [
    h("h2", { class: "b-caption" }, t("question_number", { number }), " · ", panel.settings.palette.types[held.type]?.title || held.type),
    faultList(panel, [["fields", key]]),
    textControl(panel, { find: field(key), name: "label", label: t("question_words"), rows: 2, keep: true, tag: `label:${key}`, mark: "label", done: settle }),
    textControl(panel, { find: field(key), name: "help", label: t("help_words"), hint: t("help_hint"), tag: `help:${key}`, mark: "help" }),
    held.options && optionsControl(panel, held),
    held.options && optionHelpsControl(panel, held),
    requiredControl(panel, held),
    settings(panel, held),
    prefillControl(panel, held),
    conditionEditor(panel, { find: field(key), key, mark: `visible:${key}`, title: t("shown_when"), says: "shown_if_sentence" }),
    more(panel, held, pageIndex),
    actions(panel, held),
  ];
}

/** Once its words are written, a new question gets the key they suggest. */
export function settleQuestion(panel, key) {
  const place = question(panel.store.doc, key);
  const before = panel.labelBefore(key);
  const label = place && say(place.field.label, languages(panel.store.doc)[0]);
  if (!label || (label === before && !isProvisional(key))) return;
  const settled = panel.store.apply((doc) => {
    const next = settleKey(doc, key, before, panel.settings.released);
    panel.rename(key, next, label);
    return next;
  }, { tag: `label:${key}:label:${panel.language}`, typing: true });
  if (settled !== key) panel.draw({ typing: false });
}

function optionsControl(panel, held) {
  const { t, language } = panel;
  return linesControl(panel, {
    label: t("options"), hint: t("options_hint"), rows: Math.min(12, Math.max(4, held.options.length + 1)), tag: "options",
    read: (doc) => (field(held.key)(doc)?.options || []).map((option) => say(option.label, language)),
    save: (doc, lines) => setOptions(doc, field(held.key)(doc), lines, language),
  });
}

/** Words under single answers; asked for where they are usual or already there. */
function optionHelpsControl(panel, held) {
  const { t, language } = panel;
  if (held.style !== "tiles" && !held.options.some((option) => option.help)) return null;
  return linesControl(panel, {
    label: t("option_helps"), hint: t("option_helps_hint"), rows: Math.min(12, Math.max(3, held.options.length)), tag: "option-helps",
    read: (doc) => (field(held.key)(doc)?.options || []).map((option) => say(option.help, language)),
    save: (doc, lines) => field(held.key)(doc).options.forEach((option, at) => write(doc, option, "help", language, (lines[at] || "").trim())),
  });
}

function requiredControl(panel, held) {
  const { t } = panel;
  if (!answered(held)) return null;
  if (held.required && typeof held.required === "object") return h("p", { class: "b-hint" }, t("required_by_rule"));
  return tick({
    label: t(held.type === "consent" ? "must_be_ticked" : "required"), checked: held.required === true, mark: "required",
    change: (on) => change(panel, held.key, (one) => setOrDrop(one, "required", on)),
  });
}

function more(panel, held, pageIndex) {
  const { t, language } = panel;
  const { doc } = panel.store;
  const like = similar(held.type);
  return h(
    "details",
    { class: "b-more", open: panel.moreOpen, ontoggle: (event) => { panel.moreOpen = event.target.open; } },
    h("summary", {}, t("more_settings")),
    like.length > 1 && selectControl({
      label: t("kind_of_question"), value: held.type, mark: "type", options: like.map((type) => [type, panel.settings.palette.types[type].title]),
      change: (type) => change(panel, held.key, (one) => changeType(one, type)),
    }),
    doc.pages.length > 1 && selectControl({
      label: t("on_page"), value: String(pageIndex), mark: "on-page",
      options: doc.pages.map((page, index) => [String(index), `${index + 1}. ${say(page.title, language) || t("untitled")}`]),
      change: (value) => panel.store.apply((next) => moveField(next, held.key, Number(value), next.pages[Number(value)].fields.length)),
    }),
    answered(held) && selectControl({
      label: t("privacy"), hint: t("privacy_hint"), value: held.privacy || "none", mark: "privacy",
      options: ["none", "personal", "special", "never_export"].map((name) => [name, t(`privacy_${name}`)]),
      change: (value) => change(panel, held.key, (one) => setOrDrop(one, "privacy", value === "none" ? undefined : value)),
    }),
  );
}

function actions(panel, held) {
  const { t } = panel;
  const drop = () => {
    const waiting = dependents(panel.store.doc, held.key).length;
    const place = question(panel.store.doc, held.key);
    const beside = place.page.fields[place.index + 1] || place.page.fields[place.index - 1];
    panel.store.apply((doc) => removeField(doc, held.key));
    panel.select(beside ? "field" : "page", beside ? beside.key : place.page.key);
    panel.announce(t(waiting ? "removed_with_dependents" : "removed", { count: waiting }));
  };
  return h(
    "div",
    { class: "b-actions" },
    button(t("duplicate"), () => {
      const key = panel.store.apply((doc) => duplicateField(doc, held.key, panel.settings.released));
      panel.select("field", key, { focus: "label" });
    }, { mark: "duplicate" }),
    button(t("remove"), drop, { kind: "danger", mark: "remove" }),
  );
}

function pageInspector(panel, page) {
  const { t } = panel;
  const find = (doc) => doc.pages.find((one) => one.key === page.key);
  const { roles } = panel.store.doc.workflow || { roles: [] };
  const set = (value) => panel.store.apply((doc) => setOrDrop(find(doc), "for", value === "applicant" ? undefined : value));
  const people = [["applicant", t("applicant")], ...roles.map((role) => [role.key, say(role.title, panel.language)])];
  return [
    h("h2", { class: "b-caption" }, t("page")),
    faultList(panel, [["pages", page.key]]),
    textControl(panel, { find, name: "title", label: t("page_title"), keep: true, tag: `page:${page.key}`, mark: "title" }),
    textControl(panel, { find, name: "intro", label: t("page_intro"), hint: t("page_intro_hint"), rows: 3, tag: `page:${page.key}` }),
    conditionEditor(panel, { find, page: page.key, mark: `page:${page.key}:visible`, title: t("page_shown_when"), says: "page_shown_if" }),
    page.for && page.for !== "applicant" && selectControl({ label: t("filled_by"), value: page.for, options: people, change: set, mark: "for" }),
    panel.store.doc.pages.length > 1 && h(
      "div",
      { class: "b-actions" },
      button(t("remove_page", { count: page.fields.length }), () => {
        panel.store.apply((doc) => removePage(doc, page.key));
        panel.select("page", panel.store.doc.pages[0].key);
        panel.announce(t("removed"));
      }, { kind: "danger", mark: "remove" }),
    ),
  ];
}
