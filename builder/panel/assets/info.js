// What citizens read about the service before they begin, and which answers tell us who they are.
import { linesControl, numberControl, selectControl, textControl } from "./controls.js";
import { labelOf, say, write } from "./document.js";
import { h } from "./dom.js";
import { questions } from "./outline.js";
import { translationLink } from "./translation.js";

const whole = (doc) => doc;
/** The object `doc[name]`; made when it is about to be written into. */
const part = (name) => (doc, make = false) => (make ? (doc[name] ||= {}) : doc[name]);
const PROSE = ["fee", "product", "validity", "complaints"];
const LISTS = ["requirements", "legal_basis"];
const MORE = ["facilities", "competence", "supervision", "staffing", "guarantee", "safety", "evaluation"];

export function drawInfo(panel) {
  const { t, settings } = panel;
  const { doc } = panel.store;
  const text = (name, more = {}) =>
    textControl(panel, { find: part("standard"), name, label: t(`standard_${name}`), rows: 2, tag: "standard", mark: `standard:${name}`, ...more });
  return [
    h(
      "div",
      { class: "b-columns" },
      h(
        "section",
        { class: "b-card" },
        h("h2", { class: "b-title" }, t("info_title")),
        textControl(panel, { find: whole, name: "title", label: t("service_title"), keep: true, tag: "title", mark: "info:title" }),
        textControl(panel, { find: whole, name: "summary", label: t("service_summary"), hint: t("service_summary_hint"), rows: 3, tag: "summary", mark: "info:summary" }),
        h(
          "div",
          { class: "b-pair" },
          selectControl({
            label: t("category"), value: doc.category || "other", options: settings.categories, mark: "info:category",
            change: (value) => panel.store.apply((next) => { next.category = value; }),
          }),
          selectControl({
            label: t("icon"), value: doc.icon || "document", options: settings.icons, mark: "info:icon",
            change: (value) => panel.store.apply((next) => { next.icon = value; }),
          }),
        ),
        translationLink(panel),
      ),
      applicant(panel),
      h(
        "section",
        { class: "b-card" },
        h("h2", { class: "b-title" }, t("standard_title")),
        h("p", { class: "b-hint" }, t("standard_hint")),
        LISTS.slice(0, 1).map((name) => lines(panel, name)),
        PROSE.map((name) => text(name)),
        LISTS.slice(1).map((name) => lines(panel, name)),
        h("details", { class: "b-more" }, h("summary", {}, t("standard_more")), MORE.map((name) => text(name))),
      ),
      h(
        "section",
        { class: "b-card" },
        h("h2", { class: "b-title" }, t("privacy_title")),
        textControl(panel, { find: part("privacy"), name: "notice", label: t("privacy_notice"), hint: t("privacy_notice_hint"), rows: 3, tag: "privacy", mark: "privacy:notice" }),
        textControl(panel, { find: part("privacy"), name: "legal_basis", label: t("privacy_legal_basis"), rows: 2, tag: "privacy", mark: "privacy:legal_basis" }),
        numberControl({
          label: t("privacy_retention"), hint: t("privacy_retention_hint"), value: doc.privacy?.retention, maximum: 1200, mark: "privacy:retention", wide: true,
          change: (months) => panel.store.apply((next) => {
            part("privacy")(next, true);
            if (months === undefined) delete next.privacy.retention;
            else next.privacy.retention = months;
          }, { tag: "retention", typing: true }),
        }),
      ),
    ),
  ];
}

function lines(panel, name) {
  const { t, language } = panel;
  return linesControl(panel, {
    label: t(`standard_${name}`),
    hint: t("one_per_line"),
    tag: `standard:${name}`,
    read: (doc) => (doc.standard?.[name] || []).map((text) => say(text, language)),
    save: (doc, found) => {
      const held = part("standard")(doc, true)[name] || [];
      const words = found.map((line) => line.trim()).filter(Boolean);
      doc.standard[name] = words.map((line, index) => {
        const holder = { text: words.length === held.length ? held[index] : held.find((one) => say(one, language, true) === line) };
        write(doc, holder, "text", language, line);
        return holder.text;
      });
      if (!doc.standard[name].length) delete doc.standard[name];
    },
  });
}

const TYPES = { name: ["text"], email: ["email"], phone: ["phone"], proof: ["date", "text", "phone", "email", "nik"] };

/** Which answers name the applicant, reach them, and prove who asks for the status. */
function applicant(panel) {
  const { t, language, store } = panel;
  const asked = questions(store.doc).filter(({ page }) => !page.for || page.for === "applicant");
  return h(
    "section",
    { class: "b-card" },
    h("h2", { class: "b-title" }, t("applicant_title")),
    h("p", { class: "b-hint" }, t("applicant_hint")),
    Object.entries(TYPES).map(([name, types]) =>
      selectControl({
        label: t(`applicant_${name}`),
        hint: name === "proof" ? t("applicant_proof_hint") : "",
        value: store.doc.applicant?.[name] || "",
        mark: `applicant:${name}`,
        options: [
          ["", t(name === "proof" ? "proof_by_code" : "not_asked")],
          ...asked.filter(({ field }) => types.includes(field.type)).map(({ field, number }) => [field.key, `${number}. ${labelOf(field, language) || t("untitled")}`]),
        ],
        change: (key) => store.apply((doc) => {
          doc.applicant ||= {};
          if (key) doc.applicant[name] = key;
          else delete doc.applicant[name];
          if (!Object.keys(doc.applicant).length) delete doc.applicant;
        }),
      }),
    ),
  );
}
