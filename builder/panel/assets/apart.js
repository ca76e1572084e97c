// Steps of which one person may do only one for the same case: the two-person rule, as ticks between two steps.
import { flow, put } from "./flow.js";

/** What counts as doing a step: its approval, or the decisions of all who decide there together. */
const deeds = (step) => (step.panel ? step.panel.voices.map(({ task }) => task.key) : [step.advance.key]);

const holds = (list, keys) => keys.some((key) => list.includes(key));

/** Whether two steps must be done by two people. */
export const areApart = (doc, one, other) => (flow(doc).separate || []).some((list) => holds(list, deeds(one)) && holds(list, deeds(other)));

/** Every two of a list but those that say the same of `one` and `other`. */
function pairs(list, one, other) {
  const both = (first, second) => (deeds(one).includes(first) && deeds(other).includes(second)) || (deeds(other).includes(first) && deeds(one).includes(second));
  return list.flatMap((first, at) => list.slice(at + 1).filter((second) => !both(first, second)).map((second) => [first, second]));
}

/** Has two steps done by two people, or lets one person do both; what else is kept apart stays so. */
export function setApart(doc, one, other, on) {
  const rest = (flow(doc).separate || []).flatMap((list) => (holds(list, deeds(one)) && holds(list, deeds(other)) ? pairs(list, one, other) : [list]));
  const made = on ? deeds(one).flatMap((first) => deeds(other).map((second) => [first, second])) : [];
  put(flow(doc), "separate", [...rest, ...made]);
}
