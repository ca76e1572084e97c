// Lets a choice offer only the rows of its list that fit the answers above it.
import { evaluate, holds } from "./expressions.js";
import { written } from "./worked.js";

const CELL = "@"; // stands before the name of a column of the row on offer

/** Offer what fits `known` in the question `part`; what was chosen and does not fit is let go of. */
export function narrow(part, known, rules) {
  const offer = part.querySelector("[data-filter]");
  if (!offer) return;
  const filter = JSON.parse(offer.dataset.filter);
  const fits = (cells) => {
    const row = Object.fromEntries(Object.entries(cells).map(([name, cell]) => [CELL + name, cell]));
    return holds(filter, { ...known, ...row }, rules.today, rules.tables);
  };
  const open = offer.dataset.search === undefined ? amongAll(offer, rules, fits) : bySearch(offer, known, rules, fits);
  const needed = JSON.parse(offer.dataset.needs).find(([key]) => known[key] === undefined || known[key] === null);
  const first = offer.querySelector("[data-first]");
  first.hidden = open || !needed;
  if (!first.hidden && first.textContent !== needed[1]) first.textContent = needed[1];
}

/** A small list stands in the page as a template. Tells whether any of its rows fit. */
function amongAll(offer, rules, fits) {
  const place = offer.querySelector("[data-options]");
  const rows = rules.tables[offer.dataset.offer] ?? {};
  const every = [...offer.querySelector("[data-every]").content.querySelector("[data-options]").children];
  const fitting = every.filter((item) => valueOf(item) === "" || (Object.hasOwn(rows, valueOf(item)) && fits(rows[valueOf(item)])));
  const before = [...place.children].map(valueOf);
  const after = fitting.map(valueOf);
  if (before.join("\n") !== after.join("\n")) {
    const wanted = JSON.parse(offer.dataset.wanted || "[]"); // what the phone had kept
    const chosen = new Set([...place.querySelectorAll(":checked")].map((input) => input.value).concat(wanted));
    if (after.some((value) => wanted.includes(value))) delete offer.dataset.wanted;
    const fresh = fitting.map((item) => item.cloneNode(true));
    place.replaceChildren(...fresh);
    for (const item of fresh) if (chosen.has(valueOf(item))) choose(item);
  }
  return after.some((value) => value !== "");
}

/** A large list is asked for anew. Tells whether it can be asked. */
function bySearch(offer, known, rules, fits) {
  const wanted = JSON.parse(offer.dataset.narrow).map(([column, tree]) => [column, cellsOf(tree, known, rules)]);
  const open = wanted.every(([, cells]) => cells !== null);
  const cells = JSON.stringify(open ? merged(wanted) : []);
  offer.querySelector("[data-box]").hidden = !open;
  if (offer.dataset.cells === cells && offer.dataset.open !== String(!open)) return open;
  offer.dataset.cells = cells;
  offer.dataset.open = String(open);
  for (const item of offer.querySelector("[data-options]").children) {
    if (!fits(JSON.parse(item.dataset.cells ?? "{}"))) item.querySelector("input").checked = false;
  }
  offer.dispatchEvent(new CustomEvent("rakit:narrowed"));
  return open;
}

/** Return what a column may hold, as texts of an address; null while an answer is missing for that. */
function cellsOf(tree, known, rules) {
  if (tree[0] === "list") return tree.slice(1).map((each) => spelt(evaluate(each, known, rules.today, rules.tables)));
  const value = evaluate(tree, known, rules.today, rules.tables);
  if (value === null) return null;
  return Array.isArray(value) ? value : [spelt(value)];
}

function spelt(value) {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : String(written(value, { dataset: { type: "number", places: value.s ?? 0 } }));
}

/** A column that is asked for twice may hold only what both allow. */
function merged(wanted) {
  const found = new Map();
  for (const [column, cells] of wanted) found.set(column, found.has(column) ? found.get(column).filter((cell) => cells.includes(cell)) : cells);
  return [...found];
}

function choose(item) {
  if (item instanceof HTMLOptionElement) item.selected = true;
  else item.querySelector("input").checked = true;
}

function valueOf(item) {
  return item instanceof HTMLOptionElement ? item.value : item.querySelector("input").value;
}
