// Changes of steps that something else may name: what would lose its name is told first and goes along, in one step of undo.
import { choices, openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { called } from "./edits.js";
import { stepConsequences, withRepair } from "./stepnames.js";
import { tidied } from "./tidysteps.js";

const sentences = (panel, broken) => [...new Set(broken.map(({ what, owner }) => panel.t(`goes_${what}`, { name: owner ? called(panel, owner) : "" })))];

export const lossList = (panel, broken) => h("ul", { class: "b-losses" }, sentences(panel, broken).map((words) => h("li", {}, words)));

/** Changes the steps by `change(doc)`; `done(result)` runs after it. */
export function editSteps(panel, change, done) {
  const { t, store } = panel;
  const tidy = (doc) => tidied(doc, change, panel.settings.parts);
  const broken = stepConsequences(store.doc, tidy);
  const go = () => {
    const result = store.apply((doc) => withRepair(doc, tidy));
    done?.(result);
  };
  if (!broken.length) return go();
  panel.draw({ typing: false }); // a tick that was set shows again what the document holds
  openDialog(panel, {
    title: t("ask_title"), mark: "ask",
    body: (close) => [
      h("p", {}, t("ask_step")),
      lossList(panel, broken),
      h("p", { class: "b-hint" }, t("ask_undo")),
      choices(panel, close, { words: t("ask_go"), press: () => close(go), kind: "danger", leave: t("ask_leave") }),
    ],
  }).dialog.querySelector("[data-f='dialog:leave']").focus();
  return undefined;
}
