// Who sees what: for each answer to one question, which pages and questions are shown, are not, or depend on others too.
import { judged } from "./judging.js";
import { answered, optionsOf, outline, resolve } from "./outline.js";
import { names } from "./expressions.js";
import { typed } from "./typed.js";
import { world } from "./world.js";

const MOST_ANSWERS = 30;

/** What something is shown by, as far as it says so itself. */
const rule = (thing) => (thing?.visible && typeof thing.visible === "object" ? thing.visible : undefined);

/** The questions whose answers decide what else is shown, with those answers; no answer is null. */
export function deciders(doc) {
  const all = outline(doc);
  const ids = new Set(all.map((one) => one.id));
  const rules = [...(doc.pages || []).map((page) => [rule(page), []]), ...all.map((one) => [rule(one.field), one.rows])].filter(([node]) => node);
  const used = new Set(rules.flatMap(([node, rows]) => [...names(node)].map((key) => resolve(ids, rows, key))));
  return all.filter((one) => !one.rows.length && used.has(one.id)).map((one) => ({ ...one, answers: answersTo(doc, one.field) })).filter(({ answers }) => answers.length > 1);
}

function answersTo(doc, field) {
  const given = world.values[field.type] === "boolean" ? [true, false]
    : field.type === "choice" ? (optionsOf(doc, field) || []).slice(0, MOST_ANSWERS).map((option) => option.value)
    : world.values[field.type] && field.type !== "choices" ? [] : (optionsOf(doc, field) || []).slice(0, MOST_ANSWERS).map((option) => [option.value]);
  return given.length && field.required !== true ? [...given, null] : given;
}

/**
 * What each answer of `decider` leads to: `[{id | page, cells}]` from top to bottom with a cell for each answer: "yes", "no",
 * or "maybe" where other answers decide as well.
 */
export function paths(doc, decider) {
  const columns = decider.answers.map((answer) => column(doc, decider, answer));
  return columns[0].map(({ page, one }, at) => ({ page, one, cells: columns.map((states) => states[at].state) }));
}

function column(doc, decider, answer) {
  const states = new Map();
  const known = (field) => (field === decider.field ? answer : states.get(field) === "no" ? null : undefined);
  const found = [];
  let last;
  for (const one of outline(doc)) {
    if (one.page !== last) {
      states.set(one.page, stateOf(doc, one.page, { around: [], known, within: "yes" }));
      found.push({ page: one.page, state: states.get(one.page) });
      last = one.page;
    }
    const parent = one.parents.at(-1)?.field || one.page;
    const state = one.field === decider.field && answer !== null ? "yes" : stateOf(doc, one.field, { around: one.rows, known, within: states.get(parent) });
    states.set(one.field, state);
    if (answered(one.field) || one.field.type === "note" || one.field.type === "notice") found.push({ page: one.page, one, state });
  }
  return found;
}

/** Whether something is shown that stands in what is shown as `within` says. */
function stateOf(doc, thing, { around, known, within }) {
  const node = rule(thing);
  if (!node || within === "no") return within;
  const verdict = judged(doc, typed(doc, node, { around }), { around, known });
  if (verdict && !verdict.yes) return "no";
  return verdict && !verdict.no && !verdict.open ? within : "maybe";
}

/** Whether the answers lead to different things. */
export const differs = ({ cells }) => new Set(cells).size > 1;
