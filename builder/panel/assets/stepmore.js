// What is set for some steps only: notes, pages for officers, whom they choose, and what happens when it takes long.
import { areApart, setApart } from "./apart.js";
import { button, numberControl, selectControl, textControl, tick } from "./controls.js";
import { say } from "./document.js";
import { h } from "./dom.js";
import { flow, isFinal } from "./flow.js";
import { addRung, decide, KINDS, momentOf, removeRung, rungs, setMoment, timeOf } from "./rungs.js";
import { approval, unitControl } from "./stepcontrols.js";
import { doubtParagraphs, rungDoubts } from "./stepdoubts.js";
import { editSteps } from "./stepedits.js";
import { goes } from "./stepsentences.js";
import { officerPage, setAsked, setPick } from "./stepsettings.js";

const NEW = "+";

export function moreControls(panel, step, next, before = []) {
  const { t } = panel;
  const { key } = step;
  const open = panel.openSteps || (panel.openSteps = new Set());
  return h(
    "details",
    { class: "b-more", open: open.has(key) },
    h("summary", { "data-f": `more:${key}`, onclick: () => (open.has(key) ? open.delete(key) : open.add(key)) }, t("more_of_step")),
    !step.panel && h("div", { class: "b-grid" }, words(panel, step), note(panel, step), pageControl(panel, {
      held: step.role, value: step.advance.ask?.page, mark: `page:${key}`, set: (doc, page) => setAsked(approval(doc, key), "page", page),
    })),
    !step.panel && next && !next.panel && tick({
      label: t("may_pick", { name: say(next.status.title, panel.language) || t("untitled") }), hint: t("may_pick_hint"), mark: `pick:${key}`,
      checked: Boolean(step.advance.ask?.person), change: (on) => editSteps(panel, (doc) => setPick(doc, approval(doc, key), next.key, on)),
    }),
    separation(panel, step, before),
    ladder(panel, step),
  );
}

/** The steps before this one that must have been done by somebody else. */
function separation(panel, step, before) {
  const { t, language, store } = panel;
  if (!before.length) return null;
  return h(
    "fieldset",
    { class: "b-set" },
    h("legend", { class: "b-label" }, t("apart")),
    before.map((other) => tick({
      label: say(other.status.title, language) || t("untitled"), mark: `apart:${step.key}:${other.key}`,
      checked: areApart(store.doc, step, other), change: (on) => store.apply((doc) => setApart(doc, step, other, on)),
    })),
  );
}

const words = (panel, { key, advance }) => textControl(panel, {
  find: (doc) => flow(doc).actions.find((one) => one.key === advance.key), name: "title", label: panel.t("button_words"), keep: true, tag: `button:${key}`, mark: `button:${key}`,
});

const note = (panel, { key, advance }) => selectControl({
  label: panel.t("note"), value: advance.ask?.comment || "none", mark: `note:${key}`,
  options: ["none", "optional", "required"].map((one) => [one, panel.t(`note_${one}`)]),
  change: (value) => panel.store.apply((doc) => setAsked(approval(doc, key), "comment", value === "none" ? undefined : value)),
});

/**
 * Which page officers of the role `held` fill in; `set(doc, key)` takes it. Choosing leads nowhere, since a list is
 * also read through with the keyboard: the way to the questions of the page is a button beside it.
 */
export function pageControl(panel, { held, value, mark, set }) {
  const { t, language, settings, store } = panel;
  const pages = store.doc.pages.filter((page) => page.for === held);
  const take = (chosen) => editSteps(
    panel,
    (doc) => set(doc, chosen === NEW ? officerPage(doc, held, settings.parts.officer_page) : chosen || undefined),
    () => chosen === NEW && panel.announce(t("page_made")),
    { stay: true },
  );
  const write = () => {
    panel.show("questions", { kind: "page", key: value });
    panel.focus("title");
  };
  return h("div", { class: "b-pagechoice" }, selectControl({
    label: t("officer_page"), hint: t("officer_page_hint"), value: value || "", mark, change: take,
    options: [["", t("officer_page_none")], ...pages.map((page) => [page.key, say(page.title, language) || t("untitled")]), [NEW, t("officer_page_new")]],
  }), pages.some((page) => page.key === value) && button(t("officer_page_write"), write, { kind: "link", mark: `${mark}:write` }));
}

