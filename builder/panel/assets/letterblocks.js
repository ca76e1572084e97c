// The parts of a letter from top to bottom: one is open at a time, the others say in a line what they hold.
// Order by drag or by button, as with questions.
import { conditionEditor, shownIf } from "./conditionrows.js";
import { button } from "./controls.js";
import { h } from "./dom.js";
import { edit } from "./edits.js";
import { addBlock, copyBlock, emptyBlock, kindOf, listAt, mayMove, moveBlock, removeBlock, rowsAt, stepIn, stepOut, stepTo } from "./letteredits.js";
import { chipBar, glance, toEnd } from "./lettertext.js";
import { PARTS, placed, repeats } from "./letterparts.js";
import { identity } from "./letterissue.js";
import { faultList } from "./problems.js";
import { labelOf, say } from "./document.js";

const KINDS = ["paragraph", "details", "items", "table", "each", "heading", "break"];
const MOST = 100;
const DRAGGED = "text/x-rakit-part";

const named = (path) => path.join(".");
export const isOpen = (panel, path) => panel.openPart === named(path);

/** Opens a part, or closes what is open. */
export function openPart(panel, path) {
  panel.openPart = path ? named(path) : "";
  panel.draw({ typing: false });
  const mark = path && `part:${panel.selected.key}:${named(path)}`;
  const text = mark && [...panel.textsTarget.querySelectorAll("[data-chips]")].find((one) => one.dataset.f.startsWith(`${mark}:`));
  if (text) toEnd(text);
  else if (mark) panel.focus(`${mark}:open`);
}

/** Changes where parts stand by `change(doc)`, which returns the path of the one that is open after it. */
function rearrange(panel, change, words, focus) {
  let now;
  edit(panel, (doc) => { now = change(doc); }, {
    within: () => {
      panel.openPart = named(now);
      panel.drafts.clear();
    },
    done: (_result, sentences) => {
      const mark = `part:${panel.selected.key}:${named(now)}`;
      if (!focus) openPart(panel, now);
      else if (panel.textsTarget.querySelector(`[data-f="${CSS.escape(`${mark}:${focus}`)}"]`)) panel.focus(`${mark}:${focus}`);
      else panel.focus(`${mark}:open`); // at the end of the way there is no such button any more
      panel.announce([panel.t(words, { place: now.map((at) => at + 1).join(".") }), ...sentences].join(" "));
    },
  });
}

/** Lets what is dragged be dropped where `to(event)` says. */
function dropAt(panel, key, to) {
  const over = (event, on) => {
    if (![...event.dataTransfer.types].includes(DRAGGED)) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.classList.toggle("b-drop", on);
  };
  return {
    ondragover: (event) => over(event, true),
    ondragleave: (event) => over(event, false),
    ondrop: (event) => {
      const path = event.dataTransfer.getData(DRAGGED).split(".").map(Number);
      over(event, false);
      if (mayMove(panel.store.doc, key, path, to)) rearrange(panel, (doc) => moveBlock(doc, key, path, to), "block_moved", "open");
    },
  };
}

/** The parts of the list that `path` leads into, `[]` for the letter itself, and what can be added to it. */
export function drawBlocks(panel, key, path = []) {
  const list = listAt(panel.store.doc, key, [...path, 0]) || [];
  return [
    h("ol", { class: "b-parts" }, list.map((_block, at) => part(panel, placed(panel, key, [...path, at])))),
    list.length < MOST && adding(panel, key, path, list.length),
  ];
}

function adding(panel, key, path, count) {
  const { t, store } = panel;
  const rows = rowsAt(store.doc, key, [...path, 0]);
  const several = repeats(store.doc, rows);
  const open = (panel.openPart || "").split(".").map(Number);
  const beside = panel.openPart && open.length === path.length + 1 && path.every((at, depth) => open[depth] === at) && Number.isInteger(open.at(-1));
  const to = [...path, beside ? open.at(-1) + 1 : count];
  const add = (kind) => rearrange(panel, (doc) => {
    const block = emptyBlock(doc, kind, several[0]);
    if (kind === "details" && !rows.length && identity(doc).length) block.details = identity(doc).map((question) => ({ question }));
    return addBlock(doc, key, to, block);
  }, "block_added");
  return h(
    "div",
    { class: "b-addpart", role: "group", "aria-label": t("block_add"), ...dropAt(panel, key, [...path, count]) },
    h("span", { class: "b-hint" }, t(beside ? "block_add_below" : "block_add")),
    KINDS.filter((kind) => several.length || !["table", "each"].includes(kind)).map((kind) => button(`+ ${t(`block_${kind}`)}`, () => add(kind), { kind: "chip", mark: `add:${named(path)}:${kind}` })),
    !several.length && !path.length && h("p", { class: "b-hint" }, t("block_no_repeat")),
  );
}

