// A step in plain sentences: who decides what until when, and what happens by itself.
import { areApart } from "./apart.js";
import { isOpen, votes } from "./deciders.js";
import { say } from "./document.js";
import { isFinal, role, status } from "./flow.js";
import { conditionOf, skipOf } from "./onlyif.js";
import { momentOf, rungs, timeOf } from "./rungs.js";
import { sentence } from "./sentences.js";
import { registerOf } from "./stepsettings.js";

/** Phrases as one: a, b or c. */
const joined = (parts, word) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} ${word} ${parts.at(-1)}` : parts.join(""));

export function timeWords(t, { amount, unit }) {
  return amount === 1 ? t(`one_${unit}`) : t(`many_${unit}`, { count: amount });
}

const name = (panel, thing) => say(thing?.title, panel.language) || panel.t("untitled");

/** Where a case goes from a step: on to another, or to its end. */
export function goes(panel, to) {
  const { t, store: { doc } } = panel;
  return isFinal(doc, to, "granted") ? t("goes_granted") : t("goes_on", { name: name(panel, status(doc, to)) });
}

function single(panel, step) {
  const { t, store: { doc } } = panel;
  const may = [
    t("say_approve", { goes: goes(panel, step.advance.to) }),
    step.back.length && t("say_return"),
    step.again.length && t("say_again", { name: name(panel, status(doc, step.again[0].to)) }),
    step.refuse.length && t("say_refuse"),
  ].filter(Boolean);
  const said = { who: name(panel, role(doc, step.role)), may: joined(may, t("or")) };
  const { due } = step.status;
  return due ? t("says_single", { ...said, time: timeWords(t, due) }) : t("says_single_ever", said);
}

function voice(panel, { role: held, seats, task }) {
  const { t, store: { doc } } = panel;
  const who = name(panel, role(doc, held));
  const several = seats > 1 ? t("voice_several", { who, count: seats }) : who;
  const said = task.where?.each ? t("voice_each", { who }) : several;
  return task.when ? t("voice_only", { who: said, condition: sentence(doc, task.when, panel.language, t) }) : said;
}

function together(panel, step) {
  const { t, store: { doc } } = panel;
  const { voices, rule, count } = step.panel;
  const said = { who: joined(voices.map((one) => voice(panel, one)), t("and")) };
  const { due } = step.status;
  const vetoes = ["any", "count"].includes(rule) ? voices.filter(({ veto }) => veto) : [];
  const counted = rule === "count" && isOpen(step.panel) ? "count_open" : rule;
  return [
    due ? t("says_together", { ...said, time: timeWords(t, due) }) : t("says_together_ever", said),
    t(`rule_says_${counted}`, { goes: goes(panel, step.advance.to), count, all: votes(step.panel) }),
    ...vetoes.map(({ role: held }) => t("says_veto", { who: name(panel, role(doc, held)) })),
    step.back.length && t("says_return"),
  ];
}

function page(panel, key) {
  const found = panel.store.doc.pages.find((one) => one.key === key);
  return found && panel.t("says_page", { page: name(panel, found) });
}

function rung(panel, { kind, action }) {
  const { t, store: { doc } } = panel;
  const when = t(`moment_${momentOf(action).replace(":", "_")}`, { time: timeWords(t, timeOf(action)) });
  if (kind === "remind") return t("says_remind", { when, who: name(panel, role(doc, action.effects[0].to.role)) });
  if (kind === "escalate") return t("says_escalate", { when });
  const refused = isFinal(doc, action.to, "refused");
  return t("says_silence", { when, goes: refused ? t("goes_refused") : goes(panel, action.to) });
}

/** With which applications a step is done, and what others do without. */
function condition(panel, step) {
  const { t, language, store: { doc } } = panel;
  const skip = skipOf(doc, step.key);
  if (!skip) return [];
  const issues = registerOf(doc, step.advance) || (step.advance.effects || []).some((effect) => effect.letter);
  return [
    t("says_only_if", { condition: sentence(doc, conditionOf(doc, step.key), language, t), goes: goes(panel, skip.to) }),
    issues && t("says_only_if_issues"),
  ];
}

/** Everything that is set for a step, a sentence each; `before` are the steps that come first. */
export function stepSentences(panel, step, before = []) {
  const { t, store: { doc } } = panel;
  const { ask } = step.advance;
  const chosen = ask?.person && status(doc, step.advance.to);
  const pages = step.panel ? [...new Set(step.panel.voices.map(({ agree }) => agree.page))] : [ask?.page];
  return [
    ...condition(panel, step),
    ...(step.panel ? together(panel, step) : [single(panel, step)]),
    ask?.comment === "required" && t("says_comment"),
    ...pages.filter(Boolean).map((key) => page(panel, key)),
    chosen && t("says_pick", { name: name(panel, chosen) }),
    registerOf(doc, step.advance) && t("says_number"),
    ...before.filter((other) => areApart(doc, step, other)).map((other) => t("says_apart", { name: name(panel, other.status) })),
    ...rungs(doc, step.key).map((one) => rung(panel, one)),
  ].filter(Boolean);
}
