// Letters and their parts, added, copied, moved and taken out. A part is named by its path: [2] or, inside what stands for
// each entry, [4, 0]. Each function takes the document and changes it.
import { gapped } from "./chiptext.js";
import { copyOf, languages } from "./document.js";
import { flow, put } from "./flow.js";
import { free } from "./keys.js";
import { outline, resolve } from "./outline.js";

export const letterOf = (doc, key) => (doc.letters || []).find((letter) => letter.key === key);
export const MOST_LETTERS = 20;

const blank = (doc) => ({ [languages(doc)[0]]: "" });
const keysOf = (doc) => (doc.letters || []).map((letter) => letter.key);

/** What kind of part it is. */
export const kindOf = (block) => ["paragraph", "heading", "items", "details", "table", "each", "break"].find((kind) => block[kind] !== undefined);

/** An empty part of a kind; `repeat` is the question with several entries that it is about. */
export function emptyBlock(doc, kind, repeat) {
  const made = {
    paragraph: () => ({ paragraph: blank(doc), indent: true }),
    heading: () => ({ heading: blank(doc) }),
    items: () => ({ items: [blank(doc)], numbered: true }),
    details: () => ({ details: [{ label: blank(doc), value: blank(doc) }] }),
    table: () => ({ table: repeat.key, columns: columnsOf(doc, repeat), numbered: true }),
    each: () => ({ each: repeat.key, body: [{ paragraph: blank(doc), indent: true }] }),
    break: () => ({ break: "page" }),
  };
  return made[kind]();
}

const MOST_COLUMNS = 6;
const AMOUNTS = ["integer", "number", "money"];
const UNPRINTED = ["file", "photo", "repeat", "group", "heading", "image", "note", "notice"];

/** A column for each of the first questions of the entries. */
export function columnsOf(doc, repeat) {
  const inner = (repeat.fields || []).flatMap((one) => (one.type === "group" ? one.fields || [] : [one]));
  const shown = inner.filter((one) => !UNPRINTED.includes(one.type) && one.privacy !== "never_export").slice(0, MOST_COLUMNS);
  const column = (field) => ({ title: field.chips ? gapped(field.label) : copyOf(field.label), value: Object.fromEntries(languages(doc).map((code) => [code, `{${field.key}}`])), ...(AMOUNTS.includes(field.type) && { align: "right" }) });
  return shown.length ? shown.map(column) : [{ title: blank(doc), value: blank(doc) }];
}

/** Puts a finished letter in as the last one; returns its key. */
export function addLetter(doc, letter) {
  const key = free(letter.key, keysOf(doc));
  (doc.letters ||= []).push({ ...letter, key });
  return key;
}

/** Copies a letter behind itself, without what issues it; returns the copy's key. */
export function copyLetter(doc, key) {
  const at = keysOf(doc).indexOf(key);
  const copy = { ...copyOf(doc.letters[at]), key: free(key, keysOf(doc)) };
  doc.letters.splice(at + 1, 0, copy);
  return copy.key;
}

export function moveLetter(doc, key, way) {
  const at = keysOf(doc).indexOf(key);
  if (at + way < 0 || at + way >= doc.letters.length) return;
  doc.letters.splice(at + way, 0, ...doc.letters.splice(at, 1));
}

/** Takes a letter out, with the number series that only it used. */
export function removeLetter(doc, key) {
  const { register } = letterOf(doc, key);
  doc.letters = doc.letters.filter((letter) => letter.key !== key);
  if (!doc.letters.length) delete doc.letters;
  if (register) dropRegister(doc, register);
}

/** Takes a number series out that nothing uses any more. */
export function dropRegister(doc, key) {
  const counted = flow(doc).actions.some((action) => (action.changes || []).some((change) => change.number === key));
  const used = counted || (doc.letters || []).some((letter) => letter.register === key);
  if (!used) put(flow(doc), "registers", (flow(doc).registers || []).filter((one) => one.key !== key || one.shared));
}

/** The list that the part at `path` stands in, undefined when there is none. */
export function listAt(doc, key, path) {
  return path.slice(0, -1).reduce((list, at) => list?.[at]?.body, letterOf(doc, key)?.body);
}

