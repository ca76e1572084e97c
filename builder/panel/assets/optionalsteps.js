// The steps that a way of approval has only where somebody wants them, to be ticked at any time. Which way a service
// follows is told from its steps, since nothing of it is kept in the document.
import { tick } from "./controls.js";
import { copyOf, say } from "./document.js";
import { h } from "./dom.js";
import { actionsOf, allKeys, flow, role, status } from "./flow.js";
import { editSteps } from "./stepedits.js";
import { asked, askHere, bringPages } from "./steppages.js";
import { insertStep, readSteps, removeStep } from "./steps.js";

const LIKE = 0.5; // a step that was given other words counts half
const LEAST = 2;

const same = (one, other) => JSON.stringify(one?.id) === JSON.stringify(other?.id);

/** The way of `ways` whose steps a service has, undefined when it has too few of any. */
export function followedWay(doc, ways) {
  const work = flow(doc).statuses.filter(({ kind }) => kind === "work");
  const all = new Set(ways.flatMap((way) => way.steps.map(({ key }) => key)));
  const known = work.filter(({ key }) => all.has(key));
  const scored = ways.map((way) => {
    const mine = way.steps.filter(({ key }) => status(doc, key)?.kind === "work");
    const wanted = new Set([...known.map(({ key }) => key), ...way.steps.filter(({ optional }) => !optional).map(({ key }) => key)]);
    const points = mine.reduce((sum, step) => sum + (same(status(doc, step.key).title, step.title) ? 1 : LIKE), 0);
    return { way, score: mine.filter(({ optional }) => !optional).length < LEAST ? 0 : points / wanted.size };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best > 0 ? scored.find(({ score }) => score === best).way : undefined;
}

/** The place among the steps where an optional one belongs, -1 when those beside it are gone or stand the other way round. */
export function placeOf(doc, way, key) {
  const { drawable, steps } = readSteps(doc);
  const order = steps.map((step) => step.key);
  if (!drawable || allKeys(doc).includes(key)) return -1;
  const here = way.steps.findIndex((one) => one.key === key);
  const there = (one) => order.includes(one.key);
  const before = order.indexOf(way.steps.slice(0, here).filter(there).at(-1)?.key);
  const after = order.indexOf(way.steps.slice(here + 1).find(there)?.key);
  if (after >= 0) return before < after ? after : -1;
  return before >= 0 ? before + 1 : -1;
}

/** Puts an optional step in with its officer, its pages and its notices; returns its key. */
export function addOptional(doc, way, key, { parts, released }) {
  const at = placeOf(doc, way, key);
  const piece = copyOf(way.options.find((one) => one.key === key).piece);
  if (!role(doc, piece.role.key)) flow(doc).roles.push({ ...piece.role, where: flow(doc).office ? "office" : "region" });
  const named = asked(doc);
  const later = pagesFrom(doc, at);
  const index = () => {
    const found = doc.pages.findIndex((page) => later.has(page.key));
    return found < 0 ? doc.pages.length : found;
  };
  askHere({ statuses: [piece.status], actions: piece.actions }, bringPages(doc, piece.pages, { parts, released, free: (page) => !named.has(page.key), at: index }));
  return insertStep(doc, piece, at, parts);
}

/** The keys of the pages that the steps from place `at` on ask for. */
function pagesFrom(doc, at) {
  const { steps } = readSteps(doc);
  const pieces = steps.slice(at).map((step) => ({ statuses: [step.status], actions: actionsOf(doc, step.key).all }));
  return new Set(pieces.flatMap((workflow) => [...asked({ workflow })]));
}

/** The ticks for the optional steps of the way a service follows. */
export function optionalSteps(panel) {
  const { t, language, settings, store } = panel;
  const way = followedWay(store.doc, settings.ways);
  if (!way?.options.length) return null;
  const { drawable, steps } = readSteps(store.doc);
  const choice = ({ key, title }) => {
    const there = steps.some((step) => step.key === key);
    const lost = !there && placeOf(store.doc, way, key) < 0;
    const change = (on) => editSteps(
      panel,
      (doc) => (on ? addOptional(doc, way, key, settings) : removeStep(doc, key)),
      () => panel.announce(t(on ? "optional_in" : "optional_out", { name: say(title, language) })),
      { returns: true },
    );
    return tick({
      label: say(title, language), checked: there, disabled: lost || (there && (!drawable || steps.length < 2)), mark: `optional:${key}`, change,
      hint: lost ? t("optional_lost") : "",
    });
  };
  return h("fieldset", { class: "b-set b-optional" }, h("legend", { class: "b-label" }, t("optional_steps")), way.options.map(choice));
}
