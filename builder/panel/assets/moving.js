// Adding, copying, moving and removing questions, groups, rows and pages. Each takes the document and changes it.
import { copyOf, languages, say } from "./document.js";
import { free, slug } from "./keys.js";
import { renameField } from "./names.js";
import { unlocked } from "./namings.js";
import { fits, isContainer, outline, question, taken } from "./outline.js";

const APPLICANT = { email: ["email"], phone: ["phone"] };
const NAMES = /^(nama(_lengkap)?(_(anda|pemohon|pelapor|pengaju|penanggung_jawab|orang_tua|wali|orang_tua_wali))?|(full_|your_)?name|name_of_(the_)?applicant|applicants?_name)$/;

/** Whether a page belongs to the application itself. */
export const isFiled = (doc, page) => (page.for || "applicant") === "applicant" && !(doc.workflow?.actions || []).some((action) => action.ask?.page === page.key);

/** Lets a new question name or reach the applicant when nothing does so yet. */
function adopt(doc, field) {
  doc.applicant ||= {};
  for (const [name, types] of Object.entries(APPLICANT)) {
    if (!doc.applicant[name] && types.includes(field.type)) doc.applicant[name] = field.key;
  }
  const named = field.type === "text" && (field.autocomplete === "name" || NAMES.test(field.key));
  if (named && !doc.applicant.name) doc.applicant.name = field.key;
  if (field.type === "office" && doc.workflow && !doc.workflow.office) doc.workflow.office = field.key;
  if (!Object.keys(doc.applicant).length) delete doc.applicant;
}

/** Lets a question that has been given its words name the applicant, when nothing does so yet. */
export function adoptNamed(doc, id) {
  const place = question(doc, id);
  if (place && !place.rows.length && isFiled(doc, place.page)) adopt(doc, place.field);
}

/** The list that things at a place stand in, and the keys of the repeats around it. */
function room(doc, { pageIndex, parent = "" }) {
  const place = parent && question(doc, parent);
  if (!place) return { list: doc.pages[pageIndex].fields, rows: [] };
  return { list: place.field.fields, rows: place.field.type === "repeat" ? [...place.rows, place.field.key] : place.rows };
}

const groupKeys = (doc) => outline(doc).filter((one) => one.field.type === "group").map((one) => one.field.key);

/** `items` with keys that are free where they will stand; what names them among each other follows. */
function keyed(doc, items, rows, released) {
  const kit = { pages: [{ key: "kit", fields: copyOf(items) }] };
  const groups = groupKeys(doc);
  const keys = taken(doc, rows, released);
  for (const one of outline(kit)) {
    if (one.field.type === "group") {
      one.field.key = free(one.field.key, groups);
      groups.push(one.field.key);
    } else if (!one.rows.length) {
      const others = taken(kit, []).filter((key) => key !== one.field.key);
      const key = free(one.field.key, keys.includes(one.field.key) ? [...keys, ...others] : keys);
      renameField(kit, one.id, key);
      keys.push(key);
    }
  }
  return kit.pages[0].fields;
}

/** In rows and on pages of officers nothing is filled in beforehand, so that goes from whatever is put there. */
function unfilled(item) {
  delete item.prefill;
  unlocked(item);
  (item.fields || []).forEach(unfilled);
}

/** Puts finished `items` at a place; returns the names they have there. */
export function insert(doc, { pageIndex, parent = "", index, items, released = [] }) {
  const { list, rows } = room(doc, { pageIndex, parent });
  const made = keyed(doc, items, rows, released);
  if (rows.length || !isFiled(doc, doc.pages[pageIndex])) made.forEach(unfilled);
  list.splice(index ?? list.length, 0, ...made);
  const all = outline(doc);
  const filed = isFiled(doc, doc.pages[pageIndex]);
  for (const one of all) if (filed && !one.rows.length && made.some((item) => item === one.field || one.parents.some((p) => p.field === item))) adopt(doc, one.field);
  return made.map((item) => all.find((one) => one.field === item).id);
}

/** Adds a question made from `parts` at a place; returns its name. */
export function addField(doc, { type, parts = {}, ...place }) {
  const first = languages(doc)[0];
  const wanted = type === "group" ? "group" : parts.key || (parts.label ? slug(say(parts.label, first)) : "question");
  const { key: _key, type: _type, label, ...rest } = parts;
  const [id] = insert(doc, { ...place, items: [{ key: wanted, type, label: label || { [first]: "" }, ...rest }] });
  return id;
}

export function duplicateField(doc, id, released = []) {
  const { field, pageIndex, parents, index } = question(doc, id);
  const item = { ...field, key: field.key.replace(/_\d+$/, "") };
  const [copy] = insert(doc, { pageIndex, parent: parents.at(-1)?.id, index: index + 1, items: [item], released });
  return copy;
}

/** Takes something out; what names it is the business of `consequences`. */
export function removeField(doc, id) {
  const place = question(doc, id);
  place?.siblings.splice(place.index, 1);
}

const parts = (node) => (Object.keys(node).length === 1 && Array.isArray(node.and) ? node.and : [node]);

/** Takes the heading of a group away and leaves its questions where they are, shown when they were shown before. */
export function dissolve(doc, id) {
  const { siblings, index, field } = question(doc, id);
  for (const inner of field.visible ? field.fields : []) {
    inner.visible = inner.visible ? { and: copyOf([...parts(field.visible), ...parts(inner.visible)]) } : copyOf(field.visible);
  }
  siblings.splice(index, 1, ...field.fields);
}

