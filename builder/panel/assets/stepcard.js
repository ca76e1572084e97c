// One approval step: what it is called, who decides it, how long it may take, what they may do, and all of it as sentences.
import { button, selectControl, tick } from "./controls.js";
import { decidersControl } from "./decidercontrol.js";
import { say } from "./document.js";
import { h } from "./dom.js";
import { actionsOf, isFinal, role, status } from "./flow.js";
import { numberPattern } from "./numbercontrol.js";
import { faultList } from "./problems.js";
import { skipOf } from "./onlyif.js";
import { rungs } from "./rungs.js";
import { approval, days, edit, placed, places, roleControl, titles } from "./stepcontrols.js";
import { onlyIf } from "./stepcondition.js";
import { doubtParagraphs, rungDoubts, stepDoubts } from "./stepdoubts.js";
import { editSteps } from "./stepedits.js";
import { moreControls } from "./stepmore.js";
import { moveStep, readSteps, removeStep } from "./steps.js";
import { registerOf, setAgain, setBack, setNumber, setRefuse, setRole, workersIn } from "./stepsettings.js";
import { stepSentences } from "./stepsentences.js";

export function stepCard(panel, step, index, steps) {
  const { t } = panel;
  const { key } = step;
  return h(
    "li",
    { class: `b-step${panel.selected.key === key ? " b-step--on" : ""}`, "data-key": key },
    head(panel, step, index, steps),
    h("ul", { class: "b-echo b-echo--step" }, sentences(panel, step, steps.slice(0, index))),
    stepFaults(panel, step),
    h("div", { class: "b-step__doubts", role: "status" }, doubtParagraphs(stepDoubts(panel, step, steps))),
    h("div", { class: "b-grid" }, titles(panel, key), !step.panel && who(panel, step), !step.panel && where(panel, step), days(panel, key)),
    onlyIf(panel, step, steps.slice(0, index)),
    decidersControl(panel, step, steps.slice(0, index)),
    h("fieldset", { class: "b-set" }, h("legend", { class: "b-label" }, t(step.panel ? "step_may_together" : "step_may")), may(panel, step, index, steps)),
    moreControls(panel, step, steps[index + 1], steps.slice(0, index)),
    h("div", { class: "b-actions" }, button(t("insert_step"), () => panel.addStep(key), { mark: `insert:${key}`, title: t("insert_step_after", { name: called(panel, step) }) })),
  );
}

const called = (panel, step) => say(step.status.title, panel.language) || panel.t("untitled");
const sentences = (panel, step, before) => stepSentences(panel, step, before).map((words) => h("li", {}, words));

/** While somebody types, only what is said of the steps is drawn anew. */
export function sayStepsAgain(panel, holder) {
  const { steps } = readSteps(panel.store.doc);
  for (const [index, step] of steps.entries()) {
    const card = holder.querySelector(`.b-step[data-key="${CSS.escape(step.key)}"]`);
    card?.querySelector(".b-echo--step")?.replaceChildren(...sentences(panel, step, steps.slice(0, index)));
    card?.querySelector(".b-step__doubts")?.replaceChildren(...doubtParagraphs(stepDoubts(panel, step, steps)));
    card?.querySelector(".b-rung__doubts")?.replaceChildren(...doubtParagraphs(rungDoubts(panel, step)));
    card?.querySelector(".b-step__name")?.replaceChildren(called(panel, step));
  }
}

function head(panel, step, index, steps) {
  const { t } = panel;
  const { key } = step;
  const name = called(panel, step);
  const order = (way, label, icon) =>
    button(t(label, { name }), () => editSteps(panel, (doc) => moveStep(doc, key, way), undefined, { returns: true }), {
      icon, kind: "icon", mark: `${label}:${key}`, disabled: index + way < 0 || index + way >= steps.length,
    });
  const remove = () => editSteps(panel, (doc) => removeStep(doc, key), () => panel.announce(t("removed")), { returns: true });
  return h(
    "div",
    { class: "b-step__head" },
    h("span", { class: "b-step__number" }, t("step_number", { number: index + 1 })),
    h("span", { class: "b-step__name" }, name),
    order(-1, "move_up", "↑"),
    order(1, "move_down", "↓"),
    button(t("remove_step", { name }), remove, { icon: "×", kind: "icon", mark: `remove:${key}`, disabled: steps.length < 2 }),
  );
}

