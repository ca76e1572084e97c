// What is odd about a step while it is being set, said on its card at once and not only when the service is checked.
import { say } from "./document.js";
import { h } from "./dom.js";
import { clocksOf, strikeOf } from "./rungs.js";

const name = (step, language) => say(step.status.title, language).trim().toLowerCase();

/** What is odd about a step among `steps`, as sentences. */
export function stepDoubts({ t, language, store: { doc } }, step, steps) {
  const twin = steps.findIndex((one) => one.key !== step.key && name(one, language) && name(one, language) === name(step, language));
  const unlimited = !step.status.due && clocksOf(doc, step.key).some((one) => one.of === "due");
  return [twin >= 0 && t("doubt_step_name", { number: twin + 1 }), unlimited && t("doubt_step_due")].filter(Boolean);
}

/** What is odd about the lines of what happens when a step takes long. */
export function rungDoubts({ t, store: { doc } }, { key }) {
  const strikes = clocksOf(doc, key).map(strikeOf);
  return new Set(strikes).size < strikes.length ? [t("doubt_step_moment")] : [];
}

export const doubtParagraphs = (sentences) => sentences.map((words) => h("p", { class: "b-doubt" }, words));
