// Conditions in plain words, with the labels of questions and answers, never with keys.
import { rows } from "./conditions.js";
import { brief, labelOf, say } from "./document.js";
import { names } from "./expressions.js";
import { named } from "./outline.js";
import { TODAY } from "./operands.js";
import { spelt } from "./keys.js";
import { inRow, subject } from "./subjects.js";
import { areaName, world } from "./world.js";

/** What something asked of a question is called, "" for the answer itself. */
export function ofCalled(field, of, language, t) {
  const [how, name] = (of || "").split(":");
  if (!how) return "";
  if (how === "sum") return t("of_sum", { name: labelOf(inRow(field).find((one) => one.key === name), language) || t("untitled") });
  if (how !== "attr") return t(`of_${how}`);
  const row = field.type === "matrix" && (field.rows || []).find((one) => one.value === name);
  if (row) return say(row.label, language);
  return world.members[field.type]?.[name] ? t(`part_${name}`) : spelt(name);
}

/** An answer or a value that is compared with, as people write it. */
function answer(one, value, language, t) {
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  const option = (one?.options || []).find((other) => other.value === value);
  if (option) return say(option.label, language);
  if (one?.level) return areaName(value);
  if (one?.value === "date") return day(value, language);
  if (one?.value === "datetime") return `${day(String(value).slice(0, 10), language)} ${String(value).slice(11, 16)}`;
  if (one?.value === "number") return Number(value).toLocaleString(language, { maximumFractionDigits: 6 });
  return String(value);
}

/** A day such as 7 September 2026; what is no day stays as it is. */
function day(value, language) {
  const moment = new Date(`${value}T00:00Z`);
  return Number.isNaN(moment.getTime()) ? String(value) : moment.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/** A word such as "cuti.from" or today. */
export function wordCalled(scope, word, language, t) {
  if (word === TODAY) return t("formula_today");
  const [key, part] = word.split(".");
  const field = scope(key);
  const name = (field && brief(labelOf(field, language))) || t(field ? "untitled" : "missing_question");
  return part && field ? t("of_part", { question: name, part: ofCalled(field, `attr:${part}`, language, t) }) : name;
}

/** One row as part of a sentence. */
function phrase(doc, row, language, t, around) {
  const { key, of, operator, values, against, inner } = row;
  const scope = (name) => named(doc, around, name);
  const field = scope(key);
  const name = field ? brief(labelOf(field, language)) || t("untitled") : t("missing_question");
  if (operator === "row") return t(`says_${of}`, { question: name, condition: phrase(doc, inner, language, t, [...around, key]) });
  const part = field && ofCalled(field, of, language, t);
  const question = part ? t("of_part", { question: name, part }) : name;
  const one = field && subject(doc, field, of);
  const answers = against ? [wordCalled(scope, against, language, t)] : values.map((value) => answer(one, value, language, t));
  const last = answers.length > 1 ? `${answers.slice(0, -1).join(", ")} ${t("or")} ${answers.at(-1)}` : answers[0] ?? "…";
  return t(`says_${operator}`, { question, answer: last });
}

/** A whole condition in plain words, without capital and full stop. */
export function sentence(doc, node, language, t, around = []) {
  const read = rows(doc, node, around);
  if (!read) return t("says_complex", { questions: [...names(node)].map((key) => label(doc, key, language, t, around)).join(", ") });
  return read.rows.map((one) => phrase(doc, one, language, t, around)).join(` ${t(read.mode === "any" ? "or" : "and")} `);
}

function label(doc, key, language, t, around) {
  const field = named(doc, around, key);
  return field ? brief(labelOf(field, language)) : t("missing_question");
}
