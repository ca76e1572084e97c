// What a change of the steps leaves behind without use: ends no way leads to any more, and notices that nobody sends.
// Only what was in use before the change goes; a notice only as long as its words are the ready-made ones.
import { flow, put } from "./flow.js";

const entered = (doc) => new Set([flow(doc).start, ...flow(doc).actions.map((one) => one.to)]);

function sent(doc) {
  const effects = [...flow(doc).actions, { effects: flow(doc).filed }].flatMap((one) => one.effects || []);
  return new Set(effects.flatMap((one) => [one.mail, one.message]).filter(Boolean));
}

/** Takes ends and waiting out that were entered before and are not now, with what could be done there. */
function dropEnds(doc, before) {
  for (;;) {
    const now = entered(doc);
    const gone = new Set(flow(doc).statuses.filter(({ key, kind }) => ["final", "applicant"].includes(kind) && before.has(key) && !now.has(key)).map(({ key }) => key));
    if (!gone.size) return;
    flow(doc).statuses = flow(doc).statuses.filter(({ key }) => !gone.has(key));
    for (const action of flow(doc).actions) action.from = action.from.filter((key) => !gone.has(key));
    flow(doc).actions = flow(doc).actions.filter((action) => action.from.length);
  }
}

/** Changes the steps of `doc` and clears away after it; returns what `change` does. */
export function tidied(doc, change, parts) {
  const ends = entered(doc);
  const notices = sent(doc);
  const result = change(doc);
  dropEnds(doc, ends);
  const still = sent(doc);
  const unused = ({ key }) => notices.has(key) && !still.has(key);
  const ready = (message) => parts.messages.some((one) => one.key === message.key && JSON.stringify([one.subject, one.body]) === JSON.stringify([message.subject, message.body]));
  if (doc.messages) put(doc, "messages", doc.messages.filter((message) => !(unused(message) && ready(message) && !message.short)));
  return result;
}
