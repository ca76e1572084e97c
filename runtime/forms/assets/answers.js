// Reads what stands in the inputs of a question as the canonical answer, as far as rules need it.

import { clockTime, decimal, digits, isoDate, phone, plate, taxNumber, webAddress } from "./reading.js";

/** Return the canonical answer as far as rules need it, null for none. */
export function answerOf(question) {
  if (question.dataset.answer !== undefined) return JSON.parse(question.dataset.answer); // shown, not asked
  const inputs = [...question.querySelectorAll("input, select, textarea")].filter((i) => !i.name.startsWith("_") && i.type !== "search");
  const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
  const texts = inputs.map((input) => input.value.trim());
  const text = (inputs[0]?.value ?? "").trim();
  switch (question.dataset.type) {
    case "boolean":
      return ticked.length ? ticked[0] === "yes" : null;
    case "consent":
      return ticked.length ? { accepted: true } : null;
    case "choices":
      return ticked.length ? ticked : null;
    case "choice":
    case "office":
      return (inputs[0]?.type === "radio" ? ticked[0] : text) || null;
    case "rating":
      return ticked.length ? Number(ticked[0]) : null;
    case "matrix":
      return rowsOf(question);
    case "integer":
    case "number":
      return decimal(text);
    case "money":
      return smallestUnits(inputs[0]);
    case "date":
      return isoDate(texts);
    case "time":
      return clockTime(text);
    case "datetime":
      return moment(texts, question.closest("form").dataset.offset);
    case "date_range":
      return period(texts);
    case "nik":
    case "no_kk":
    case "nip":
    case "nib":
    case "nisn":
    case "postcode":
      return digits(text);
    case "npwp":
      return taxNumber(text);
    case "plate":
      return plate(text);
    case "phone":
      return phone(text);
    case "url":
      return webAddress(text);
    case "file":
    case "photo":
      return question.querySelector("[data-kept]") || inputs.some((input) => input.files?.length) ? [{}] : null;
    case "signature":
      return inputs.some((input) => input.value.trim()) ? { name: text } : null;
    case "region":
      return areaOf(question, { whole: true });
    case "address":
      return addressOf(question);
    case "location":
      return locationOf(question);
    default:
      return text || null;
  }
}

function rowsOf(question) {
  const picked = [...question.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row.querySelector(":checked")?.value]);
  const given = Object.fromEntries(picked.filter(([, value]) => value));
  return Object.keys(given).length ? given : null;
}

/** Return what stands in the inputs by part: the end of their names. */
function partsOf(question) {
  const inputs = [...question.querySelectorAll("input[id], textarea")];
  return Object.fromEntries(inputs.map((input) => [input.name.split("-").pop(), input.value.trim()]).filter(([, text]) => text));
}

/** Return the code of the area chosen deepest; `whole` asks for a choice in every list. */
function areaOf(question, { whole = false } = {}) {
  const lists = [...question.querySelectorAll("select[data-level]")];
  const chosen = lists.filter((list) => list.value);
  return chosen.length && (!whole || chosen.length === lists.length) ? chosen.at(-1).value : null;
}

function addressOf(question) {
  const region = areaOf(question, { whole: true });
  const { street, rt, rw, hamlet, postcode } = partsOf(question);
  if (!street || !region) return null;
  const given = { street, rt: rt?.padStart(3, "0"), rw: rw?.padStart(3, "0"), hamlet, region, postcode };
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text));
}

function locationOf(question) {
  const { landmark } = partsOf(question);
  const area = areaOf(question);
  if (!landmark) return null;
  return area && area.length > 5 ? { landmark, area } : { landmark };
}

/** Money is counted in the smallest unit of its currency. */
function smallestUnits(input) {
  const amount = decimal(input.value.trim());
  const places = Number(input.dataset.places ?? 0);
  if (amount === null) return null;
  const [whole, fraction = ""] = amount.split(".");
  return fraction.length > places ? null : `${whole}${fraction.padEnd(places, "0")}`.replace(/^(-?)0+(?=\d)/, "$1");
}

function moment(texts, offset) {
  const day = isoDate(texts);
  const time = clockTime(texts[3]);
  return day && time ? `${day}T${time}${offset}` : null;
}

function period(texts) {
  const [from, to] = [isoDate(texts.slice(0, 3)), isoDate(texts.slice(3))];
  return from && to ? { from, to } : null;
}
