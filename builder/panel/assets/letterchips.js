// What letters fill in, in the words of the clerk: the document writes {nama|upper}, the clerk reads {Nama | HURUF BESAR}.
// What is read is written back as exactly what it was.
import { labelOf } from "./document.js";
import { outline, visibleFrom } from "./outline.js";

/** What is known besides the answers, in the order in which it is offered. */
export const FACTS = {
  letter: ["letter.number", "letter.date", "letter.valid_until", "letter.title", "letter.reason", "service.title"],
  case: ["case.applicant", "case.reference", "case.number", "case.submitted"],
  office: ["office.name", "office.above", "office.address", "region.name"],
  signer: ["signer.name", "signer.title"],
};
const DAYS = ["letter.date", "letter.valid_until", "case.submitted"];
const FORMATS = ["words", "rupiah", "roman", "day", "upper", "title", "mask"];
const NUMBERS = ["integer", "number", "rating"];
const UNSAID = ["repeat", "file", "photo"];
const CHIP = /\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)((?:\|[a-z]+)*)\}/g;
const SPOKEN = /\{([^{}]+)\}/g;
const LONGEST = 60;

const plain = (words) => words.replace(/[{}|]/g, " ").replace(/\s+/g, " ").trim();
const folded = (words) => plain(words).toLowerCase();
const cut = (words) => (words.length > LONGEST ? `${words.slice(0, LONGEST).trim()}…` : words);

/** How an answer to a question of this kind, or a fact, may be written. */
export function formats({ field, name }) {
  const type = field?.type;
  const usual = ["upper", "title"];
  if (!type) return DAYS.includes(name) ? ["day"] : usual;
  if (type === "money") return ["words", ...usual];
  if (NUMBERS.includes(type)) return ["words", "rupiah", "roman", ...usual];
  if (type === "date" || type === "datetime") return ["day", ...usual];
  return [...usual, "mask"];
}

/**
 * What texts where the repeats `rows` are around may fill in, as `{name, words, field?}`, each with words of its own.
 * Answers come first; `offered` is false where there is nothing that could be printed.
 */
export function fillable(panel, rows) {
  const { t, language, store: { doc } } = panel;
  const taken = new Set();
  const answers = visibleFrom(outline(doc), rows).map(({ field, number }) => ({
    name: field.key, field, words: apart(cut(plain(labelOf(field, language))) || t("question_number", { number }), field.key, number, taken),
    offered: !UNSAID.includes(field.type) && field.privacy !== "never_export",
  }));
  const facts = Object.entries(FACTS).flatMap(([group, names]) => names.map((name) => ({
    name, words: apart(plain(t(`fact_${name.replace(".", "_")}`)), name, t(`fill_${group}`), taken), offered: true,
  })));
  return [...answers, ...facts];
}

/** `words`, with what tells them apart where others are called so or where they would read as the key of something else. */
function apart(words, key, told, taken) {
  let own = /^[a-z][a-z0-9_.]*$/.test(words) && words !== key ? `${words} (${told})` : words;
  for (let turn = 1; taken.has(folded(own)); turn += 1) own = `${words} (${turn === 1 ? told : `${told}, ${turn}`})`;
  taken.add(folded(own));
  return own;
}

/** The reader and writer of texts where `known` may be filled in; `t` says how things are written. */
export function speaker(t, known) {
  const words = new Map(known.map((one) => [one.name, one.words]));
  const names = new Map(known.map((one) => [folded(one.words), one.name]));
  const filters = new Map(FORMATS.map((name) => [folded(t(`format_${name}`)), name]));
  return {
    spoken: (text) => text.replace(CHIP, (whole, name, said) => {
      if (!words.has(name)) return whole;
      const hows = said.split("|").filter(Boolean);
      return `{${[words.get(name), ...hows.map((how) => (FORMATS.includes(how) ? t(`format_${how}`) : how))].join(" | ")}}`;
    }),
    written: (text) => text.replace(SPOKEN, (whole, inside) => {
      const [first, ...others] = inside.split("|").map((part) => part.trim());
      const name = names.get(folded(first));
      if (!name) return whole;
      const hows = others.map((how) => filters.get(folded(how)) || how);
      return hows.every((how) => /^[a-z]+$/.test(how)) ? `{${[name, ...hows].join("|")}}` : whole;
    }),
  };
}

/** What stands in braces in a written text and is no chip: it would be printed as it is. Chips are judged by the server. */
export const unknown = (text) => [...text.matchAll(SPOKEN)].filter(([whole]) => !new RegExp(`^${CHIP.source}$`).test(whole)).map(([, inside]) => inside.trim());

const bits = (words) => folded(words).split(" ").filter(Boolean);
const within = (some, all) => some.length > 0 && some.every((word) => all.includes(word));

/** What may be filled in that words in braces mean: the one called so, else the only one whose words hold them or are held by them. */
export function meantBy(known, inside) {
  const [said] = inside.split("|");
  const offered = known.filter((one) => one.offered);
  const same = offered.filter((one) => folded(one.words) === folded(said) || one.name === said.trim());
  const near = same.length ? same : offered.filter((one) => one.field && (within(bits(said), bits(one.words)) || within(bits(one.words), bits(said))));
  return near.length === 1 ? near[0] : undefined;
}

/** A text as the clerk reads it with words in braces exchanged for the answer that is meant. */
export const mended = (text, inside, one) => text.split(/(\{[^{}]+\})/).map((part) => (part.slice(1, -1).trim() === inside && part.startsWith("{") ? `{${one.words}}` : part)).join("");

/** The chip around the caret in a text as the clerk reads it: `{from, to, name, hows}`, undefined when there is none. */
export function chipAt(text, caret, { written }) {
  for (const match of text.matchAll(SPOKEN)) {
    const [from, to] = [match.index, match.index + match[0].length];
    const [, name, said] = new RegExp(`^${CHIP.source}$`).exec(written(match[0])) || [];
    if (name && from < caret && caret <= to) return { from, to, name, hows: said.split("|").filter(Boolean) };
  }
  return undefined;
}

/** How a chip is written once the way `how` is switched on or off; what changes a number comes before what changes letters. */
export function rewritten({ name, hows }, how) {
  const kept = hows.includes(how) ? hows.filter((one) => one !== how) : [...hows.filter((one) => !excludes(how, one)), how];
  const order = (one) => FORMATS.indexOf(one);
  return `{${[name, ...kept.sort((a, b) => order(a) - order(b))].join("|")}}`;
}

const GROUPS = [["words", "rupiah", "roman"], ["upper", "title"]];
const excludes = (one, other) => GROUPS.some((group) => group.includes(one) && group.includes(other));

/** From where to where a selection means: no blanks at its ends, chips whole; without one, the chip or word at the caret. */
export function meant(text, start, end) {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  const chips = [...text.matchAll(SPOKEN)].map((match) => [match.index, match.index + match[0].length]);
  if (from === to && !chips.some(([first, last]) => first <= from && from <= last)) {
    while (from > 0 && /\S/.test(text[from - 1])) from -= 1;
    while (to < text.length && /\S/.test(text[to])) to += 1;
  }
  const held = chips.filter(([first, last]) => (from === to ? first <= from && from <= last : first < to && last > from));
  return [Math.min(from, ...held.map(([first]) => first)), Math.max(to, ...held.map(([, last]) => last))];
}
