// More is asked after an answer: where that stands, under which condition, and what may be asked behind what comes later.
import assert from "node:assert/strict";
import { test } from "node:test";

import { addBranchGroup, addBranchPage, answersOf, branchTitle, followUps, mayHavePage } from "../../../builder/panel/assets/branching.js";
import { consequences } from "../../../builder/panel/assets/consequences.js";
import { laterSources, moveBehind } from "../../../builder/panel/assets/later.js";
import { addPage, splitPage } from "../../../builder/panel/assets/moving.js";
import { outline, question } from "../../../builder/panel/assets/outline.js";
import { learn } from "../../../builder/panel/assets/world.js";

learn({ values: { text: "text", choice: "text", choices: "choices", boolean: "boolean", integer: "number" } });

const text = (key, more = {}) => ({ key, type: "text", label: { id: key }, ...more });
const options = ["a", "b"].map((value) => ({ value, label: { id: value.toUpperCase() } }));
const service = () => ({
  key: "uji", languages: ["id"], workflow: { start: "x", roles: [], statuses: [], actions: [] },
  pages: [
    { key: "satu", title: { id: "Satu" }, fields: [text("nama"), { key: "jenis", type: "choice", label: { id: "Jenis" }, options }, text("akhir")] },
    { key: "dua", title: { id: "Dua" }, fields: [{ key: "ada", type: "boolean", label: { id: "Ada?" } }] },
    { key: "telaah", title: { id: "Telaah" }, for: "petugas", fields: [text("catatan"), { key: "layak", type: "boolean", label: { id: "Layak?" } }] },
  ],
});
const order = (doc) => doc.pages.map(({ key }) => key);
const keys = (doc, page = 0) => doc.pages[page].fields.map(({ key }) => key);

test("pages after an answer stand in the order they were begun, before what all are asked", () => {
  const doc = service();
  const made = ["a", "b"].map((value) => addBranchPage(doc, "jenis", value, { id: value }));
  assert.deepEqual(order(doc), ["satu", ...made, "dua", "telaah"]);
  assert.deepEqual(doc.pages[2].visible, { "==": [{ var: "jenis" }, "b"] });
  assert.deepEqual(answersOf(doc, question(doc, "jenis").field).map(({ value }) => followUps(doc, question(doc, "jenis"), value).map(({ page }) => page.key)), made.map((key) => [key]));
});

test("beginning a page after an answer asks about nothing", () => {
  assert.deepEqual(consequences(service(), (doc) => addBranchPage(doc, "jenis", "a", { id: "A" })), []);
});

test("what is asked after an answer is called by the question and the answer, where a language has both", () => {
  const title = (label, answer, more) => branchTitle({ languages: ["id", "en"] }, { label, ...more }, answer);
  const yes = { id: "Ya", en: "Yes" };
  assert.deepEqual(title({ id: "Pakai tenda?", en: "A tent?" }, yes), { id: "Pakai tenda? Ya", en: "A tent? Yes" });
  assert.deepEqual(title({ id: "Jenis acara." }, { id: "Konser" }), { id: "Jenis acara: Konser" });
  assert.deepEqual(title("Jenis: ", { id: "Konser", en: "Concert" }), { id: "Jenis: Konser" });
  assert.deepEqual(title({ id: "Di {desa} ada pos?" }, yes, { chips: true }), { id: "Di … ada pos? Ya" });
  assert.equal(title({ id: "a".repeat(90) }, yes).id, `${"a".repeat(80)}… Ya`);
  assert.deepEqual(title({ id: "" }, yes), yes);
  assert.deepEqual(title({ id: "Jenis" }, { id: "" }), { id: "Jenis" });
});

test("a group after an answer stands right behind the question, also behind the group that it is in", () => {
  const doc = service();
  assert.deepEqual(["a", "b"].map((value) => addBranchGroup(doc, "jenis", value, { id: value })), ["#a", "#b"]);
  assert.deepEqual(keys(doc), ["nama", "jenis", "a", "b", "akhir"]);
  doc.pages[1].fields = [{ key: "kelompok", type: "group", label: { id: "K" }, fields: [{ key: "ada", type: "boolean", label: { id: "Ada?" } }] }];
  addBranchGroup(doc, "ada", false, { id: "Tidak" });
  assert.deepEqual(keys(doc, 1), ["kelompok", "tidak"]);
  assert.deepEqual(followUps(doc, question(doc, "ada"), false).map(({ place }) => place.id), ["#tidak"]);
  assert.deepEqual(followUps(doc, question(doc, "ada"), true), []);
});

test("of several answers one is enough", () => {
  const doc = service();
  question(doc, "jenis").field.type = "choices";
  addBranchGroup(doc, "jenis", "a", { id: "A" });
  assert.deepEqual(question(doc, "#a").field.visible, { in: ["a", { var: "jenis" }] });
});

test("no page of its own follows what officers answer or what stands in rows, and long lists offer nothing", () => {
  const doc = service();
  doc.pages[0].fields.push({ key: "anak", type: "repeat", label: { id: "Anak" }, fields: [{ key: "sekolah", type: "boolean", label: { id: "Sekolah?" } }] });
  assert.deepEqual(["jenis", "layak", "anak/sekolah"].map((id) => mayHavePage(doc, question(doc, id))), [true, false, false]);
  const many = Array.from({ length: 13 }, (_none, at) => ({ value: `v${at}`, label: { id: `V${at}` } }));
  assert.deepEqual(answersOf(doc, { type: "choice", options: many }), []);
});

test("a question can go behind what is asked later by the same people, a page behind a later page", () => {
  const doc = service();
  assert.deepEqual(laterSources(doc, { key: "nama" }).map(({ id }) => id), ["jenis", "akhir", "ada"]);
  assert.deepEqual(laterSources(doc, { page: "satu" }).map(({ id }) => id), ["ada"]);
  assert.equal(moveBehind(doc, { key: "nama" }, "ada"), "nama");
  assert.deepEqual(keys(doc, 1), ["ada", "nama"]);
  moveBehind(doc, { page: "satu" }, "ada");
  assert.deepEqual(order(doc), ["dua", "satu", "telaah"]);
});

test("a group goes behind the group of what is asked later, and what it holds is no later question", () => {
  const doc = service();
  doc.pages[0].fields.unshift({ key: "g", type: "group", label: { id: "G" }, fields: [text("isi")] });
  doc.pages[1].fields = [{ key: "h", type: "group", label: { id: "H" }, fields: doc.pages[1].fields }];
  assert.ok(!laterSources(doc, { key: "#g" }).some(({ id }) => id === "isi"));
  moveBehind(doc, { key: "#g" }, "ada");
  assert.deepEqual(keys(doc, 1), ["h", "g"]);
});

test("a page begins with a question and keeps the condition and the filler of the one before", () => {
  const doc = service();
  doc.pages[0].visible = { answered: [{ var: "nama" }] };
  const made = splitPage(doc, "jenis", { id: "Lanjutan" });
  assert.deepEqual(order(doc), ["satu", made, "dua", "telaah"]);
  assert.deepEqual([keys(doc), keys(doc, 1)], [["nama"], ["jenis", "akhir"]]);
  assert.deepEqual(doc.pages[1].visible, doc.pages[0].visible);
  assert.equal(addPage(doc, { id: "Baru" }, 1), order(doc)[1]);
  assert.equal(outline(doc).length, 6);
});
