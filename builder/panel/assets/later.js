// A condition may only name what is asked before. What comes later can be chosen all the same: the thing moves behind it.
import { moveField } from "./moving.js";
import { answered, fits, outline, question } from "./outline.js";

const filler = (page) => page.for || "applicant";

/** The questions after a question or page (`{key}` or `{page}`) that it can be moved behind. */
export function laterSources(doc, { key, page }) {
  const all = outline(doc);
  const at = page ? doc.pages.findIndex((one) => one.key === page) : all.findIndex((one) => one.id === key);
  if (at < 0) return [];
  const here = page ? { page: doc.pages[at], rows: [] } : all[at];
  const after = page ? all.filter((one) => one.pageIndex > at) : all.slice(at + 1).filter((one) => !one.parents.includes(here));
  return after.filter((one) => answered(one.field) && one.rows.join("/") === here.rows.join("/") && filler(one.page) === filler(here.page));
}

/** Moves a question or page right behind the question `source`; returns the name of a question there. */
export function moveBehind(doc, { key, page }, source) {
  const place = question(doc, source);
  if (page) {
    const from = doc.pages.findIndex((one) => one.key === page);
    doc.pages.splice(place.pageIndex, 0, ...doc.pages.splice(from, 1));
    return page;
  }
  const { field } = question(doc, key);
  const chain = [place, ...[...place.parents].reverse()];
  const beside = chain.find((one) => fits(doc, field, one.parents.at(-1)?.id));
  return moveField(doc, key, place.pageIndex, beside.index + 1, beside.parents.at(-1)?.id);
}
