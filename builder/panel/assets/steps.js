// The workflow as an ordered list of approval steps. Each operation changes only what it must.
// A workflow that is not such a list (branches, loops, parallel work) is described, never rewritten.
import { copyOf, languages, say } from "./document.js";
import { free, slug } from "./keys.js";

const flow = (doc) => doc.workflow;
const status = (doc, key) => flow(doc).statuses.find((one) => one.key === key);
const byRole = (action) => Boolean(action.who && typeof action.who === "object" && action.who.role);
const isFinal = (doc, key, outcome) => status(doc, key)?.kind === "final" && status(doc, key)?.outcome === outcome;

/** What officers can do in a status, sorted into the things a clerk knows. */
export function actionsOf(doc, key) {
  const mine = flow(doc).actions.filter((action) => action.from.includes(key));
  const officers = mine.filter(byRole);
  return {
    advance: officers.filter((a) => a.tone === "advance" || (!a.tone && !isBack(doc, a) && !isFinal(doc, a.to, "refused"))),
    back: officers.filter((a) => isBack(doc, a)),
    refuse: officers.filter((a) => isFinal(doc, a.to, "refused")),
    all: mine,
  };
}

const isBack = (doc, action) => status(doc, action.to)?.kind === "applicant";

/** The path from the start to the end: `{ drawable, steps, end }`. Every work status is on it, or it is not drawable. */
export function readSteps(doc) {
  const steps = [];
  let at = flow(doc)?.start;
  const seen = new Set();
  while (at && status(doc, at)?.kind === "work" && !seen.has(at)) {
    seen.add(at);
    const { advance, back, refuse } = actionsOf(doc, at);
    const [next] = advance;
    if (advance.length !== 1 || next.from.length !== 1 || next.when || (status(doc, at).tasks || []).length > 1) break;
    steps.push({ key: at, status: status(doc, at), advance: next, back, refuse, role: next.who.role });
    at = next.to;
  }
  const work = (flow(doc)?.statuses || []).filter((one) => one.kind === "work" || one.kind === "wait");
  const drawable = steps.length > 0 && isFinal(doc, at, "granted") && work.length === steps.length;
  return { drawable, steps, end: at };
}

/** Points start, approvals and corrections along `order`, the statuses of the steps. */
function relink(doc, order, end) {
  const before = flow(doc).start;
  order.forEach((key, index) => {
    const [advance] = actionsOf(doc, key).advance;
    const last = index === order.length - 1;
    advance.to = last ? end : order[index + 1];
    tellGranted(doc, advance, last);
  });
  flow(doc).start = order[0];
  for (const action of flow(doc).actions) {
    if (action.who === "applicant" && action.to === before) action.to = order[0];
  }
}

/** The notice that a service was granted goes out with the last approval only. */
function tellGranted(doc, action, last) {
  const notice = (effect) => effect.mail === "granted" && effect.to === "applicant";
  const others = (action.effects || []).filter((effect) => !notice(effect));
  const wanted = last && (doc.messages || []).some((message) => message.key === "granted");
  action.effects = wanted ? [...others, { mail: "granted", to: "applicant" }] : others;
  if (!action.effects.length) delete action.effects;
}

function allKeys(doc) {
  return [...flow(doc).statuses, ...flow(doc).actions].map((one) => one.key);
}

/** A ready-made action for a status: `part` with its placeholders filled in and its message provided. */
function made(doc, part, key, role, parts) {
  const action = JSON.parse(JSON.stringify(part).replaceAll("STATUS", key).replaceAll("ROLE", role));
  action.key = free(action.key, allKeys(doc));
  action.effects = (action.effects || []).filter(({ mail }) => provideMessage(doc, mail, parts));
  if (!action.effects.length) delete action.effects;
  return action;
}

function provideMessage(doc, key, parts) {
  doc.messages ||= [];
  if (doc.messages.some((message) => message.key === key)) return true;
  const ready = parts.messages.find((message) => message.key === key);
  if (ready) doc.messages.push(copyOf(ready));
  return Boolean(ready);
}

/** The status that cases wait in or end in, made from `parts` when the workflow has none yet. */
function provideStatus(doc, fits, part) {
  const found = flow(doc).statuses.find(fits);
  if (found) return found.key;
  const added = { ...copyOf(part), key: free(part.key, allKeys(doc)) };
  flow(doc).statuses.push(added);
  return added.key;
}

export function addStep(doc, { title, role, parts, publicTitle }) {
  const { steps, end } = readSteps(doc);
  const key = free(slug(say(title, languages(doc)[0]), "step"), allKeys(doc));
  const added = { key, title: copyOf(title), kind: "work", due: { amount: 1, unit: "working_days" } };
  if (publicTitle) added.public_title = copyOf(publicTitle);
  const place = flow(doc).statuses.findIndex((one) => one.key === steps.at(-1).key);
  flow(doc).statuses.splice(place + 1, 0, added);
  flow(doc).actions.push(made(doc, parts.approve, key, role, parts));
  setBack(doc, key, true, parts);
  setRefuse(doc, key, true, parts);
  for (const action of flow(doc).actions) {
    if (action.who === "applicant" && isFinal(doc, action.to, "withdrawn")) action.from.push(key);
  }
  relink(doc, [...steps.map((step) => step.key), key], end);
  return key;
}

export function moveStep(doc, key, way) {
  const { drawable, steps, end } = readSteps(doc);
  const order = steps.map((step) => step.key);
  const from = order.indexOf(key);
  const to = from + way;
  if (!drawable || from < 0 || to < 0 || to >= order.length) return;
  order.splice(to, 0, ...order.splice(from, 1));
  relink(doc, order, end);
}

