// Pages of officers' questions come with the steps that ask for them, and go with them unless somebody made them their own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { makeSingle, removeVoice, setVoice } from "../../../builder/panel/assets/deciders.js";
import { withRepair } from "../../../builder/panel/assets/stepnames.js";
import { asked, isReady, leaving, takeOut } from "../../../builder/panel/assets/steppages.js";
import { readSteps, removeStep } from "../../../builder/panel/assets/steps.js";
import { provideRole, setAsked } from "../../../builder/panel/assets/stepsettings.js";
import { tidied } from "../../../builder/panel/assets/tidysteps.js";

const { document: blank, parts, paths } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
const path = (key) => paths.find((one) => one.key === key);
const keys = (pages) => pages.map(({ key }) => key);
const byKey = (pages) => Object.fromEntries(pages.map((page) => [page.key, page]));
const field = (doc, key) => doc.pages.flatMap((page) => page.fields).find((one) => one.key === key);

/** Changes a service as the editor does when everything is answered with yes; returns what was asked about. */
function change(doc, work, { released = [] } = {}) {
  const whole = (one) => withRepair(one, (other) => tidied(other, (another) => work(another, { parts, released }), parts));
  const { ready, own, lost } = leaving(doc, whole, parts);
  whole(doc);
  takeOut(doc, keys([...ready, ...own]));
  return { went: keys(ready), asked: keys(own), lost: lost.map(({ naming }) => naming.what) };
}
const take = (key) => (doc, how) => takePath(doc, path(key), how);
const began = (key) => {
  const doc = structuredClone(blank);
  change(doc, take(key));
  return doc;
};

test("a way brings its pages, each for whoever is asked for it, and takes them again when another is chosen", () => {
  for (const { key } of paths) {
    const doc = began(key);
    assert.deepEqual(keys(doc.pages), ["page_1", ...keys(path(key).pages)]);
    assert.deepEqual([...asked(doc)].sort(), keys(path(key).pages).sort());
    assert.deepEqual(doc.pages.slice(1).map((page) => page.for), path(key).pages.map((page) => page.for));
    for (const other of paths) {
      const changed = structuredClone(doc);
      const { asked: about } = change(changed, take(other.key));
      assert.deepEqual(about, []);
      assert.deepEqual(byKey(changed.pages), byKey(began(other.key).pages), `${key} → ${other.key}`);
    }
  }
});

test("a page goes with its step, and with one of those who decide it", () => {
  const doc = began("aduan");
  assert.deepEqual(change(doc, (one) => removeStep(one, "work")), { went: ["work_done"], asked: [], lost: [] });
  assert.equal(doc.workflow.roles.some(({ key }) => key === "liaison"), false);
  const permit = began("ptsp");
  assert.deepEqual(change(permit, (one) => removeVoice(one, "recommend", 1, parts)).went, ["spatial_recommendation"]);
  assert.deepEqual(change(permit, (one) => makeSingle(one, "recommend", parts)).went, []);
  assert.equal(readSteps(permit).steps[2].advance.ask.page, "technical_recommendation");
});

test("what somebody changed or uses is asked about, and may stay", () => {
  const changed = began("aduan");
  field(changed, "work_done_what").required = false;
  assert.deepEqual(change(changed, (one) => removeStep(one, "work")).asked, ["work_done"]);
  const used = began("aduan");
  used.letters = [{ key: "surat", title: { id: "Surat" }, body: [{ details: [{ label: { id: "Hasil" }, value: { id: "{work_done_what}" } }] }] }];
  const said = change(used, (one) => removeStep(one, "work"));
  assert.deepEqual(said.asked, ["work_done"]);
  assert.equal(said.lost.length > 0, true);
  assert.equal(JSON.stringify(used.letters).includes("work_done_what"), false);
  const kept = began("aduan");
  field(kept, "work_done_what").required = false;
  withRepair(kept, (one) => removeStep(one, "work"));
  assert.deepEqual(keys(kept.pages).includes("work_done"), true);
});

test("a page that somebody changed is used again by a way that brings the same one", () => {
  const doc = began("kelurahan");
  field(doc, "documents_note").maxLength = 90;
  assert.deepEqual(change(doc, take("kecamatan")), { went: [], asked: [], lost: [] });
  assert.equal(field(doc, "documents_note").maxLength, 90);
  assert.equal(readSteps(doc).steps[0].advance.ask.page, "document_check");
});

test("keys that the service has itself stay its own, and rules among the new questions follow", () => {
  const doc = structuredClone(blank);
  doc.pages[0].key = "section_check";
  doc.pages[0].fields = [{ key: "site_needed", type: "text", label: { id: "Perlu tempat?" } }];
  change(doc, take("kecamatan"));
  const page = doc.pages.find((one) => one.key === "section_check_2");
  assert.equal(readSteps(doc).steps[1].advance.ask.page, "section_check_2");
  assert.deepEqual(page.fields.slice(0, 2).map(({ key, visible }) => [key, visible]), [
    ["site_needed_2", undefined], ["site_visited_on", { "==": [{ var: "site_needed_2" }, true] }],
  ]);
  assert.equal(isReady(page, parts), true);
  assert.deepEqual(change(doc, take("aduan")).went.includes("section_check_2"), true);
  const other = structuredClone(blank);
  change(other, take("kecamatan"), { released: ["site_needed"] });
  assert.equal(other.pages.find((one) => one.key === "section_check").fields[0].key, "site_needed_2");
});

test("a page follows the vote to whoever has it now", () => {
  const doc = began("ptsp");
  const held = provideRole(doc, { key: "", title: { id: "Camat" } });
  setVoice(doc, "recommend", 1, { held, title: { id: "Camat" } }, parts);
  assert.equal(doc.pages.find(({ key }) => key === "spatial_recommendation").for, held);
  assert.equal(asked(doc).has("spatial_recommendation"), true);
});

test("a new page without a question goes with its step as well", () => {
  const doc = began("kelurahan");
  doc.pages.push({ key: "page_9", title: structuredClone(parts.officer_page), for: "section_head", fields: [] });
  setAsked(readSteps(doc).steps[1].advance, "page", "page_9");
  assert.deepEqual(change(doc, (one) => removeStep(one, "initial")).went, ["page_9"]);
});
