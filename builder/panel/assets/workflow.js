// The approval steps as a list: who, where, how long, and what they may do.
import { button, labelled, numberControl, selectControl, textControl, tick, tokenChips } from "./controls.js";
import { copyOf, say } from "./document.js";
import { h } from "./dom.js";
import { faultList } from "./problems.js";
import {
  actionsOf, addStep, mayEdit, moveStep, provideRole, readSteps, registerOf, removeStep, setBack, setEdit, setNumber, setRefuse, setRole,
  workersIn,
} from "./steps.js";
import { example, spoken, written } from "./tokens.js";
import { questions } from "./outline.js";

const status = (key) => (doc) => doc.workflow.statuses.find((one) => one.key === key);
const role = (key) => (doc) => doc.workflow.roles.find((one) => one.key === key);
const NEW = "+";

export function drawWorkflow(panel) {
  const { t } = panel;
  const { doc } = panel.store;
  const { drawable, steps } = readSteps(doc);
  const body = drawable ? steps.map((step, index) => stepCard(panel, step, index, steps)) : cards(panel);
  return [
    h(
      "div",
      { class: "b-steps" },
      h("h2", { class: "b-title" }, t("workflow_title")),
      h("p", { class: "b-hint" }, t(drawable ? "workflow_hint" : "workflow_too_rich")),
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

function add(panel, steps) {
  const { parts } = panel.settings;
  const key = panel.store.apply((doc) =>
    addStep(doc, { title: copyOf(parts.step), publicTitle: copyOf(parts.step_public), role: steps.at(-1).role, parts }),
  );
  panel.select("step", key, { focus: `step:${key}:title` });
  panel.announce(panel.t("step_added"));
}

const titles = (panel, key) => [
  textControl(panel, { find: status(key), name: "title", label: panel.t("step_title"), keep: true, tag: `step:${key}`, mark: `step:${key}:title` }),
  textControl(panel, { find: status(key), name: "public_title", label: panel.t("step_public"), tag: `step:${key}`, mark: `step:${key}:public` }),
];

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
    options: [["", t("no_office")], ...offices.map(({ field, number }) => [field.key, `${number}. ${say(field.label, language)}`])],
    change: (key) => panel.store.apply((next) => {
      if (key) next.workflow.office = key;
      else delete next.workflow.office;
    }),
  });
}

function stepCard(panel, step, index, steps) {
  const { t, language, settings, store } = panel;
  const { key } = step;
  const name = say(step.status.title, language) || t("untitled");
  const order = (way, label, icon) =>
    button(t(label, { name }), () => store.apply((doc) => moveStep(doc, key, way)), {
      icon, kind: "icon", mark: `${label}:${key}`, disabled: index + way < 0 || index + way >= steps.length,
    });
  return h(
    "li",
    { class: `b-step${panel.selected.key === key ? " b-step--on" : ""}`, "data-key": key },
    h(
      "div",
      { class: "b-step__head" },
      h("span", { class: "b-step__number" }, t("step_number", { number: index + 1 })),
      h("span", { class: "b-step__name" }, name),
      order(-1, "move_up", "↑"),
      order(1, "move_down", "↓"),
      button(t("remove_step", { name }), () => {
        store.apply((doc) => removeStep(doc, key));
        panel.announce(t("removed"));
      }, { icon: "×", kind: "icon", mark: `remove:${key}`, disabled: steps.length < 2 }),
    ),
    stepFaults(panel, step),
    h(
      "div",
      { class: "b-grid" },
      titles(panel, key),
      who(panel, step),
      where(panel, step),
      days(panel, key),
    ),
    h(
      "fieldset",
      { class: "b-set" },
      h("legend", { class: "b-label" }, t("step_may")),
      tick({ label: t(index === steps.length - 1 ? "may_grant" : "may_approve"), checked: true, disabled: true }),
      tick({ label: t("may_return"), hint: t("may_return_hint"), checked: step.back.length > 0, mark: `back:${key}`, change: (on) => store.apply((doc) => setBack(doc, key, on, settings.parts)) }),
      tick({ label: t("may_refuse"), hint: t("may_refuse_hint"), checked: step.refuse.length > 0, mark: `refuse:${key}`, change: (on) => store.apply((doc) => setRefuse(doc, key, on, settings.parts)) }),
      edit(panel, key, step.role, t("may_edit")),
      tick({ label: t("may_number"), hint: t("may_number_hint"), checked: Boolean(registerOf(store.doc, key)), mark: `number:${key}`, change: (on) => store.apply((doc) => setNumber(doc, key, on, settings.parts)) }),
      number(panel, key),
      others(panel, step),
    ),
  );
}

/** Whether a role may put the applicant's answers right in a step. */
function edit(panel, key, held, label) {
  const { t, store } = panel;
  return tick({
    label, hint: t("may_edit_hint"), checked: mayEdit(store.doc, key, held), mark: `edit:${key}:${held}`,
    change: (on) => store.apply((doc) => setEdit(doc, key, held, on)),
  });
}

function stepFaults(panel, step) {
  const actions = actionsOf(panel.store.doc, step.key).all.map((action) => ["actions", action.key]);
  return faultList(panel, [["statuses", step.key], ["roles", step.role], ...actions]);
}

