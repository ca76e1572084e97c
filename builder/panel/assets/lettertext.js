// A text of a letter, and the bar that puts answers, facts and emphasis into whichever text of a part was written in last.
import { button, insertText, textControl, tokenChips } from "./controls.js";
import { languages, say } from "./document.js";
import { h } from "./dom.js";
import { chipAt, FACTS, fillable, formats, meant, meantBy, mended, rewritten, speaker, unknown } from "./letterchips.js";

const LINE = 62;
const MOST_LINES = 9;
const MANY = 12;
const MARKS = { bold: "**", italic: "*", underline: "__" };
const ICONS = { bold: "B", italic: "I", underline: "U" };

const told = new WeakMap();

/** What texts where `rows` are around may fill in, and how they are read and written; worked out once for a document. */
export function around(panel, rows) {
  const { language, store: { doc } } = panel;
  if (!told.has(doc)) told.set(doc, new Map());
  const mark = [language, ...rows].join("/");
  const held = told.get(doc);
  if (!held.has(mark)) {
    const known = fillable(panel, rows);
    held.set(mark, { known, speak: speaker(panel.t, known) });
  }
  return held.get(mark);
}

const lines = (text) => Math.min(MOST_LINES, text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / LINE), 0));

/** Edits a text of a letter; `place` is what `around` gave. What stands in braces and is nothing known is told below it. */
export function letterText(panel, { find, name, label, hint, mark, place, long = false, keep = true }) {
  const { speak } = place;
  const held = speak.spoken(say(find(panel.store.doc)?.[name], panel.language, true));
  const box = textControl(panel, { find, name, label, hint, keep, speak, tag: mark, mark, rows: long ? Math.max(2, lines(held)) : 0 });
  const control = box.querySelector(".b-input");
  control.dataset.chips = "";
  control.addEventListener("input", () => { if (long) control.rows = Math.max(2, lines(control.value)); });
  doubted(panel, { box, control, speak, known: place.known, mark });
  return box;
}

/** Tells below a text what stands in braces there and is nothing known, where that would be read with its braces. */
export function doubted(panel, { box, control, speak, known, mark, applies = () => true }) {
  const odd = h("p", { role: "status" });
  const tell = () => {
    const [first] = applies() ? unknown(speak.written(control.value)) : [];
    odd.hidden = first === undefined;
    odd.className = first === undefined ? "" : "b-doubt";
    if (first === undefined) return odd.replaceChildren();
    const one = meantBy(known, first);
    const mend = () => {
      control.value = mended(control.value, first, one);
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.focus();
    };
    return odd.replaceChildren(panel.t("chip_unknown", { name: first }), ...(one ? [" ", button(panel.t("chip_mend", { name: one.words }), mend, { kind: "link", mark: `${mark}:mend` })] : []));
  };
  control.addEventListener("input", tell);
  tell();
  box.append(odd);
}

/** Goes into a text, behind what stands there. */
export function toEnd(control) {
  control.focus();
  control.setSelectionRange(control.value.length, control.value.length);
}

/** What a text says at a glance, in the language that is written in, else in another. */
export function glance(panel, place, text) {
  const words = say(text, panel.language) || say(text, languages(panel.store.doc)[0]);
  return place.speak.spoken(words).replaceAll("**", "").replaceAll("__", "").replace(/\*(\S(?:.*?\S)?)\*/g, "$1");
}

/** Makes what is selected bold, italic or underlined, or plain again. */
export function emphasise(control, mark) {
  const { value } = control;
  const [from, to] = meant(value, control.selectionStart, control.selectionEnd);
  const words = value.slice(from, to);
  const on = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark;
  const held = words.startsWith(mark) && words.endsWith(mark) && words.length > 2 * mark.length;
  if (on) insertText(control, words, from - mark.length, to + mark.length);
  else insertText(control, held ? words.slice(mark.length, -mark.length) : `${mark}${words}${mark}`, from, to);
  if (!words) control.setSelectionRange(from + mark.length, from + mark.length);
}

