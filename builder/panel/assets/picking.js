// Choosing several questions in the list, and the bar of what can be done with them.
import { saveToBank } from "./bank.js";
import { copy, paste } from "./clipboard.js";
import { button, selectControl } from "./controls.js";
import { h } from "./dom.js";
import { called, edit } from "./edits.js";
import { isContainer, outline } from "./outline.js";
import { pathButton } from "./pathview.js";
import { allFit, chosen, copyAll, moveAll, removeAll } from "./several.js";

/** Picks a question or lets it go; with `range` everything from the one that was picked before. */
export function pick(panel, id, { range = false } = {}) {
  const all = outline(panel.store.doc).map((one) => one.id);
  const from = range ? all.indexOf(panel.pickedLast) : -1;
  const to = all.indexOf(id);
  const on = from >= 0 || !panel.picked.has(id);
  for (const one of from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]) {
    if (on) panel.picked.add(one);
    else panel.picked.delete(one);
  }
  panel.pickedLast = id;
  panel.picking = true;
  panel.draw({ typing: true });
  panel.announce(panel.t("picked", { count: panel.picked.size }));
}

/** Ends choosing. */
export function unpick(panel) {
  panel.picked.clear();
  panel.picking = false;
  panel.draw({ typing: true });
  panel.focus("pick");
}

/** What was picked and is no more in the document, be it by undo, is not picked. */
export function settled(panel) {
  const known = new Set(outline(panel.store.doc).map((one) => one.id));
  for (const id of panel.picked) if (!known.has(id)) panel.picked.delete(id);
}

/** The tick before a question, while several are chosen. */
export function pickControl(panel, id, name) {
  if (!panel.picking) return null;
  return h("input", {
    type: "checkbox", class: "b-pick", checked: panel.picked.has(id), "aria-label": panel.t("pick", { name }), "data-f": `pick:${id}`,
    onclick: (event) => pick(panel, id, { range: event.shiftKey }),
  });
}

function targets(panel) {
  const { doc } = panel.store;
  return doc.pages.flatMap((page, index) => [
    [`${index}`, `${index + 1}. ${called(panel, page)}`],
    ...outline(doc).filter((one) => one.pageIndex === index && isContainer(one.field) && !panel.picked.has(one.id) && allFit(doc, panel.picked, one.id))
      .map((one) => [`${index} ${one.id}`, `${"\u2003".repeat(one.parents.length + 1)}${called(panel, one.field)}`]),
  ]);
}

/** Does `change` with all that were picked, which are picked still; `says` is the sentence for it. */
function withAll(panel, change, says) {
  edit(panel, change, {
    within: (ids) => { panel.picked = new Set(ids); },
    done: (ids, sentences) => {
      panel.select("field", ids[0]);
      panel.announce([panel.t(says, { count: ids.length }), ...sentences].join(" "));
    },
  });
}

/** Moves all that were picked to a place. */
export function movePicked(panel, { pageIndex, index, parent }) {
  const ids = [...panel.picked];
  if (!ids.includes(parent) && allFit(panel.store.doc, ids, parent)) withAll(panel, (doc) => moveAll(doc, ids, pageIndex, parent, index), "moved_several");
}

function move(panel, value) {
  const [page, parent] = value.split(" ");
  movePicked(panel, { pageIndex: Number(page), parent });
}

function double(panel) {
  const ids = [...panel.picked];
  withAll(panel, (doc) => copyAll(doc, ids, panel.settings.released), "doubled_several");
}

function remove(panel) {
  const count = chosen(panel.store.doc, panel.picked).length;
  const ids = [...panel.picked];
  edit(panel, (doc) => removeAll(doc, ids), {
    within: () => panel.picked.clear(),
    done: (_result, sentences) => {
      panel.selectFirst();
      unpick(panel);
      panel.draw({ typing: false });
      panel.announce([panel.t("removed_several", { count }), ...sentences].join(" "));
    },
  });
}

/** What stands above the list: choosing several, putting in what was copied, and what can be done with those that are chosen. */
export function pickBar(panel) {
  const { t } = panel;
  const count = panel.picked.size;
  if (!panel.picking) {
    const start = () => {
      panel.picking = true;
      panel.draw({ typing: true });
      panel.element.querySelector(".b-pick")?.focus();
    };
    return h("div", { class: "b-pickbar" }, button(t("pick_several"), start, { mark: "pick" }), button(t("paste"), () => paste(panel), { mark: "paste" }), pathButton(panel));
  }
  return h(
    "div",
    { class: "b-pickbar b-pickbar--on", role: "group", "aria-label": t("pick_several") },
    h("strong", { class: "b-pickbar__count" }, t("picked", { count })),
    count > 0 && selectControl({ label: t("move_to"), hideLabel: true, value: "", mark: "pick:move", options: [["", t("move_to")], ...targets(panel)], change: (value) => value && move(panel, value) }),
    count > 0 && [
      button(t("duplicate"), () => double(panel), { mark: "pick:double" }),
      button(t("copy"), () => copy(panel), { mark: "pick:copy" }),
      button(t("bank_save"), () => saveToBank(panel), { mark: "pick:bank" }),
      button(t("remove"), () => remove(panel), { kind: "danger", mark: "pick:remove" }),
    ],
    button(t("pick_done"), () => unpick(panel), { mark: "pick:done" }),
  );
}
