// The workflow of a document: its statuses and actions, and the ready-made pieces that are put into it.
import { copyOf } from "./document.js";
import { free } from "./keys.js";

export const flow = (doc) => doc.workflow;
export const status = (doc, key) => flow(doc).statuses.find((one) => one.key === key);
export const role = (doc, key) => flow(doc).roles.find((one) => one.key === key);
export const byRole = (action) => Boolean(action.who && typeof action.who === "object" && action.who.role);
export const byClock = (action) => Boolean(action.after || action.before);
export const isFinal = (doc, key, outcome) => status(doc, key)?.kind === "final" && status(doc, key)?.outcome === outcome;
const isBack = (doc, action) => status(doc, action.to)?.kind === "applicant";
const isAgain = (doc, action) => action.tone === "return" && status(doc, action.to)?.kind === "work";

/** What officers can do in a status, sorted into the things a clerk knows. */
export function actionsOf(doc, key) {
  const mine = flow(doc).actions.filter((action) => action.from.includes(key));
  const officers = mine.filter(byRole);
  return {
    advance: officers.filter((a) => a.tone === "advance" || (!a.tone && !isBack(doc, a) && !isFinal(doc, a.to, "refused"))),
    back: officers.filter((a) => isBack(doc, a)),
    again: officers.filter((a) => isAgain(doc, a)),
    refuse: officers.filter((a) => isFinal(doc, a.to, "refused")),
    all: mine,
  };
}

/** The keys nothing new may have: of everything that people do or that a case is at. */
export function allKeys(doc) {
  const { statuses, actions } = flow(doc);
  return [...statuses, ...actions, ...statuses.flatMap((one) => one.tasks || [])].map((one) => one.key);
}

/** A ready-made action for a status: `part` with its placeholders filled in and its messages provided. */
export function made(doc, part, key, held, parts) {
  const action = JSON.parse(JSON.stringify(part).replaceAll("STATUS", key).replaceAll("ROLE", held));
  action.key = free(action.key.slice(0, 40), allKeys(doc));
  action.effects = (action.effects || []).filter(({ mail }) => provideMessage(doc, mail, parts));
  if (!action.effects.length) delete action.effects;
  return action;
}

export function provideMessage(doc, key, parts) {
  doc.messages ||= [];
  if (doc.messages.some((message) => message.key === key)) return true;
  const ready = parts.messages.find((message) => message.key === key);
  if (ready) doc.messages.push(copyOf(ready));
  return Boolean(ready);
}

/** The status that cases wait in or end in, made from `parts` when the workflow has none yet. */
export function provideStatus(doc, fits, part) {
  const found = flow(doc).statuses.find(fits);
  if (found) return found.key;
  const added = { ...copyOf(part), key: free(part.key, allKeys(doc)) };
  flow(doc).statuses.push(added);
  return added.key;
}

export const provideRefused = (doc, parts) => provideStatus(doc, (one) => one.kind === "final" && one.outcome === "refused", parts.refused);

/** Takes a role or a number series out when nothing names it any more. */
export function dropUnused(doc) {
  const text = JSON.stringify([flow(doc).actions, flow(doc).statuses, flow(doc).filed || [], doc.pages]);
  const named = (key) => text.includes(`"role":"${key}"`) || text.includes(`"for":"${key}"`);
  flow(doc).roles = flow(doc).roles.filter(({ key }) => named(key));
  const counted = new Set(flow(doc).actions.flatMap((action) => (action.changes || []).map((change) => change.number)));
  const printed = new Set((doc.letters || []).map((letter) => letter.register));
  if (flow(doc).registers) flow(doc).registers = flow(doc).registers.filter(({ key, shared }) => counted.has(key) || printed.has(key) || shared);
  if (!flow(doc).registers?.length) delete flow(doc).registers;
}

/** Takes `key` out of an action that several statuses share, leaving a copy for `key` alone. */
export function own(doc, action, key) {
  if (action.from.length === 1) return action;
  action.from = action.from.filter((one) => one !== key);
  const copy = { ...copyOf(action), key: free(action.key, allKeys(doc)), from: [key] };
  flow(doc).actions.push(copy);
  return copy;
}

/** Takes actions away from a status. */
export function withdraw(doc, actions, key) {
  for (const action of actions) action.from = action.from.filter((one) => one !== key);
  flow(doc).actions = flow(doc).actions.filter((action) => action.from.length);
}

/** Sets `holder[name]`, or leaves it out where there is nothing to say. */
export function put(holder, name, value) {
  const empty = value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);
  if (empty) delete holder[name];
  else holder[name] = value;
}
