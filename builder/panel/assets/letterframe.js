// What stands around the body of a letter: above it title, number, addressee and paper; below it who signs, how long it
// holds, who gets it, too, and when it is issued. Both are cards like the parts between them.
import { button, numberControl, selectControl, tick } from "./controls.js";
import { languages, say } from "./document.js";
import { h } from "./dom.js";
import { called } from "./edits.js";
import { put, role, status } from "./flow.js";
import { isOpen, openPart } from "./letterblocks.js";
import { letterOf } from "./letteredits.js";
import { issuable, issuers, officerActions, ownRegister, setIssued, setRegister } from "./letterissue.js";
import { rowList } from "./letterrows.js";
import { around, chipBar, glance, letterText } from "./lettertext.js";
import { numberPattern } from "./numbercontrol.js";

const OWN = "+";
const MOST_COPIES = 50;

/** A card of the frame, open or in one line. */
function frameCard(panel, { key, name, words, body }) {
  const { t } = panel;
  const open = isOpen(panel, [name]);
  const mark = `part:${key}:${name}`;
  const card = h(
    "div", { class: `b-part b-part--frame${open ? " b-part--on" : ""}` },
    h("div", { class: "b-part__head" }, h(
      "button", { type: "button", class: "b-part__main", "aria-expanded": String(open), "data-f": `${mark}:open`, onclick: () => openPart(panel, open ? null : [name]) },
      h("span", { class: "b-part__kind" }, t(`frame_${name}`)), !open && h("span", { class: "b-part__words" }, words),
    )),
  );
  if (!open) return card;
  const place = around(panel, []);
  const bar = chipBar(panel, { place, mark, card: () => card });
  bar.listen(card);
  card.append(h("div", { class: "b-part__body" }, ...body(place, mark).flat(Infinity).filter(Boolean)), bar);
  return card;
}

const change = (panel, key, work, how) => panel.store.apply((doc) => work(letterOf(doc, key), doc), how);

export function drawHead(panel, letter) {
  const { t, store } = panel;
  const { key } = letter;
  const find = (doc) => letterOf(doc, key);
  const place = around(panel, []);
  const addressed = letter.recipient !== undefined;
  const body = (known, mark) => [
    letterText(panel, { find, name: "title", label: t("letter_title"), mark: `${mark}:title`, place: known }),
    letterText(panel, { find, name: "subject", label: t(addressed ? "letter_subject" : "letter_about"), mark: `${mark}:subject`, place: known, keep: false }),
    tick({ label: t("letter_addressed"), hint: t("letter_addressed_hint"), checked: addressed, mark: `${mark}:addressed`, change: (on) => change(panel, key, (one, doc) => {
      if (on) one.recipient = { [languages(doc)[0]]: "" };
      else delete one.recipient;
    }) }),
    addressed && letterText(panel, { find, name: "recipient", label: t("letter_recipient"), mark: `${mark}:recipient`, place: known, long: true }),
    h(
      "div", { class: "b-grid" },
      selectControl({
        label: t("letter_paper"), value: letter.paper || "f4", mark: `${mark}:paper`, options: [["f4", t("paper_f4")], ["a4", t("paper_a4")]],
        change: (paper) => change(panel, key, (one) => put(one, "paper", paper === "f4" ? "" : paper)),
      }),
      numbering(panel, letter, mark),
    ),
    letter.register && store.doc.workflow.registers?.some((one) => one.key === letter.register) && numberPattern(panel, { register: letter.register, mark: key }),
    h("p", { class: "b-hint" }, t("letter_head_hint")),
  ];
  return frameCard(panel, { key, name: "head", words: glance(panel, place, letter.title) || t("untitled"), body });
}

function numbering(panel, letter, mark) {
  const { t, store: { doc }, settings: { parts } } = panel;
  const { key } = letter;
  const known = (doc.workflow.registers || []).map((one) => [one.key, t("number_of_series", { name: called(panel, one) })]);
  const gone = letter.register && !known.some(([one]) => one === letter.register) ? [[letter.register, t("number_gone")]] : [];
  return selectControl({
    label: t("letter_number"), value: letter.register || "", mark: `${mark}:register`,
    options: [["", t("number_of_case")], ...gone, ...known, [OWN, t("number_own")]],
    change: (register) => panel.store.apply((next) => (register === OWN ? ownRegister(next, key, parts) : setRegister(next, key, register))),
  });
}

const action = (panel, one) => {
  const { store: { doc }, language } = panel;
  const who = say((role(doc, one.who?.role) || (one.who === "system" && status(doc, one.from[0])))?.title, language);
  return who ? panel.t("letter_action", { action: called(panel, one), role: who }) : called(panel, one);
};

