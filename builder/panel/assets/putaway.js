// Warnings that somebody knows better: put away one by one, counted, and shown again. Their marks stand in a field of the
// form beside the document, so they are saved with the draft and are no part of what is published.
import { MOST_SHOWN, folded } from "./bykind.js";
import { button } from "./controls.js";
import { h } from "./dom.js";

/** Reads which marks are put away. */
export function readAway(control) {
  try {
    return new Set(JSON.parse(control?.value || "[]"));
  } catch {
    return new Set();
  }
}

export const isAway = (panel, found) => Boolean(found.mark) && panel.away.has(found.mark);

function keep(panel, words) {
  panel.awayTarget.value = JSON.stringify([...panel.away]);
  for (const kind of ["input", "change"]) panel.awayTarget.dispatchEvent(new Event(kind, { bubbles: true }));
  panel.draw({ typing: false });
  panel.announce(panel.t(words));
}

/** The button that puts a warning away; nothing for what stands in the way. `name` tells it from the others on the screen. */
export function awayButton(panel, found, name) {
  return found.mark && button(panel.t("put_away"), () => {
    panel.away.add(found.mark);
    keep(panel, "put_away_done");
  }, { kind: "link", mark: `away:${name}` });
}

const backButton = (panel, found, at) => button(panel.t("put_away_back"), () => {
  panel.away.delete(found.mark);
  keep(panel, "put_away_shown");
}, { kind: "link", mark: `back:${at}` });

/** Those that are put away, behind their number. */
export function awayList(panel, hidden, item) {
  if (!hidden.length) return null;
  const held = hidden.slice(0, MOST_SHOWN);
  return folded(panel, "away", panel.t("put_away_count", { count: hidden.length }), () => [
    h("ul", { class: "b-problems" }, held.map((found, at) => item(found, `away:${at}`, backButton(panel, found, at)))),
    hidden.length > held.length && h("p", { class: "b-hint" }, panel.t("put_away_more", { count: hidden.length - held.length })),
  ]);
}
