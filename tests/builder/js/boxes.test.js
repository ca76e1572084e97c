// Groups and rows in the outline: where things stand, what they may name, and how they move.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { carefully } from "../../../builder/panel/assets/consequences.js";
import { copyOf } from "../../../builder/panel/assets/document.js";
import {
  addField, beside, dissolve, duplicateField, insert, moveField, removeField, stepField, stepIn, stepOut,
} from "../../../builder/panel/assets/moving.js";
import { dependents, renameField, settleKey } from "../../../builder/panel/assets/names.js";
import { earlier, fits, named, outline, question, questions } from "../../../builder/panel/assets/outline.js";
import { Store } from "../../../builder/panel/assets/store.js";

const text = (key, more = {}) => ({ key, type: "text", label: { id: key }, ...more });

const service = () => ({
  languages: ["id"],
  applicant: { name: "nama" },
  pages: [
    {
      key: "satu",
      fields: [
        { key: "pemohon", type: "group", label: { id: "Pemohon" }, fields: [text("nama"), text("hp")] },
        {
          key: "anak", type: "repeat", label: { id: "Anak" }, row: { check: { answered: [{ var: "nama" }] } },
          fields: [
            text("nama"),
            { key: "sekolah", type: "repeat", label: { id: "Sekolah" }, fields: [text("tahun", { visible: { answered: [{ var: "nama" }] } })] },
            text("umur", { type: "integer" }),
          ],
        },
        { key: "jumlah", type: "integer", label: { id: "Jumlah" }, calculate: { sum: [{ var: "anak" }, { var: "umur" }] } },
      ],
    },
    { key: "dua", fields: [text("alasan", { visible: { answered: [{ var: "nama" }] } })] },
  ],
});

const ids = (doc) => outline(doc).map((one) => one.id);
const found = (doc, id) => dependents(doc, id).map((one) => one.key);

test("every place has a name and the number the citizen meets", () => {
  assert.deepEqual(outline(service()).map((one) => [one.number, one.id]), [
    ["", "#pemohon"], ["1", "nama"], ["2", "hp"], ["3", "anak"], ["3.1", "anak/nama"], ["3.2", "anak/sekolah"],
    ["3.2.1", "anak/sekolah/tahun"], ["3.3", "anak/umur"], ["4", "jumlah"], ["5", "alasan"],
  ]);
  assert.deepEqual(questions(service()).map((one) => one.id), ["nama", "hp", "anak", "jumlah", "alasan"]);
});

test("a rule in a row may name its row first and what comes before outside; rules outside never name rows", () => {
  const doc = service();
  const may = (id) => earlier(doc, id).map((one) => one.id);
  assert.deepEqual(may("anak/umur"), ["hp", "anak/nama", "anak/sekolah"]);
  assert.deepEqual(may("anak/sekolah/tahun"), ["hp", "anak/nama"]);
  assert.deepEqual(may("jumlah"), ["nama", "hp", "anak"]);
  assert.equal(named(doc, ["anak", "sekolah"], "nama"), doc.pages[0].fields[1].fields[0]);
  assert.equal(named(doc, [], "umur"), undefined);
});

test("a new key changes what means that question, and nothing of the same name elsewhere", () => {
  const doc = service();
  assert.deepEqual(found(doc, "nama"), ["alasan"]);
  assert.deepEqual(found(doc, "anak/nama"), ["anak", "tahun"]);
  assert.deepEqual(found(doc, "anak/umur"), ["jumlah"]);
  renameField(doc, "anak/nama", "nama_anak");
  renameField(doc, "anak/umur", "usia");
  renameField(doc, "anak", "putra");
  const [, rows, sum] = doc.pages[0].fields;
  assert.deepEqual(rows.row.check, { answered: [{ var: "nama_anak" }] });
  assert.deepEqual(rows.fields[1].fields[0].visible, { answered: [{ var: "nama_anak" }] });
  assert.deepEqual(sum.calculate, { sum: [{ var: "putra" }, { var: "usia" }] });
  assert.deepEqual(doc.pages[1].fields[0].visible, { answered: [{ var: "nama" }] });
  assert.equal(doc.applicant.name, "nama");
});

