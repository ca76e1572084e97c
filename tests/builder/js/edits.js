// Random sequences of edits of a document, as the tab of questions makes them; the same seed makes the same edits.
import { addBranchGroup, addBranchPage, answersOf, mayHavePage } from "../../../builder/panel/assets/branching.js";
import { followed } from "../../../builder/panel/assets/consequences.js";
import { changeType, copyOf, similar } from "../../../builder/panel/assets/document.js";
import { laterSources, moveBehind } from "../../../builder/panel/assets/later.js";
import {
  addField, addPage, beside, dissolve, duplicateField, givePage, insert, isFiled, moveField, movePage, removeField, removePage, splitPage, stepField, stepIn, stepOut,
} from "../../../builder/panel/assets/moving.js";
import {
  addBlock, blockAt, copyBlock, copyLetter, emptyBlock, letterOf, listAt, moveBlock, moveLetter, removeBlock, removeLetter, rowsAt,
} from "../../../builder/panel/assets/letteredits.js";
import { issuers, makeLetter, officerActions, ownRegister, setIssued } from "../../../builder/panel/assets/letterissue.js";
import { settleKey } from "../../../builder/panel/assets/names.js";
import { outline, question, visibleFrom } from "../../../builder/panel/assets/outline.js";

/** A generator of numbers from 0 to 1 by a seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = ["Nama", "Jenis usaha", "Luas", "Nama anak", "Alamat", "Tanggal", "Catatan", "Jenis", "Jumlah", "Usaha"];
const TYPES = ["text", "longtext", "integer", "date", "email", "office", "boolean", "choice", "group", "repeat", "note", "file"];
const PARTS = {
  choice: { options: [{ value: "a", label: "A" }, { value: "b", label: "B" }] },
  office: { kinds: ["village"], required: true },
  repeat: { fields: [{ key: "nama", type: "text", label: "Nama" }, { key: "jumlah", type: "integer", label: "Jumlah" }] },
  group: { fields: [{ key: "isi", type: "text", label: "Isi" }] },
};
const label = (doc, words) => ({ [(doc.languages || ["id"])[0]]: words });

/** The edits by name: each takes a document and a chooser and returns a change, or nothing where there is nothing to do. */
export const EDITS = {
  add: (doc, { pick, any }) => {
    const type = pick(TYPES);
    const pageIndex = any(doc.pages.length);
    const parts = { ...copyOf(PARTS[type] || {}), label: label(doc, pick(WORDS)) };
    return (next) => addField(next, { type, parts, pageIndex, index: any(next.pages[pageIndex].fields.length + 1) });
  },
  kit: (doc, { any }, { kits }) => {
    const kit = kits[any(kits.length)];
    return kit && ((next) => insert(next, { pageIndex: any(next.pages.length), items: kit.fields }));
  },
  rename: (doc, { one, pick }) => {
    const { id, field } = one() || {};
    if (!id || field.type === "group") return null;
    const words = pick(WORDS);
    return (next) => {
      const held = question(next, id).field;
      const before = Object.values(held.label)[0];
      held.label = label(next, words);
      return settleKey(next, id, typeof held.label === "string" ? held.label : pick([before, held.key]));
    };
  },
  move: (doc, { one, pick, any }) => {
    const held = one();
    const boxes = ["", "", ...outline(doc).filter(({ field }) => field.fields).map(({ id }) => id)];
    const parent = pick(boxes);
    const pageIndex = parent ? question(doc, parent).pageIndex : any(doc.pages.length);
    const list = parent ? question(doc, parent).field.fields : doc.pages[pageIndex].fields;
    return held && ((next) => moveField(next, held.id, pageIndex, any(list.length + 1), parent));
  },
  step: (doc, { one, pick }) => {
    const held = one();
    const way = pick([-1, 1]);
    return held && ((next) => stepField(next, held.id, way));
  },
  into: (doc, { one }) => {
    const held = one();
    return held && beside(doc, held.id) ? (next) => stepIn(next, held.id) : null;
  },
  out: (doc, { one }) => {
    const held = one();
    return held?.parents.length ? (next) => stepOut(next, held.id) : null;
  },
  copy: (doc, { one }) => {
    const held = one();
    return held && outline(doc).length < 120 ? (next) => duplicateField(next, held.id) : null;
  },
  remove: (doc, { one }) => {
    const held = one();
    return held && ((next) => removeField(next, held.id));
  },
  type: (doc, { one, pick }) => {
    const held = one();
    const like = held && similar(held.field.type);
    const type = like && pick(like);
    return like?.length > 1 ? (next) => changeType(question(next, held.id).field, type) : null;
  },
  answer: (doc, { pick, any }) => {
    const held = pick(outline(doc).filter(({ field }) => field.options?.length > 1));
    return held ? (next) => followed(next, () => { question(next, held.id).field.options.splice(any(held.field.options.length), 1); }) : null;
  },
  dissolve: (doc, { pick }) => {
    const groups = outline(doc).filter(({ field }) => field.type === "group");
    const held = groups.length && pick(groups);
    return held ? (next) => dissolve(next, held.id) : null;
  },
  newPage: (doc, { pick }) => (doc.pages.length < 8 ? (next) => addPage(next, label(next, pick(WORDS))) : null),
  movePage: (doc, { pick }) => {
    const { key } = pick(doc.pages);
    const way = pick([-1, 1]);
    return (next) => movePage(next, key, way);
  },
  removePage: (doc, { pick }) => {
    const { key } = pick(doc.pages);
    return (next) => removePage(next, key);
  },
  whose: (doc, { pick }) => {
    const { key } = pick(doc.pages);
    const who = pick(["applicant", ...(doc.workflow.roles || []).map((role) => role.key)]);
    return (next) => givePage(next, key, who);
  },
  branch: (doc, { pick, any }) => {
    const held = pick(outline(doc).filter(({ field }) => answersOf(doc, field).length && !field.calculate));
    if (!held || outline(doc).length > 120) return null;
    const { value } = pick(answersOf(doc, held.field));
    const own = mayHavePage(doc, held) && doc.pages.length < 8 && any(2);
    return (next) => (own ? addBranchPage : addBranchGroup)(next, held.id, value, label(next, "Cabang"));
  },
  behind: (doc, { one, pick, any }) => {
    const held = one();
    const where = held && (any(3) ? { key: held.id } : { page: held.page.key });
    const later = where && laterSources(doc, where);
    const source = later?.length && pick(later).id;
    return source ? (next) => moveBehind(next, where, source) : null;
  },
  split: (doc, { one }) => {
    const held = one();
    return held?.index && !held.parents.length && isFiled(doc, held.page) && doc.pages.length < 8 ? (next) => splitPage(next, held.id, label(next, "Lanjutan")) : null;
  },
};

