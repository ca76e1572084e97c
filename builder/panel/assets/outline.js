// Where everything in the document stands: pages, groups, rows and questions, each place with a name.
// The name (`id`) of a question is its key after the keys of the repeats around it; of a group, "#" and its key.

const SHOWN = new Set(["heading", "image", "note", "notice"]);

/** The format allows rows in rows, and no deeper. */
export const LEVELS = 2;

/** Whether a question is answered at all; groups and some others only show something. */
export const answered = (field) => !SHOWN.has(field.type) && field.type !== "group";

/** Whether other questions stand in it. */
export const isContainer = (field) => field.type === "group" || field.type === "repeat";

/** The document that nobody changes any more, because the next change makes a copy; what is known of it is kept. */
let resting = {};

/** From now on `doc` stays as it is. */
export function rest(doc) {
  resting = { doc };
}

/** Everything on the pages from top to bottom, numbered as the citizen meets it; groups have no number. */
export function outline(doc) {
  if (doc !== resting.doc) return walked(doc);
  return (resting.all ||= walked(doc));
}

/** The same by name; with faulty documents the first of a name. */
function byName(doc) {
  if (doc !== resting.doc) return indexed(outline(doc));
  return (resting.names ||= indexed(outline(doc)));
}

const indexed = (all) => new Map([...all].reverse().map((one) => [one.id, one]));

function walked(doc) {
  const found = [];
  const count = { last: 0 };
  (doc.pages || []).forEach((page, pageIndex) => walk(found, page.fields || [], { page, pageIndex, parents: [], rows: [], prefix: "", count }));
  return found;
}

function walk(found, siblings, around) {
  const { count, prefix, ...place } = around;
  siblings.forEach((field, index) => {
    const group = field.type === "group";
    const number = group ? "" : `${prefix}${(count.last += 1)}`;
    const id = group ? `#${field.key}` : [...place.rows, field.key].join("/");
    const one = { ...place, field, index, siblings, number, id };
    found.push(one);
    const parents = [...place.parents, one];
    if (group) walk(found, field.fields || [], { ...around, parents });
    if (field.type === "repeat") walk(found, field.fields || [], { ...place, parents, rows: [...place.rows, field.key], prefix: `${number}.`, count: { last: 0 } });
  });
}

/** The questions outside rows: those that the rest of the service may name. */
export const questions = (doc) => outline(doc).filter(({ field, rows }) => field.type !== "group" && !rows.length);

/** Everything that is called `id`; with faulty documents the first one. */
export const question = (doc, id) => byName(doc).get(id);

const begins = (rows, all) => rows.every((key, at) => all[at] === key);

/** The questions that can be named where `rows` are around: an inner one hides an outer one of its name. */
export function visibleFrom(all, rows) {
  const named = all.filter((one) => answered(one.field) && begins(one.rows, rows));
  const hidden = (one) => named.some((other) => other.field.key === one.field.key && other.rows.length > one.rows.length);
  return named.filter((one) => !hidden(one));
}

/** Questions that a rule of `id` may name: those before it that it sees. A page's own rule: those on pages before. */
export function earlier(doc, id, pageKey = "") {
  const all = outline(doc);
  if (pageKey) {
    const place = doc.pages.findIndex((page) => page.key === pageKey);
    return visibleFrom(all, []).filter(({ pageIndex }) => pageIndex < place);
  }
  const at = all.findIndex((one) => one.id === id);
  if (at < 0) return [];
  const around = all[at].parents.map((one) => one.id);
  const before = new Set(all.slice(0, at).map((one) => one.id));
  return visibleFrom(all, all[at].rows).filter((one) => before.has(one.id) && !around.includes(one.id));
}

/** Questions that a part of a letter may ask about, where the repeats `rows` are around. */
function printed(doc, { key, row, pages }) {
  const rows = rowsOf(doc, key, row);
  const fits = (one) => !pages || pages.has(one.page.key);
  return visibleFrom(outline(doc), rows).filter((one) => fits(one) && !(one.field.type === "repeat" && rows.includes(one.field.key)));
}

/**
 * Questions that a rule may name: `visible` looks back only; `required` and `check` look at their whole page or row,
 * `required` not at the question itself; `when`, of a part of a letter, knows all, of a step those on `pages`. With `row` the rule is one of each entry of the repeat `key`.
 */
export function nameable(doc, { key, page, pages, rule, row = false }) {
  if (rule === "when") return printed(doc, { key, row, pages });
  if (rule === "visible" || rule === "free") return earlier(doc, key, page);
  const all = outline(doc);
  const place = page ? { pageIndex: doc.pages.findIndex((one) => one.key === page), rows: [], parents: [] } : all.find((one) => one.id === key);
  if (!place) return [];
  const around = [...place.parents, ...(row ? [place] : [])].map((one) => one.id);
  const itself = rule === "required" ? [key] : [];
  return visibleFrom(all, rowsOf(doc, key, row)).filter((one) => one.pageIndex <= place.pageIndex && ![...around, ...itself].includes(one.id));
}

/** The name of the question that `key` means where `rows` are around, undefined when there is none. */
export function resolve(ids, rows, key) {
  for (let depth = rows.length; depth >= 0; depth -= 1) {
    const id = [...rows.slice(0, depth), key].join("/");
    if (ids.has(id)) return id;
  }
  return undefined;
}

/** The question that `key` means where `rows` are around. */
export function named(doc, rows, key) {
  const names = byName(doc);
  return names.get(resolve(names, rows, key))?.field;
}

/** Where a rule of `id` stands: the keys of the repeats around it, with `row` its own among them. */
export function rowsOf(doc, id, row = false) {
  const place = question(doc, id);
  return place ? [...place.rows, ...(row ? [place.field.key] : [])] : [];
}

/** The keys that cannot be given to another question where `rows` are around. */
export function taken(doc, rows, released = []) {
  const known = outline(doc).filter((one) => one.field.type !== "group" && begins(one.rows, rows));
  const here = released.map((id) => id.split("/")).filter((path) => begins(path.slice(0, -1), rows) && path.length <= rows.length + 1);
  return [...known.map((one) => one.field.key), ...here.map((path) => path.at(-1))];
}

/** What can be chosen: the options of a question, or the rows of its list if they are in the document. */
export const optionsOf = (doc, field) => (field?.dataset ? doc.datasets?.[field.dataset]?.items : field?.options);

const depth = (field) => (field.type === "repeat" ? 1 : 0) + Math.max(0, ...(field.fields || []).map(depth));

/** Whether `field` may stand in what is called `parent`, "" for a page. */
export function fits(doc, field, parent) {
  if (!parent) return true;
  const place = question(doc, parent);
  if (!place || place.field === field || place.parents.some((one) => one.field === field)) return false;
  const rows = place.rows.length + (place.field.type === "repeat" ? 1 : 0);
  return !(place.field.type === "group" && field.type === "group") && rows + depth(field) <= LEVELS;
}
