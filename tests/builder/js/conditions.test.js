import assert from "node:assert/strict";
import { test } from "node:test";

import { complete, expression, firstRow, operators, rows, sentence } from "../../../builder/panel/assets/conditions.js";

const doc = {
  languages: ["id", "en"],
  pages: [
    {
      key: "p",
      fields: [
        { key: "jenis", type: "choice", label: { id: "Jenis acara" }, options: [{ value: "konser", label: { id: "Konser" } }, { value: "pasar", label: { id: "Pasar malam" } }] },
        { key: "sarana", type: "choices", label: { id: "Sarana" }, options: [{ value: "tenda", label: { id: "Tenda" } }] },
        { key: "jalan", type: "boolean", label: { id: "Menutup jalan" } },
        { key: "hadir", type: "integer", label: { id: "Jumlah hadir" } },
        { key: "mulai", type: "date", label: { id: "Tanggal" } },
        { key: "nama", type: "text", label: { id: "Nama" } },
        { key: "jam", type: "time", label: { id: "Jam" } },
        { key: "temu", type: "datetime", label: { id: "Janji" } },
        { key: "anak", type: "repeat", label: { id: "Anak" }, fields: [{ key: "hadir", type: "boolean", label: { id: "Ikut" } }] },
        { key: "kelas", type: "choice", label: { id: "Kelas" }, dataset: "kelas" },
      ],
    },
  ],
};

const words = {
  says_is: "{question} adalah {answer}", says_is_not: "{question} bukan {answer}", says_has: "{question} mencakup {answer}",
  says_at_least: "{question} paling sedikit {answer}", says_answered: "{question} diisi", says_complex: "aturan tentang {questions}",
  and: "dan", or: "atau", yes: "ya", no: "tidak", missing_question: "pertanyaan yang dihapus",
};
const t = (name, values = {}) => (words[name] || name).replace(/\{(\w+)\}/g, (whole, place) => values[place] ?? whole);

const CASES = [
  [{ key: "jenis", operator: "is", values: ["konser"] }, { "==": [{ var: "jenis" }, "konser"] }],
  [{ key: "jenis", operator: "is", values: ["konser", "pasar"] }, { in: [{ var: "jenis" }, ["konser", "pasar"]] }],
  [{ key: "jenis", operator: "is_not", values: ["konser"] }, { "!=": [{ var: "jenis" }, "konser"] }],
  [{ key: "jenis", operator: "is_not", values: ["konser", "pasar"] }, { "!": [{ in: [{ var: "jenis" }, ["konser", "pasar"]] }] }],
  [{ key: "sarana", operator: "has", values: ["tenda"] }, { in: ["tenda", { var: "sarana" }] }],
  [{ key: "sarana", operator: "has", values: ["tenda", "panggung"] }, { or: [{ in: ["tenda", { var: "sarana" }] }, { in: ["panggung", { var: "sarana" }] }] }],
  [{ key: "sarana", operator: "has_not", values: ["tenda"] }, { "!": [{ in: ["tenda", { var: "sarana" }] }] }],
  [{ key: "jalan", operator: "is", values: [true] }, { "==": [{ var: "jalan" }, true] }],
  [{ key: "jalan", operator: "is", values: [false] }, { "==": [{ var: "jalan" }, false] }],
  [{ key: "hadir", operator: "at_least", values: [100] }, { ">=": [{ var: "hadir" }, 100] }],
  [{ key: "hadir", operator: "equal", values: [100] }, { "==": [{ var: "hadir" }, 100] }],
  [{ key: "mulai", operator: "before", values: ["2026-12-01"] }, { "<": [{ var: "mulai" }, "2026-12-01"] }],
  [{ key: "jam", operator: "since", values: ["08:00"] }, { ">=": [{ var: "jam" }, "08:00"] }],
  [{ key: "temu", operator: "after", values: ["2026-12-01T08:00+07:00"] }, { ">": [{ var: "temu" }, "2026-12-01T08:00+07:00"] }],
  [{ key: "anak", operator: "rows_at_least", values: [2] }, { ">=": [{ count: [{ var: "anak" }] }, 2] }],
  [{ key: "kelas", operator: "is", values: ["a"] }, { "==": [{ var: "kelas" }, "a"] }],
  [{ key: "nama", operator: "answered", values: [] }, { answered: [{ var: "nama" }] }],
  [{ key: "nama", operator: "not_answered", values: [] }, { "!": [{ answered: [{ var: "nama" }] }] }],
];

