import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { addVoice, makePanel, makeSingle, readPanel, removeVoice, setRule, setSeats, setVeto, setVoice, setVoiceOnly, mayDepend, sureVotes } from "../../../builder/panel/assets/deciders.js";
import { addRung, rungs } from "../../../builder/panel/assets/rungs.js";
import { stepConsequences, withRepair } from "../../../builder/panel/assets/stepnames.js";
import { addStep, moveStep, readSteps, removeStep } from "../../../builder/panel/assets/steps.js";
import { provideRole, setBack } from "../../../builder/panel/assets/stepsettings.js";

const { document: blank, parts, paths } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
const fresh = () => JSON.parse(JSON.stringify(blank));
const held = (doc, key = "check") => doc.workflow.statuses.find((one) => one.key === key);
const head = (doc) => provideRole(doc, { key: "", title: { id: "Camat" } });
const panel = () => {
  const doc = fresh();
  makePanel(doc, "check", { title: { id: "Petugas" } }, parts);
  return doc;
};

test("several decide a step: it stays a step, and nobody decides it alone", () => {
  const doc = panel();
  const { drawable, steps } = readSteps(doc);
  assert.equal(drawable, true);
  assert.equal(steps[0].panel.rule, "all");
  assert.equal(doc.workflow.actions.some((one) => one.tone === "refuse" && one.who.role), false);
  assert.deepEqual(steps[0].advance.effects, [{ mail: "granted", to: "applicant" }]);
});

test("one decides alone again, and the step is as it was", () => {
  const doc = panel();
  makeSingle(doc, "check", parts);
  const sorted = (one) => [...one.workflow.actions].sort((a, b) => a.key.localeCompare(b.key));
  assert.deepEqual(sorted(doc), sorted(fresh()));
  assert.deepEqual(doc.workflow.statuses, fresh().workflow.statuses);
});

test("every rule is read as it was written, with its vetoes", () => {
  const doc = panel();
  addVoice(doc, "check", { held: head(doc), title: { id: "Camat" } }, parts);
  setSeats(doc, "check", 1, 3, parts);
  for (const [rule, count, veto] of [["any", undefined, true], ["count", 2, true], ["count", 4, false], ["heard", undefined, false], ["all", undefined, false]]) {
    setRule(doc, "check", { rule, count }, parts);
    if (["any", "count"].includes(rule)) setVeto(doc, "check", 0, veto, parts);
    const found = readPanel(doc, "check");
    assert.equal(found.rule, rule);
    if (count) assert.equal(found.count, count);
    if (["any", "count"].includes(rule)) assert.equal(found.voices[0].veto, veto);
    assert.equal(readSteps(doc).drawable, true);
    assert.equal(Boolean(found.declined), rule !== "heard");
  }
});

test("no more must agree than there are", () => {
  const doc = panel();
  addVoice(doc, "check", { held: head(doc), title: { id: "Camat" } }, parts);
  setRule(doc, "check", { rule: "count", count: 2 }, parts);
  removeVoice(doc, "check", 1, parts);
  assert.deepEqual(held(doc).complete[0].if, { for: 1 });
  assert.deepEqual(doc.workflow.roles.map(({ key }) => key), ["officer"]);
});

test("one of several is asked under a condition, and what must agree never hangs on them", () => {
  const doc = panel();
  addVoice(doc, "check", { held: head(doc), title: { id: "Camat" } }, parts);
  addVoice(doc, "check", { held: head(doc), title: { id: "Camat" } }, parts);
  setRule(doc, "check", { rule: "count", count: 3 }, parts);
  const condition = { "==": [{ var: "river" }, true] };
  setVoiceOnly(doc, "check", 1, condition, parts);
  const found = readPanel(doc, "check");
  assert.equal(readSteps(doc).drawable, true);
  assert.deepEqual(held(doc).tasks[1].when, condition);
  assert.deepEqual([found.count, sureVotes(found)], [2, 2]);
  setVoiceOnly(doc, "check", 2, condition, parts);
  assert.deepEqual([0, 1, 2].map((at) => mayDepend(readPanel(doc, "check"), at)), [false, true, true]);
  removeVoice(doc, "check", 0, parts);
  assert.deepEqual(held(doc).tasks.map(({ when }) => when), [undefined, condition]);
  setVoiceOnly(doc, "check", 1, undefined, parts);
  assert.equal("when" in held(doc).tasks[1], false);
});

