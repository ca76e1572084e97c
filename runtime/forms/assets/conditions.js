// Part for: form[data-conditions]
// Shows and hides questions, works out answers and says them in other words, as others change. The server decides again on every post.
import { answerOf } from "./answers.js";
import { evaluate, holds } from "./expressions.js";
import { fill } from "./fills.js";
import { narrow } from "./narrowing.js";
import { spoken, written } from "./worked.js";

const PARTS = "[data-question], [data-rows], [data-group]";

document.documentElement.classList.add("has-conditions");
for (const form of document.querySelectorAll("form[data-conditions]")) start(form);

function start(form) {
  const earlier = JSON.parse(form.dataset.known || "{}");
  const rules = { today: form.dataset.today, tables: JSON.parse(form.dataset.tables || "{}") };
  const update = () => {
    walk(form, { ...earlier }, rules);
    fill(form);
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  form.addEventListener("rakit:redrawn", update);
  window.addEventListener("pageshow", update); // the browser may have restored older answers
  update();
}

/** Go through the questions of a page or a row from the top; return the answers given there. */
function walk(holder, known, rules) {
  const given = {};
  for (const part of partsOf(holder)) {
    const rule = part.dataset.visible;
    const visible = !rule || holds(JSON.parse(rule), known, rules.today, rules.tables);
    if (rule) show(part, visible);
    const key = part.dataset.question ?? part.dataset.rows;
    if (key === undefined) continue; // a group: its questions stand in it and follow
    const answer = visible ? answerAt(part, known, rules) : null;
    delete known[key];
    if (answer !== null) known[key] = given[key] = answer;
  }
  return given;
}

/** Return what stands directly in a page or row, not in a row inside it. */
function partsOf(holder) {
  const inside = (part) => part.parentElement.closest("[data-row], form") === holder;
  return [...holder.querySelectorAll(PARTS)].filter(inside);
}

function answerAt(part, known, rules) {
  if (part.dataset.rows !== undefined) return rowsOf(part, known, rules);
  if (part.dataset.calculate) return workedOut(part, known, rules);
  narrow(part, known, rules);
  learn(part, rules.tables);
  return part.dataset.given ? JSON.parse(part.dataset.given) : answerOf(part);
}

/** Rows of a large list bring their columns along: the page does not have them all. */
function learn(part, tables) {
  for (const item of part.querySelectorAll("[data-offer] [data-cells]")) {
    const { offer } = item.closest("[data-offer]").dataset;
    (tables[offer] ??= {})[item.querySelector("input").value] = JSON.parse(item.dataset.cells);
  }
}

/** Rows that nobody touched count only where so many must be filled in. */
function rowsOf(part, known, rules) {
  const empty = Object.fromEntries(JSON.parse(part.dataset.keys).map((key) => [key, null]));
  const rows = [...part.querySelectorAll("[data-row]")].filter((row) => row.parentElement.closest("[data-rows]") === part);
  const answers = rows.map((row) => walk(row, { ...known, ...empty }, rules));
  const full = answers.filter((row) => Object.keys(row).length);
  const blank = answers.length - full.length;
  const least = full.length || part.dataset.required ? Number(part.dataset.least) : 0;
  const needed = Math.min(blank, Math.max(0, least - full.length));
  const counted = [...full, ...Array.from({ length: needed }, () => ({}))];
  return counted.length ? counted : null;
}

function workedOut(part, known, rules) {
  const value = evaluate(JSON.parse(part.dataset.calculate), known, rules.today, rules.tables);
  const answer = written(value, part);
  const place = part.querySelector(".output__value");
  const said = part.dataset.given === JSON.stringify(answer) ? part.dataset.said : null; // in the server's words
  const words = answer === null ? place.dataset.empty : (said ?? spoken(answer, part) ?? place.dataset.empty);
  if (place.textContent.trim() !== words) place.textContent = words;
  return answer;
}

/** A hidden question is disabled too, so that it is not posted. */
function show(part, visible) {
  part.hidden = !visible;
  if ("disabled" in part && part.dataset.group === undefined) part.disabled = !visible;
}
