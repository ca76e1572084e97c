// What is done with several questions at once. Each takes the document and changes it; what is inside something that is
// chosen goes with it.
import { copyOf } from "./document.js";
import { insert, moveField, removeField } from "./moving.js";
import { fits, outline } from "./outline.js";

/** The places that are chosen, from top to bottom, without those that stand in another one of them. */
export function chosen(doc, ids) {
  const wanted = new Set(ids);
  return outline(doc).filter((one) => wanted.has(one.id) && !one.parents.some((parent) => wanted.has(parent.id)));
}

const idOf = (doc, field) => outline(doc).find((one) => one.field === field)?.id;

/** Whether all of them may stand in what is called `parent`, "" for a page. */
export const allFit = (doc, ids, parent) => chosen(doc, ids).every((one) => fits(doc, one.field, parent));

/** Moves all to `index`, else to the end, of a page or of `parent`, in their order; returns the names they have there. */
export function moveAll(doc, ids, pageIndex, parent = "", index = Infinity) {
  const fields = chosen(doc, ids).map((one) => one.field);
  const box = parent && outline(doc).find((one) => one.id === parent).field;
  let at = index;
  for (const field of fields) {
    const list = box ? box.fields : doc.pages[pageIndex].fields;
    moveField(doc, idOf(doc, field), pageIndex, Math.min(at, list.length), box ? idOf(doc, box) : "");
    if (list.includes(field)) at = list.indexOf(field) + 1;
  }
  return fields.map((field) => idOf(doc, field));
}

/** Puts a copy of all behind the last of them; what they name among each other is the copy. Returns its names. */
export function copyAll(doc, ids, released = []) {
  const places = chosen(doc, ids);
  const items = places.map(({ field }) => ({ ...copyOf(field), key: field.key.replace(/_\d+$/, "") }));
  const last = places.at(-1);
  const around = [...last.parents].reverse().find((one) => places.every(({ field }) => fits(doc, field, one.id)));
  const beside = around ? last.parents[around.parents.length + 1] || last : last.parents[0] || last;
  return insert(doc, { pageIndex: last.pageIndex, parent: around?.id, index: beside.index + 1, items, released });
}

export function removeAll(doc, ids) {
  for (const { id } of chosen(doc, ids).reverse()) removeField(doc, id);
}
