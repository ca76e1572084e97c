// Changes of steps that something else may name: what would lose its name is told first and goes along, in one step of undo.
// So do pages of officers' questions that belong to a step; whoever changed or uses them is asked whether they stay.
import { button } from "./controls.js";
import { choices, openDialog } from "./dialogs.js";
import { listed } from "./document.js";
import { h } from "./dom.js";
import { called, losses } from "./edits.js";
import { stepConsequences, withRepair } from "./stepnames.js";
import { leaving, takeOut } from "./steppages.js";
import { lostReturns } from "./steps.js";
import { tidied } from "./tidysteps.js";

const sentences = (panel, broken) => [...new Set(broken.map(({ what, owner }) => panel.t(`goes_${what}`, { name: owner ? called(panel, owner) : "" })))];
const list = (words) => h("ul", { class: "b-losses" }, words.map((one) => h("li", {}, one)));

export const lossList = (panel, broken) => list(sentences(panel, broken));

/**
 * Changes the steps by `change(doc)`; `done(result)` runs after it. `told`: what would lose its name has been said.
 * `returns`: a step that can no longer send back to colleagues is told of. `stay`: a page with questions that nobody is asked for any more stays, for it was not its step that went.
 */
export function editSteps(panel, change, done, { told = false, stay = false, returns = false } = {}) {
  const { store, settings: { parts } } = panel;
  const tidy = (doc) => tidied(doc, change, parts);
  const left = leaving(store.doc, (doc) => withRepair(doc, tidy), parts);
  const blank = left.ready.filter(({ fields }) => !fields.length);
  const unasked = stay ? [...left.ready, ...left.own].filter((page) => !blank.includes(page)) : [];
  const alone = returns ? lostReturns(store.doc, tidy) : [];
  const broken = [
    ...(told ? [] : stepConsequences(store.doc, tidy)), ...unasked.map((owner) => ({ what: "page", owner })), ...alone.map((owner) => ({ what: "again", owner })),
  ];
  const own = stay ? [] : left.own;
  const ready = stay ? blank : left.ready;
  const go = (also) => {
    const result = store.apply((doc) => {
      const made = withRepair(doc, tidy);
      takeOut(doc, [...ready, ...also].map(({ key }) => key));
      return made;
    });
    done?.(result);
  };
  if (broken.length || own.length) ask(panel, { broken, own, lost: left.lost, go });
  else go([]);
}

function ask(panel, { broken, own, lost, go }) {
  const { t } = panel;
  panel.draw({ typing: false }); // a tick that was set shows again what the document holds
  const named = { pages: listed(own.map((page) => called(panel, page)), t("and")) };
  const uses = losses(panel, lost);
  openDialog(panel, {
    title: t("ask_title"), mark: "ask",
    body: (close) => [
      broken.length > 0 && [h("p", {}, t("ask_step")), lossList(panel, broken)],
      own.length > 0 && h("p", {}, t("ask_pages", named)),
      own.length > 0 && uses.length > 0 && [h("p", {}, t("ask_pages_used")), list(uses)],
      h("p", { class: "b-hint" }, t("ask_undo")),
      own.length > 0 && h("div", { class: "b-actions" }, button(t("ask_pages_stay"), () => close(() => go([])), { mark: "dialog:stay" })),
      choices(panel, close, {
        words: t(own.length ? "ask_pages_go" : "ask_go"), press: () => close(() => go(own)), kind: "danger", leave: t("ask_leave"),
      }),
    ],
  }).dialog.querySelector("[data-f='dialog:leave']").focus();
}
