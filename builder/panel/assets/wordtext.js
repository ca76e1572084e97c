// A text of the form that may hold answers, and the control that puts one into it, in the words of the clerk.
import { gapped } from "./chiptext.js";
import { button, insertText, textControl } from "./controls.js";
import { say } from "./document.js";
import { h } from "./dom.js";
import { fillable, speaker } from "./letterchips.js";
import { around, doubted, sought } from "./lettertext.js";
import { nameable, outline, rowsOf, visibleFrom } from "./outline.js";
import { mayFill, sayable, settleChips } from "./wordnames.js";

/** The words of a question or page as they are read, answers in them by the words of their question. */
export function readable(panel, holder, name, rows = []) {
  const words = say(holder?.[name], panel.language);
  return holder?.chips ? gapped(around(panel, rows).speak.spoken(words)) : words;
}

/** The questions whose answers may stand in the words of the question `key` or of `page`; with `entry` in what an entry of it is called. */
function early(doc, { key, page, entry }) {
  const before = nameable(doc, { key, page, rule: "visible" });
  if (!entry) return before;
  const own = rowsOf(doc, key, true);
  return [...before, ...visibleFrom(outline(doc), own).filter((one) => one.rows.length === own.length)];
}

/** What may be filled in there, each with words of its own; `offered` are those that come early enough. */
function known(panel, place) {
  const { store: { doc } } = panel;
  const rows = place.page ? [] : rowsOf(doc, place.key, place.entry);
  const fits = new Set(early(doc, place).filter(({ field }) => sayable(field) && field.privacy !== "never_export").map(({ field }) => field));
  return fillable(panel, rows).filter((one) => one.field).map((one) => ({ ...one, offered: fits.has(one.field) }));
}

/** Puts an answer where the caret is, with blanks between it and the words beside it. */
function put(control, words) {
  const [before, behind] = [control.value.slice(0, control.selectionStart), control.value.slice(control.selectionEnd)];
  insertText(control, `${/[\p{L}\p{N}}]$/u.test(before) ? " " : ""}{${words}}${/^[\p{L}\p{N}{]/u.test(behind) ? " " : ""}`);
}

/**
 * Edits the text `find(doc)[name]`, which may hold answers that come before `place`: `{key}` of a question, with `entry` where its entries
 * are named, or `{page}`. Without an answer in them braces are braces.
 */
export function wordsText(panel, { find, name, place, ...how }) {
  const { t } = panel;
  const all = known(panel, place);
  const said = speaker(t, all);
  let putting = false;
  const filled = () => putting || Boolean(find(panel.store.doc)?.chips);
  const speak = { spoken: (text) => (filled() ? said.spoken(text) : text), written: (text) => (filled() ? said.written(text) : text) };
  const tidy = (doc) => {
    const holder = find(doc);
    if (putting && holder) holder.chips = true;
    else if (holder?.chips) settleChips(holder);
  };
  const box = textControl(panel, { find, name, ...how, speak, tidy });
  const control = box.querySelector(".b-input");
  doubted(panel, { box, control, speak, known: all, mark: how.mark, applies: filled });
  const offered = all.filter((one) => one.offered);
  const holder = find(panel.store.doc);
  if (!offered.length || !mayFill(holder)) return box;
  const insert = (one) => {
    putting = true;
    put(control, one.words);
    putting = false;
    panel.announce(t("answer_inserted", { name: one.words }));
  };
  const chips = () => h("div", { class: "b-chips b-chips--offered" }, offered.map((one) => button(one.words, () => insert(one), { kind: "chip", mark: `chip:${one.name}:${how.mark}` })));
  const fill = h("div", { class: "b-fill" });
  const unfold = () => fill.firstChild || fill.append(h("p", { class: "b-hint" }, t("insert_answer_hint")), ...[sought(panel, chips(), offered.length, how.mark)].flat());
  // Drawn when it is opened: each text of a long form would bring hundreds of buttons.
  box.append(h("details", { class: "b-insert", ontoggle: unfold }, h("summary", { "data-f": `${how.mark}:insert` }, t("insert_answer")), fill));
  return box;
}
