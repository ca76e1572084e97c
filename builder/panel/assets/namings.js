// Everywhere a document names questions: rules, words, the applicant, offices, what is sent, letters, stories.
// Each naming is one value, so that renaming, asking and taking away need to know of no place in particular.
import { isObject } from "./expressions.js";
import { letterNamings } from "./letternames.js";
import { mention, mentions, rule } from "./naming.js";
import { isSkip } from "./onlyif.js";
import { outline } from "./outline.js";
import { storyNamings } from "./storynames.js";
import { ofPageWords, ofWords } from "./wordnames.js";

const RULES = ["visible", "required", "check", "calculate", "filter", "default"];
const APPLICANT = { name: ["text"], email: ["email"], phone: ["phone"], proof: ["text", "date", "phone", "email", "nik", "no_kk"] };
const SAYS = new Set(["text", "longtext", "pattern", "email", "url", "phone", "nik", "no_kk", "npwp", "nip", "nib", "nisn", "plate", "postcode",
  "integer", "number", "money", "rating", "date", "choice", "office", "region", "metadata"]);

/** Takes a check with its words away. */
function dropCheck(holder, name = "check") {
  delete holder[name];
  delete holder.messages?.check;
  if (holder.messages && !Object.keys(holder.messages).length) delete holder.messages;
}

/** Without a first answer there is nothing that could be shown only. */
export function unlocked(field) {
  if (field.default === undefined && !field.prefill) delete field.readOnly;
}

function ofPage(page) {
  const more = { owner: page, kind: "page", page };
  const found = [];
  if (isObject(page.visible)) found.push(rule(page, "visible", "visible", more));
  if (isObject(page.check)) found.push(rule(page, "check", "check", { ...more, drop: () => dropCheck(page) }));
  return [...found, ...ofPageWords(page)];
}

function ofField(one) {
  const { field, rows } = one;
  const more = { owner: field, kind: "field", place: one, rows };
  const tidy = { check: () => dropCheck(field), default: () => { delete field.default; unlocked(field); } };
  const found = RULES.filter((name) => isObject(field[name]) && !Array.isArray(field[name]))
    .map((name) => rule(field, name, name, tidy[name] ? { ...more, drop: tidy[name] } : more));
  if (field.row?.check) found.push(ofRow(one, more));
  for (const parameter of Object.keys(field.prefill?.by || {})) {
    found.push(mention(field.prefill.by, parameter, "prefill", {
      ...more, rows: [], wants: (other) => SAYS.has(other.type), filed: true, drop: () => { delete field.prefill; unlocked(field); },
    }));
  }
  return [...found, ...ofWords(one)];
}

function ofRow({ field }, more) {
  const drop = () => {
    dropCheck(field.row);
    if (!Object.keys(field.row).length) delete field.row;
  };
  return rule(field.row, "check", "row", { ...more, rows: [...more.rows, field.key], drop });
}

function ofApplicant(doc) {
  const drop = (name) => () => {
    delete doc.applicant?.[name];
    if (doc.applicant && !Object.keys(doc.applicant).length) delete doc.applicant;
  };
  return Object.keys(APPLICANT).filter((name) => doc.applicant?.[name]).map((name) => mention(doc.applicant, name, `applicant_${name}`, {
    owner: null, kind: "service", filed: true, wants: (field, one) => APPLICANT[name].includes(field.type) && !one.rows.length, drop: drop(name),
  }));
}

const isOffice = (field) => field.type === "office";
const hasOneOffice = (field) => field.type === "repeat" && (field.fields || []).filter(isOffice).length === 1;

/** The office an answer names, or each that entries name. */
function ofWhere(holder, owner, otherwise) {
  if (!isObject(holder.where)) return [];
  const [name] = Object.keys(holder.where);
  const drop = () => {
    if (otherwise) holder.where = otherwise;
    else delete holder.where;
  };
  return [mention(holder.where, name, "where", { owner, kind: "workflow", wants: name === "each" ? hasOneOffice : isOffice, drop })];
}

