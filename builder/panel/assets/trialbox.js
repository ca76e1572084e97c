// Draws sample answers beside a rule and what comes out of it, so that a clerk sees at once whether it says what was meant.
import { selectControl } from "./controls.js";
import { say } from "./document.js";
import { h, redraw } from "./dom.js";
import { needs } from "./needs.js";
import { asks, sampleControl } from "./samplecontrol.js";
import { answerAs, outcome, proposed, shownAs, told, workedOut } from "./trials.js";
import { typed } from "./typed.js";

const WRITTEN = ["text", "date", "time", "datetime-local"];

/** Brings what is drawn beside rules up to date, where the rule was changed by typing. */
export function tryAgain(holder) {
  for (const box of holder.querySelectorAll(".b-try")) box.again();
}

/**
 * Sample answers and their outcome, as many sets of them as `turns`.
 *
 * `rule(doc)` is the expression, which gives what is called `wants` and stands where `around` are the repeats around it;
 * `says(value)` tells the outcome as `[words, kind]`.
 */
export function trialBox(panel, { mark, rule, around = [], wants = "boolean", turns = 1, title, says }) {
  const box = h("div", { class: "b-try", role: "group", "aria-label": title });
  const draw = () => {
    const { doc } = panel.store;
    const tree = typed(doc, rule(doc), { around, wants });
    const all = tree ? needs(doc, tree, around) : [];
    const asked = all.filter(({ formula }) => !formula);
    box.hidden = !asked.length;
    if (!asked.length) return redraw(box);
    const sets = Array.from({ length: turns }, (_none, turn) => kept(panel, `${mark}:${turn}`));
    const first = (turn) => Object.fromEntries(asked.map((need) => [need.key, proposed(doc, tree, need, turn)]));
    const result = (answers) => {
      const whole = workedOut(doc, all, answers);
      const [words, kind = ""] = says(outcome(doc, tree, whole));
      return [between(panel, all, whole), h("p", { class: `b-try__result${kind && ` b-try__result--${kind}`}`, role: "status" }, words)];
    };
    const set = (given, turn) => oneSet(panel, { asked, given, first: first(turn), turn, turns, mark: `${mark}:try:${turn}`, result, draw });
    return redraw(box, h("p", { class: "b-label" }, title), fromStory(panel, { mark, sets, asked, draw }), sets.map(set));
  };
  box.again = draw;
  draw();
  return box;
}

/** What comes out on the way: each answer that is worked out itself. */
function between(panel, all, answers) {
  const words = all.filter(({ formula }) => formula).map(({ key, field }) => {
    const amount = answerAs(field, answers[key]);
    return panel.t(amount ? "try_amount" : "try_between_open", { name: asks(panel, field), amount });
  });
  return words.length > 0 && h("p", { class: "b-hint" }, words.join(" · "));
}

/** The sample answers that the clerk chose; what else is asked is proposed. */
function kept(panel, mark) {
  if (!panel.trials.has(mark)) panel.trials.set(mark, {});
  return panel.trials.get(mark);
}

function oneSet(panel, { asked, given, first, turn, turns, mark, result, draw }) {
  const answers = () => ({ ...first, ...given });
  const said = h("div", {}, result(answers()));
  const give = (key) => (value) => {
    given[key] = value;
    if (WRITTEN.includes(document.activeElement?.type)) redraw(said, result(answers()));
    else draw();
  };
  return h(
    "div",
    { class: "b-try__set", role: turns > 1 ? "group" : undefined, "aria-label": turns > 1 ? panel.t("try_number", { number: turn + 1 }) : undefined },
    h("div", { class: "b-try__given" }, asked.map((need) => sampleControl(panel, { need, answer: answers()[need.key], give: give(need.key), mark: `${mark}:${need.key}` }))),
    said,
  );
}

/** The answers of a story of the service, put in at once. */
function fromStory(panel, { mark, sets, asked, draw }) {
  const { t, language, store: { doc } } = panel;
  const stories = told(doc);
  if (!stories.length) return null;
  return selectControl({
    label: t("try_story"), value: "", mark: `${mark}:story`, options: [["", t("try_story_none")], ...stories.map(([title], at) => [String(at), say(title, language) || t("untitled")])],
    change: (at) => {
      if (at === "") return;
      for (const { key } of asked) sets[0][key] = stories[Number(at)][1][key];
      draw();
    },
  });
}

const OUTCOMES = { visible: "shown", required: "required", check: "accepted", row: "accepted" };

/** What a condition comes to: a check fails only when it is false, everything else holds only when it is true. */
export function conditionSays(panel, rule) {
  const { t } = panel;
  const name = OUTCOMES[rule] || "shown";
  return (value) => {
    const holds = rule === "check" || rule === "row" ? value !== false : value === true;
    const words = holds ? t(`try_${name}`) : t(`try_not_${name}`);
    return [value === null ? t("try_open_still", { outcome: words }) : t("try_result", { outcome: words }), holds ? "yes" : "no"];
  };
}

/** What a formula comes to, as the citizen reads it. */
export function formulaSays(panel, field) {
  const { t } = panel;
  return (value) => {
    const words = shownAs(field, value);
    return words ? [t("try_amount", { name: asks(panel, field), amount: words }), "yes"] : [t("try_no_amount"), ""];
  };
}
