// Random sequences of what a clerk can switch on the tab Approval; the same seed makes the same switches.
import { areApart, setApart } from "../../../builder/panel/assets/apart.js";
import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { addVoice, removeVoice, setRule, setSeats, setVeto, setVoice } from "../../../builder/panel/assets/deciders.js";
import { copyOf } from "../../../builder/panel/assets/document.js";
import { isFinal, status } from "../../../builder/panel/assets/flow.js";
import { addOptional, followedWay, placeOf } from "../../../builder/panel/assets/optionalsteps.js";
import { addRung, decide, KINDS, removeRung, rungs, setMoment } from "../../../builder/panel/assets/rungs.js";
import { withRepair } from "../../../builder/panel/assets/stepnames.js";
import { leaving, takeOut } from "../../../builder/panel/assets/steppages.js";
import { addStep, moveStep, readSteps, removeStep, setTogether } from "../../../builder/panel/assets/steps.js";
import {
  mayEdit, officerPage, provideRole, registerOf, setAgain, setAsked, setBack, setEdit, setNumber, setPick, setRefuse, setRole, workersIn,
} from "../../../builder/panel/assets/stepsettings.js";
import { tidied } from "../../../builder/panel/assets/tidysteps.js";

const MOST = 9;
const TITLES = [{ id: "Camat", en: "Head" }, { id: "Survei", en: "Survey" }, { id: "Pemeriksaan berkas", en: "Document check" }];
const LAW = { id: "UU 30/2014 pasal 53", en: "Law 30/2014 article 53" };
const MOMENTS = ["before:due", "after:due", "after:entered"];