test("the format's limits are never offered: no group in a group, two levels of rows", () => {
  const doc = service();
  const group = { type: "group", fields: [] };
  const repeat = { type: "repeat", fields: [text("x")] };
  assert.equal(fits(doc, group, "#pemohon"), false);
  assert.equal(fits(doc, group, "anak/sekolah"), true);
  assert.equal(fits(doc, repeat, "anak"), true);
  assert.equal(fits(doc, repeat, "anak/sekolah"), false);
  assert.equal(fits(doc, { type: "repeat", fields: [repeat] }, "anak"), false);
  assert.equal(fits(doc, question(doc, "anak").field, "anak/sekolah"), false);
  assert.equal(moveField(doc, "anak", 0, 0, "anak/sekolah"), "anak");
  assert.deepEqual(ids(doc), ids(service()));
});

test("a question is added into a group or a row, with a key that hides none around it", () => {
  const doc = service();
  assert.equal(addField(doc, { pageIndex: 0, parent: "#pemohon", index: 1, type: "text", parts: { key: "hp", label: { id: "HP" } } }), "hp_2");
  assert.equal(addField(doc, { pageIndex: 0, parent: "anak", type: "text", parts: { key: "hp", label: { id: "HP" } } }), "anak/hp_3");
  assert.equal(addField(doc, { pageIndex: 0, type: "group", parts: { fields: [] } }), "#group");
  assert.equal(addField(doc, { pageIndex: 0, parent: "anak", type: "group", parts: { fields: [] } }), "#group_2");
  const id = addField(doc, { pageIndex: 0, parent: "anak", type: "text" });
  question(doc, id).field.label = { id: "Tempat lahir" };
  assert.equal(settleKey(doc, id, ""), "anak/tempat_lahir");
  assert.equal(settleKey(doc, "anak/tempat_lahir", "Tempat lahir", ["anak/tempat_lahir"]), "anak/tempat_lahir");
});

test("moving goes around, into and out of groups and rows", () => {
  const doc = service();
  assert.equal(stepField(doc, "hp", 1), "hp");
  assert.deepEqual(doc.pages[0].fields.map((one) => one.key), ["pemohon", "hp", "anak", "jumlah"]);
  assert.equal(beside(doc, "hp").id, "#pemohon");
  stepIn(doc, "hp");
  assert.deepEqual(doc.pages[0].fields[0].fields.map((one) => one.key), ["nama", "hp"]);
  assert.equal(stepOut(doc, "hp"), "hp");
  assert.equal(stepField(doc, "anak/nama", -1), "nama_2");
  assert.deepEqual(doc.pages[0].fields[2].type, "text");
  assert.deepEqual(doc.pages[0].fields[3].row.check, { answered: [{ var: "nama_2" }] });
  assert.equal(beside(doc, "#pemohon"), undefined);
});

test("a key that is taken where a question moves to becomes another, and its rules follow", () => {
  const doc = service();
  const moved = moveField(doc, "nama", 0, 0, "anak");
  assert.equal(moved, "anak/nama_2");
  assert.deepEqual(doc.pages[1].fields[0].visible, { answered: [{ var: "nama_2" }] });
  assert.deepEqual(doc.pages[0].fields[1].row.check, { answered: [{ var: "nama" }] });
});

