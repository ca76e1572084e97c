// What publishing would change, tab by tab, each with the way to its place.
import { h } from "./dom.js";
import { goTo } from "./problems.js";

const MOST = 100;

/** The changes of one tab under one place each: what is said of a question stands together. */
export function placed(changes) {
  const places = new Map();
  for (const change of changes) {
    const name = `${change.tab} ${change.target === null} ${change.where}`;
    if (!places.has(name)) places.set(name, { ...change, sentences: [] });
    places.get(name).sentences.push(change.sentence);
  }
  return [...places.values()];
}

export function drawChanges(panel) {
  const { t, changes } = panel;
  if (changes?.since === undefined) return [];
  const { since, list } = changes;
  const title = h("h3", { class: "b-changes__title" }, t("changes_title"));
  if (!since) return [title, h("p", { class: "b-hint" }, t("changes_first"))];
  if (!list.length) return [title, h("p", { class: "b-hint" }, t("changes_none", { number: since }))];
  const places = placed(list);
  return [
    title,
    h("p", { class: "b-hint" }, t("changes_since", { number: since, count: list.length })),
    panel.tabTargets.map((tab) => section(panel, tab, places.slice(0, MOST))),
    places.length > MOST && h("p", { class: "b-hint" }, t("changes_more", { count: places.length - MOST })),
  ];
}

function section(panel, { dataset, firstChild }, places) {
  const own = places.filter(({ tab }) => tab === dataset.tab);
  if (!own.length) return [];
  return [h("h4", { class: "b-changes__tab" }, firstChild.textContent.trim()), h("ul", { class: "b-changes" }, own.map((place) => item(panel, place)))];
}

function item(panel, place) {
  const where = place.where && (place.target ? h("button", { type: "button", class: "b-changes__where", "data-f": `change:${place.where}`, onclick: () => goTo(panel, place) }, place.where) : h("span", { class: "b-changes__gone" }, place.where));
  return h("li", { class: `b-change b-change--${place.what}` }, where, place.sentences.map((sentence) => h("p", {}, sentence)));
}