/** A page that somebody is to fill in, by its key. */
function ofAsked(holder, owner, who) {
  if (!holder?.page) return [];
  const wants = (page) => (page.for || "applicant") === who;
  return [{
    holder, name: "page", what: "asked", rows: [], owner, kind: "workflow", asks: true, wants, rename: () => {},
    each: (ids, visit) => visit(ids.has(`page:${holder.page}`) ? `page:${holder.page}` : undefined, holder.page),
    drop: () => { delete holder.page; },
  }];
}

function ofStatus(status) {
  const more = { owner: status, kind: "workflow" };
  const tasks = (status.tasks || []).flatMap((task) => [
    ...ofWhere(task, status),
    ...(task.outcomes || []).flatMap((outcome) => ofAsked(outcome, status, task.role)),
    ...(isObject(task.when) ? [rule(task, "when", "task_when", more)] : []),
  ]);
  const complete = (status.complete || []).filter((one) => isObject(one.when)).map((one) => rule(one, "when", "complete_when", more));
  return [...tasks, ...complete];
}

/** A letter that is issued, by its key. */
function ofIssued(effect, owner, holder, name) {
  if (!effect.letter) return [];
  const drop = () => {
    holder[name] = holder[name].filter((one) => one !== effect);
    if (!holder[name].length) delete holder[name];
  };
  return [{
    holder: effect, name: "letter", what: owner ? "issued" : "issued_filed", rows: [], owner, kind: "workflow", asks: true, rename: () => {}, drop,
    each: (ids, visit) => visit(ids.has(`letter:${effect.letter}`) ? `letter:${effect.letter}` : undefined, effect.letter),
  }];
}

function ofEffects(holder, name, owner) {
  return (holder[name] || []).flatMap((effect) => [
    ...ofIssued(effect, owner, holder, name),
    ...mentions(effect, "data", "sent", { owner, kind: "workflow" }),
    ...Object.keys(effect.answers || {}).filter((key) => isObject(effect.answers[key]))
      .map((key) => rule(effect.answers, key, "carried", { owner, kind: "workflow", drop: () => dropAnswer(effect, key) })),
  ]);
}

function dropAnswer(effect, key) {
  delete effect.answers[key];
  if (!Object.keys(effect.answers).length) delete effect.answers;
}

/** The condition of an action; without it a step that was done with some applications is done with all. */
function ofWhen(action, workflow) {
  if (!isObject(action.when)) return [];
  if (!isSkip(action)) return [rule(action, "when", "action_when", { owner: action, kind: "workflow" })];
  const drop = () => { workflow.actions = workflow.actions.filter((one) => one !== action); };
  return [rule(action, "when", "only_if", { owner: workflow.statuses.find((one) => one.key === action.from[0]), kind: "workflow", drop })];
}

function ofAction(action, workflow) {
  const more = { owner: action, kind: "workflow" };
  const found = ofWhen(action, workflow);
  found.push(...ofAsked(action.ask, action, action.who?.role || action.who));
  for (const change of action.changes || []) {
    if (!change.set) continue;
    const drop = () => {
      action.changes = action.changes.filter((one) => one !== change);
      if (!action.changes.length) delete action.changes;
    };
    found.push(mention(change.set, "field", "set", { ...more, officers: true, drop }));
    if (isObject(change.set.to)) found.push(rule(change.set, "to", "set", { ...more, drop }));
  }
  return [...found, ...ofEffects(action, "effects", action)];
}

function ofWorkflow(doc) {
  const flow = doc.workflow;
  if (!flow) return [];
  return [
    ...(flow.office ? [mention(flow, "office", "office", { owner: null, kind: "service", filed: true, wants: isOffice })] : []),
    ...(flow.roles || []).flatMap((role) => ofWhere(role, role, "region")),
    ...(flow.statuses || []).flatMap(ofStatus),
    ...(flow.actions || []).flatMap((action) => ofAction(action, flow)),
    ...ofEffects(flow, "filed", null),
  ];
}

/** Every naming of the document, from top to bottom. */
export function namings(doc, all = outline(doc)) {
  return [
    ...ofApplicant(doc), ...(doc.pages || []).flatMap(ofPage), ...all.flatMap(ofField), ...ofWorkflow(doc),
    ...letterNamings(doc, new Set(all.map((one) => one.id))), ...storyNamings(doc, all),
  ];
}