function who(panel, step) {
  const { t, language, settings, store } = panel;
  const { roles } = store.doc.workflow;
  const known = [...roles, ...settings.roles.filter(({ key }) => !roles.some((one) => one.key === key))];
  const held = role(step.role)(store.doc);
  const choose = (value) => {
    const title = value === NEW ? copyOf(settings.parts.role) : known.find(({ key }) => key === value).title;
    store.apply((doc) => setRole(doc, step.key, provideRole(doc, { key: value === NEW ? "" : value, title })));
    if (value === NEW) panel.focus(`step:${step.key}:role`);
  };
  return [
    selectControl({
      label: t("step_who"), value: step.role, mark: `who:${step.key}`, change: choose,
      options: [...known.map((one) => [one.key, say(one.title, language)]), [NEW, t("new_role")]],
    }),
    held && !settings.roles.some(({ key }) => key === step.role) && textControl(panel, {
      find: role(step.role), name: "title", label: t("role_name"), hint: t("role_name_hint"), keep: true, tag: `role:${step.role}`, mark: `step:${step.key}:role`,
    }),
  ];
}

function where(panel, step) {
  const { t, language, store } = panel;
  const held = role(step.role)(store.doc)?.where || "office";
  const offices = questions(store.doc).filter(({ field }) => field.type === "office");
  const value = typeof held === "object" ? `answer:${held.answer}` : held;
  const options = [
    ["region", t("where_region", { region: panel.settings.region })],
    ["office", t("where_office")],
    ...offices.map(({ field }) => [`answer:${field.key}`, t("where_answer", { question: say(field.label, language) })]),
  ];
  const set = (chosen) => store.apply((doc) => {
    role(step.role)(doc).where = chosen.startsWith("answer:") ? { answer: chosen.slice(7) } : chosen;
  });
  const lacking = value === "office" && !store.doc.workflow.office;
  return selectControl({ label: t("step_where"), value, options, change: set, mark: `where:${step.key}`, hint: lacking ? t("where_office_lacking") : "" });
}

function days(panel, key) {
  const { t, store } = panel;
  const due = status(key)(store.doc).due || {};
  const set = (amount, unit) => store.apply((doc) => {
    if (amount) status(key)(doc).due = { amount, unit };
    else delete status(key)(doc).due;
  }, { tag: `due:${key}`, typing: true });
  return h(
    "div",
    { class: "b-pair" },
    numberControl({
      label: t("step_days"), value: due.amount, minimum: 1, maximum: 365, mark: `due:${key}`,
      change: (amount) => set(amount, status(key)(store.doc).due?.unit || "working_days"),
    }),
    selectControl({
      label: t("step_unit"), value: due.unit || "working_days", mark: `unit:${key}`,
      options: ["working_days", "working_hours", "days", "minutes"].map((unit) => [unit, t(`unit_${unit}`)]),
      change: (unit) => set(status(key)(store.doc).due?.amount, unit),
    }),
  );
}

const TOKENS = ["number", "office", "month_roman", "month", "year"];

function number(panel, key) {
  const { t, store } = panel;
  const held = registerOf(store.doc, key);
  if (!held) return null;
  const find = (doc) => doc.workflow.registers.find((one) => one.key === held.key);
  const shown = h("p", { class: "b-echo b-echo--example" }, t("number_example", { example: example(held.pattern, held.digits || 1) }));
  const input = h("input", {
    class: "b-input", type: "text", value: spoken(t, held.pattern, TOKENS), "data-f": `pattern:${key}`,
    oninput: (event) => {
      const pattern = written(t, event.target.value, TOKENS);
      store.apply((doc) => { find(doc).pattern = pattern; }, { tag: `pattern:${key}`, typing: true });
      shown.textContent = t("number_example", { example: example(pattern, held.digits || 1) });
    },
  });
  return h(
    "div",
    { class: "b-number" },
    labelled(t("number_pattern"), input),
    tokenChips(panel, input, TOKENS, key),
    shown,
    selectControl({
      label: t("number_scope"), value: held.scope || "office", mark: `scope:${key}`,
      options: [["region", t("scope_region")], ["office", t("scope_office")]],
      change: (scope) => store.apply((doc) => { find(doc).scope = scope; }),
    }),
  );
}

/** Actions of a step that are not among the usual ones: told, kept, not edited. */
function others(panel, step) {
  const usual = new Set([step.advance, ...step.back, ...step.refuse].map((action) => action.key));
  const rest = actionsOf(panel.store.doc, step.key).all.filter((action) => !usual.has(action.key));
  return rest.length > 0 && h("ul", { class: "b-kept" }, rest.map((action) => h("li", {}, actionSentence(panel, action))));
}

function actionSentence(panel, action) {
  const { t, language, store } = panel;
  const actor = typeof action.who === "object" ? say(role(action.who.role)(store.doc)?.title, language) : t(`who_${action.who}`);
  const next = status(action.to)(store.doc);
  return t("action_sentence", { who: actor, action: say(action.title, language), status: say(next?.title, language) });
}

/** A workflow that is more than a list: every status as a card. Words and times may change, the way may not. */
function cards(panel) {
  const { language, store, t } = panel;
  const edits = (one) => workersIn(store.doc, one.key).map((held) => {
    const name = say(role(held)(store.doc)?.title, language);
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