test("each of those who decide may return a case, if one may", () => {
  const doc = panel();
  const returning = () => doc.workflow.actions.filter((one) => one.to === "correction").map((one) => one.who.role).sort();
  addVoice(doc, "check", { held: head(doc), title: { id: "Camat" } }, parts);
  assert.deepEqual(returning(), ["camat", "officer"]);
  setVoice(doc, "check", 0, { held: "camat", title: { id: "Camat" } }, parts);
  assert.deepEqual(returning(), ["camat"]);
  setBack(doc, "check", false, parts);
  assert.deepEqual(returning(), []);
});

test("a step of several moves and goes like any other", () => {
  const doc = panel();
  const key = addStep(doc, { title: { id: "Tanda tangan" }, role: "officer", parts });
  moveStep(doc, key, -1);
  assert.deepEqual(readSteps(doc).steps.map((one) => one.key), [key, "check"]);
  assert.equal(readSteps(doc).drawable, true);
  removeStep(doc, "check");
  assert.equal(JSON.stringify(doc.workflow).includes('"check"'), false);
});

test("a rule that the switches cannot say is left alone", () => {
  for (const change of [
    (doc) => { held(doc).complete[0].when = { "==": [1, 1] }; },
    (doc) => { held(doc).tasks[0].after = ["x"]; },
    (doc) => { held(doc).tasks[0].outcomes.push({ key: "abstain", title: { id: "Abstain" }, counts: "abstain" }); },
    (doc) => { held(doc).complete.push({ if: { against: 2 }, do: held(doc).complete[0].do }); },
  ]) {
    const doc = panel();
    change(doc);
    assert.equal(readSteps(doc).drawable, false);
    const before = JSON.stringify(doc);
    moveStep(doc, "check", 1);
    removeStep(doc, "check");
    assert.equal(JSON.stringify(doc), before);
  }
});

test("what happens when it takes long is read as it was written, and follows the step", () => {
  const doc = fresh();
  const [{ advance }] = readSteps(doc).steps;
  for (const kind of ["remind", "escalate", "decide"]) addRung(doc, "check", kind, { held: "officer", advance }, parts);
  assert.deepEqual(rungs(doc, "check").map(({ kind }) => kind), ["remind", "escalate", "decide"]);
  const key = addStep(doc, { title: { id: "Tanda tangan" }, role: "officer", parts });
  const [, , silence] = rungs(doc, "check");
  assert.equal(silence.action.to, key);
  assert.equal(silence.action.effects, undefined);
});

for (const path of paths) {
  test(`the way “${path.key}” is a list of steps, and taking it keeps what the service prints and asks`, () => {
    const doc = fresh();
    doc.letters = [{ key: "surat", title: { id: "Surat" }, register: "agenda", signer: { action: "approve_check" } }];
    doc.workflow.registers = [{ key: "agenda", title: { id: "Agenda" }, pattern: "{number}" }];
    doc.workflow.actions[0].effects.push({ letter: "surat" });
    doc.pages.push({ key: "hasil", title: { id: "Hasil" }, for: "officer", fields: [] });
    doc.workflow.separate = [["approve_check", "return_check"]];
    doc.stories = [{ key: "cerita", title: { id: "Cerita" }, steps: [{ by: "officer", do: "no_more" }] }, { key: "lain", title: { id: "Lain" }, steps: [{ by: "officer", do: "approve_check" }] }];
    const before = JSON.stringify(doc);
    const change = (one) => takePath(one, path, { parts });
    const lost = stepConsequences(doc, change).map(({ what }) => what);
    assert.equal(JSON.stringify(doc), before);
    withRepair(doc, change);
    const { drawable, steps } = readSteps(doc);
    assert.equal(drawable, true);
    assert.deepEqual(steps.map((step) => step.key), path.workflow.statuses.filter(({ kind }) => kind === "work").map(({ key }) => key));
    assert.equal(JSON.stringify(steps.at(-1).advance.effects).includes('"letter":"surat"'), true);
    assert.deepEqual(doc.workflow.registers.map(({ key }) => key), ["agenda"]);
    assert.equal(doc.workflow.roles.some(({ key }) => key === "officer"), true);
    const signing = doc.workflow.actions.some((one) => one.key === "approve_check");
    assert.equal("signer" in doc.letters[0], signing);
    assert.equal(lost.includes("signer"), !signing);
    assert.equal(lost.includes("story_whole"), !signing);
    assert.deepEqual(doc.stories.map(({ key }) => key).includes("cerita"), true);
  });
}