for (const [row, tree] of CASES) {
  test(`a row “${row.key} ${row.operator} ${row.values}” becomes a rule and comes back the same`, () => {
    assert.deepEqual(expression({ mode: "all", rows: [row] }), tree);
    assert.deepEqual(rows(doc, tree), { mode: "all", rows: [row] });
  });
}

test("several rows are joined by all or any, and come back so", () => {
  const two = [CASES[0][0], CASES[9][0]];
  for (const [mode, operator] of [["all", "and"], ["any", "or"]]) {
    const tree = expression({ mode, rows: two });
    assert.deepEqual(tree, { [operator]: [CASES[0][1], CASES[9][1]] });
    assert.deepEqual(rows(doc, tree), { mode, rows: two });
  }
});

test("a row that is not finished is no rule yet", () => {
  assert.equal(complete({ key: "jenis", operator: "is", values: [] }), false);
  assert.equal(complete({ key: "hadir", operator: "at_least", values: [""] }), false);
  assert.equal(expression({ mode: "all", rows: [{ key: "jenis", operator: "is", values: [] }] }), undefined);
});

test("a rule that rows cannot show is left alone", () => {
  const rich = { ">": [{ "+": [{ var: "hadir" }, 1] }, 5] };
  assert.equal(rows(doc, rich), null);
  assert.equal(rows(doc, { and: [CASES[0][1], { or: [CASES[9][1], CASES[7][1]] }] }), null);
  assert.equal(sentence(doc, rich, "id", t), "aturan tentang Jumlah hadir");
});

test("other spellings of the same rule are read too", () => {
  assert.deepEqual(rows(doc, { answered: { var: "nama" } }).rows[0].operator, "answered");
  assert.deepEqual(rows(doc, { var: "jalan" }).rows[0], { key: "jalan", operator: "is", values: [true] });
  assert.deepEqual(rows(doc, { "!": { var: "jalan" } }).rows[0], { key: "jalan", operator: "is", values: [false] });
});

test("the first row offered for every kind of question is one its own list offers", () => {
  for (const field of doc.pages[0].fields) assert.ok(operators(field.type).includes(firstRow(field).operator));
});

test("in a row a name means the row's own question first", () => {
  const rule = { "==": [{ var: "hadir" }, true] };
  assert.equal(rows(doc, rule).rows[0].operator, "equal");
  assert.deepEqual(rows(doc, rule, ["anak"]), { mode: "all", rows: [{ key: "hadir", operator: "is", values: [true] }] });
  assert.equal(sentence(doc, rule, "id", t, ["anak"]), "Ikut adalah ya");
  assert.equal(sentence(doc, CASES[0][1], "id", t, ["anak"]), "Jenis acara adalah Konser");
});

test("the rows of a list in the document are answers to choose from, those kept elsewhere are not", () => {
  const listed = { ...doc, datasets: { kelas: { items: [{ value: "a", label: { id: "Kelas A" } }] } } };
  assert.equal(sentence(listed, { "==": [{ var: "kelas" }, "a"] }, "id", t), "Kelas adalah Kelas A");
  assert.deepEqual(operators("choice", { listed: false }), ["answered", "not_answered"]);
});

test("a condition is said with labels, never with keys", () => {
  assert.equal(sentence(doc, CASES[1][1], "id", t), "Jenis acara adalah Konser atau Pasar malam");
  assert.equal(sentence(doc, { and: [CASES[7][1], CASES[9][1]] }, "id", t), "Menutup jalan adalah ya dan Jumlah hadir paling sedikit 100");
  assert.equal(sentence(doc, { "==": [{ var: "hilang" }, "x"] }, "id", t).includes("hilang"), false);
});