/** Moves something to `index` of a page or of `parent`, both counted before the move; returns its name there. */
export function moveField(doc, id, pageIndex, index, parent = "") {
  const place = question(doc, id);
  if (!place || !doc.pages[pageIndex] || !fits(doc, place.field, parent)) return id;
  const { list, rows } = room(doc, { pageIndex, parent });
  if (rows.join("/") !== place.rows.join("/")) freed(doc, place, rows);
  if (rows.length || !isFiled(doc, doc.pages[pageIndex])) unfilled(place.field);
  place.siblings.splice(place.index, 1);
  const passed = list === place.siblings && place.index < index ? 1 : 0;
  list.splice(index - passed, 0, place.field);
  return outline(doc).find((one) => one.field === place.field).id;
}

/** Gives questions other keys where those they have are taken at the place they move to. */
function freed(doc, place, rows) {
  const moved = outline(doc).filter((one) => one.rows.join("/") === place.rows.join("/") && one.field.type !== "group"
    && (one.field === place.field || one.parents.some((parent) => parent.field === place.field)));
  for (const { field, id } of moved) {
    const others = outline(doc).filter((one) => one.rows.join("/") === rows.join("/") && one.field !== field && one.field.type !== "group");
    const keys = others.map((one) => one.field.key);
    if (keys.includes(field.key)) renameField(doc, id, free(field.key, [...keys, ...taken(doc, place.rows)]));
  }
}

/** Moves something one place up (-1) or down (1), over the edge of what it stands in if need be; returns its name. */
export function stepField(doc, id, way) {
  const { pageIndex, index, siblings, parents } = question(doc, id);
  const target = index + way;
  const parent = parents.at(-1);
  if (target >= 0 && target < siblings.length) return moveField(doc, id, pageIndex, way > 0 ? target + 1 : target, parent?.id);
  if (parent) return moveField(doc, id, pageIndex, parent.index + (way > 0 ? 1 : 0), parent.parents.at(-1)?.id);
  if (way < 0 && pageIndex > 0) return moveField(doc, id, pageIndex - 1, doc.pages[pageIndex - 1].fields.length);
  if (way > 0 && pageIndex < doc.pages.length - 1) return moveField(doc, id, pageIndex + 1, 0);
  return id;
}

/** The group or rows beside something that it may be put into: the one above it, else the one below. */
export function beside(doc, id) {
  const { field, siblings, index } = question(doc, id);
  const near = [siblings[index - 1], siblings[index + 1]].filter((one) => one && isContainer(one));
  return outline(doc).find((one) => one.field === near.find((other) => fits(doc, field, outline(doc).find((o) => o.field === other).id)));
}

/** Puts something into the group or rows beside it, at the edge it came from. */
export function stepIn(doc, id) {
  const place = question(doc, id);
  const box = beside(doc, id);
  if (!box) return id;
  return moveField(doc, id, place.pageIndex, box.index < place.index ? box.field.fields.length : 0, box.id);
}

/** Takes something out of the group or rows it stands in, to the place after them. */
export function stepOut(doc, id) {
  const { parents, pageIndex } = question(doc, id);
  const parent = parents.at(-1);
  return parent ? moveField(doc, id, pageIndex, parent.index + 1, parent.parents.at(-1)?.id) : id;
}

const pageKey = (doc) => free(`page_${doc.pages.length + 1}`, doc.pages.map((page) => page.key));

/** Adds a page at `index`, else at the end. */
export function addPage(doc, title, index = doc.pages.length) {
  const key = pageKey(doc);
  doc.pages.splice(index, 0, { key, title, fields: [] });
  return key;
}

/** Lets a new page begin with the question `id`, shown and filled in like the one it was on; returns its key. */
export function splitPage(doc, id, title) {
  const { page, pageIndex, index } = question(doc, id);
  const key = addPage(doc, title, pageIndex + 1);
  const made = doc.pages[pageIndex + 1];
  for (const name of ["for", "visible"]) if (page[name] !== undefined) made[name] = copyOf(page[name]);
  made.fields = page.fields.splice(index);
  return key;
}

/** Lets officers of a role fill a page in, or the applicant. */
export function givePage(doc, key, who) {
  const page = doc.pages.find((one) => one.key === key);
  if (who === "applicant") delete page.for;
  else page.for = who;
  if (!isFiled(doc, page)) page.fields.forEach(unfilled);
}

export function movePage(doc, key, way) {
  const from = doc.pages.findIndex((page) => page.key === key);
  const to = from + way;
  if (from < 0 || to < 0 || to >= doc.pages.length) return;
  doc.pages.splice(to, 0, ...doc.pages.splice(from, 1));
}

/** Puts a finished page at `index`, with keys that are free here; returns its own. */
export function insertPage(doc, page, { index = doc.pages.length, released = [] } = {}) {
  const key = free(page.key, doc.pages.map((one) => one.key));
  doc.pages.splice(index, 0, { ...copyOf(page), key, fields: keyed(doc, page.fields, [], released) });
  return key;
}

export function removePage(doc, key) {
  const page = doc.pages.find((one) => one.key === key);
  if (!page || doc.pages.length === 1) return;
  for (const one of outline(doc).filter((other) => other.page === page && !other.parents.length)) removeField(doc, one.id);
  doc.pages = doc.pages.filter((one) => one.key !== key);
}