test("what is filled in beforehand outside is asked in rows", () => {
  const doc = service();
  Object.assign(question(doc, "hp").field, { prefill: { register: "dukcapil" }, readOnly: true });
  const moved = question(doc, moveField(doc, "hp", 0, 0, "anak")).field;
  assert.deepEqual(Object.keys(moved), ["key", "type", "label"]);
  const group = { key: "g", type: "group", label: { id: "G" }, fields: [text("x", { prefill: { previous: true } })] };
  insert(doc, { pageIndex: 0, parent: "anak", items: [group] });
  assert.equal("prefill" in question(doc, "anak/x").field, false);
  insert(doc, { pageIndex: 0, items: [group] });
  assert.deepEqual(question(doc, "x").field.prefill, { previous: true });
});

test("what is put in twice keeps its rules among itself", () => {
  const doc = { languages: ["id"], pages: [{ key: "satu", fields: [] }] };
  const kit = [
    { key: "kuasa", type: "boolean", label: { id: "Kuasa?" } },
    { key: "penerima", type: "group", label: { id: "Penerima" }, visible: { "==": [{ var: "kuasa" }, true] }, fields: [text("nik")] },
    { key: "saksi", type: "repeat", label: { id: "Saksi" }, fields: [text("nik", { visible: { answered: [{ var: "kuasa" }] } })] },
  ];
  const before = copyOf(kit);
  insert(doc, { pageIndex: 0, items: kit });
  insert(doc, { pageIndex: 0, items: kit });
  assert.deepEqual(kit, before);
  assert.deepEqual(ids(doc), [
    "kuasa", "#penerima", "nik", "saksi", "saksi/nik", "kuasa_2", "#penerima_2", "nik_2", "saksi_2", "saksi_2/nik",
  ]);
  assert.deepEqual(question(doc, "#penerima_2").field.visible, { "==": [{ var: "kuasa_2" }, true] });
  assert.deepEqual(question(doc, "saksi_2/nik").field.visible, { answered: [{ var: "kuasa_2" }] });
});

test("copies, removals and undo reach into groups and rows", () => {
  const store = new Store(service());
  assert.equal(store.apply((doc) => duplicateField(doc, "anak/umur")), "anak/umur_2");
  assert.equal(store.apply((doc) => duplicateField(doc, "#pemohon")), "#pemohon_2");
  assert.ok(question(store.doc, "nama_2"));
  store.apply((doc) => carefully(doc, (next) => removeField(next, "#pemohon")));
  assert.equal(question(store.doc, "nama"), undefined);
  assert.equal(store.doc.applicant?.name, undefined);
  store.undo();
  store.apply((doc) => dissolve(doc, "#pemohon"));
  assert.deepEqual(store.doc.pages[0].fields.slice(0, 2).map((one) => one.key), ["nama", "hp"]);
  assert.equal(store.doc.applicant.name, "nama");
  store.undo();
  store.undo();
  store.undo();
  assert.deepEqual(store.doc, service());
});

const { kits } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));

for (const kit of kits) {
  test(`the ready-made group “${kit.key}” goes in twice without a clash, follows new words, and is undone`, () => {
    const store = new Store({ languages: ["id", "en"], pages: [{ key: "satu", fields: [] }] });
    const before = copyOf(store.doc);
    const add = () => store.apply((doc) => insert(doc, { pageIndex: 0, items: kit.fields }));
    add();
    const [second] = add().slice(-1);
    const ids = outline(store.doc).map((one) => one.id);
    assert.equal(new Set(ids).size, ids.length);
    const known = new Set(ids);
    for (const one of outline(store.doc)) {
      const rules = JSON.stringify([one.field.visible, one.field.check].filter(Boolean));
      for (const [, key] of rules.matchAll(/"var":"([^"]+)"/g)) assert.ok(known.has(key) || known.has([...one.rows, key].join("/")), key);
    }
    store.apply((doc) => renameField(doc, outline(doc).find((one) => one.field.type !== "group" && one.pageIndex === 0).id, "kunci_baru"));
    assert.ok(outline(store.doc).some((one) => one.field.key === "kunci_baru"));
    store.apply((doc) => removeField(doc, second));
    while (store.undo());
    assert.deepEqual(store.doc, before);
  });
}
