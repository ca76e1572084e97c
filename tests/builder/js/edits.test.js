// No sequence of edits leaves anything that names nothing, something later or another question; undo brings back exactly what was.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { broken, carefully, consequences } from "../../../builder/panel/assets/consequences.js";
import { copyOf } from "../../../builder/panel/assets/document.js";
import { namings } from "../../../builder/panel/assets/namings.js";
import { outline } from "../../../builder/panel/assets/outline.js";
import { Store } from "../../../builder/panel/assets/store.js";
import { learn } from "../../../builder/panel/assets/world.js";
import { chooser, EDITS, filled, random } from "./edits.js";

const { RAKIT_PANEL_SAMPLE: SAMPLE, RAKIT_EDITS: COUNT = "100", RAKIT_EDITS_SEED: SEED = "1", RAKIT_EDITS_FOUND: FOUND, RAKIT_EDITS_KEPT: KEPT = "1" } = process.env;
const LONGEST = 12;

/** What each rule of a question names, by marks that no edit changes: the question, the rule and what it names. */
function marked(doc) {
  const all = outline(doc);
  const ids = new Set(all.map((one) => one.id));
  const marks = new Map(all.map((one) => [one.id, one.field["x-mark"]]));
  const found = new Map();
  for (const one of namings(doc, all)) {
    const mark = one.owner?.["x-mark"];
    const named = [];
    one.each(ids, (id) => named.push(marks.get(id)));
    if (mark && ["visible", "required", "check", "calculate", "filter", "default"].includes(one.what)) found.set(`${mark} ${one.what}`, named);
  }
  return found;
}

/** Gives every question a mark of its own; a copy gets another than what it was made from. */
function mark(doc, next) {
  const seen = new Set();
  for (const { field } of outline(doc)) {
    if (!field["x-mark"] || seen.has(field["x-mark"])) field["x-mark"] = `m${next()}`;
    seen.add(field["x-mark"]);
  }
}

function play(document, seed, ready, tally) {
  const next = random(seed);
  let marks = 0;
  const number = () => (marks += 1);
  const begun = copyOf(document);
  mark(begun, number);
  const store = new Store(begun);
  const past = [JSON.stringify(store.doc)];
  let before = marked(store.doc);
  let at = 0;
  const steps = 3 + Math.floor(next() * LONGEST);
  for (let step = 0; step < steps; step += 1) {
    const dice = next();
    if (dice < 0.12) {
      assert.equal(store.undo(), at > 0);
      if (at > 0) at -= 1;
      assert.equal(JSON.stringify(store.doc), past[at], "undo brings back exactly what was");
      before = marked(store.doc);
      continue;
    }
    if (dice < 0.18) {
      assert.equal(store.redo(), at < past.length - 1);
      if (at < past.length - 1) at += 1;
      assert.equal(JSON.stringify(store.doc), past[at], "redo brings back exactly what was undone");
      before = marked(store.doc);
      continue;
    }
    const names = Object.keys(EDITS);
    const name = names[Math.floor(next() * names.length)];
    const { doc } = store;
    const seeded = Math.floor(next() * 2 ** 32);
    const change = EDITS[name](doc, chooser(doc, random(seeded)), ready);
    if (!change) continue;
    // The change is played twice, to ask and to do it: it must choose the same both times.
    const again = () => EDITS[name](doc, chooser(doc, random(seeded)), ready);
    const asked = consequences(doc, again());
    tally.asked += asked.length > 0;
    if (asked.length && next() < 0.4) continue;
    store.apply((held) => { carefully(held, again()); mark(held, number); });
    tally.edits[name] = (tally.edits[name] || 0) + 1;
    past.splice(at + 1, past.length, JSON.stringify(store.doc));
    at += 1;
    const wrong = broken(store.doc, new Map());
    assert.deepEqual(wrong.map(({ naming }) => [naming.what, naming.owner?.key]), [], `${name} left a rule without its question`);
    const after = marked(store.doc);
    for (const [rule, named] of after) {
      if (before.has(rule) && name !== "dissolve") assert.deepEqual(named, before.get(rule), `${name} made the rule ${rule} mean another question`);
    }
    before = after;
  }
  while (store.undo()) at -= 1;
  assert.equal(JSON.stringify(store.doc), past[at]);
  while (store.redo()) at += 1;
  assert.equal(JSON.stringify(store.doc), past[at]);
  return store.doc;
}

test("no sequence of edits leaves a rule, letter or story without its question", { skip: !SAMPLE }, () => {
  const { corpus, values, ...ready } = JSON.parse(readFileSync(SAMPLE, "utf8"));
  learn({ values });
  const tally = { asked: 0, edits: {} };
  const found = [];
  for (let run = 0; run < Number(COUNT); run += 1) {
    const from = corpus[run % corpus.length];
    const seed = Number(SEED) * 1_000_003 + run;
    try {
      const document = play(from, seed, ready, tally);
      if (run % Number(KEPT) === 0) found.push({ from: run % corpus.length, seed, document: filled(document) });
    } catch (error) {
      error.message = `seed ${seed}, document ${from.key}: ${error.message}`;
      throw error;
    }
  }
  if (Number(COUNT) >= 200) assert.deepEqual(Object.keys(EDITS).filter((name) => !tally.edits[name]), [], "every edit was made");
  assert.ok(tally.asked > 0, "some edits asked first");
  if (FOUND) writeFileSync(FOUND, found.map((one) => JSON.stringify(one)).join("\n"));
});
