// What one step may be told: who does it, what they may do, what they write and fill in, whom they choose.
import { isPanel, shareReturns } from "./deciders.js";
import { copyOf, languages, say } from "./document.js";
import { actionsOf, byRole, dropUnused, flow, made, own, provideRefused, provideStatus, put, status, withdraw } from "./flow.js";
import { free, slug } from "./keys.js";
import { remindInstead } from "./rungs.js";

const roleOf = (doc, key) => status(doc, key).tasks?.[0]?.role || actionsOf(doc, key).advance[0].who.role;

export function setRole(doc, key, held) {
  const { edit } = status(doc, key);
  const before = roleOf(doc, key);
  if (edit) status(doc, key).edit = [...new Set(edit.map((one) => (one === before ? held : one)))];
  for (const action of actionsOf(doc, key).all.filter(byRole)) {
    own(doc, action, key).who = { role: held };
    givePageTo(doc, action.ask?.page, held);
  }
  for (const task of status(doc, key).tasks || []) task.role = held;
  remindInstead(doc, key, before, held);
  dropUnused(doc);
}

/** A page that is asked for nowhere else follows the officer. */
function givePageTo(doc, page, held) {
  const found = page && doc.pages.find((one) => one.key === page);
  if (found?.for && JSON.stringify(flow(doc)).split(`"page":"${page}"`).length === 2) found.for = held;
}

/** Adds a role known in the region, or a new one from `title`; returns its key. */
export function provideRole(doc, { key, title, tail = "" }) {
  const wanted = key || `${slug(say(title, languages(doc)[0]), "role")}${tail}`;
  const found = flow(doc).roles.find((one) => one.key === wanted && key);
  if (found) return found.key;
  const added = free(wanted, flow(doc).roles.map((one) => one.key));
  flow(doc).roles.push({ key: added, title: copyOf(title), where: flow(doc).office ? "office" : "region" });
  return added;
}

export function setBack(doc, key, wanted, parts) {
  const { back } = actionsOf(doc, key);
  if (!wanted) return withdraw(doc, back, key);
  if (back.length) return undefined;
  const waiting = provideStatus(doc, (one) => one.kind === "applicant", parts.correction);
  flow(doc).actions.push({ ...made(doc, parts.return, key, roleOf(doc, key), parts), to: waiting });
  if (isPanel(doc, key)) shareReturns(doc, key, parts);
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
  if (!wanted) return withdraw(doc, refuse, key);
  if (!refuse.length) flow(doc).actions.push({ ...made(doc, parts.refuse, key, roleOf(doc, key), parts), to: provideRefused(doc, parts) });
  return undefined;
}

/** Lets a step send a case back to the step `to`, which colleagues did before; "" to none. */
export function setAgain(doc, key, to, parts) {
  const { again } = actionsOf(doc, key);
  if (!to) return withdraw(doc, again, key);
  if (again.length) own(doc, again[0], key).to = to;
  else flow(doc).actions.push({ ...made(doc, parts.again, key, roleOf(doc, key), parts), to });
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
export const mayEdit = (doc, key, held) => Boolean(status(doc, key).edit?.includes(held));

export function setEdit(doc, key, held, wanted) {
  const others = (status(doc, key).edit || []).filter((one) => one !== held);
  put(status(doc, key), "edit", wanted ? [...others, held] : others);
}

/** The number series an approval takes its number from, if it does. */
export function registerOf(doc, advance) {
  const change = (advance?.changes || []).find((one) => one.number);
  return change ? (flow(doc).registers || []).find((one) => one.key === change.number) : undefined;
}

/** Whether an approval gives a number; `find(doc)` is the approval. */
export function setNumber(doc, advance, wanted, parts) {
  const others = (advance.changes || []).filter((one) => !one.number);
  if (!wanted) {
    put(advance, "changes", others);
    dropUnused(doc);
    return;
  }
  flow(doc).registers ||= [];
  if (!flow(doc).registers.length) {
    flow(doc).registers.push({ ...copyOf(parts.register), scope: flow(doc).office ? "office" : "region" });
  }
  advance.changes = [{ number: flow(doc).registers[0].key }, ...others];
}

/** Sets what is asked of whoever acts: `name` is `comment` or `page`. */
export function setAsked(action, name, value) {
  const ask = { ...action.ask };
  put(ask, name, value);
  put(action, "ask", ask);
}

/** A page that officers of a role are to fill in, without a question yet; returns its key. */
export function officerPage(doc, held, title) {
  const key = free(`page_${doc.pages.length + 1}`, doc.pages.map((page) => page.key));
  doc.pages.push({ key, title: copyOf(title), for: held, fields: [] });
  return key;
}

/** Lets whoever approves the step `key` choose the officer of the step `next`. */
export function setPick(doc, advance, next, wanted) {
  if (!wanted) {
    setAsked(advance, "person", undefined);
    unpick(status(doc, next));
    return;
  }
  const held = status(doc, next);
  held.tasks ||= [{ key: free(`${next.slice(0, 36)}_1`, flow(doc).statuses.flatMap((one) => (one.tasks || []).map((task) => task.key))), title: copyOf(held.title), role: roleOf(doc, next) }];
  held.tasks[0].assign = "chosen";
  setAsked(advance, "person", held.tasks[0].key);
}

/** A task that is chosen by nobody is anybody's; one that says nothing else goes. */
function unpick(held) {
  for (const task of held?.tasks || []) if (task.assign === "chosen" && !task.outcomes) delete task.assign;
  const plain = held?.tasks?.length === 1 && Object.keys(held.tasks[0]).every((name) => ["key", "title", "role"].includes(name));
  if (plain) delete held.tasks;
}

/** After steps have changed places: whoever chose the next officer still does, and only theirs. */
export function fixPicks(doc, order) {
  const picks = flow(doc).actions.filter((one) => one.ask?.person && order.includes(one.from[0]) && one.tone === "advance");
  for (const key of order) unpick(status(doc, key));
  for (const action of picks) {
    const next = order.includes(action.to) && !isPanel(doc, action.to) ? action.to : "";
    if (next) setPick(doc, action, next, true);
    else setAsked(action, "person", undefined);
  }
}
