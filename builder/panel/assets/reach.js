// Which questions something may name: those that are there, have an answer of its kind, and have it early enough.
import { answered, outline } from "./outline.js";

const LOOKS_AROUND = new Set(["required", "check", "row"]);

/** What a naming has to know of the document: what there is, in which order, on which pages. */
export function surroundings(doc) {
  const all = outline(doc);
  const asked = new Set((doc.workflow?.actions || []).map((action) => action.ask?.page).filter(Boolean));
  const later = (page) => asked.has(page.key) || (page.for || "applicant") !== "applicant";
  const pages = (doc.pages || []).map((page, pageIndex) => [`page:${page.key}`, { field: page, page, pageIndex, rows: [] }]);
  const letters = (doc.letters || []).map((letter) => [`letter:${letter.key}`, { field: letter, rows: [] }]);
  const places = new Map([...pages, ...letters, ...[...all].reverse().map((one) => [one.id, one])]);
  return { all, ids: new Set(places.keys()), places, later, order: new Map(all.map((one, at) => [one, at])) };
}

/** Whether the page of a question is filled in before another page is. */
function known({ later }, of, page, pageIndex) {
  if (later(page)) return !later(of.page) || of.pageIndex < pageIndex;
  return !later(of.page) && of.pageIndex < pageIndex;
}

/** Whether the question called `id` may be named by `naming`. */
export function mayName(around, naming, id) {
  const one = around.places.get(id);
  if (!one || !answered(one.field)) return false;
  if (naming.wants && !naming.wants(one.field, one)) return false;
  if (naming.asks) return true;
  if (naming.filed && around.later(one.page)) return false;
  if (naming.officers && (one.page.for || "applicant") === "applicant") return false;
  if (one.rows.length > naming.rows.length) return naming.typed === true || naming.nested === true;
  if (naming.page) return onPage(around, naming, one);
  return !naming.place || beforePlace(around, naming, one);
}

function onPage(around, { page, what }, one) {
  return (one.page === page && what === "check") || known(around, one, page, around.places.get(`page:${page.key}`).pageIndex);
}

function beforePlace(around, { place, what }, one) {
  if (one.page !== place.page) return known(around, one, place.page, place.pageIndex);
  if (what === "entry_words" && one.parents.includes(place)) return true;
  const holds = place.parents.includes(one) || (what === "row" && one === place);
  if (holds) return false;
  if (LOOKS_AROUND.has(what)) return !(what === "required" && one === place);
  return around.order.get(one) < around.order.get(place);
}
