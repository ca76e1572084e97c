// What an edit would do to those that name questions: which of them would name nothing, something later or another
// question. Nothing is left so: they are taken away together with the edit, or the edit is not made.
import { copyOf } from "./document.js";
import { namings } from "./namings.js";
import { mayName, surroundings } from "./reach.js";
import { world } from "./world.js";

const kindOf = (field) => world.values[field.type] || field.type;

/** What a naming names now, as `[question, kind of its answer, whether it may]`. */
function named(around, naming) {
  const found = [];
  naming.each(around.ids, (id) => {
    const field = around.places.get(id)?.field;
    found.push([field, field && kindOf(field), mayName(around, naming, id)]);
  });
  return found;
}

/** What everything in `doc` names before it is changed; to be asked with the same objects after the change. */
export function remembered(doc) {
  const around = surroundings(doc);
  const before = new Map();
  for (const one of namings(doc, around.all)) {
    if (!before.has(one.holder)) before.set(one.holder, new Map());
    before.get(one.holder).set(one.name, named(around, one));
  }
  return before;
}

/** The questions that a naming names no more as it did, undefined when all is well. */
function lost(around, naming, before) {
  const was = before.get(naming.holder)?.get(naming.name);
  if (was?.some(([, , may]) => !may)) return undefined;
  const now = named(around, naming);
  const wrong = now.map(([field, kind, may], at) => {
    const [first, firstKind] = was?.[at] || [];
    return !may || (first && (first !== field || (naming.typed && firstKind !== kind)));
  });
  if (!wrong.includes(true)) return undefined;
  return now.flatMap(([field], at) => (wrong[at] ? [was?.[at]?.[0] || field] : [])).filter(Boolean);
}

/** The namings of `doc` that are broken and were not, each with the questions it named. */
export function broken(doc, before) {
  const around = surroundings(doc);
  return namings(doc, around.all).map((naming) => ({ naming, questions: lost(around, naming, before) })).filter((one) => one.questions);
}

/** What `change` would break in `doc`, which stays as it is. */
export function consequences(doc, change) {
  const next = copyOf(doc);
  const before = remembered(next);
  change(next);
  return broken(next, before);
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
