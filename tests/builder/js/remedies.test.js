// The usual mistakes put right by one click: what becomes of the question, and that nothing names what is gone.
import assert from "node:assert/strict";
import { test } from "node:test";

import { broken, carefully } from "../../../builder/panel/assets/consequences.js";
import { outline, question } from "../../../builder/panel/assets/outline.js";
import { becomeKind, divide, pagesToEntries, showAfter, toEntries } from "../../../builder/panel/assets/remedies.js";
import { learn } from "../../../builder/panel/assets/world.js";

learn({ values: { text: "text", choice: "text", boolean: "boolean", date: "date", phone: "text" } });

const text = (key, more = {}) => ({ key, type: "text", label: { id: key, en: key }, ...more });
const service = (fields) => ({
  key: "uji", languages: ["id", "en"], pages: [{ key: "satu", title: { id: "Satu" }, fields }], workflow: { start: "x", roles: [], statuses: [], actions: [] },
});
const ids = (doc) => outline(doc).map(({ id }) => id);

test("a question of another kind keeps its words and rules, and has what the new kind begins with", () => {
  const doc = service([text("hp", { required: true, maxLength: 15, help: { id: "Yang aktif" }, visible: { answered: [{ var: "x" }] } })]);
  becomeKind(doc, "hp", "phone", { label: { id: "Nomor telepon" }, required: true, privacy: "personal", autocomplete: "tel" });
  assert.deepEqual(doc.pages[0].fields[0], {
    key: "hp", type: "phone", label: { id: "hp", en: "hp" }, required: true, help: { id: "Yang aktif" }, visible: { answered: [{ var: "x" }] }, privacy: "personal", autocomplete: "tel",
  });
});

test("two questions of one stand behind each other under the same rules, and other languages keep their words", () => {
  const doc = service([text("ttl", { label: { id: "Tempat, tanggal lahir", en: "Birth" }, required: true, privacy: "personal" }), text("akhir")]);
  const made = divide(doc, "ttl", [["text", { id: "Tempat lahir" }], ["date", { id: "Tanggal lahir" }]]);
  assert.equal(made, "tanggal_lahir");
  assert.deepEqual(ids(doc), ["ttl", "tanggal_lahir", "akhir"]);
  const [first, second] = doc.pages[0].fields;
  assert.deepEqual(first.label, { id: "Tempat lahir", en: "Birth" });
  assert.deepEqual([second.type, second.label, second.required, second.privacy], ["date", { id: "Tanggal lahir" }, true, "personal"]);
});

test("numbered questions become entries where the first stood, without their numbers", () => {
  const doc = service([
    text("awal"), text("nama_1", { required: true }), text("lahir_1", { type: "date" }), text("nama_2"), text("lahir_2", { type: "date" }),
    text("nama_3", { visible: { "==": [{ var: "nama_2" }, "x"] } }), text("akhir"),
  ]);
  const found = { words: { id: "Anak" }, kept: ["nama_1", "lahir_1"], labels: [{ id: "Nama anak" }, { id: "Tanggal lahir anak" }], gone: ["nama_2", "lahir_2", "nama_3"] };
  const made = carefully(doc, (next) => toEntries(next, found));
  assert.deepEqual(ids(doc), ["awal", "anak", "anak/nama_1", "anak/lahir_1", "akhir"]);
  const box = question(doc, made).field;
  assert.deepEqual([box.type, box.item, box.required, box.fields[0].label], ["repeat", { id: "Anak" }, true, { id: "Nama anak" }]);
  assert.deepEqual(broken(doc, new Map()), []);
});

test("so do numbered groups, with what the first of them asks", () => {
  const group = (at) => ({ key: `saksi_${at}`, type: "group", label: { id: `Saksi ${at}` }, fields: [text(`nama_${at}`), text(`umur_${at}`)] });
  const doc = service([group(1), group(2)]);
  toEntries(doc, { words: { id: "Saksi" }, kept: ["#saksi_1"], labels: [{ id: "Saksi" }], gone: ["#saksi_2"] });
  assert.deepEqual(ids(doc), ["saksi", "saksi/nama_1", "saksi/umur_1"]);
});

test("numbered pages become one page with entries, and what named the copies goes with them", () => {
  const page = (at, more = {}) => ({
    key: `anak_${at}`, title: { id: `Data anak ${at}`, en: `Child ${at}` }, ...more,
    fields: [text(`nama_${at}`, { required: true }), { key: `lain_${at}`, type: "group", label: { id: "Lain" }, fields: [text(`lahir_${at}`, { type: "date", label: { id: `Lahir ${at}` } })] }],
  });
  const doc = service([text("awal")]);
  doc.pages.push(page(1), page(2, { visible: { answered: [{ var: "nama_1" }] } }), { key: "akhir", title: { id: "Akhir" }, fields: [text("kota", { visible: { answered: [{ var: "nama_2" }] } })] });
  const found = { words: { id: "Data anak", en: "Child" }, pages: ["anak_1", "anak_2"], labels: { lahir_1: { id: "Lahir" } } };
  const made = carefully(doc, (next) => pagesToEntries(next, found));
  assert.deepEqual(ids(doc).filter((id) => !id.startsWith("#")), ["awal", made, `${made}/nama_1`, `${made}/lahir_1`, "kota"]);
  assert.deepEqual(doc.pages.map(({ key, title }) => [key, title.id]), [["satu", "Satu"], ["anak_1", "Data anak"], ["akhir", "Akhir"]]);
  assert.equal(question(doc, made).field.required, true);
  assert.equal(doc.pages[2].fields[0].visible, undefined);
  assert.deepEqual(broken(doc, new Map()), []);
});

test("a question or page is shown only after the answer it speaks of", () => {
  const doc = service([text("sewa", { type: "boolean" }), text("pemilik")]);
  doc.pages.push({ key: "dua", title: { id: "Dua" }, fields: [] });
  showAfter(doc, { kind: "fields", key: "pemilik" }, { source: "sewa", answer: false });
  showAfter(doc, { kind: "pages", key: "dua" }, { source: "sewa", answer: true });
  assert.deepEqual([question(doc, "pemilik").field.visible, doc.pages[1].visible], [{ "==": [{ var: "sewa" }, false] }, { "==": [{ var: "sewa" }, true] }]);
});