function stepFaults(panel, step) {
  const actions = actionsOf(panel.store.doc, step.key).all.map((action) => ["actions", action.key]);
  return faultList(panel, [["statuses", step.key], ["roles", step.role], ...actions]);
}

function may(panel, step, index, steps) {
  const { t, language, settings: { parts }, store } = panel;
  const { key } = step;
  const set = (change) => editSteps(panel, change);
  const approve = step.panel ? null : tick({ label: t(index === steps.length - 1 ? "may_grant" : "may_approve"), checked: true, disabled: true });
  const before = steps.slice(0, index).map((one, at) => [one.key, `${at + 1}. ${called(panel, one)}`]);
  return [
    approve,
    tick({ label: t("may_return"), hint: t("may_return_hint"), checked: step.back.length > 0, mark: `back:${key}`, change: (on) => set((doc) => setBack(doc, key, on, parts)) }),
    !step.panel && tick({ label: t("may_refuse"), hint: t("may_refuse_hint"), checked: step.refuse.length > 0, mark: `refuse:${key}`, change: (on) => set((doc) => setRefuse(doc, key, on, parts)) }),
    workersIn(store.doc, key).map((held) => edit(panel, key, held, step.panel ? t("role_may_edit", { role: say(role(store.doc, held)?.title, language) }) : t("may_edit"))),
    tick({
      label: t("may_number"), hint: t("may_number_hint"), checked: Boolean(registerOf(store.doc, step.advance)), mark: `number:${key}`,
      change: (on) => set((doc) => setNumber(doc, approval(doc, key), on, parts)),
    }),
    number(panel, step),
    !step.panel && before.length > 0 && selectControl({
      label: t("may_again"), hint: t("may_again_hint"), value: step.again[0]?.to || "", options: [["", t("may_again_no")], ...before], mark: `again:${key}`, wide: false,
      change: (to) => set((doc) => setAgain(doc, key, to, parts)),
    }),
    others(panel, step),
  ];
}

const who = (panel, step) => roleControl(panel, {
  value: step.role, label: panel.t("step_who"), mark: `who:${step.key}`, choose: (doc, held) => setRole(doc, step.key, held),
});

function where(panel, step) {
  const { t, store } = panel;
  const held = role(store.doc, step.role)?.where || "region";
  const value = typeof held === "object" ? `answer:${held.answer}` : held;
  const lacking = value === "office" && !store.doc.workflow.office;
  return selectControl({
    label: t("step_where"), value, options: places(panel), mark: `where:${step.key}`, hint: lacking ? t("where_office_lacking") : "",
    change: (chosen) => store.apply((doc) => { role(doc, step.role).where = placed(chosen); }),
  });
}

function number(panel, { key, advance }) {
  const held = registerOf(panel.store.doc, advance);
  return held ? numberPattern(panel, { register: held.key, mark: key }) : null;
}

/** Actions of a step that are not among the usual ones: told, kept, not edited. */
function others(panel, step) {
  const usual = new Set([skipOf(panel.store.doc, step.key), step.advance, step.panel?.declined, ...step.back, ...step.again.slice(0, 1), ...step.refuse, ...rungs(panel.store.doc, step.key).map(({ action }) => action)].filter(Boolean).map((action) => action.key));
  const rest = actionsOf(panel.store.doc, step.key).all
    .filter((action) => !usual.has(action.key) && !(action.who === "applicant" && isFinal(panel.store.doc, action.to, "withdrawn")));
  return rest.length > 0 && h("ul", { class: "b-kept" }, rest.map((action) => h("li", {}, actionSentence(panel, action))));
}

export function actionSentence(panel, action) {
  const { t, language, store: { doc } } = panel;
  const actor = typeof action.who === "object" ? say(role(doc, action.who.role)?.title, language) : t(`who_${action.who}`);
  const next = status(doc, action.to || action.from[0]);
  return t("action_sentence", { who: actor, action: say(action.title, language), status: say(next?.title, language) });
}
