// Operations on a module document. Each takes the document and changes it; the store hands it a copy.
// Knows the format, not the screen.
import { free, proposed, slug } from "./keys.js";

export const copyOf = (value) => JSON.parse(JSON.stringify(value));

/** The languages of the document, its first language first. */
export const languages = (doc) => (Array.isArray(doc.languages) && doc.languages.length ? doc.languages : ["id"]);

/** A text in `language`; without `strict`, in any language it has. */
export function say(text, language, strict = false) {
  if (typeof text === "string") return text;
  if (!text || typeof text !== "object") return "";
  if (text[language] || strict) return text[language] || "";
  return Object.values(text).find((words) => typeof words === "string" && words) || "";
}

/** Writes `words` as the `language` of the text `holder[name]`; a text without words is left out. */
export function write(doc, holder, name, language, words, { keep = false } = {}) {
  const held = holder[name];
  const before = typeof held === "string" ? { [languages(doc)[0]]: held } : held || {};
  const text = {};
  for (const code of new Set([...languages(doc), ...Object.keys(before)])) {
    const said = code === language ? words : before[code];
    if (said) text[code] = said;
  }
  if (Object.keys(text).length) holder[name] = text;
  else if (keep) holder[name] = { [languages(doc)[0]]: "" };
  else delete holder[name];
}

const SHOWN = new Set(["heading", "image", "note", "notice"]);

/** Whether a question is answered at all; the others only show something. */
export const answered = (field) => !SHOWN.has(field.type);

/** Every question with its place, numbered as the citizen meets them. */
export function questions(doc) {
  const found = [];
  (doc.pages || []).forEach((page, pageIndex) => {
    (page.fields || []).forEach((field, index) => {
      found.push({ page, pageIndex, field, index, number: found.length + 1 });
    });
  });
  return found;
}

export const question = (doc, key) => questions(doc).find(({ field }) => field.key === key);

/** Questions that a rule of `key` may name: those before it. A page's own rule: those on pages before. */
export function earlier(doc, key, pageKey = "") {
  const all = questions(doc);
  const end = pageKey
    ? all.findIndex(({ page }) => page.key === pageKey)
    : all.findIndex(({ field }) => field.key === key);
  if (end >= 0) return all.slice(0, end).filter(({ field }) => answered(field));
  const place = doc.pages.findIndex((page) => page.key === pageKey);
  return all.filter(({ pageIndex, field }) => pageIndex < place && answered(field));
}

const RULES = ["visible", "required", "check", "when"];

function eachRule(doc, visit) {
  for (const page of doc.pages || []) {
    if (page.visible) visit(page, "visible", page);
    for (const field of page.fields || []) {
      for (const name of RULES) {
        if (field[name] && typeof field[name] === "object") visit(field, name, field);
      }
    }
  }
  for (const action of doc.workflow?.actions || []) if (action.when) visit(action, "when", action);
}

/** The keys of the questions an expression names. */
export function names(expression, found = new Set()) {
  if (Array.isArray(expression)) expression.forEach((part) => names(part, found));
  else if (expression && typeof expression === "object") {
    for (const [name, value] of Object.entries(expression)) {
      if (name === "var" && typeof value === "string") found.add(value);
      else names(value, found);
    }
  }
  return found;
}

function renamed(expression, from, to) {
  if (Array.isArray(expression)) return expression.map((part) => renamed(part, from, to));
  if (!expression || typeof expression !== "object") return expression;
  return Object.fromEntries(
    Object.entries(expression).map(([name, value]) => [
      name,
      name === "var" && value === from ? to : renamed(value, from, to),
    ]),
  );
}

/** The questions and pages whose rules name `key`. */
export function dependents(doc, key) {
  const found = new Set();
  eachRule(doc, (holder, name, owner) => {
    if (owner.key !== key && names(holder[name]).has(key)) found.add(owner);
  });
  return [...found];
}

