// The letters of a service: listed, begun from a usual shape, copied, ordered and taken out; one that is chosen is written
// beside its picture.
import { button } from "./controls.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { edit } from "./edits.js";
import { drawBlocks, openPart } from "./letterblocks.js";
import { copyLetter, letterOf, MOST_LETTERS, moveLetter, removeLetter } from "./letteredits.js";
import { drawFoot, drawHead, issuedWords } from "./letterframe.js";
import { lastRefusal, makeLetter } from "./letterissue.js";
import { LetterView } from "./letterpicture.js";
import { around, glance } from "./lettertext.js";
import { errors, faultList } from "./problems.js";

/** The letter that is written now, undefined when the list is shown. */
export const chosenLetter = (panel) => (panel.selected.kind === "letter" ? letterOf(panel.store.doc, panel.selected.key) : undefined);

/** Opens a letter, with the part that is named. */
export function openLetter(panel, key, part = "") {
  panel.openPart = part;
  panel.select("letter", key, { focus: "letter:back" });
  window.scrollTo({ top: 0 });
}

function leave(panel, key) {
  panel.openPart = "";
  panel.select("", "");
  panel.focus(`letter:${key}`);
}

const ofLetter = (key) => ({ target }) => (target.kind === "letters" && target.key === key) || (target.kind === "body" && String(target.key).startsWith(`${key}:`));

export function drawLetters(panel) {
  const { t, store: { doc } } = panel;
  const letters = doc.letters || [];
  return h(
    "section", { class: "b-letters" },
    h("h2", { class: "b-title" }, t("letters_title")),
    h("p", { class: "b-hint" }, t("letters_hint")),
    letters.length ? h("ol", { class: "b-letterlist" }, letters.map((letter, at) => item(panel, letter, at, letters.length))) : h("p", { class: "b-empty" }, t("no_letters")),
    letters.length < MOST_LETTERS && h("div", { class: "b-actions" }, button(t("letter_add"), () => chooseShape(panel), { kind: "main", mark: "letter:add" })),
  );
}

function item(panel, letter, at, count) {
  const { t } = panel;
  const { key } = letter;
  const name = glance(panel, around(panel, []), letter.title) || t("untitled");
  const order = (way, words, icon) => button(t(words, { name }), () => panel.store.apply((doc) => moveLetter(doc, key, way)), {
    icon, kind: "icon", mark: `letter:${key}:${words}`, disabled: at + way < 0 || at + way >= count, again: true,
  });
  return h(
    "li", { class: "b-letteritem", "data-key": key },
    h("div", { class: "b-letteritem__words" }, button(name, () => openLetter(panel, key), { kind: "link", mark: `letter:${key}` }), h("p", { class: "b-hint" }, issuedWords(panel, key))),
    h("span", { class: "b-letteritem__tags", "data-letter": key }, tags(panel, key)),
    h(
      "span", { class: "b-question__order" },
      order(-1, "move_up", "↑"), order(1, "move_down", "↓"),
      button(t("letter_copy", { name }), () => {
        const copy = panel.store.apply((doc) => copyLetter(doc, key));
        openLetter(panel, copy, "head");
        panel.announce(t("letter_copied"));
      }, { icon: t("copy"), kind: "word", mark: `letter:${key}:copy` }),
      button(t("letter_remove", { name }), () => remove(panel, key), { icon: "×", kind: "icon", mark: `letter:${key}:remove` }),
    ),
  );
}

/** How much of a letter is to be put right, and how much is not translated. */
function tags(panel, key) {
  const mine = (panel.problems || []).filter(ofLetter(key));
  const [wrong, missing] = [errors(mine).length, mine.filter(({ code }) => code === "texts.missing").length];
  return [
    wrong > 0 && h("span", { class: "b-tag b-tag--alarm" }, panel.t("letter_wrong", { count: wrong })),
    missing > 0 && h("span", { class: "b-tag b-tag--warm" }, panel.t("letter_untranslated", { count: missing })),
  ].filter(Boolean);
}

function remove(panel, key) {
  edit(panel, (doc) => removeLetter(doc, key), {
    asks: "ask_letter",
    done: (_result, sentences) => {
      leave(panel, "add");
      panel.announce([panel.t("letter_removed"), ...sentences].join(" "));
    },
  });
}

function chooseShape(panel) {
  const { t, settings: { shapes, parts }, store } = panel;
  openDialog(panel, {
    title: t("letter_add"), mark: "shapes",
    body: (close) => [
      h("p", { class: "b-hint" }, t("shapes_hint")),
      h("div", { class: "b-ways b-ways--shapes" }, shapes.map((shape) => h(
        "div", { class: "b-way" }, h("h3", { class: "b-label" }, shape.title), h("p", { class: "b-hint" }, shape.hint),
        button(t("shape_take", { name: shape.title }), () => close(() => {
          const key = store.apply((doc) => makeLetter(doc, shape, parts));
          openLetter(panel, key, "head");
          openPart(panel, ["head"]);
          panel.announce(t(shape.issued ? (lastRefusal(store.doc) ? "letter_added_refused" : "letter_added_unissued") : "letter_added"));
        }), { kind: "main", mark: `shape:${shape.name}` }),
      ))),
      h("div", { class: "b-actions" }, button(t("leave"), () => close(), { mark: "dialog:leave" })),
    ],
  });
}

/** Leads to the picture, which stands below all parts where there is no room beside them. */
function see(element) {
  element.scrollIntoView();
  element.querySelector("button").focus({ preventScroll: true });
}

/** One letter: its parts, and beside them its picture. */
export function drawLetter(panel, letter) {
  const { t } = panel;
  const { key } = letter;
  panel.letterView ||= new LetterView(panel);
  panel.letterView.show(key);
  const { element } = panel.letterView;
  const { scrollTop } = element;
  queueMicrotask(() => { element.scrollTop = scrollTop; }); // it is moved, which would lead back to the first page
  return h(
    "div", { class: "b-letter" },
    h(
      "div", { class: "b-letter__parts" },
      h(
        "div", { class: "b-letter__bar" }, button(t("letters_back"), () => leave(panel, key), { kind: "link", mark: "letter:back" }),
        h("span", { class: "b-letter__see" }, button(t("picture_title"), () => see(element), { kind: "link", mark: "letter:see" })),
      ),
      h("h2", { class: "b-title" }, glance(panel, around(panel, []), letter.title) || t("untitled")),
      faultList(panel, [["letters", key]]),
      drawHead(panel, letter), drawBlocks(panel, key), drawFoot(panel, letter),
      h("div", { class: "b-actions" }, button(t("letter_remove_this"), () => remove(panel, key), { kind: "danger", mark: "letter:remove" })),
    ),
    element,
  );
}

/** Brings what is said of each letter in the list up to date. */
export function lettersHeard(panel) {
  for (const box of panel.textsTarget.querySelectorAll("[data-letter]")) box.replaceChildren(...tags(panel, box.dataset.letter));
}

/** While somebody types, only the picture is drawn anew. */
export const lettersTyped = (panel) => chosenLetter(panel) && panel.letterView?.later();
