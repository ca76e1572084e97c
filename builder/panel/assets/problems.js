// What still has to be put right, asked of the server after every pause, with a way to each place.
import { Again } from "./again.js";
import { byKind } from "./bykind.js";
import { h } from "./dom.js";
import { awayButton, awayList, isAway } from "./putaway.js";
import { renewButton } from "./stories.js";

const PAUSE = 700;

/** Asks the server about the newest document; an older answer never replaces a newer one. */
export class Checker {
  constructor({ url, token, heard }) {
    Object.assign(this, { url, token, heard, timer: 0, asked: 0 });
    this.again = new Again(() => this.ask(this.body));
  }

  later(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(text()), PAUSE);
  }

  async ask(body) {
    const number = (this.asked += 1);
    this.body = body;
    this.again.rest();
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (number === this.asked) this.heard(found);
    } catch {
      if (number !== this.asked) return;
      this.heard(null);
      this.again.soon();
    }
  }
}

export const errors = (problems) => problems.filter(({ severity }) => severity === "error");

/** The problems of the things `keys` (`[kind, key]`), one of each kind and the others behind their number. */
export function faultItems(panel, keys) {
  const found = errors(keys.flatMap(([kind, key]) => panel.problemsOf(kind, key)));
  return byKind(panel, JSON.stringify(keys), found, ({ sentence }, _mark, more) => h("li", {}, sentence, more || ""));
}

/** They, shown right beside the things. */
export function faultList(panel, keys) {
  return h("ul", { class: "b-faults", "data-faults": JSON.stringify(keys) }, faultItems(panel, keys));
}

/** Opens the place of a problem: its tab, and the question, step or message it is about. */
export function goTo(panel, { tab, target }) {
  const doc = panel.store.doc;
  const action = target.kind === "actions" && doc.workflow.actions[target.index];
  const role = target.kind === "roles" && doc.workflow.actions.find((one) => one.who?.role === target.key);
  const kinds = { fields: "field", pages: "page", statuses: "step", messages: "message" };
  if (target.kind === "letters" || target.kind === "body") {
    const [letter, part = "head"] = target.key.split(":");
    panel.openPart = part;
    panel.show(tab, { kind: "letter", key: letter });
    return focusPart(panel, letter, part);
  }
  if (action || role) panel.show(tab, { kind: "step", key: (action || role).from[0] });
  else panel.show(tab, kinds[target.kind] ? { kind: kinds[target.kind], key: target.key } : undefined);
  return focusPlace(panel, { tab, target });
}

/** Puts the focus into the first text of a part of a letter, else on its heading. */
function focusPart(panel, letter, part) {
  const mark = `part:${letter}:${part}:`;
  const inside = [...panel.textsTarget.querySelectorAll("[data-f]")].filter((one) => one.dataset.f.startsWith(mark));
  const found = inside.find((one) => "chips" in one.dataset) || inside[0];
  found?.scrollIntoView({ block: "center" });
  found?.focus();
}

/** Puts the focus into the place a problem is about. */
function focusPlace(panel, { tab, target }) {
  const marks = { fields: "label", pages: "title", statuses: `step:${target.key}:title`, messages: `message:${target.key}:body:${panel.language}`, stories: `story:${target.index}` };
  const pane = panel.paneTargets.find((one) => one.dataset.tab === tab);
  const key = panel.selected.key || target.key || "";
  pane.querySelector(`[data-key="${CSS.escape(key)}"]`)?.scrollIntoView({ block: "center" });
  const mark = marks[target.kind] || target.key?.replace("/", ":") || "";
  if ([...pane.querySelectorAll("[data-f]")].some((one) => one.dataset.f === mark)) panel.focus(mark);
  else (pane.querySelector("input, select, textarea, button") || pane).focus();
}

/** What a problem of a story offers beside it: to tell the story anew. */
function renewal(panel, story, at) {
  const offered = renewButton(panel, story, `problem:renew:${at}`);
  return offered && h("div", { class: "b-problem__do" }, offered);
}

export function drawProblems(panel) {
  const { t, problems } = panel;
  if (problems === null) return [h("p", { class: "b-empty" }, t("check_failed"))];
  if (problems === undefined) return [h("p", { class: "b-empty" }, t("checking"))];
  const proof = panel.proof && h("p", { class: "b-hint b-proof" }, panel.proof);
  const line = (problem, mark, away, more) =>
    h(
      "li",
      { class: `b-problem b-problem--${problem.severity}` },
      h(
        "button",
        { type: "button", class: "b-problem__link", "data-f": `problem:${mark}`, onclick: () => goTo(panel, problem) },
        problem.where && h("span", { class: "b-problem__where" }, problem.where),
        h("span", {}, problem.sentence),
      ),
      problem.target.kind === "stories" && renewal(panel, problem.target.index, mark),
      away && h("div", { class: "b-problem__do" }, away),
      more && h("div", { class: "b-problem__do" }, more),
    );
  const item = (problem, mark, more) => line(problem, mark, awayButton(panel, problem, mark), more);
  const stopping = errors(problems);
  const hidden = problems.filter((one) => isAway(panel, one));
  const warnings = problems.filter((one) => one.severity !== "error" && !isAway(panel, one));
  return [
    stopping.length > 0 && [h("h3", { class: "b-group" }, t("must_fix", { count: stopping.length })), h("ul", { class: "b-problems" }, byKind(panel, "error", stopping, item))],
    !stopping.length && h("p", { class: "b-fine" }, t(warnings.length || hidden.length ? "no_errors" : "no_problems")),
    proof,
    warnings.length > 0 && [h("h3", { class: "b-group" }, t("should_look", { count: warnings.length })), h("ul", { class: "b-problems" }, byKind(panel, "warning", warnings, item))],
    awayList(panel, hidden, line),
  ];
}