/** Where a question is named by its key outside rules. */
function eachMention(doc, visit) {
  for (const name of Object.keys(doc.applicant || {})) visit(doc.applicant, name);
  if (doc.workflow?.office) visit(doc.workflow, "office");
  const places = [...(doc.workflow?.roles || []), ...(doc.workflow?.statuses || []).flatMap((s) => s.tasks || [])];
  for (const { where } of places) if (where && typeof where === "object") visit(where, "answer");
  for (const { field } of questions(doc)) {
    for (const parameter of Object.keys(field.prefill?.by || {})) visit(field.prefill.by, parameter);
  }
}

export function renameField(doc, from, to) {
  const place = question(doc, from);
  if (!place || from === to) return;
  place.field.key = to;
  eachRule(doc, (holder, name) => {
    holder[name] = renamed(holder[name], from, to);
  });
  eachMention(doc, (holder, name) => {
    if (holder[name] === from) holder[name] = to;
  });
}

/** Whether a question was never given words of its own, so that its key says nothing yet. */
export const isProvisional = (key) => /^question(_\d+)?$/.test(key);

/** Gives a question the key its new label suggests, unless it was published or its key was chosen. */
export function settleKey(doc, key, oldLabel, released = []) {
  const place = question(doc, key);
  if (!place || released.includes(key) || !(proposed(key, oldLabel) || isProvisional(key))) return key;
  const label = say(place.field.label, languages(doc)[0]);
  const taken = [...released, ...questions(doc).map(({ field }) => field.key)].filter((k) => k !== key);
  const next = free(slug(label), taken);
  renameField(doc, key, next);
  return next;
}

const APPLICANT = { email: ["email"], phone: ["phone"] };
const NAMES = /^(nama|nama_lengkap|nama_pemohon|nama_pelapor|name|full_name)$/;

/** Lets a new question name or reach the applicant when nothing does so yet. */
export function adopt(doc, field) {
  doc.applicant ||= {};
  for (const [name, types] of Object.entries(APPLICANT)) {
    if (!doc.applicant[name] && types.includes(field.type)) doc.applicant[name] = field.key;
  }
  const named = field.type === "text" && (field.autocomplete === "name" || NAMES.test(field.key));
  if (named && !doc.applicant.name) doc.applicant.name = field.key;
  if (field.type === "office" && doc.workflow && !doc.workflow.office) doc.workflow.office = field.key;
  if (!Object.keys(doc.applicant).length) delete doc.applicant;
}

/** Adds a question made from `parts` at `index` of page `pageIndex`; returns its key. */
export function addField(doc, { pageIndex, index, type, parts = {}, released = [] }) {
  const page = doc.pages[pageIndex];
  const first = languages(doc)[0];
  const wanted = parts.key || (parts.label ? slug(say(parts.label, first)) : "question");
  const taken = [...released, ...questions(doc).map(({ field }) => field.key)];
  const { key: _key, type: _type, label, ...rest } = copyOf(parts);
  const field = { key: free(wanted, taken), type, label: label || { [first]: "" }, ...rest };
  page.fields.splice(index ?? page.fields.length, 0, field);
  adopt(doc, field);
  return field.key;
}

export function duplicateField(doc, key, released = []) {
  const place = question(doc, key);
  const { key: wanted, ...parts } = place.field;
  const base = wanted.replace(/_\d+$/, "");
  return addField(doc, {
    pageIndex: place.pageIndex,
    index: place.index + 1,
    type: parts.type,
    parts: { ...parts, key: base },
    released,
  });
}

/** Takes a question out. Rules that name it stay and are reported, so that nothing changes silently. */
export function removeField(doc, key) {
  const place = question(doc, key);
  if (!place) return;
  place.page.fields.splice(place.index, 1);
  for (const name of Object.keys(doc.applicant || {})) if (doc.applicant[name] === key) delete doc.applicant[name];
  if (doc.applicant && !Object.keys(doc.applicant).length) delete doc.applicant;
  if (doc.workflow?.office === key) delete doc.workflow.office;
}

