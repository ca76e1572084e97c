// The texts of a module document, and what a single question holds. Knows the format, not the screen.
import { gapped } from "./chiptext.js";
import { free, slug } from "./keys.js";

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

/** The words of a question, a gap for each answer in them. */
export const labelOf = (field, language) => say(field?.chips ? gapped(field.label) : field?.label, language);

const BRIEF = 80;

/** Words that may be long, where there is room for one line. */
export function brief(words) {
  const marks = [...words];
  return marks.length > BRIEF ? `${marks.slice(0, BRIEF).join("").trimEnd()}…` : words;
}

/** Names as one phrase: “a”, “b” and “c”. */
export function listed(names, and) {
  const quoted = names.map((name) => `“${name}”`);
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} ${and} ${quoted.at(-1)}` : quoted.join("");
}

/** Writes `words` as the `language` of the text `holder[name]`; a text without words is left out. */
export function write(doc, holder, name, language, words, { keep = false, begun = [] } = {}) {
  const held = holder[name];
  const [first] = languages(doc);
  const spelled = typeof held === "string" ? { [first]: held } : held || {};
  const before = language === first && words !== spelled[first] ? translated(spelled, first, begun) : spelled;
  const text = {};
  for (const code of new Set([...languages(doc), ...Object.keys(before)])) {
    const said = code === language ? words : before[code];
    if (said) text[code] = said;
  }
  if (Object.keys(text).length) holder[name] = text;
  else if (keep) holder[name] = { [languages(doc)[0]]: "" };
  else delete holder[name];
}

/**
 * A text about to get other words in its first language, without what no translation of them would be: all of a text that
 * still says what the editor put there (`begun`), and languages that only repeat the first.
 */
function translated(text, first, begun) {
  const placed = begun.some((one) => one[first] === text[first] && Object.entries(text).every(([code, said]) => one[code] === said));
  return Object.fromEntries(Object.entries(text).filter(([code, said]) => code === first || (!placed && said !== text[first])));
}

const SIMILAR = [["text", "longtext"], ["integer", "number", "money"], ["choice", "choices"], ["file", "photo"]];
const KEPT = {
  integer: ["minimum", "maximum"], number: ["minimum", "maximum"], money: ["minimum", "maximum"],
  choice: ["options", "dataset", "filter"], choices: ["options", "dataset", "filter"], file: ["maxBytes", "maxItems"], photo: ["maxBytes", "maxItems"],
};
const COMMON = ["key", "type", "label", "help", "chips", "visible", "required", "check", "messages", "privacy", "autocomplete", "width"];

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
  const places = new Map();
  old.forEach((option, index) => {
    const label = say(option.label, language, true);
    places.set(label, [...(places.get(label) || []), index]);
  });
  const same = wanted.length === old.length;
  const used = new Set();
  const chosen = wanted.map((line) => {
    const at = places.get(line)?.shift() ?? -1;
    if (at >= 0) used.add(at);
    return at;
  });
  const taken = new Set(old.map((option) => option.value));
  field[name] = wanted.map((line, index) => {
    let from = chosen[index];
    if (from < 0 && same && !used.has(index)) {
      from = index;
      used.add(index);
    }
    if (from >= 0) {
      const option = copyOf(old[from]);
      write(doc, option, "label", language, line, { keep: true });
      return option;
    }
    const option = { value: free(slug(line, "option"), taken), label: {} };
    write(doc, option, "label", language, line);
    taken.add(option.value);
    return option;
  });
}
