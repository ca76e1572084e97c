// Optional steps of a way are ticked later as if they had been ticked at once, and unticked as if they had never been.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { addOptional, followedWay, placeOf } from "../../../builder/panel/assets/optionalsteps.js";
import { withRepair } from "../../../builder/panel/assets/stepnames.js";
import { leaving, takeOut } from "../../../builder/panel/assets/steppages.js";
import { addStep, moveStep, readSteps, removeStep } from "../../../builder/panel/assets/steps.js";
import { setBack } from "../../../builder/panel/assets/stepsettings.js";
import { tidied } from "../../../builder/panel/assets/tidysteps.js";

const { document: blank, parts, paths, ticks } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
const order = (doc) => readSteps(doc).steps.map(({ key }) => key);
function change(doc, work) {
  const whole = (one) => withRepair(one, (other) => tidied(other, work, parts));
  const { ready } = leaving(doc, whole, parts);
  whole(doc);
  takeOut(doc, ready.map(({ key }) => key));
}
function began(fit) {
  const doc = structuredClone(blank);
  change(doc, (one) => takePath(one, paths.find(({ key }) => key === fit), { parts }));
  return doc;
}
const tickOn = (doc, key) => change(doc, (one) => addOptional(one, followedWay(one, ticks), key, { parts }));
const tickOff = (doc, key) => change(doc, (one) => removeStep(one, key));
/** The document with everything whose order says nothing in one order. */
const settled = (doc) => {
  const next = structuredClone(doc);
  next.workflow.roles.sort((one, other) => one.key.localeCompare(other.key));
  next.messages.sort((one, other) => one.key.localeCompare(other.key));
  for (const action of next.workflow.actions) action.from.sort();
  return next;
};
const optional = ticks.flatMap((way) => way.options.map(({ key }) => [way.key, key]));

test("each way is known again by its steps, and a new service follows none", () => {
  for (const { key } of paths) assert.equal(followedWay(began(key), ticks).key, key.split("+")[0], key);
  assert.equal(followedWay(blank, ticks), undefined);
});

test("a way that lost a step or got words of its own is known still, and is not taken for another", () => {
  for (const { key } of paths.filter((one) => !one.key.includes("+"))) {
    for (const gone of order(began(key))) {
      const doc = began(key);
      change(doc, (one) => removeStep(one, gone));
      const found = followedWay(doc, ticks);
      if (order(doc).length > 1) assert.equal(found?.key, key, `${key} without ${gone}`);
    }
  }
  const doc = began("kelurahan");
  for (const one of doc.workflow.statuses) one.title = { id: `${one.title.id} kami` };
  assert.equal(followedWay(doc, ticks).key, "kelurahan");
});

test("a step ticked later makes the service it would have been, and unticked the service it was", () => {
  assert.equal(optional.length > 1, true);
  for (const [way, key] of optional) {
    const doc = began(way);
    const before = structuredClone(doc);
    tickOn(doc, key);
    assert.deepEqual(settled(doc), settled(began(`${way}+${key}`)), key);
    tickOff(doc, key);
    assert.deepEqual(doc, before, key);
  }
  const both = began("kelurahan");
  tickOn(both, "secretary");
  tickOn(both, "neighbourhood");
  assert.deepEqual(settled(both), settled(began("kelurahan+neighbourhood+secretary")));
});

test("what was changed since stays: steps of one's own, words, days, offices", () => {
  const doc = began("kelurahan");
  const own = addStep(doc, { title: { id: "Survei" }, role: "section_head", parts, after: "initial" });
  doc.workflow.statuses.find(({ key }) => key === "check").due = { amount: 9, unit: "days" };
  doc.workflow.office = "kantor";
  for (const key of order(doc)) setBack(doc, key, false, parts);
  change(doc, (one) => removeStep(one, "check"));
  tickOn(doc, "secretary");
  tickOn(doc, "neighbourhood");
  assert.deepEqual(order(doc), ["neighbourhood", "initial", own, "secretary", "sign"]);
  assert.equal(doc.workflow.roles.find(({ key }) => key === "village_secretary").where, "office");
  const { steps } = readSteps(doc);
  assert.deepEqual(steps[3].again, []);
  assert.deepEqual(steps[0].back.map(({ to }) => to), ["correction"]);
  const answer = doc.workflow.actions.find((one) => one.ask?.answers);
  assert.equal(answer.to, "neighbourhood");
});

test("where the place cannot be found it is not guessed", () => {
  const way = ticks.find(({ key }) => key === "kelurahan");
  const doc = began("kelurahan");
  moveStep(doc, "sign", -1);
  assert.equal(placeOf(doc, way, "secretary"), -1);
  assert.equal(placeOf(doc, way, "neighbourhood"), 0);
  const branched = began("kelurahan");
  branched.workflow.actions.push({ key: "langsung", title: { id: "Langsung" }, from: ["check"], to: "granted", who: { role: "counter" }, tone: "advance" });
  assert.equal(placeOf(branched, way, "neighbourhood"), -1);
});
