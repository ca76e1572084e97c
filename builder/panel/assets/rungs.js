// What happens by itself when a step takes long: a reminder, the office above, a decision because nobody made one.
import { byClock, byRole, flow, isFinal, made, put, status } from "./flow.js";

export const KINDS = ["remind", "escalate", "decide"];
const toRole = (effect) => effect.mail && effect.to?.role;

function kindOf(action) {
  const { changes = [], effects = [] } = action;
  if (!action.to && !changes.length && effects.length === 1 && effects.every(toRole)) return "remind";
  if (!action.to && changes.length === 1 && changes[0].escalate && !effects.length) return "escalate";
  return action.to && !changes.length && !action.from.includes(action.to) ? "decide" : "";
}

/** The rungs of a step that rows can show: `[{kind, action}]`. Others are told with what else happens there. */
export function rungs(doc, key) {
  const mine = flow(doc).actions.filter((one) => one.who === "system" && byClock(one) && !one.when && one.from.length === 1 && one.from[0] === key);
  return mine.map((action) => ({ action, kind: kindOf(action) })).filter(({ kind }) => kind);
}

/** When it strikes, as one value: before or after, counted from what. */
export const momentOf = (action) => `${action.before ? "before" : "after"}:${action.of || "entered"}`;

export function setMoment(action, moment, time) {
  const [way, of] = moment.split(":");
  delete action.before;
  delete action.after;
  action[way] = time;
  put(action, "of", of === "entered" ? undefined : of);
}

export const timeOf = (action) => action.before || action.after;

/** The moment at which an action of the clock strikes, as one value. */
export const strikeOf = (action) => `${momentOf(action)} ${timeOf(action).amount} ${timeOf(action).unit}`;

/** What the clock does by itself in a step, whatever rows can show of it. */
export const clocksOf = (doc, key) => flow(doc).actions.filter((one) => one.who === "system" && byClock(one) && !one.when && one.from.includes(key));

/** Has an action strike when nothing else in the step does: two at one moment would be in each other's way. */
function alone(doc, key, action) {
  const taken = new Set(clocksOf(doc, key).filter((one) => one !== action).map(strikeOf));
  while (taken.has(strikeOf(action))) timeOf(action).amount += 1;
}

/** Adds a rung; `held` is who is reminded, `advance` the approval that a decision by silence stands for. */
export function addRung(doc, key, kind, { held, advance }, parts) {
  const part = { remind: parts.remind, escalate: parts.escalate, decide: parts.silence }[kind];
  const action = made(doc, part, key, held, parts);
  if (!status(doc, key).due) setMoment(action, "after:entered", { amount: 5, unit: "working_days" });
  if (kind === "decide") decide(doc, action, advance.to, parts);
  alone(doc, key, action);
  flow(doc).actions.push(action);
  return action.key;
}

/** The letters that officers issue by a step to `to`. */
const lettersTo = (doc, to) => new Set(flow(doc).actions.filter((one) => byRole(one) && one.to === to).flatMap((one) => one.effects || []).map(({ letter }) => letter).filter(Boolean));

/** Lets silence mean `to`; the applicant is told of an end, and gets the letters that an officer's step to it brings. */
export function decide(doc, action, to, parts) {
  action.to = to;
  const part = isFinal(doc, to, "granted") ? parts.approve : parts.declined;
  const letters = isFinal(doc, to, "granted") ? [...lettersTo(doc, to)].map((letter) => ({ letter })) : [];
  put(action, "effects", status(doc, to)?.kind === "final" ? [...(made(doc, part, "", "", parts).effects || []), ...letters] : undefined);
}

/** Has a step's reminders of one role go to another, who does the work there now. */
export function remindInstead(doc, key, before, held) {
  const mine = flow(doc).actions.filter((one) => one.who === "system" && one.from.length === 1 && one.from[0] === key);
  for (const effect of mine.flatMap((one) => one.effects || [])) if (effect.to?.role === before) effect.to = { role: held };
}

export function removeRung(doc, key) {
  flow(doc).actions = flow(doc).actions.filter((one) => one.key !== key);
}
