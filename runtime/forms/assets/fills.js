// Answers of a page within its own words: what stands in the inputs now is said there, as the server says it when the page is drawn.
import { answerOf } from "./answers.js";
import { spoken } from "./worked.js";

const GAP = "…";
const LONGEST = 60;

/** Says every answer that stands in the words of `form` anew; what was answered on earlier pages stays. */
export function fill(form) {
  for (const place of form.querySelectorAll("[data-fill]")) {
    const source = sourceOf(place, form);
    if (!source) continue;
    const words = wordsOf(source);
    if (place.textContent !== words) place.textContent = words;
  }
}

/** The question that is meant: that of the row around, else of what is around the row. */
function sourceOf(place, form) {
  let holder = place;
  while (holder && holder !== form) {
    holder = holder.parentElement.closest("[data-row], form");
    const found = [...holder.querySelectorAll(`[data-question="${place.dataset.fill}"]`)].find((one) => one.parentElement.closest("[data-row], form") === holder);
    if (found) return found;
  }
  return null;
}

/** What is answered there on one line, cut where it is long. */
function wordsOf(source) {
  if (source.closest("[hidden]")) return GAP;
  const said = told(source).replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").split(/\r?\n/).map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).join(", ");
  if (!said) return GAP;
  const letters = [...said];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("").trimEnd()}${GAP}` : said;
}

function told(source) {
  const { dataset } = source;
  if (dataset.answer !== undefined) return source.querySelector(".fixed").innerText;
  if (dataset.given !== undefined) return source.querySelector(".output__value > .muted") ? "" : shown(source);
  const picked = [...source.querySelectorAll("input:checked, option:checked")].filter((one) => one.value).map(named);
  if (dataset.type === "region") picked.reverse(); // the smallest area first, as the server says it
  if (picked.length) return picked.join(", ");
  const answer = answerOf(source);
  return answer === null ? "" : (spoken(answer, { dataset: { ...dataset, ...coin(source) } }) ?? written(source));
}

/** Money is said with the sign in front of its input. */
function coin(source) {
  const prefix = source.querySelector(".govuk-input__prefix")?.textContent.trim();
  return prefix ? { prefix, coins: source.querySelector("input").dataset.places ?? "0" } : {};
}

/** The words of what is chosen: of an option, or the label of a tick. */
function named(input) {
  return input.tagName === "OPTION" ? input.textContent : (input.labels[0]?.textContent ?? "");
}

const shown = (source) => {
  const place = source.querySelector(".output__value");
  return place.textContent.trim() === place.dataset.empty ? "" : place.textContent;
};

const written = (source) => [...source.querySelectorAll("input:not([type=hidden]), textarea")].map((one) => one.value).join(" ");
