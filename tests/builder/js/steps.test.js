import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { areApart, setApart } from "../../../builder/panel/assets/apart.js";
import { conditionOf, setCondition, skipOf } from "../../../builder/panel/assets/onlyif.js";
import { addStep, moveStep, readSteps, removeStep } from "../../../builder/panel/assets/steps.js";
import {
  mayEdit, provideRole, registerOf, setAgain, setBack, setEdit, setNumber, setPick, setRefuse, setRole, workersIn,
} from "../../../builder/panel/assets/stepsettings.js";

// Written by the Python side, so that both work on what a new service really starts with.
const { document: blank, parts } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
const fresh = () => JSON.parse(JSON.stringify(blank));
const order = (doc) => readSteps(doc).steps.map(({ key }) => key);
const action = (doc, key) => doc.workflow.actions.find((one) => one.key === key);
const two = () => {
  const doc = fresh();
  const key = addStep(doc, { title: { id: "Tanda tangan", en: "Signature" }, role: "officer", parts });
  return { doc, key };
};

test("a new service is a list of one step", () => {
  assert.deepEqual(order(fresh()), ["check"]);
  assert.equal(readSteps(fresh()).drawable, true);
});

test("an added step stands last, may return and refuse, and grants", () => {
  const { doc, key } = two();
  assert.deepEqual(order(doc), ["check", key]);
  const { steps } = readSteps(doc);
  assert.equal(action(doc, "approve_check").to, key);
  assert.equal(action(doc, "approve_check").effects, undefined);
  assert.deepEqual(steps[1].advance.effects, [{ mail: "granted", to: "applicant" }]);
  assert.equal(steps[1].back.length, 1);
  assert.equal(steps[1].refuse.length, 1);
  assert.equal(action(doc, "resubmit").to, "check");
});

test("steps change places, and corrections come back to the first of them", () => {
  const { doc, key } = two();
  moveStep(doc, key, -1);
  assert.deepEqual(order(doc), [key, "check"]);
  assert.equal(doc.workflow.start, key);
  assert.equal(action(doc, "resubmit").to, key);
  assert.equal(action(doc, "approve_check").to, "granted");
  assert.deepEqual(action(doc, "approve_check").effects, [{ mail: "granted", to: "applicant" }]);
  moveStep(doc, key, -1);
  assert.deepEqual(order(doc), [key, "check"]);
});

test("a removed step leaves nothing behind that names it; the last one stays", () => {
  const { doc, key } = two();
  removeStep(doc, "check");
  assert.deepEqual(order(doc), [key]);
  assert.equal(JSON.stringify(doc.workflow).includes('"check"'), false);
  assert.equal(doc.workflow.start, key);
  removeStep(doc, key);
  assert.deepEqual(order(doc), [key]);
});

test("what a step may do is switched on and off without touching the others", () => {
  const { doc, key } = two();
  setBack(doc, key, false, parts);
  setRefuse(doc, "check", false, parts);
  const [first, second] = readSteps(doc).steps;
  assert.deepEqual([first.back.length, first.refuse.length, second.back.length, second.refuse.length], [1, 0, 0, 1]);
  setBack(doc, key, true, parts);
  assert.equal(readSteps(doc).steps[1].back[0].to, "correction");
});

test("switching the first return on provides the waiting status and the way back", () => {
  const doc = fresh();
  setBack(doc, "check", false, parts);
  doc.workflow.statuses = doc.workflow.statuses.filter(({ key }) => key !== "correction");
  doc.workflow.actions = doc.workflow.actions.filter(({ key }) => key !== "resubmit");
  doc.messages = [];
  setBack(doc, "check", true, parts);
  const back = doc.workflow.actions.find((one) => one.ask?.answers);
  assert.deepEqual([back.from, back.to], [["correction"], "check"]);
  assert.deepEqual(doc.messages.map(({ key }) => key), ["correction"]);
});

test("a step gets its own role; a role nobody has any more goes away", () => {
  const { doc, key } = two();
  const role = provideRole(doc, { title: { id: "Lurah", en: "Head of village" } });
  setRole(doc, key, role);
  assert.deepEqual(readSteps(doc).steps.map((step) => step.role), ["officer", "lurah"]);
  setRole(doc, key, "officer");
  assert.deepEqual(doc.workflow.roles.map((one) => one.key), ["officer"]);
});

test("an action that two steps share is split when one of them changes hands", () => {
  const { doc, key } = two();
  setRefuse(doc, key, false, parts);
  action(doc, "refuse_check").from.push(key);
  setRole(doc, key, provideRole(doc, { title: { id: "Lurah" } }));
  const refusals = doc.workflow.actions.filter((one) => one.to === "refused");
  assert.deepEqual(refusals.map((one) => [one.from, one.who.role]), [[["check"], "officer"], [[key], "lurah"]]);
  assert.equal(new Set(doc.workflow.actions.map((one) => one.key)).size, doc.workflow.actions.length);
});

test("a number comes from a series, and the series goes with the last number", () => {
  const { doc, key } = two();
  const approval = () => readSteps(doc).steps.find((one) => one.key === key).advance;
  setNumber(doc, approval(), true, parts);
  assert.equal(registerOf(doc, approval()).key, doc.workflow.registers[0].key);
  setNumber(doc, approval(), false, parts);
  assert.equal(doc.workflow.registers, undefined);
});