export function drawFoot(panel, letter) {
  const { t, store: { doc } } = panel;
  const { key } = letter;
  const signed = doc.workflow.actions.find((one) => one.key === letter.signer?.action);
  const words = [signed ? t("foot_signed", { action: action(panel, signed) }) : t("foot_unsigned"), issuedWords(panel, key)].join(" · ");
  const body = (place, mark) => [
    issuing(panel, key, mark), signer(panel, letter, mark), letter.signer && mandate(panel, key, place, mark),
    tick({ label: t("letter_holder"), hint: t("letter_holder_hint"), checked: letter.holder === true, mark: `${mark}:holder`, change: (on) => change(panel, key, (one) => put(one, "holder", on || "")) }),
    validity(panel, letter, mark), copies(panel, key, place, mark),
  ];
  return frameCard(panel, { key, name: "foot", words, body });
}

/** When a letter is issued, in words. */
export function issuedWords(panel, key) {
  const { t, store: { doc } } = panel;
  const found = issuers(doc, key).map((one) => (one ? action(panel, doc.workflow.actions.find((held) => held.key === one)) : t("issued_filed")));
  return found.length ? t("issued_after", { actions: found.join(", ") }) : t("issued_never");
}

function issuing(panel, key, mark) {
  const { t, store: { doc } } = panel;
  const held = issuers(doc, key);
  const named = (one) => (one ? action(panel, doc.workflow.actions.find((other) => other.key === one)) : t("issued_filed"));
  const set = (one, on) => panel.store.apply((next) => setIssued(next, key, one, on));
  const others = issuable(doc).filter((one) => !held.includes(one.key));
  return h(
    "div", { class: "b-field" },
    selectControl({
      label: t("issued_when"), hint: held.length ? "" : t("issued_hint"), value: "", mark: `${mark}:issue`,
      options: [["", t(held.length ? "issued_more" : "issued_choose")], ...others.map((one) => [one.key, action(panel, one)])], change: (one) => one && set(one, true),
    }),
    held.length > 0 && h("ul", { class: "b-issued" }, held.map((one) => h("li", {}, named(one), button(t("issued_remove", { action: named(one) }), () => set(one, false), { icon: "×", kind: "icon", mark: `${mark}:issue:${one}` })))),
  );
}

function signer(panel, letter, mark) {
  const { t, store: { doc } } = panel;
  const all = officerActions(doc);
  const held = letter.signer?.action || "";
  const gone = held && !all.some((one) => one.key === held) ? [[held, t("signer_gone")]] : [];
  return selectControl({
    label: t("letter_signer"), hint: t("letter_signer_hint"), value: held, mark: `${mark}:signer`,
    options: [["", t("signer_none")], ...gone, ...all.map((one) => [one.key, action(panel, one)])],
    change: (key) => change(panel, letter.key, (one) => put(one, "signer", key && { ...one.signer, action: key })),
  });
}

const mandate = (panel, key, place, mark) => ["mandate", "through"].map((name) => letterText(panel, {
  find: (doc) => letterOf(doc, key)?.signer, name, label: panel.t(`letter_${name}`), hint: panel.t(`letter_${name}_hint`), mark: `${mark}:${name}`, place, keep: false,
}));

function validity(panel, letter, mark) {
  const { t } = panel;
  const held = letter.validity || {};
  const set = (amount, unit, how) => change(panel, letter.key, (one) => put(one, "validity", amount && { amount, unit: unit || "months" }), how);
  return h(
    "div", { class: "b-pair" },
    numberControl({
      label: t("letter_validity"), value: held.amount, minimum: 1, maximum: 1000, mark: `${mark}:validity`,
      change: (amount) => set(amount, letterOf(panel.store.doc, letter.key).validity?.unit, { tag: `${mark}:validity`, typing: true }),
    }),
    selectControl({
      label: t("letter_validity_unit"), value: held.unit || "months", mark: `${mark}:unit`, options: ["days", "months", "years"].map((unit) => [unit, t(`validity_${unit}`)]),
      change: (unit) => set(letterOf(panel.store.doc, letter.key).validity?.amount, unit),
    }),
  );
}

function copies(panel, key, place, mark) {
  const { t } = panel;
  const list = (doc, make) => {
    const letter = letterOf(doc, key);
    if (make) letter.copies ||= [];
    return letter?.copies;
  };
  return h(
    "div", { class: "b-field" },
    h("p", { class: "b-label" }, t("letter_copies")),
    rowList(panel, {
      list, most: MOST_COPIES, least: 0, mark: `${mark}:copy`, words: t("copy_add"), add: (doc) => ({ [languages(doc)[0]]: "" }),
      tidy: (doc) => put(letterOf(doc, key), "copies", letterOf(doc, key).copies),
      draw: (_copy, at) => letterText(panel, { find: list, name: at, label: t("copy_to", { number: at + 1 }), mark: `${mark}:copy:${at}:text`, place }),
    }),
  );
}
