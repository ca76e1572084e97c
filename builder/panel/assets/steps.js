// The workflow as an ordered list of approval steps. Each operation changes only what it must.
// A workflow that is not such a list (branches, conditions, rules of its own) is described, never rewritten.
import { isPanel, makePanel, makeSingle, readPanel } from "./deciders.js";
import { copyOf, languages, say } from "./document.js";
import { actionsOf, allKeys, byClock, dropUnused, flow, isFinal, made, provideMessage, put, status } from "./flow.js";
import { free, slug } from "./keys.js";
import { skipOf } from "./onlyif.js";
import { fixPicks, setBack, setRefuse } from "./stepsettings.js";

/** One step as people know it, or nothing where the switches cannot show what happens there. */
function stepAt(doc, key) {
  const { advance, back, again, refuse } = actionsOf(doc, key);
  const common = { key, status: status(doc, key), back, again, refuse };
  if (isPanel(doc, key)) {
    const panel = readPanel(doc, key);
    return panel && !advance.length ? { ...common, panel, advance: panel.agreed, role: panel.voices[0].role } : null;
  }
  const [next] = advance;
  const plain = advance.length === 1 && next.from.length === 1 && !next.when && (status(doc, key).tasks || []).length < 2;
  return plain ? { ...common, advance: next, role: next.who.role } : null;
}

/** The path from the start to the end: `{ drawable, steps, end }`. Every work status is on it, or it is not drawable. */
export function readSteps(doc) {
  const steps = [];
  let at = flow(doc)?.start;
  const seen = new Set();
  while (at && status(doc, at)?.kind === "work" && !seen.has(at)) {
    seen.add(at);
    const step = stepAt(doc, at);
    if (!step) break;
    steps.push(step);
    at = step.advance.to;
  }
  const work = (flow(doc)?.statuses || []).filter((one) => one.kind === "work" || one.kind === "wait");
  const drawable = steps.length > 0 && isFinal(doc, at, "granted") && work.length === steps.length;
  return { drawable, steps, end: at };
}

/** What the system does in a step and goes where an approval goes: it was not decided in time, or need not be done. */
const alike = (doc, step) => flow(doc).actions.filter((one) => one.who === "system" && byClock(one) && one.from.length === 1
  && one.from[0] === step.key && one.to === step.advance.to).concat(skipOf(doc, step.key) || []);

/** Points start, approvals and corrections along `order`, the keys of the steps. */
function relink(doc, steps, order, end) {
  const before = flow(doc).start;
  const known = new Map(steps.map((step) => [step.key, { step, silent: alike(doc, step) }]));
  order.forEach((key, index) => {
    const { step, silent } = known.get(key);
    const last = index === order.length - 1;
    for (const action of [step.advance, ...silent]) {
      action.to = last ? end : order[index + 1];
      tellGranted(doc, action, last);
    }
  });
  flow(doc).start = order[0];
  for (const action of flow(doc).actions) {
    if (action.who === "applicant" && action.to === before) action.to = order[0];
  }
  flow(doc).actions = flow(doc).actions.filter((one) => !isForward(doc, one, order));
  fixPicks(doc, order);
}

/** A return to colleagues that would now lead to nobody before them. */
function isForward(doc, action, order) {
  const [from] = action.from;
  const to = order.indexOf(action.to);
  return actionsOf(doc, from).again.includes(action) && order.includes(from) && (to < 0 || to >= order.indexOf(from));
}

/** The notice that a service was granted goes out with the last approval only. */
function tellGranted(doc, action, last) {
  const notice = (effect) => effect.mail === "granted" && effect.to === "applicant";
  const others = (action.effects || []).filter((effect) => !notice(effect));
  const wanted = last && (doc.messages || []).some((message) => message.key === "granted");
  put(action, "effects", wanted ? [...others, { mail: "granted", to: "applicant" }] : others);
}

/** Adds a step after the step `after`, or at the end; returns its key. */
export function addStep(doc, { title, role: held, parts, publicTitle, after }) {
  const { steps, end } = readSteps(doc);
  const key = free(slug(say(title, languages(doc)[0]), "step"), allKeys(doc));
  const added = { key, title: copyOf(title), kind: "work", due: { amount: 1, unit: "working_days" } };
  if (publicTitle) added.public_title = copyOf(publicTitle);
  const order = steps.map((step) => step.key);
  const at = order.includes(after) ? order.indexOf(after) : order.length - 1;
  const place = flow(doc).statuses.findIndex((one) => one.key === order[at]);
  flow(doc).statuses.splice(place + 1, 0, added);
  flow(doc).actions.push({ ...made(doc, parts.approve, key, held, parts), to: end });
  setBack(doc, key, true, parts);
  setRefuse(doc, key, true, parts);
  order.splice(at + 1, 0, key);
  join(doc, key, steps, order, end);
  return key;
}