test("the officer of a step may put answers right, and so may who takes the step over", () => {
  const { doc, key } = two();
  const held = () => doc.workflow.statuses.find((one) => one.key === key);
  assert.deepEqual(workersIn(doc, key), ["officer"]);
  assert.equal(mayEdit(doc, key, "officer"), false);
  setEdit(doc, key, "officer", true);
  setEdit(doc, key, "officer", true);
  assert.deepEqual(held().edit, ["officer"]);
  setRole(doc, key, provideRole(doc, { key: "", title: { id: "Lurah" } }));
  assert.deepEqual(held().edit, ["lurah"]);
  assert.deepEqual(workersIn(doc, key), ["lurah"]);
  setEdit(doc, key, "lurah", false);
  assert.equal("edit" in held(), false);
});

test("nobody works where the applicant is waited for", () => {
  const doc = fresh();
  const waiting = doc.workflow.statuses.find((one) => one.kind === "applicant");
  assert.deepEqual(workersIn(doc, waiting.key), []);
});

test("a workflow with a branch is not drawn, and list operations leave it alone", () => {
  const { doc, key } = two();
  doc.workflow.actions.push({ key: "shortcut", title: { id: "Langsung" }, from: ["check"], to: "granted", who: { role: "officer" }, tone: "advance" });
  assert.equal(readSteps(doc).drawable, false);
  const before = JSON.stringify(doc);
  moveStep(doc, key, -1);
  removeStep(doc, key);
  assert.equal(JSON.stringify(doc), before);
});

test("a step is put in after another one, and what it approves goes on as before", () => {
  const { doc, key } = two();
  const added = addStep(doc, { title: { id: "Paraf" }, role: "officer", parts, after: "check" });
  assert.deepEqual(order(doc), ["check", added, key]);
  assert.equal(action(doc, "approve_check").to, added);
  assert.equal(readSteps(doc).steps[1].advance.to, key);
});

test("numbers and letters of a removed step go on with the step beside it", () => {
  const { doc, key } = two();
  const { advance } = readSteps(doc).steps[1];
  setNumber(doc, advance, true, parts);
  advance.effects.push({ letter: "surat" });
  removeStep(doc, key);
  const [only] = readSteps(doc).steps;
  assert.deepEqual(only.advance.changes, [{ number: doc.workflow.registers[0].key }]);
  assert.deepEqual(only.advance.effects, [{ letter: "surat" }, { mail: "granted", to: "applicant" }]);
});

test("a step sends back only to one before it, also after they have changed places", () => {
  const { doc, key } = two();
  setAgain(doc, key, "check", parts);
  assert.equal(readSteps(doc).drawable, true);
  assert.equal(readSteps(doc).steps[1].again[0].to, "check");
  moveStep(doc, key, -1);
  assert.deepEqual(readSteps(doc).steps.map((step) => step.again.length), [0, 0]);
});

test("whoever approves may choose the next officer, and no trace is left when they do not", () => {
  const { doc, key } = two();
  const before = JSON.stringify(doc);
  setPick(doc, action(doc, "approve_check"), key, true);
  const held = () => doc.workflow.statuses.find((one) => one.key === key);
  assert.equal(held().tasks[0].assign, "chosen");
  assert.equal(action(doc, "approve_check").ask.person, held().tasks[0].key);
  const picked = JSON.parse(JSON.stringify(doc));
  setPick(doc, action(doc, "approve_check"), key, false);
  assert.equal(JSON.stringify(doc), before);
  moveStep(picked, key, -1);
  assert.equal(JSON.stringify(picked).includes("chosen"), false);
  assert.equal(JSON.stringify(picked).includes('"person"'), false);
});

test("two steps are done by two people, and what else is kept apart stays so", () => {
  const { doc, key } = two();
  const third = addStep(doc, { title: { id: "Serah", en: "Hand over" }, role: "officer", parts });
  const [first, second, last] = readSteps(doc).steps;
  assert.equal(areApart(doc, second, first), false);
  setApart(doc, second, first, true);
  setApart(doc, second, first, true);
  assert.deepEqual(doc.workflow.separate, [[`approve_${key}`, "approve_check"]]);
  doc.workflow.separate = [["approve_check", `approve_${key}`, `approve_${third}`]];
  setApart(doc, last, first, false);
  assert.deepEqual([areApart(doc, first, second), areApart(doc, first, last), areApart(doc, second, last)], [true, false, true]);
  setApart(doc, second, first, false);
  setApart(doc, last, second, false);
  assert.equal("separate" in doc.workflow, false);
});

test("a step that is done with some applications only lets the others pass, wherever it stands", () => {
  const { doc, key } = two();
  const large = { ">": [{ var: "income" }, 5000000] };
  setCondition(doc, { key: "check", to: key }, large, parts);
  const skip = skipOf(doc, "check");
  assert.deepEqual([skip.who, skip.to, skip.when, skip.effects], ["system", key, { "!": [{ default: [large, false] }] }, undefined]);
  assert.deepEqual([conditionOf(doc, "check"), conditionOf(doc, key), readSteps(doc).drawable], [large, undefined, true]);
  moveStep(doc, "check", 1);
  assert.deepEqual([skipOf(doc, "check").to, skipOf(doc, "check").effects], ["granted", [{ mail: "granted", to: "applicant" }]]);
  moveStep(doc, "check", -1);
  const third = addStep(doc, { title: { id: "Paraf", en: "Initials" }, role: "officer", parts, after: "check" });
  assert.equal(skipOf(doc, "check").to, third);
  setCondition(doc, { key: "check", to: third }, { ">": [{ var: "income" }, 7] }, parts);
  assert.equal(doc.workflow.actions.filter((one) => one.when).length, 1);
  removeStep(doc, third);
  assert.equal(skipOf(doc, "check").to, key);
  setCondition(doc, { key: "check", to: key }, undefined, parts);
  assert.equal(skipOf(doc, "check"), undefined);
});