/** The bar of a part; `card()` is the part itself. */
export function chipBar(panel, { place, mark, card }) {
  const { t } = panel;
  const target = () => {
    const texts = [...card().querySelectorAll("[data-chips]")];
    return texts.find((one) => one.dataset.f === panel.writing) || texts[0];
  };
  const how = h("div", { class: "b-chips b-chips--how" });
  const draw = () => how.replaceChildren(...ways(panel, place, target(), draw));
  const bar = h(
    "div",
    { class: "b-fill", role: "group", "aria-label": t("fill_bar") },
    h(
      "div", { class: "b-chips" },
      Object.keys(MARKS).map((name) => button(t(`style_${name}`), () => emphasise(target(), MARKS[name]), {
        icon: ICONS[name], kind: `icon b-button--${name}`, mark: `${mark}:${name}`, again: true,
      })),
      groups(panel, mark),
    ),
    offered(panel, { place, mark, target }),
    how,
  );
  bar.listen = (element) => {
    for (const kind of ["focusin", "keyup", "click", "input"]) {
      element.addEventListener(kind, ({ target: one }) => {
        if (!("chips" in (one.dataset || {}))) return;
        panel.writing = one.dataset.f;
        draw();
      });
    }
  };
  return bar;
}

const groupOf = (panel) => panel.fillGroup || "answers";

function groups(panel, mark) {
  const { t } = panel;
  return ["answers", ...Object.keys(FACTS)].map((name) => h("button", {
    type: "button", class: "b-button b-button--group", "aria-pressed": String(groupOf(panel) === name), "data-f": `${mark}:group:${name}`,
    onclick: () => {
      panel.fillGroup = name;
      panel.draw({ typing: false });
    },
  }, t(`fill_${name}`)));
}

/** The chips of the group that is chosen; many answers are looked for by their words. */
function offered(panel, { place, mark, target }) {
  const { t } = panel;
  const group = groupOf(panel);
  const mine = place.known.filter((one) => one.offered && (group === "answers" ? one.field : FACTS[group].includes(one.name)));
  const called = new Map(mine.map((one) => [one.name, one.words]));
  const chips = tokenChips(panel, target, [...called.keys()], mark, (name) => called.get(name));
  chips.classList.add("b-chips--offered");
  if (!mine.length) return h("p", { class: "b-hint" }, t("fill_no_answers"));
  return sought(panel, chips, mine.length, mark);
}

/** Chips, with a box to look for one by its words where there are many. */
export function sought({ t }, chips, count, mark) {
  if (count <= MANY) return chips;
  const find = h("input", {
    class: "b-input b-fill__find", type: "search", placeholder: t("fill_find"), "aria-label": t("fill_find"), "data-f": `${mark}:find`,
    oninput: ({ target: { value } }) => {
      for (const chip of chips.querySelectorAll("button")) chip.hidden = !chip.textContent.toLowerCase().includes(value.trim().toLowerCase());
    },
  });
  return [find, chips];
}

/** How the chip around the caret is written, as switches. */
function ways(panel, place, control, again) {
  const { t } = panel;
  const chip = control && chipAt(control.value, control.selectionStart, place.speak);
  const one = chip && place.known.find(({ name }) => name === chip.name);
  if (!one) return [h("p", { class: "b-hint" }, t("fill_hint"))];
  const set = (how) => {
    insertText(control, place.speak.spoken(rewritten(chip, how)), chip.from, chip.to);
    again();
  };
  return [
    h("span", { class: "b-hint" }, t("written_as", { name: one.words })),
    ...formats(one).map((how) => h("button", {
      type: "button", class: "b-button b-button--group", "aria-pressed": String(chip.hows.includes(how)), onclick: () => set(how),
    }, t(`format_${how}`))),
  ];
}
