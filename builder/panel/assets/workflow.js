// The approval steps as a list: who, where, how long, and what they may do.
import { openApprovals } from "./approvals.js";
import { button, selectControl } from "./controls.js";
import { copyOf, labelOf, say } from "./document.js";
import { h } from "./dom.js";
import { actionsOf, role } from "./flow.js";
import { optionalSteps } from "./optionalsteps.js";
import { questions } from "./outline.js";
import { faultList } from "./problems.js";
import { actionSentence, sayStepsAgain, stepCard } from "./stepcard.js";
import { days, edit, titles } from "./stepcontrols.js";
import { editSteps } from "./stepedits.js";
import { addStep, readSteps } from "./steps.js";
import { workersIn } from "./stepsettings.js";

export { sayStepsAgain };

export function drawWorkflow(panel) {
  const { t } = panel;
  const { doc } = panel.store;
  const { drawable, steps } = readSteps(doc);
  panel.addStep = (after) => add(panel, steps, after);
  const body = drawable ? steps.map((step, index) => stepCard(panel, step, index, steps)) : cards(panel);
  return [
    h(
      "div",
      { class: "b-steps" },
      h(
        "div", { class: "b-steps__head" },
        h("h2", { class: "b-title" }, t("workflow_title")),
        button(t("ways"), () => openApprovals(panel), { mark: "ways" }),
      ),
      h("p", { class: "b-hint" }, t(drawable ? "workflow_hint" : "workflow_too_rich")),
      optionalSteps(panel),
      office(panel),
      h("ol", { class: "b-steplist" }, drawable && fixed(t("step_filed"), t("step_filed_hint")), body, drawable && fixed(t("step_done"), t("step_done_hint"))),
      drawable && h("div", { class: "b-actions" }, button(t("add_step"), () => add(panel, steps), { kind: "main", mark: "add-step" })),
    ),
    h("aside", { class: "b-side", "aria-label": t("diagram") }, h("h2", { class: "b-caption" }, t("diagram")), panel.diagram(), drawings(panel)),
  ];
}

/** Links to the steps as files, for other tools. */
function drawings({ t, settings }) {
  const link = ([form, href]) => h("li", {}, h("a", { href, download: true }, t(`drawing_${form}`)));
  return h("div", { class: "b-drawings" }, h("p", { class: "b-hint" }, t("drawings")), h("ul", {}, Object.entries(settings.drawings).map(link)));
}

const fixed = (title, hint) =>
  h("li", { class: "b-step b-step--fixed" }, h("strong", {}, title), h("span", { class: "b-hint" }, hint));

/** Adds a step after the step `after`, else at the end. */
function add(panel, steps, after) {
  const { parts } = panel.settings;
  const before = steps.find((step) => step.key === after) || steps.at(-1);
  editSteps(panel, (doc) => addStep(doc, { title: copyOf(parts.step), publicTitle: copyOf(parts.step_public), role: before.role, parts, after }), (key) => {
    panel.select("step", key, { focus: `step:${key}:title` });
    panel.announce(panel.t("step_added"));
  });
}

/** Which answer decides the office, asked only when a role works in an office. */
function office(panel) {
  const { t, language } = panel;
  const { doc } = panel.store;
  const offices = questions(doc).filter(({ field }) => field.type === "office");
  if (!offices.length) return null;
  return selectControl({
    label: t("office_question"),
    hint: t("office_question_hint"),
    value: doc.workflow.office || "",
    mark: "office",
    options: [["", t("no_office")], ...offices.map(({ field, number }) => [field.key, `${number}. ${labelOf(field, language)}`])],
    change: (key) => panel.store.apply((next) => {
      if (key) next.workflow.office = key;
      else delete next.workflow.office;
    }),
  });
}

/** A workflow that is more than a list: every status as a card. Words and times may change, the way may not. */
function cards(panel) {
  const { language, store, t } = panel;
  const edits = (one) => workersIn(store.doc, one.key).map((held) => {
    const name = say(role(store.doc, held)?.title, language);
    return edit(panel, one.key, held, t("role_may_edit", { role: name }));
  });
  return store.doc.workflow.statuses.map((one) =>
    h(
      "li",
      { class: "b-step b-step--read" },
      h("div", { class: "b-step__head" }, h("span", { class: "b-step__name" }, say(one.title, language)), h("span", { class: "b-tag" }, panel.t(`kind_of_${one.kind}`))),
      faultList(panel, [["statuses", one.key]]),
      h("div", { class: "b-grid" }, titles(panel, one.key), one.kind !== "final" && days(panel, one.key)),
      edits(one),
      h("ul", { class: "b-kept" }, actionsOf(store.doc, one.key).all.map((action) => h("li", {}, actionSentence(panel, action)))),
    ),
  );
}