export function removeStep(doc, key) {
  const { drawable, steps, end } = readSteps(doc);
  if (!drawable || steps.length < 2) return;
  const order = steps.map((step) => step.key).filter((one) => one !== key);
  relink(doc, order, end);
  for (const action of flow(doc).actions) action.from = action.from.filter((one) => one !== key);
  flow(doc).actions = flow(doc).actions.filter((action) => action.from.length && action.to !== key);
  flow(doc).statuses = flow(doc).statuses.filter((one) => one.key !== key);
  dropUnused(doc);
}

/** Takes a role or a number series out when nothing names it any more. */
function dropUnused(doc) {
  const text = JSON.stringify([flow(doc).actions, flow(doc).statuses, flow(doc).filed || [], doc.pages]);
  flow(doc).roles = flow(doc).roles.filter(({ key }) => text.includes(`"role":"${key}"`) || text.includes(`"for":"${key}"`));
  const counted = new Set(flow(doc).actions.flatMap((action) => (action.changes || []).map((change) => change.number)));
  if (flow(doc).registers) flow(doc).registers = flow(doc).registers.filter(({ key }) => counted.has(key));
  if (!flow(doc).registers?.length) delete flow(doc).registers;
}

/** Takes `key` out of an action that several statuses share, leaving a copy for `key` alone. */
function own(doc, action, key) {
  if (action.from.length === 1) return action;
  action.from = action.from.filter((one) => one !== key);
  const copy = { ...copyOf(action), key: free(action.key, allKeys(doc)), from: [key] };
  flow(doc).actions.push(copy);
  return copy;
}

export function setRole(doc, key, role) {
  const { edit } = status(doc, key);
  const before = roleOf(doc, key);
  if (edit) status(doc, key).edit = [...new Set(edit.map((one) => (one === before ? role : one)))];
  for (const action of actionsOf(doc, key).all.filter(byRole)) own(doc, action, key).who = { role };
  for (const task of status(doc, key).tasks || []) task.role = role;
  dropUnused(doc);
}

/** Adds a role known in the region, or a new one from `title`; returns its key. */
export function provideRole(doc, { key, title }) {
  const wanted = key || slug(say(title, languages(doc)[0]), "role");
  const found = flow(doc).roles.find((role) => role.key === wanted && key);
  if (found) return found.key;
  const added = free(wanted, flow(doc).roles.map((role) => role.key));
  flow(doc).roles.push({ key: added, title: copyOf(title), where: flow(doc).office ? "office" : "region" });
  return added;
}

function remove(doc, actions, key) {
  for (const action of actions) action.from = action.from.filter((one) => one !== key);
  flow(doc).actions = flow(doc).actions.filter((action) => action.from.length);
}

const roleOf = (doc, key) => actionsOf(doc, key).advance[0].who.role;

export function setBack(doc, key, wanted, parts) {
  const { back } = actionsOf(doc, key);
  if (!wanted) return remove(doc, back, key);
  if (back.length) return undefined;
  const waiting = provideStatus(doc, (one) => one.kind === "applicant", parts.correction);
  flow(doc).actions.push({ ...made(doc, parts.return, key, roleOf(doc, key), parts), to: waiting });
  const answered = flow(doc).actions.some((action) => action.from.includes(waiting) && action.ask?.answers);
  if (!answered) {
    const resubmit = made(doc, parts.resubmit, flow(doc).start, "", parts);
    flow(doc).actions.push({ ...resubmit, from: [waiting] });
  }
  if (!flow(doc).actions.some((action) => action.from.includes(waiting) && action.who === "system")) {
    const expired = provideStatus(doc, (one) => one.outcome === "expired", parts.expired);
    flow(doc).actions.push({ ...made(doc, parts.expire, waiting, "", parts), to: expired });
  }
  return undefined;
}

export function setRefuse(doc, key, wanted, parts) {
  const { refuse } = actionsOf(doc, key);
  if (!wanted) return remove(doc, refuse, key);
  if (refuse.length) return undefined;
  const refused = provideStatus(doc, (one) => one.kind === "final" && one.outcome === "refused", parts.refused);
  flow(doc).actions.push({ ...made(doc, parts.refuse, key, roleOf(doc, key), parts), to: refused });
  return undefined;
}

/** The roles that work in a status: those with a task there, or else those that can act there. */
export function workersIn(doc, key) {
  const { kind, tasks } = status(doc, key);
  if (kind !== "work") return [];
  const named = tasks || flow(doc).actions.filter((a) => a.from.includes(key) && byRole(a)).map((a) => a.who);
  return [...new Set(named.map(({ role }) => role))];
}

/** Whether `role` may put the applicant's answers right while a case is in the status. */
export const mayEdit = (doc, key, role) => Boolean(status(doc, key).edit?.includes(role));

export function setEdit(doc, key, role, wanted) {
  const others = (status(doc, key).edit || []).filter((one) => one !== role);
  const edit = wanted ? [...others, role] : others;
  if (edit.length) status(doc, key).edit = edit;
  else delete status(doc, key).edit;
}

/** The number series an approval takes its number from, if it does. */
export function registerOf(doc, key) {
  const change = (actionsOf(doc, key).advance[0]?.changes || [])[0];
  return change ? (flow(doc).registers || []).find((one) => one.key === change.number) : undefined;
}

export function setNumber(doc, key, wanted, parts) {
  const [advance] = actionsOf(doc, key).advance;
  if (!wanted) {
    delete advance.changes;
    dropUnused(doc);
    return;
  }
  flow(doc).registers ||= [];
  if (!flow(doc).registers.length) {
    flow(doc).registers.push({ ...copyOf(parts.register), scope: flow(doc).office ? "office" : "region" });
  }
  advance.changes = [{ number: flow(doc).registers[0].key }];
}