function part(panel, at) {
  const { t } = panel;
  const kind = kindOf(at.block);
  const open = isOpen(panel, at.path);
  const name = `${named(at.path.map((one) => one + 1))}. ${t(`block_${kind || "unknown"}`)}`;
  const card = h(
    "li",
    {
      class: `b-part b-part--${kind}${open ? " b-part--on" : ""}`, "data-key": `${at.key}:${named(at.path)}`, ...dropAt(panel, at.key, at.path),
    },
    h(
      "div", { class: "b-part__head" },
      h(
        "button",
        {
          type: "button", class: "b-part__main", draggable: true, "aria-expanded": String(open), "data-f": `${at.mark}:open`,
          onclick: () => openPart(panel, open ? null : at.path),
          ondragstart: (event) => { event.stopPropagation(); event.dataTransfer.setData(DRAGGED, named(at.path)); },
        },
        h("span", { class: "b-part__kind" }, name), !open && h("span", { class: "b-part__words" }, summary(panel, at, kind)),
      ),
      open && order(panel, at, name),
    ),
    faultList(panel, [["body", `${at.key}:${named(at.path)}`]]),
    !open && at.block.when && h("p", { class: "b-chip" }, shownIf(panel, { id: at.mark, rule: at.block.when, rows: at.rows, says: "printed_if" })),
    h("p", { class: "b-hint b-part__out", "data-out": named(at.path), hidden: !panel.letterView?.leftOut.includes(named(at.path)) }, t("block_left_out")),
  );
  if (open && kind) fill(panel, card, at, kind);
  if (at.block.body) card.append(h("div", { class: "b-inside" }, drawBlocks(panel, at.key, at.path)));
  return card;
}

/** What an open part holds. */
function fill(panel, card, at, kind) {
  const { t } = panel;
  const inside = at.rows.length > 0;
  card.append(h("div", { class: "b-part__body" }, PARTS[kind](panel, at)));
  if (card.querySelector("[data-chips]")) {
    const bar = chipBar(panel, { place: at.fill, mark: at.mark, card: () => card });
    bar.listen(card);
    card.append(bar);
  }
  card.append(conditionEditor(panel, {
    find: at.find, rule: "when", key: inside ? at.rows.join("/") : undefined, row: inside, mark: `when:${at.mark}`, title: t("printed_when"),
    says: "printed_if", add: "printed_add", none: "printed_none", quiet: true, untried: true,
  }));
}

function order(panel, { key, path, mark }, name) {
  const { t, store: { doc } } = panel;
  const arrow = (words, icon, tag, to) => to && button(t(words, { name }), () => rearrange(panel, (next) => moveBlock(next, key, path, to), "block_moved", tag), { icon, mark: `${mark}:${tag}`, kind: "icon", again: true });
  return h(
    "span",
    { class: "b-question__order" },
    arrow("move_up", "↑", "up", stepTo(doc, key, path, -1)),
    arrow("move_down", "↓", "down", stepTo(doc, key, path, 1)),
    arrow("block_in", "→", "in", stepIn(doc, key, path)),
    arrow("block_out", "←", "out", stepOut(path)),
    button(t("block_copy", { name }), () => rearrange(panel, (next) => copyBlock(next, key, path), "block_copied"), { icon: t("copy"), kind: "word", mark: `${mark}:copy` }),
    button(t("block_remove", { name }), () => rearrange(panel, (next) => removeBlock(next, key, path), "removed", "open"), { icon: "×", kind: "icon", mark: `${mark}:remove` }),
  );
}

/** A part in one line. */
function summary(panel, at, kind) {
  const { t, language } = panel;
  const { block, place, fill: inner } = at;
  const all = repeats(panel.store.doc, []);
  const of = (key) => labelOf([...all, ...repeats(panel.store.doc, at.rows)].find((field) => field.key === key), language) || t("missing_question");
  const line = ({ question, label }) => (question && !say(label, language) ? place.known.find((one) => one.name === question)?.words || t("missing_question") : glance(panel, place, label));
  const said = {
    paragraph: () => glance(panel, place, block.paragraph),
    heading: () => glance(panel, place, block.heading),
    items: () => block.items.map((item) => glance(panel, place, item)).join(" · "),
    details: () => block.details.map(line).join(" · "),
    table: () => `${of(block.table)}: ${block.columns.map((column) => glance(panel, inner, column.title)).join(" · ")}`,
    each: () => t("block_each_of", { name: of(block.each) }),
    break: () => "",
  };
  return (kind && said[kind]()) || (kind === "break" ? "" : t("block_empty"));
}
