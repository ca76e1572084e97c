// The switches of a step that several people decide: who they are, how many, and when it is decided.
import { button, numberControl, selectControl, tick } from "./controls.js";
import {
  addVoice, isOpen, mayDepend, removeVoice, RULES, setRule, setSeats, setVeto, setVoice, setVoiceWhere, sureVotes,
} from "./deciders.js";
import { labelOf, say } from "./document.js";
import { h } from "./dom.js";
import { role } from "./flow.js";
import { outline } from "./outline.js";
import { voiceOnlyIf } from "./stepcondition.js";
import { places, placed, roleControl } from "./stepcontrols.js";
import { editSteps } from "./stepedits.js";
import { pageControl } from "./stepmore.js";
import { setTogether } from "./steps.js";

export function decidersControl(panel, step, before) {
  const { t, settings: { parts }, store } = panel;
  const { key } = step;
  const set = (on) => editSteps(panel, (doc) => setTogether(doc, key, on, { title: role(doc, step.role).title, parts }));
  const add = () => editSteps(panel, (doc) => addVoice(doc, key, { held: step.role, title: role(doc, step.role).title }, parts), () => {
    panel.focus(`voice:${key}:${step.panel.voices.length}`);
  });
  return h(
    "fieldset",
    { class: "b-set" },
    h("legend", { class: "b-label" }, t("deciders")),
    tick({ label: t("several_decide"), hint: t("several_decide_hint"), checked: Boolean(step.panel), mark: `several:${key}`, change: set }),
    step.panel && [
      h("ul", { class: "b-voices" }, step.panel.voices.map((voice, at) => voiceRow(panel, step, voice, { at, before }))),
      h("div", { class: "b-actions" }, button(t("add_voice"), add, { mark: `add-voice:${key}` })),
      rules(panel, step),
      !repeats(store.doc).length && h("p", { class: "b-hint" }, t("each_lacking")),
    ],
  );
}

/** The questions with entries whose offices may each have a vote. */
const repeats = (doc) => outline(doc).filter(({ field, rows }) => field.type === "repeat" && !rows.length && (field.fields || []).filter((one) => one.type === "office").length === 1);

function voiceRow(panel, step, voice, { at, before }) {
  const { t, language, settings: { parts }, store } = panel;
  const { key } = step;
  const { voices, rule } = step.panel;
  const name = say(role(store.doc, voice.role)?.title, language) || t("untitled");
  return h(
    "li",
    { class: "b-voice" },
    h(
      "div",
      { class: "b-grid" },
      roleControl(panel, {
        value: voice.role, label: t("voice_who", { number: at + 1 }), mark: `voice:${key}:${at}`,
        choose: (doc, held, title) => setVoice(doc, key, at, { held, title: role(doc, held)?.title || title }, parts),
      }),
      numberControl({
        label: t("voice_seats"), value: voice.seats, minimum: 1, maximum: 15, mark: `seats:${key}:${at}`, wide: true,
        change: (seats) => store.apply((doc) => setSeats(doc, key, at, seats, parts), { tag: `seats:${key}:${at}`, typing: true }),
      }),
      whereControl(panel, step, voice, at),
      pageControl(panel, { held: voice.role, value: voice.agree.page, mark: `page:${key}:${at}`, set: (doc, page) => setPage(doc, key, at, page) }),
    ),
    mayDepend(step.panel, at) && voiceOnlyIf(panel, step, at, before),
    ["any", "count"].includes(rule) && tick({
      label: t("voice_veto"), hint: t("voice_veto_hint"), checked: voice.veto, mark: `veto:${key}:${at}`,
      change: (on) => store.apply((doc) => setVeto(doc, key, at, on, parts)),
    }),
    voices.length > 1 && button(t("remove_voice", { name }), () => editSteps(panel, (doc) => removeVoice(doc, key, at, parts)), { icon: "×", kind: "icon", mark: `remove-voice:${key}:${at}` }),
  );
}

/** Every way to decide has the page, so that nobody decides without it. */
function setPage(doc, key, at, page) {
  const task = doc.workflow.statuses.find((one) => one.key === key).tasks[at];
  for (const outcome of task.outcomes) {
    if (page) outcome.page = page;
    else delete outcome.page;
  }
}

function whereControl(panel, { key }, { task, role: held }, at) {
  const { t, language, store } = panel;
  const own = task.where || role(store.doc, held)?.where || "region";
  const value = typeof own === "object" ? Object.entries(own)[0].join(":") : own;
  const each = repeats(store.doc).map(({ field }) => [`each:${field.key}`, t("where_each", { question: labelOf(field, language) })]);
  return selectControl({
    label: t("step_where"), value, options: [...places(panel), ...each], mark: `voice-where:${key}:${at}`,
    change: (chosen) => store.apply((doc) => {
      const named = chosen.startsWith("each:");
      setVoiceWhere(doc, key, at, named ? { each: chosen.slice(5) } : undefined);
      if (!named) role(doc, held).where = placed(chosen);
    }),
  });
}

function rules(panel, step) {
  const { t, settings: { parts }, store } = panel;
  const { key } = step;
  const { rule, count } = step.panel;
  const most = sureVotes(step.panel);
  const set = (wanted) => editSteps(panel, (doc) => setRule(doc, key, wanted, parts));
  return h(
    "div",
    { class: "b-grid" },
    selectControl({
      label: t("rule"), value: rule, mark: `rule:${key}`, options: RULES.map((one) => [one, t(`rule_${one}`)]),
      change: (chosen) => set({ rule: chosen }),
    }),
    rule === "count" && numberControl({
      label: isOpen(step.panel) ? t("rule_number_open") : t("rule_number", { count: most }), value: count, minimum: 2, maximum: most, mark: `count:${key}`, wide: true,
      change: (wanted) => wanted >= 2 && store.apply((doc) => setRule(doc, key, { rule, count: wanted }, parts), { tag: `count:${key}`, typing: true }),
    }),
  );
}