/** The paths of all parts of a letter. */
const paths = (body, around = []) => body.flatMap((block, at) => [[...around, at], ...(block.body ? paths(block.body, [...around, at]) : [])]);

/** A part of some letter, and what may be printed there. */
function onePart(doc, { pick }) {
  if (!doc.letters) return null;
  const { key } = pick(doc.letters);
  const path = pick(paths(letterOf(doc, key).body));
  const known = visibleFrom(outline(doc), rowsAt(doc, key, path)).map((one) => one.field);
  return { key, path, repeats: known.filter(({ type }) => type === "repeat"), named: known.filter(({ type }) => ["text", "date", "integer"].includes(type)) };
}

const MOST_LETTERS = 4;
const MOST_PARTS = 20;

/** The edits of the tab of letters, likewise. */
Object.assign(EDITS, {
  letterAdd: (doc, { pick }, { shapes, parts }) => {
    const shape = pick(shapes);
    return (doc.letters || []).length < MOST_LETTERS ? (next) => makeLetter(next, shape, parts) : null;
  },
  letterCopy: (doc, { pick }) => {
    const held = doc.letters && pick(doc.letters);
    return held && doc.letters.length < MOST_LETTERS ? (next) => copyLetter(next, held.key) : null;
  },
  letterMove: (doc, { pick }) => {
    const held = doc.letters && pick(doc.letters);
    const way = pick([-1, 1]);
    return held && ((next) => moveLetter(next, held.key, way));
  },
  letterRemove: (doc, { pick }) => {
    const held = doc.letters && pick(doc.letters);
    return held && ((next) => removeLetter(next, held.key));
  },
  letterIssue: (doc, { pick }) => {
    const held = doc.letters && pick(doc.letters);
    const actions = officerActions(doc);
    if (!held || !actions.length) return null;
    const { key } = pick(actions);
    return (next) => setIssued(next, held.key, key, !issuers(next, held.key).includes(key));
  },
  letterNumber: (doc, { pick }, { parts }) => {
    const held = doc.letters && pick(doc.letters);
    return held && (doc.workflow.registers || []).length < MOST_LETTERS ? (next) => ownRegister(next, held.key, parts) : null;
  },
  partAdd: (doc, chosen) => {
    const held = onePart(doc, chosen);
    const kind = chosen.pick(["paragraph", "heading", "items", "details", "table", "each", "break"]);
    if (!held || listAt(doc, held.key, held.path).length > MOST_PARTS) return null;
    const fits = held.repeats.filter((field) => !rowsAt(doc, held.key, held.path).includes(field.key));
    if (["table", "each"].includes(kind) && !fits.length) return null;
    const { key } = (fits.length && chosen.pick(fits)) || {};
    return (next) => addBlock(next, held.key, held.path, emptyBlock(next, kind, fits.find((field) => field.key === key)));
  },
  partText: (doc, chosen) => {
    const held = onePart(doc, chosen);
    const field = held?.named.length && chosen.pick(held.named);
    if (!field || blockAt(doc, held.key, held.path).paragraph === undefined) return null;
    return (next) => { blockAt(next, held.key, held.path).paragraph = label(next, `Atas nama {${field.key}|upper}`); };
  },
  partWhen: (doc, chosen) => {
    const held = onePart(doc, chosen);
    const field = held?.named.length && chosen.pick(held.named);
    return field ? (next) => { blockAt(next, held.key, held.path).when = { answered: [{ var: field.key }] }; } : null;
  },
  partCopy: (doc, chosen) => {
    const held = onePart(doc, chosen);
    return held && listAt(doc, held.key, held.path).length < MOST_PARTS ? (next) => copyBlock(next, held.key, held.path) : null;
  },
  partMove: (doc, chosen) => {
    const held = onePart(doc, chosen);
    const to = held && chosen.pick(paths(letterOf(doc, held.key).body));
    return held && ((next) => moveBlock(next, held.key, held.path, to));
  },
  partRemove: (doc, chosen) => {
    const held = onePart(doc, chosen);
    return held && ((next) => removeBlock(next, held.key, held.path));
  },
});

/** Choices among what a document has. */
export function chooser(doc, next) {
  const any = (count) => Math.floor(next() * count);
  const pick = (list) => list[any(list.length)];
  return { any, pick, one: () => pick(outline(doc)) };
}

/** Something in everything that must not be empty, so that a check gets to see the rest. */
export function filled(doc) {
  let number = 0;
  const note = () => ({ key: `tanda_${(number += 1)}`, type: "note", label: label(doc, "Tanda") });
  const fill = (fields) => {
    if (!fields.length) fields.push(note());
    for (const field of fields) if (field.fields) fill(field.fields);
  };
  for (const page of doc.pages) fill(page.fields);
  return doc;
}
