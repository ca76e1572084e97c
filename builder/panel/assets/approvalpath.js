// Takes a ready-made way of approval into a document: the steps are replaced, what the service prints and says stays.
import { copyOf } from "./document.js";
import { dropUnused, flow, isFinal, put } from "./flow.js";
import { askHere, bringPages } from "./steppages.js";

const granting = (doc) => flow(doc).actions.filter((one) => isFinal(doc, one.to, "granted"));

/** What is issued to the applicant when an application is granted, wherever that was decided. */
const issued = (doc) => granting(doc).flatMap((one) => (one.effects || []).filter((effect) => effect.letter || effect.webhook || effect.case));

/** Replaces the workflow by that of `path`, `{workflow, messages, pages}`; changes `doc`. */
export function takePath(doc, path, { parts, released }) {
  const before = flow(doc);
  const letters = issued(doc).filter((effect) => !effect.while && !effect.outcomes);
  const flowOf = copyOf(path.workflow);
  askHere(flowOf, bringPages(doc, path.pages, { parts, released }));
  doc.workflow = { ...flowOf, ...kept(before, flowOf) };
  where(doc, before);
  const held = new Set((doc.messages || []).map(({ key }) => key));
  put(doc, "messages", [...(doc.messages || []), ...copyOf(path.messages).filter(({ key }) => !held.has(key))]);
  for (const action of granting(doc)) put(action, "effects", [...(action.effects || []), ...copyOf(letters)]);
  number(doc, before);
  keepRoles(doc, before);
  dropUnused(doc);
}

/** What belongs to the service rather than to its steps. */
const kept = (before, next) => ({
  ...(before.office && { office: before.office }),
  ...(before.deadline && { deadline: before.deadline }),
  filed: before.filed?.length ? before.filed : next.filed,
});

/** Roles are looked for where they were, new ones in the office of the case if there is one. */
function where(doc, before) {
  for (const one of flow(doc).roles) {
    const known = before.roles.find(({ key }) => key === one.key);
    one.where = known ? known.where || "region" : before.office ? "office" : "region";
  }
}

/** A series of numbers the service has already goes on counting. */
function number(doc, before) {
  const [series] = before.registers || [];
  if (!series) return;
  const numbers = flow(doc).actions.flatMap((one) => one.changes || []).filter((change) => change.number);
  for (const change of numbers) change.number = series.key;
  flow(doc).registers = before.registers;
}

/** Whoever fills in a page of their own stays known, also where no step asks for it yet. */
function keepRoles(doc, before) {
  const named = new Set(doc.pages.map((page) => page.for));
  const there = new Set(flow(doc).roles.map(({ key }) => key));
  flow(doc).roles.push(...before.roles.filter(({ key }) => named.has(key) && !there.has(key)));
}
