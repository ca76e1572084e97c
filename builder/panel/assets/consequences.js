// What an edit would do to those that name questions: which of them would name nothing, something later or another
// question. Nothing is left so: they are taken away together with the edit, or the edit is not made.
import { copyOf } from "./document.js";
import { namings } from "./namings.js";
import { optionsOf, outline } from "./outline.js";
import { mayName, surroundings } from "./reach.js";
import { world } from "./world.js";

const kindOf = (field) => world.values[field.type] || field.type;

/** What a naming names now, as `[question, kind of its answer, whether it may, whether it is read in each of its rows]`. */
function named(around, naming) {
  const found = [];
  naming.each(around.ids, (id) => {
    const { field, rows = [] } = around.places.get(id) || {};
    found.push([field, field && kindOf(field), mayName(around, naming, id), rows.length > naming.rows.length]);
  });
  return found;
}

const has = (doc, field, answer) => optionsOf(doc, field)?.some((option) => option.value === answer);

/** The answers that a naming compares with, as `[question, answer]`, those that can be given if `given`, else those that cannot. */
function compares(doc, around, naming, given) {
  const found = [];
  naming.compares?.(around.ids, (id, answer) => {
    const field = around.places.get(id)?.field;
    if (field && has(doc, field, answer) === given) found.push([field, answer]);
  });
  return found;
}

/** What everything in `doc` names before it is changed; to be asked with the same objects after the change. */
export function remembered(doc) {
  const around = surroundings(doc);
  const before = new Map();
  for (const one of namings(doc, around.all)) {
    if (!before.has(one.holder)) before.set(one.holder, new Map());
    before.get(one.holder).set(one.name, { named: named(around, one), answers: compares(doc, around, one, true) });
  }
  return before;
}

/** The questions that a naming names no more as it did, or whose answers it asks for in vain; undefined when all is well. */
function lost(doc, around, naming, before) {
  const { named: was, answers = [] } = before.get(naming.holder)?.get(naming.name) || {};
  const gone = compares(doc, around, naming, false).filter(([field, answer]) => answers.some(([one, other]) => one === field && other === answer));
  if (gone.length) return [...new Set(gone.map(([field]) => field))];
  if (was?.some(([, , may]) => !may)) return undefined;
  const now = named(around, naming);
  const wrong = now.map(([field, kind, may, each], at) => {
    const [first, firstKind, , firstEach] = was?.[at] || [];
    return !may || (first && (first !== field || (naming.typed && (firstKind !== kind || firstEach !== each))));
  });
  if (!wrong.includes(true)) return undefined;
  return now.flatMap(([field], at) => (wrong[at] ? [was?.[at]?.[0] || field] : [])).filter(Boolean);
}

/** The namings of `doc` that are broken and were not, each with the questions it named. */
export function broken(doc, before) {
  const around = surroundings(doc);
  return namings(doc, around.all).map((naming) => ({ naming, questions: lost(doc, around, naming, before) })).filter((one) => one.questions);
}

/** What `change` would break in `doc`, which stays as it is. */
export function consequences(doc, change) {
  const next = copyOf(doc);
  const before = remembered(next);
  change(next);
  return broken(next, before);
}

/** Changes `doc`; rules that can do without answers that went go on without them. Returns what `change` does. */
export function followed(doc, change) {
  const options = () => new Map(outline(doc).map(({ field }) => [field, optionsOf(doc, field)?.map((option) => option.value)]).filter(([, some]) => some));
  const before = options();
  const result = change(doc);
  const after = options();
  if (![...after].some(([field, some]) => before.get(field)?.some((answer) => !some.includes(answer)))) return result;
  const { ids, places, all } = surroundings(doc);
  const gone = (id, answer) => {
    const field = places.get(id)?.field;
    return Boolean(before.get(field)?.includes(answer) && after.get(field) && !after.get(field).includes(answer));
  };
  for (const naming of namings(doc, all)) naming.forget?.(ids, gone);
  return result;
}

const ROUNDS = 20;

/** Changes `doc` and takes away what would name nothing after it; returns what `change` does. */
export function carefully(doc, change) {
  const before = remembered(doc);
  const result = change(doc);
  for (let round = 0; round < ROUNDS; round += 1) {
    const wrong = broken(doc, before);
    if (!wrong.length) break;
    wrong.forEach(({ naming }) => naming.drop());
  }
  return result;
}
