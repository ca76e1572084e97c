// What clumsy clicks on the tab Approval must not leave behind, one by one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { removeVoice, setVoice } from "../../../builder/panel/assets/deciders.js";
import { addRung, rungs, setMoment, timeOf } from "../../../builder/panel/assets/rungs.js";
import { rungDoubts, stepDoubts } from "../../../builder/panel/assets/stepdoubts.js";
import { lostReturns, moveStep, readSteps, removeStep, setTogether } from "../../../builder/panel/assets/steps.js";
import { provideRole } from "../../../builder/panel/assets/stepsettings.js";

const { document: blank, parts, paths } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
function began(key) {
  const doc = structuredClone(blank);
  takePath(doc, paths.find((one) => one.key === key), { parts });
  return doc;
}
const step = (doc, key) => readSteps(doc).steps.find((one) => one.key === key);
const doubts = (doc, key) => {
  const panel = { t: (name, { number } = {}) => `${name} ${number || ""}`.trim(), language: "id", store: { doc } };
  return [...stepDoubts(panel, step(doc, key), readSteps(doc).steps), ...rungDoubts(panel, step(doc, key))];
};
const add = (doc, key, kind) => addRung(doc, key, kind, { held: "counter", advance: step(doc, key).advance }, parts);

test("a line that is added strikes at a moment of its own, also where there is no time limit", () => {
  const doc = began("kelurahan");
  delete step(doc, "check").status.due;
  for (const kind of ["remind", "remind", "decide", "escalate"]) add(doc, "check", kind);
  assert.deepEqual(rungs(doc, "check").map(({ action }) => timeOf(action).amount), [5, 6, 7, 8]);
  assert.deepEqual(doubts(doc, "check"), []);
});

test("lines that were set to one moment, or count from nothing, are told on their step only", () => {
  const doc = began("kelurahan");
  const [first, second] = ["remind", "decide"].map((kind) => add(doc, "check", kind)).map((made) => doc.workflow.actions.find(({ key }) => key === made));
  setMoment(second, "before:due", { ...timeOf(first) });
  assert.deepEqual(doubts(doc, "check"), ["doubt_step_moment"]);
  setMoment(second, "before:due", { amount: 1, unit: "working_hours" });
  assert.deepEqual(doubts(doc, "check"), []);
  delete step(doc, "check").status.due;
  assert.deepEqual(doubts(doc, "check"), ["doubt_step_due"]);
  assert.deepEqual(doubts(doc, "initial"), []);
});

test("steps of one name are told by the number of the other; steps without a name are not", () => {
  const doc = began("kelurahan");
  step(doc, "sign").status.title = { id: " pemeriksaan BERKAS" };
  assert.deepEqual(["check", "initial", "sign"].map((key) => doubts(doc, key)), [["doubt_step_name 3"], [], ["doubt_step_name 1"]]);
  for (const key of ["check", "sign"]) step(doc, key).status.title = { id: "" };
  assert.deepEqual(doubts(doc, "check"), []);
});

test("deciding by silence that leads on to a step brings no notice that nobody sends", () => {
  const doc = began("dukcapil");
  add(doc, "check", "decide");
  assert.equal(doc.messages.some(({ key }) => key === "declined"), false);
});

test("who chooses the next officer and who is chosen go together when several decide", () => {
  const chosen = began("fasilitas");
  moveStep(chosen, "assign", 1);
  assert.equal(Boolean(step(chosen, "assign").advance.ask.person), true);
  setTogether(chosen, "answer", true, { title: { id: "Rapat" }, parts });
  assert.equal(step(chosen, "assign").advance.ask.person, undefined);
  const chooser = began("fasilitas");
  setTogether(chooser, "assign", true, { title: { id: "Rapat" }, parts });
  assert.equal(step(chooser, "study").status.tasks, undefined);
});

test("reminders go to those who decide now", () => {
  const doc = began("bantuan");
  const reminded = () => rungs(doc, "meeting").map(({ action }) => action.effects[0].to.role);
  const held = provideRole(doc, { key: "", title: { id: "Camat" } });
  setVoice(doc, "meeting", 0, { held, title: { id: "Camat" } }, parts);
  assert.deepEqual(reminded(), [held]);
  const permit = began("ptsp");
  removeVoice(permit, "recommend", 0, parts);
  assert.deepEqual(rungs(permit, "recommend").map(({ action }) => action.effects[0].to.role), ["spatial_planner"]);
});

test("a correction that came back to a step that goes comes back to the first", () => {
  const doc = began("kelurahan");
  doc.workflow.actions.find((one) => one.ask?.answers).to = "initial";
  removeStep(doc, "initial");
  assert.equal(doc.workflow.actions.find((one) => one.ask?.answers).to, "check");
});

test("steps that can send back to nobody any more are named, those that still can are not", () => {
  const doc = began("kelurahan");
  const before = JSON.stringify(doc);
  assert.deepEqual(lostReturns(doc, (one) => removeStep(one, "check")).map(({ key }) => key), ["initial", "sign"]);
  assert.deepEqual(lostReturns(doc, (one) => moveStep(one, "initial", -1)).map(({ key }) => key), ["initial"]);
  assert.deepEqual(lostReturns(doc, (one) => removeStep(one, "initial")), []);
  assert.equal(JSON.stringify(doc), before);
});
