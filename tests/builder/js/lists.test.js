// Lists of a document: made of answers, shared, filled from a sheet, and given back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { question } from "../../../builder/panel/assets/outline.js";
import {
  addColumn, addItem, belongs, cell, lists, newList, ownOptions, paste, removeColumn, removeList, settleItem, useEdition, useList,
} from "../../../builder/panel/assets/lists.js";

const service = () => ({
  languages: ["id"],
  pages: [{
    key: "satu",
    fields: [
      { key: "kelas", type: "choice", label: { id: "Kelas kios" }, options: [{ value: "a", label: { id: "A" }, help: { id: "Besar" } }] },
      { key: "anak", type: "repeat", label: { id: "Anak" }, fields: [{ key: "kelas", type: "choice", label: { id: "Kelas" }, options: [] }] },
    ],
  }],
});
const field = (doc, id) => question(doc, id).field;
const KBLI = { source: "kbli", edition: "2025", columns: { sector: "text" } };

test("answers become a list that others can share, and come back as they were", () => {
  const doc = service();
  const before = service().pages[0].fields[0].options;
  const key = newList(doc, field(doc, "kelas"));
  assert.equal(key, "kelas_kios");
  assert.deepEqual(doc.datasets[key], { columns: {}, items: before });
  assert.equal("options" in field(doc, "kelas"), false);
  useList(doc, field(doc, "anak/kelas"), key);
  ownOptions(doc, field(doc, "kelas"));
  assert.deepEqual(field(doc, "kelas").options, before);
  assert.equal(lists(doc).length, 1);
  removeList(doc, key);
  assert.deepEqual(field(doc, "anak/kelas").options, before);
  assert.equal(doc.datasets, undefined);
});

test("a list of the region is named once and goes with its last question", () => {
  const doc = service();
  useEdition(doc, field(doc, "kelas"), KBLI);
  useEdition(doc, field(doc, "anak/kelas"), KBLI);
  assert.deepEqual(doc.datasets, { kbli: KBLI });
  ownOptions(doc, field(doc, "kelas"));
  assert.deepEqual(Object.keys(doc.datasets), ["kbli"]);
  ownOptions(doc, field(doc, "anak/kelas"));
  assert.equal(doc.datasets, undefined);
});

test("a sheet is pasted with words first and a cell for each column", () => {
  const doc = service();
  const key = newList(doc, field(doc, "kelas"));
  const list = doc.datasets[key];
  assert.equal(addColumn(list, "Tarif per bulan", "money"), "tarif_per_bulan");
  assert.equal(addColumn(list, "Value", "text"), "value_2");
  paste(doc, list, 0, [["Kelas A", "Rp 15.000", "x"], ["Kelas B", "salah"], ["Kelas B", "2000"]], "id");
  assert.deepEqual(list.items, [
    { value: "a", label: { id: "Kelas A" }, help: { id: "Besar" }, tarif_per_bulan: 15000, value_2: "x" },
    { value: "kelas_b", label: { id: "Kelas B" } },
    { value: "kelas_b_2", label: { id: "Kelas B" }, tarif_per_bulan: 2000 },
  ]);
  removeColumn(list, "tarif_per_bulan");
  assert.equal("tarif_per_bulan" in list.items[0], false);
});

test("a new row gets its value once, from the words it was given first", () => {
  const list = { items: [] };
  const doc = { languages: ["id"] };
  addItem(doc, list);
  settleItem(list, 0, "Los pasar");
  assert.equal(list.items[0].value, "los_pasar");
  settleItem(list, 0, "Kios");
  assert.equal(list.items[0].value, "los_pasar");
});

test("a cell is what its column wants or nothing", () => {
  assert.deepEqual(["", "12", "12,50", "x"].map((typed) => cell("number", typed)), [undefined, 12, "12.50", null]);
  assert.deepEqual(["15.000", "1,5"].map((typed) => cell("money", typed)), [15000, null]);
  assert.deepEqual(["2026-01-31", "31/1/2026"].map((typed) => cell("date", typed)), ["2026-01-31", null]);
  assert.equal(cell("boolean", "false"), false);
  assert.equal(cell("text", "  a "), "a");
});

test("a filter that offers what belongs to an answer is read, any other is left alone", () => {
  const said = { column: "parent", key: "kecamatan" };
  assert.deepEqual(belongs({ "==": [{ column: "parent" }, { var: "kecamatan" }] }), said);
  assert.deepEqual(belongs({ "==": [{ var: "kecamatan" }, { column: ["parent"] }] }), said);
  assert.equal(belongs({ "==": [{ column: "parent" }, "x"] }), null);
  assert.equal(belongs({ in: [{ column: "parent" }, ["x"]] }), null);
  assert.equal(belongs(undefined), null);
});