function ladder(panel, step) {
  const { t, settings: { parts } } = panel;
  const { key } = step;
  const held = step.panel?.voices[0].role || step.role;
  const decided = rungs(panel.store.doc, key).some(({ kind }) => kind === "decide"); // a second decision would come too late
  const offered = KINDS.filter((kind) => kind !== "decide" || !decided);
  const add = (kind) => editSteps(panel, (doc) => addRung(doc, key, kind, { held, advance: approval(doc, key) }, parts), (made) => panel.focus(`rung:${made}`));
  return h(
    "fieldset",
    { class: "b-set" },
    h("legend", { class: "b-label" }, t("ladder")),
    h("div", { class: "b-rung__doubts", role: "status" }, doubtParagraphs(rungDoubts(panel, step))),
    h("ul", { class: "b-ladder" }, rungs(panel.store.doc, key).map((rung) => rungRow(panel, step, rung))),
    h("div", { class: "b-actions" }, offered.map((kind) => button(t(`add_${kind}`), () => add(kind), { mark: `add-${kind}:${key}` }))),
  );
}

const MOMENTS = ["before:due", "after:due", "after:entered"];
const PROMISED = ["before:deadline", "after:deadline"];

function rungRow(panel, step, { kind, action }) {
  const { t, store } = panel;
  const there = (doc) => flow(doc).actions.find((one) => one.key === action.key);
  const moment = momentOf(action);
  const time = timeOf(action);
  const moments = [...MOMENTS, ...(store.doc.workflow.deadline || PROMISED.includes(moment) ? PROMISED : [])];
  const set = (change, how) => store.apply((doc) => {
    const one = there(doc);
    setMoment(one, change.moment || momentOf(one), { ...timeOf(one), ...change.time });
  }, how);
  return h(
    "li",
    { class: "b-rung" },
    numberControl({
      label: t("rung_amount"), hideLabel: true, value: time.amount, minimum: 1, maximum: 365, mark: `rung:${action.key}`,
      change: (amount) => amount > 0 && set({ time: { amount } }, { tag: `rung:${action.key}`, typing: true }),
    }),
    unitControl(panel, { value: time.unit, label: t("step_unit"), hideLabel: true, mark: `rung-unit:${action.key}`, change: (unit) => set({ time: { unit } }) }),
    selectControl({
      label: t("rung_moment"), hideLabel: true, value: moment, mark: `rung-moment:${action.key}`, change: (chosen) => set({ moment: chosen }),
      options: moments.map((one) => [one, t(`when_${one.replace(":", "_")}`)]),
    }),
    what(panel, step, kind, action, there),
    button(t("remove_rung"), () => editSteps(panel, (doc) => removeRung(doc, action.key)), { icon: "×", kind: "icon", mark: `remove-rung:${action.key}` }),
  );
}

function what(panel, step, kind, action, there) {
  const { t, language, settings: { parts }, store } = panel;
  if (kind === "escalate") return h("span", { class: "b-rung__what" }, t("rung_escalate"));
  if (kind === "remind") {
    return selectControl({
      label: t("rung_remind"), hideLabel: true, value: action.effects[0].to.role, mark: `rung-who:${action.key}`,
      options: store.doc.workflow.roles.map((one) => [one.key, t("rung_remind_who", { who: say(one.title, language) })]),
      change: (held) => store.apply((doc) => { there(doc).effects[0].to = { role: held }; }),
    });
  }
  const refused = store.doc.workflow.statuses.find((one) => isFinal(store.doc, one.key, "refused"));
  const ends = [...new Set([step.advance.to, refused?.key, action.to].filter(Boolean))];
  return [
    selectControl({
      label: t("rung_decide"), hideLabel: true, value: action.to, mark: `rung-to:${action.key}`,
      options: ends.map((to) => [to, t("rung_decide_to", { goes: isFinal(store.doc, to, "refused") ? t("goes_refused") : goes(panel, to) })]),
      change: (to) => store.apply((doc) => decide(doc, there(doc), to, parts)),
    }),
    h("div", { class: "b-rung__law" }, textControl(panel, {
      find: there, name: "legal_basis", label: t("rung_law"), hint: t("rung_law_hint"), tag: `law:${action.key}`, mark: `law:${action.key}`,
    })),
  ];
}
