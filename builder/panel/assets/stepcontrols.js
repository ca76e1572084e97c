// Controls that several parts of a step share: its words and times, who does something, and where they are looked for.
import { numberControl, selectControl, textControl, tick } from "./controls.js";
import { copyOf, labelOf, say } from "./document.js";
import { h } from "./dom.js";
import { role, status } from "./flow.js";
import { questions } from "./outline.js";
import { editSteps } from "./stepedits.js";
import { readSteps } from "./steps.js";
import { mayEdit, provideRole, setEdit } from "./stepsettings.js";

const NEW = "+";
const find = (key) => (doc) => status(doc, key);
const roleOf = (key) => (doc) => role(doc, key);

/** What officers and applicants read of a status. */
export const titles = (panel, key) => [
  textControl(panel, { find: find(key), name: "title", label: panel.t("step_title"), keep: true, tag: `step:${key}`, mark: `step:${key}:title` }),
  textControl(panel, { find: find(key), name: "public_title", label: panel.t("step_public"), tag: `step:${key}`, mark: `step:${key}:public` }),
];

/** The approval of the step in `doc`, which may be a copy. */
export const approval = (doc, key) => readSteps(doc).steps.find((one) => one.key === key).advance;

/** Whether a role may put the applicant's answers right in a step. */
export function edit(panel, key, held, label) {
  const { t, store } = panel;
  return tick({
    label, hint: t("may_edit_hint"), checked: mayEdit(store.doc, key, held), mark: `edit:${key}:${held}`,
    change: (on) => store.apply((doc) => setEdit(doc, key, held, on)),
  });
}

/** Chooses among the roles of the region and of the document, or a new one; `choose(doc, key, title)` takes it. */
export function roleControl(panel, { value, label, mark, choose }) {
  const { t, language, settings, store } = panel;
  const { roles } = store.doc.workflow;
  const known = [...roles, ...settings.roles.filter(({ key }) => !roles.some((one) => one.key === key))];
  const take = (chosen) => {
    const title = chosen === NEW ? copyOf(settings.parts.role) : known.find(({ key }) => key === chosen).title;
    // Each new role begins with the same words, in this service and in others: without a tail they would be one role of the region.
    const wanted = chosen === NEW ? { key: "", title, tail: `_${Math.random().toString(36).slice(2, 7)}` } : { key: chosen, title };
    editSteps(panel, (doc) => choose(doc, provideRole(doc, wanted), title), () => {
      if (chosen === NEW) panel.focus(`role:${mark}`);
    });
  };
  const named = role(store.doc, value) && !settings.roles.some(({ key }) => key === value);
  return [
    selectControl({ label, value, mark, change: take, options: [...known.map((one) => [one.key, say(one.title, language)]), [NEW, t("new_role")]] }),
    named && textControl(panel, {
      find: roleOf(value), name: "title", label: t("role_name"), hint: t("role_name_hint"), keep: true, tag: `role:${value}`, mark: `role:${mark}`,
      tidy: (doc, before) => retitle(doc, value, before),
    }),
  ];
}

/** Calls the tasks of a role as it is called now where they were called as it was, `before`. */
function retitle(doc, key, before) {
  const tasks = doc.workflow.statuses.flatMap((one) => one.tasks || []).filter((task) => task.role === key);
  for (const task of tasks) if (JSON.stringify(task.title) === JSON.stringify(before)) task.title = copyOf(role(doc, key).title);
}

/** The places where a role may be looked for. */
export function places(panel) {
  const { t, language, store } = panel;
  const offices = questions(store.doc).filter(({ field }) => field.type === "office");
  return [
    ["region", t("where_region", { region: panel.settings.region })],
    ["office", t("where_office")],
    ...offices.map(({ field }) => [`answer:${field.key}`, t("where_answer", { question: labelOf(field, language) })]),
  ];
}

export const placed = (chosen) => (chosen.startsWith("answer:") ? { answer: chosen.slice(7) } : chosen);

export function days(panel, key) {
  const { t, store } = panel;
  const due = find(key)(store.doc).due || {};
  const set = (amount, unit) => store.apply((doc) => {
    if (amount) find(key)(doc).due = { amount, unit };
    else delete find(key)(doc).due;
  }, { tag: `due:${key}`, typing: true });
  return h(
    "div",
    { class: "b-pair" },
    numberControl({
      label: t("step_days"), value: due.amount, minimum: 1, maximum: 365, mark: `due:${key}`,
      change: (amount) => set(amount, find(key)(store.doc).due?.unit || "working_days"),
    }),
    unitControl(panel, { value: due.unit, mark: `unit:${key}`, label: t("step_unit"), change: (unit) => set(find(key)(store.doc).due?.amount, unit) }),
  );
}

export const unitControl = ({ t }, { value, mark, label, change, hideLabel }) => selectControl({
  label, value: value || "working_days", mark, hideLabel, change,
  options: ["working_days", "working_hours", "days", "minutes"].map((unit) => [unit, t(`unit_${unit}`)]),
});
