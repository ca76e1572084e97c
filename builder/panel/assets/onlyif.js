// A step that is only done with some applications: the system leads all others on at once, by an action with the opposite condition.
import { byClock, flow, made, withdraw } from "./flow.js";
import { only } from "./subjects.js";

/** What is true unless `condition` certainly is: an answer that was not asked for leads past the step. */
const unless = (condition) => ({ "!": [{ default: [condition, false] }] });

/** The condition of which `node` is the opposite, undefined where it is none. */
function opposite(node) {
  const [not, [inner] = []] = only(node);
  const [operator, parts] = not === "!" ? only(inner) : [];
  return operator === "default" && parts.length === 2 && parts[1] === false ? parts[0] : undefined;
}

/** Whether an action leads past the step it stands in. */
export const isSkip = (action) => action.who === "system" && !byClock(action) && Boolean(action.to) && action.from.length === 1 && opposite(action.when) !== undefined;

/** What leads past the step `key`, undefined where it is always done. */
export const skipOf = (doc, key) => flow(doc).actions.find((one) => isSkip(one) && one.from[0] === key);

/** The condition under which the step `key` is done, undefined where it always is. */
export const conditionOf = (doc, key) => opposite(skipOf(doc, key)?.when);

/** Has the step `key` done only under `condition`, always without one; any other application goes on to `to`. */
export function setCondition(doc, { key, to }, condition, parts) {
  const held = skipOf(doc, key);
  if (condition === undefined) withdraw(doc, held ? [held] : [], key);
  else if (held) held.when = unless(condition);
  else {
    const { effects: _none, ...added } = made(doc, parts.skip, key, "", parts);
    flow(doc).actions.push({ ...added, to, when: unless(condition) });
  }
}