export const blockAt = (doc, key, path) => listAt(doc, key, path)?.[path.at(-1)];

/** Puts a part in at `path`. */
export function addBlock(doc, key, path, block) {
  listAt(doc, key, path).splice(path.at(-1), 0, block);
  return path;
}

export function copyBlock(doc, key, path) {
  const to = [...path.slice(0, -1), path.at(-1) + 1];
  return addBlock(doc, key, to, copyOf(blockAt(doc, key, path)));
}

/** Takes a part out; a letter, and what stands for each entry, keeps at least one. Returns the path of what stands there then. */
export function removeBlock(doc, key, path) {
  const list = listAt(doc, key, path);
  list.splice(path.at(-1), 1);
  if (!list.length) list.push({ paragraph: blank(doc), indent: true });
  return [...path.slice(0, -1), Math.min(path.at(-1), list.length - 1)];
}

const inside = (path, other) => path.every((at, depth) => other[depth] === at);

/** How deep parts for each entry stand in one another at most: the format allows rows in rows, and no deeper. */
const LEVELS = 2;
const depth = (block) => (block.body ? 1 + Math.max(0, ...block.body.map(depth)) : 0);

/** Whether the part at `path` may be put in at `to`. */
export function mayMove(doc, key, path, to) {
  const block = blockAt(doc, key, path);
  return Boolean(block && listAt(doc, key, to)) && !inside(path, to.slice(0, -1)) && to.length - 1 + depth(block) <= LEVELS;
}

/** Moves the part at `path` to where `to` is now; returns the path it has there. */
export function moveBlock(doc, key, path, to) {
  if (!mayMove(doc, key, path, to)) return path;
  const [from, into] = [listAt(doc, key, path), listAt(doc, key, to)];
  const [block] = from.splice(path.at(-1), 1);
  const at = from === into && path.at(-1) < to.at(-1) ? to.at(-1) - 1 : to.at(-1);
  into.splice(at, 0, block);
  if (!from.length) from.push({ paragraph: blank(doc), indent: true });
  return pathOf(letterOf(doc, key).body, block);
}

function pathOf(body, block) {
  for (const [at, one] of body.entries()) {
    if (one === block) return [at];
    const found = one.body && pathOf(one.body, block);
    if (found) return [at, ...found];
  }
  return undefined;
}

/** Where a part goes by one step up or down; into what stands for each entry beside it, or out of it, by `stepIn` and `stepOut`. */
export function stepTo(doc, key, path, way) {
  const to = path.at(-1) + way;
  const list = listAt(doc, key, path);
  if (to < 0 || to >= list.length) return undefined;
  return [...path.slice(0, -1), way > 0 ? to + 1 : to];
}

/** The end of the part for each entry above, or the beginning of the one below. */
export function stepIn(doc, key, path) {
  const list = listAt(doc, key, path);
  const at = path.at(-1);
  const above = list[at - 1]?.body && [...path.slice(0, -1), at - 1, list[at - 1].body.length];
  const below = list[at + 1]?.body && [...path.slice(0, -1), at + 1, 0];
  return [above, below].find((to) => to && mayMove(doc, key, path, to));
}

export const stepOut = (path) => (path.length > 1 ? [...path.slice(0, -2), path.at(-2) + 1] : undefined);

/** The keys of the repeats around what the part `held` of a letter prints; those around a part are of what holds it. */
function within(ids, rows, held) {
  const id = resolve(ids, rows, held);
  return id ? id.split("/") : [...rows, held];
}

/** The keys of the repeats around the part at `path`, as names are meant there; with `own` those that its columns know. */
export function rowsAt(doc, key, path, own = false) {
  const ids = new Set(outline(doc).map((one) => one.id));
  let list = letterOf(doc, key)?.body;
  let rows = [];
  for (const at of path.slice(0, -1)) {
    rows = within(ids, rows, list[at].each);
    list = list[at].body;
  }
  const { table } = (own && list?.[path.at(-1)]) || {};
  return table === undefined ? rows : within(ids, rows, table);
}
