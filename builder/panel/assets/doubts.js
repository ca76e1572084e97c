// What is odd about the rows of a condition: they can never, or must always, be true, say something twice, or ask for an
// answer that is not there. Each doubt is `{what, row, number?, key?, answer?}`; without a row it is about all of them.
import { complete, expression } from "./conditions.js";
import { combinations, judged } from "./judging.js";
import { earlier, named, nameable, question } from "./outline.js";
import { subject } from "./subjects.js";
import { typed } from "./typed.js";

const MOST = 12;
const CHECKS = ["check", "row"];

/**
 * The doubts about `draft`, the rows of the rule `where` (`{rule, key, page, row}`), where `around` are the repeats around it.
 */
export function doubts(doc, draft, where, around = []) {
  const rows = draft.rows.map((row, at) => ({ row, at })).filter(({ row }) => complete(row)).slice(0, MOST);
  const trees = new Map(rows.map(({ row, at }) => [at, typed(doc, expression({ mode: "all", rows: [row] }), { around })]));
  const found = rows.flatMap(({ row, at }) => ofSource(doc, row, where, around).map((one) => ({ ...one, row: at })));
  const sound = rows.filter(({ at }) => !found.some((one) => one.row === at));
  found.push(...sound.flatMap(({ row, at }) => alone(doc, row, trees.get(at), around).map((what) => ({ what, row: at }))));
  const left = sound.filter(({ at }) => !found.some((one) => one.row === at));
  found.push(...pairs(doc, left, trees, draft.mode, around));
  if (!found.length) found.push(...together(doc, draft, where, around));
  return found;
}

/** Whether the answer that a row asks for is there. */
function ofSource(doc, row, where, around) {
  const field = named(doc, around, row.key);
  if (!field) return [{ what: "missing" }];
  const sources = where.page && where.rule === "visible" ? earlier(doc, where.key, where.page) : nameable(doc, where);
  if (!sources.some((one) => one.field === field)) return [{ what: "later", key: row.key }];
  const { options } = subject(doc, field, row.of) || {};
  const gone = options && row.values.find((value) => !options.some((option) => option.value === value));
  if (gone !== undefined) return [{ what: "gone", key: row.key, answer: gone }];
  return hidden(doc, field, where) ? [{ what: "hidden", key: row.key }] : [];
}

/** The conditions under which something is asked: its own, those of what it stands in, and that of its page. */
function shownWhen(doc, { key, page }) {
  const place = key && question(doc, key);
  const owners = place ? [place.page, ...place.parents.map((one) => one.field), place.field] : [doc.pages.find((one) => one.key === page)];
  return owners.map((one) => one?.visible).filter((rule) => rule && typeof rule === "object");
}

/** Whether a question is never asked where the rule counts, though each of both can be. */
function hidden(doc, field, where) {
  const source = [...new Map(nameable(doc, where).map((one) => [one.field, one])).values()].find((one) => one.field === field);
  const [here, there] = [shownWhen(doc, where), shownWhen(doc, { key: source.id })];
  if (!there.length || !here.length || source.rows.length) return false;
  const can = (rules) => {
    const verdict = judged(doc, typed(doc, { and: rules }));
    return verdict ? verdict.yes : null;
  };
  return can([...here, ...there]) === false && can(here) === true && can(there) === true;
}

function alone(doc, row, tree, around) {
  const verdict = tree && judged(doc, tree, { around });
  if (!verdict) return [];
  if (!verdict.yes) return ["never"];
  return !verdict.no && !verdict.open ? ["always"] : [];
}

/** Rows that cannot hold together, or of which one says what the other says already; each row is named once. */
function pairs(doc, rows, trees, mode, around) {
  const found = [];
  for (const [place, { at: second }] of rows.entries()) {
    for (const { at: first } of rows.slice(0, place)) {
      const seen = combinations(doc, [trees.get(first), trees.get(second)], { around });
      const said = seen && relation(seen, mode);
      if (!said) continue;
      const row = said === "wider" ? first : second;
      const what = said === "wider" || said === "narrower" ? "implied" : said;
      if (!found.some((one) => one.row === row)) found.push({ what, row, number: row === first ? second + 1 : first + 1 });
    }
  }
  return found;
}

/** How two rows stand to each other; where all must hold, the wider of them says nothing, where any may, the narrower. */
function relation(seen, mode) {
  const only = (test) => seen.every(test);
  const forward = only(([a, b]) => a !== true || b === true);
  const backward = only(([a, b]) => b !== true || a === true);
  if (forward && backward) return "same";
  if (mode !== "any" && only(([a, b]) => !(a === true && b === true))) return "exclude";
  if (forward) return mode === "any" ? "wider" : "narrower";
  if (backward) return mode === "any" ? "narrower" : "wider";
  return "";
}

function together(doc, draft, where, around) {
  const whole = expression(draft);
  const verdict = whole === undefined ? null : judged(doc, typed(doc, whole, { around }), { around });
  if (!verdict || draft.rows.length < 2) return [];
  if (!verdict.yes) return [{ what: "never_all" }];
  const idle = CHECKS.includes(where.rule) || where.row ? !verdict.no : !verdict.no && !verdict.open;
  return idle ? [{ what: "always_all" }] : [];
}
