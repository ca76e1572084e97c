// Findings that are alike are one line: the first of them, and the others behind their number.
import { h } from "./dom.js";

export const MOST_SHOWN = 100;

function grouped(found) {
  const kinds = new Map();
  for (const one of found) {
    if (!kinds.has(one.alike)) kinds.set(one.alike, []);
    kinds.get(one.alike).push(one);
  }
  return [...kinds.values()];
}

/**
 * One line of each kind by `item(one, mark, more)`, and in its `more` those of the others; `name` tells this list from
 * others on the screen.
 */
export function byKind(panel, name, found, item) {
  return grouped(found).map(([first, ...others]) => {
    const mark = `${name}:${first.alike}`;
    return item(first, mark, others.length > 0 && folded(panel, mark, panel.t("more_like_this", { count: others.length }), () => [
      h("ul", { class: "b-problems" }, others.slice(0, MOST_SHOWN).map((one, at) => item(one, `${mark}:${at}`))),
      others.length > MOST_SHOWN && h("p", { class: "b-hint" }, panel.t("put_away_more", { count: others.length - MOST_SHOWN })),
    ]));
  });
}

/** What is behind a line until it is opened; it stays open while other things change. */
export function folded(panel, name, words, inside) {
  panel.unfolded ||= new Set();
  const box = h("details", { class: "b-more", open: panel.unfolded.has(name) }, h("summary", { "data-f": `fold:${name}` }, words));
  const fill = () => box.open && box.childElementCount === 1 && box.append(...inside().filter(Boolean));
  box.addEventListener("toggle", () => {
    if (box.open) panel.unfolded.add(name);
    else panel.unfolded.delete(name);
    fill();
  });
  fill();
  return box;
}