/** Makes the new step `key` one of the path: it can be withdrawn from, and stands where `order` says. */
function join(doc, key, steps, order, end) {
  for (const action of flow(doc).actions) {
    if (action.who === "applicant" && isFinal(doc, action.to, "withdrawn")) action.from.push(key);
  }
  relink(doc, [...steps, stepAt(doc, key)], order, end);
}

/** Puts a finished step, `{status, actions}`, at place `at` of the path; returns its key. */
export function insertStep(doc, piece, at, parts) {
  const { steps, end } = readSteps(doc);
  const order = steps.map((step) => step.key);
  const key = free(piece.status.key, allKeys(doc));
  const next = order[at];
  const place = flow(doc).statuses.findIndex((one) => one.key === (next || order.at(-1)));
  flow(doc).statuses.splice(next ? place : place + 1, 0, { ...copyOf(piece.status), key });
  const shared = [parts.correction.key, parts.refused.key];
  const leadsAway = ({ to, tone }) => shared.includes(to) || (tone === "return" && !order.includes(to));
  for (const one of piece.actions.filter((action) => !leadsAway(action))) {
    for (const { mail } of one.effects || []) provideMessage(doc, mail, parts);
    flow(doc).actions.push({ ...copyOf(one), key: free(one.key, allKeys(doc)), from: [key] });
  }
  const leads = shared.map((to) => piece.actions.some((one) => one.to === to));
  setBack(doc, key, leads[0], parts);
  setRefuse(doc, key, leads[1], parts);
  order.splice(at, 0, key);
  join(doc, key, steps, order, end);
  moveActions(doc, key, next);
  return key;
}

/** Lets the actions of `key` stand where a way of approval has them: before those of `next`, the approval first. */
function moveActions(doc, key, next) {
  const { advance, back, again, refuse, all } = actionsOf(doc, key);
  const mine = [...new Set([...advance, ...back, ...again, ...refuse, ...all])].filter(({ from }) => from.length === 1);
  const others = flow(doc).actions.filter((one) => !mine.includes(one));
  const at = others.findIndex(({ from }) => from[0] === next);
  others.splice(at < 0 ? others.length : at, 0, ...mine);
  flow(doc).actions = others;
}

/** Lets several decide a step, or one again; whoever chose its officer before has nobody to choose among several. */
export function setTogether(doc, key, on, { title, parts }) {
  if (on) makePanel(doc, key, { title }, parts);
  else makeSingle(doc, key, parts);
  fixPicks(doc, readSteps(doc).steps.map((step) => step.key));
}

/** The steps that stay but can send a case back to no earlier one any more after `change`, which leaves `doc` as it is. */
export function lostReturns(doc, change) {
  const next = copyOf(doc);
  change(next);
  const still = new Map(readSteps(next).steps.map((step) => [step.key, step.again.length > 0]));
  return readSteps(doc).steps.filter(({ key, again }) => again.length > 0 && still.get(key) === false).map((step) => step.status);
}

export function moveStep(doc, key, way) {
  const { drawable, steps, end } = readSteps(doc);
  const order = steps.map((step) => step.key);
  const from = order.indexOf(key);
  const to = from + way;
  if (!drawable || from < 0 || to < 0 || to >= order.length) return;
  order.splice(to, 0, ...order.splice(from, 1));
  relink(doc, steps, order, end);
}

export function removeStep(doc, key) {
  const { drawable, steps, end } = readSteps(doc);
  if (!drawable || steps.length < 2) return;
  const at = steps.findIndex((step) => step.key === key);
  if (at < 0) return;
  handOver(steps[at].advance, (steps[at - 1] || steps[at + 1]).advance);
  const order = steps.map((step) => step.key).filter((one) => one !== key);
  relink(doc, steps, order, end);
  for (const action of flow(doc).actions) action.from = action.from.filter((one) => one !== key);
  for (const action of flow(doc).actions) if (action.who === "applicant" && action.to === key) [action.to] = order;
  flow(doc).actions = flow(doc).actions.filter((action) => action.from.length && action.to !== key);
  flow(doc).statuses = flow(doc).statuses.filter((one) => one.key !== key);
  dropUnused(doc);
}

/** Letters, numbers and what else an approval brings about go on with the step beside it. */
function handOver(gone, heir) {
  const notice = (effect) => effect.mail && effect.to === "applicant";
  for (const name of ["changes", "effects"]) {
    const held = new Set((heir[name] || []).map((one) => JSON.stringify(one)));
    const moved = (gone[name] || []).filter((one) => !notice(one) && !held.has(JSON.stringify(one)));
    put(heir, name, [...(heir[name] || []), ...moved]);
  }
}