/** The switches by name: each takes the document, a step of it and a chooser, and returns a change. */
export const SWITCHES = {
  add: (doc, step, { pick, parts }) => (readSteps(doc).steps.length < MOST ? (next) => addStep(next, { title: pick(TITLES), publicTitle: TITLES[0], role: step.role, parts, after: step.key }) : null),
  move: (doc, { key }, { pick }) => { const way = pick([-1, 1]); return (next) => moveStep(next, key, way); },
  remove: (doc, { key }) => (next) => removeStep(next, key),
  back: (doc, { key, back }, { parts }) => (next) => setBack(next, key, !back.length, parts),
  refuse: (doc, { key, refuse, panel }, { parts }) => (panel ? null : (next) => setRefuse(next, key, !refuse.length, parts)),
  again: (doc, { key, panel }, { parts, pick, steps }) => {
    const before = steps.slice(0, steps.findIndex((one) => one.key === key)).map((one) => one.key);
    const to = pick(["", ...before]);
    return panel ? null : (next) => setAgain(next, key, to, parts);
  },
  number: (doc, { key, advance }, { parts }) => { const on = !registerOf(doc, advance); return (next) => setNumber(next, readSteps(next).steps.find((one) => one.key === key).advance, on, parts); },
  pick: (doc, { key, panel, advance }, { steps }) => {
    const after = steps[steps.findIndex((one) => one.key === key) + 1];
    return panel || !after || after.panel ? null : (next) => setPick(next, readSteps(next).steps.find((one) => one.key === key).advance, after.key, !advance.ask?.person);
  },
  who: (doc, { key, panel }, { pick }) => {
    const title = pick(TITLES);
    const held = pick(["", ...doc.workflow.roles.map((one) => one.key)]);
    return panel ? null : (next) => setRole(next, key, provideRole(next, { key: held, title }));
  },
  edit: (doc, { key }, { pick }) => { const held = pick(workersIn(doc, key)); return (next) => setEdit(next, key, held, !mayEdit(doc, key, held)); },
  together: (doc, { key, panel }, { parts }) => ((next) => setTogether(next, key, !panel, { title: TITLES[0], parts })),
  voice: (doc, { key, panel }, { parts, pick }) => {
    const held = pick(["", ...doc.workflow.roles.map((one) => one.key)]);
    return panel && panel.voices.length < 4 ? (next) => addVoice(next, key, { held: provideRole(next, { key: held, title: TITLES[0] }), title: TITLES[0] }, parts) : null;
  },
  otherVoice: (doc, { key, panel }, { parts, any, pick }) => {
    const at = panel && any(panel.voices.length);
    const held = pick(["", ...doc.workflow.roles.map((one) => one.key)]);
    return panel ? (next) => setVoice(next, key, at, { held: provideRole(next, { key: held, title: TITLES[0] }), title: TITLES[0] }, parts) : null;
  },
  lessVoice: (doc, { key, panel }, { parts, any }) => { const at = panel && any(panel.voices.length); return panel ? (next) => removeVoice(next, key, at, parts) : null; },
  rule: (doc, { key, panel }, { parts, pick }) => { const rule = pick(["all", "any", "count", "heard"]); return panel ? (next) => setRule(next, key, { rule }, parts) : null; },
  seats: (doc, { key, panel }, { parts, any }) => { const at = panel && any(panel.voices.length); const seats = 1 + any(3); return panel ? (next) => setSeats(next, key, at, seats, parts) : null; },
  veto: (doc, { key, panel }, { parts, any }) => { const at = panel && any(panel.voices.length); return panel && ["any", "count"].includes(panel.rule) ? (next) => setVeto(next, key, at, !panel.voices[at].veto, parts) : null; },
  rung: (doc, { key, panel, role }, { parts, pick }) => {
    const kind = pick(KINDS);
    if (rungs(doc, key).length > 3 || (kind === "decide" && rungs(doc, key).some((one) => one.kind === kind))) return null;
    return (next) => {
      const made = addRung(next, key, kind, { held: panel?.voices[0].role || role, advance: readSteps(next).steps.find((one) => one.key === key).advance }, parts);
      const action = next.workflow.actions.find((one) => one.key === made);
      if (kind === "decide") action.legal_basis = copyOf(LAW);
    };
  },
  moment: (doc, { key }, { pick, any }) => {
    const held = pick(rungs(doc, key));
    const [moment, unit, amount] = [pick(MOMENTS), "working_days", 1 + any(2)];
    return held ? (next) => setMoment(next.workflow.actions.find((one) => one.key === held.action.key), moment, { amount, unit }) : null;
  },
  silence: (doc, { key, advance }, { parts, pick }) => {
    const held = pick(rungs(doc, key).filter(({ kind }) => kind === "decide"));
    const refused = doc.workflow.statuses.find((one) => isFinal(doc, one.key, "refused"));
    const to = pick([advance.to, refused?.key].filter(Boolean));
    return held ? (next) => decide(next, next.workflow.actions.find((one) => one.key === held.action.key), to, parts) : null;
  },
  lessRung: (doc, { key }, { pick }) => { const held = pick(rungs(doc, key)); return held ? (next) => removeRung(next, held.action.key) : null; },
  apart: (doc, step, { pick, steps }) => {
    const before = pick(steps.slice(0, steps.findIndex((one) => one.key === step.key)));
    return before ? (next) => {
      const [mine, other] = [step.key, before.key].map((key) => readSteps(next).steps.find((one) => one.key === key));
      setApart(next, mine, other, !areApart(next, mine, other));
    } : null;
  },
  days: (doc, { key }, { any }) => { const amount = any(4); return (next) => { if (amount) status(next, key).due = { amount, unit: "working_days" }; else delete status(next, key).due; }; },
  page: (doc, { key, panel, role, advance }, { parts }) => (panel || advance.ask?.page ? null : (next) => {
    const held = readSteps(next).steps.find((one) => one.key === key).advance;
    setAsked(held, "page", officerPage(next, role, parts.officer_page));
  }),
  way: (doc, _step, { pick, paths, parts, any }) => { const path = pick(paths); return any(6) ? null : (next) => takePath(next, path, { parts }); },
  tick: (doc, _step, { ticks, parts, pick }) => {
    const way = followedWay(doc, ticks);
    const option = way && pick(way.options);
    return option && placeOf(doc, way, option.key) >= 0 ? (next) => addOptional(next, way, option.key, { parts }) : null;
  },
};

export function play(doc, names, count, random, more) {
  const any = (most) => Math.floor(random() * most);
  const pick = (list) => list[any(list.length)];
  const done = [];
  for (let at = 0; at < count; at += 1) {
    const { steps, drawable } = readSteps(doc);
    if (!drawable) throw new Error(`no list any more after ${done.join(", ")}`);
    const name = pick(names);
    const step = pick(steps);
    const change = SWITCHES[name](doc, step, { any, pick, steps, ...more });
    if (!change) continue;
    done.push(`${name} ${step.key}`);
    const tidy = (one) => withRepair(one, (other) => tidied(other, change, more.parts));
    const { ready, own } = leaving(doc, tidy, more.parts);
    tidy(doc);
    takeOut(doc, [...ready, ...own].map(({ key }) => key));
  }
  return done;
}