/** Moves a question to `index` of page `pageIndex`, both counted before the move. */
export function moveField(doc, key, pageIndex, index) {
  const place = question(doc, key);
  if (!place || !doc.pages[pageIndex]) return;
  place.page.fields.splice(place.index, 1);
  const passed = place.pageIndex === pageIndex && place.index < index ? 1 : 0;
  doc.pages[pageIndex].fields.splice(index - passed, 0, place.field);
}

/** Moves a question one place up (-1) or down (1), over the edge of a page if need be. */
export function stepField(doc, key, way) {
  const { pageIndex, index, page } = question(doc, key);
  const target = index + way;
  if (target >= 0 && target < page.fields.length) moveField(doc, key, pageIndex, way > 0 ? target + 1 : target);
  else if (way < 0 && pageIndex > 0) moveField(doc, key, pageIndex - 1, doc.pages[pageIndex - 1].fields.length);
  else if (way > 0 && pageIndex < doc.pages.length - 1) moveField(doc, key, pageIndex + 1, 0);
}

export function addPage(doc, title) {
  const key = free(`page_${doc.pages.length + 1}`, doc.pages.map((page) => page.key));
  doc.pages.push({ key, title, fields: [] });
  return key;
}

export function movePage(doc, key, way) {
  const from = doc.pages.findIndex((page) => page.key === key);
  const to = from + way;
  if (from < 0 || to < 0 || to >= doc.pages.length) return;
  doc.pages.splice(to, 0, ...doc.pages.splice(from, 1));
}

export function removePage(doc, key) {
  const page = doc.pages.find((one) => one.key === key);
  if (!page || doc.pages.length === 1) return;
  for (const field of [...page.fields]) removeField(doc, field.key);
  doc.pages = doc.pages.filter((one) => one.key !== key);
}

const SIMILAR = [["text", "longtext"], ["integer", "number", "money"], ["choice", "choices"], ["file", "photo"]];
const KEPT = {
  integer: ["minimum", "maximum"], number: ["minimum", "maximum"], money: ["minimum", "maximum"],
  choice: ["options"], choices: ["options"], file: ["maxBytes", "maxItems"], photo: ["maxBytes", "maxItems"],
};
const COMMON = ["key", "type", "label", "help", "visible", "required", "check", "messages", "privacy", "autocomplete"];

/** Kinds a question may still become without losing what was set for it. */
export const similar = (type) => SIMILAR.find((group) => group.includes(type)) || [type];

export function changeType(field, type) {
  const kept = new Set([...COMMON, ...(KEPT[type] || [])]);
  for (const name of Object.keys(field)) if (!kept.has(name) && !name.startsWith("x-")) delete field[name];
  field.type = type;
}

/** Reads options (or rows) from lines. A line that was an option stays that option, whatever its new place. */
export function setOptions(doc, field, lines, language, name = "options") {
  const old = field[name] || [];
  const wanted = lines.map((line) => line.trim()).filter(Boolean);
  const labels = old.map((option) => say(option.label, language, true));
  const same = wanted.length === old.length;
  const used = new Set();
  const chosen = wanted.map((line) => {
    const at = labels.findIndex((label, index) => label === line && !used.has(index));
    if (at >= 0) used.add(at);
    return at;
  });
  const values = [];
  field[name] = wanted.map((line, index) => {
    let from = chosen[index];
    if (from < 0 && same && !used.has(index)) {
      from = index;
      used.add(index);
    }
    if (from >= 0) {
      const option = copyOf(old[from]);
      write(doc, option, "label", language, line, { keep: true });
      values.push(option.value);
      return option;
    }
    const option = { value: free(slug(line, "option"), [...values, ...old.map((one) => one.value)]), label: {} };
    write(doc, option, "label", language, line);
    values.push(option.value);
    return option;
  });
}
