// Answers to choose from, read from what was copied from a sheet or a text: words, then the value that is stored, if any.
import { languages, say, write } from "./document.js";
import { free, slug } from "./keys.js";

/** As many as the format takes in one question. */
export const MOST = 1000;
const LONGEST = 250;
const VALUE = /^[A-Za-z0-9][A-Za-z0-9_.+-]{0,59}$/;

/** Whether a text has more than one line or column. */
export const isTable = (text) => /[\t\n]/.test(text.trim());

/** What stands in `text`: `items` of words and values, `doubled` words, `empty` if nothing, `long` words that are too long. */
export function read(text, known = []) {
  const rows = text.split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim())).filter(([words]) => words);
  const seen = new Set(known.map((words) => words.toLowerCase()));
  const found = { items: [], doubled: [], long: [], count: rows.length };
  if (rows.length > MOST) return found;
  for (const [label, value = ""] of rows) {
    if (label.length > LONGEST) found.long.push(label);
    else if (seen.has(label.toLowerCase())) found.doubled.push(label);
    else found.items.push({ label, value: VALUE.test(value) ? value : "" });
    seen.add(label.toLowerCase());
  }
  return found;
}

/** The words of the answers a question has. */
export const words = (held, language) => (held.options || []).map((option) => say(option.label, language)).filter(Boolean);

/** Adds read answers to a question, behind those it has or, with `anew`, in their place: same words keep their value. */
export function add(doc, field, items, language, { anew = false } = {}) {
  const before = field.options || [];
  const kept = anew ? [] : before;
  const taken = new Set(kept.map((option) => option.value));
  const made = items.map(({ label, value }) => {
    const same = anew && before.find((option) => say(option.label, language) === label);
    const option = same ? { ...same } : { value: "", label: {} };
    if (!same) write(doc, option, "label", languages(doc).includes(language) ? language : languages(doc)[0], label);
    option.value = free(same?.value || value || slug(label, "option"), taken);
    taken.add(option.value);
    return option;
  });
  field.options = [...kept, ...made];
}
