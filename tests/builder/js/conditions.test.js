import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { comparable, complete, expression, firstRow, operators, rows } from "../../../builder/panel/assets/conditions.js";
import { Drafts } from "../../../builder/panel/assets/drafts.js";
import { nameable } from "../../../builder/panel/assets/outline.js";
import { sentence } from "../../../builder/panel/assets/sentences.js";
import { asked } from "../../../builder/panel/assets/subjects.js";
import { learn } from "../../../builder/panel/assets/world.js";

const { values, members } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
learn({ values, members, places: { province: [["36", "Banten"], ["31", "DKI Jakarta"]] }, named: { "36.71.01.1001": "Sukasari" } });

const doc = {
  languages: ["id", "en"],
  datasets: { kios: { columns: { tarif: "money", blok: "text" }, items: [{ value: "a", label: { id: "Kios A" }, tarif: 1000, blok: "Utara" }] } },
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
        { key: "cuti", type: "date_range", label: { id: "Cuti" } },
        { key: "alamat", type: "address", label: { id: "Alamat" } },
        { key: "nilai", type: "matrix", label: { id: "Nilai" }, rows: [{ value: "ramah", label: { id: "Ramah" } }], options: [{ value: "baik", label: { id: "Baik" } }] },
        { key: "kios", type: "choice", label: { id: "Kios" }, dataset: "kios" },
        { key: "barang", type: "repeat", label: { id: "Barang" }, fields: [{ key: "ukuran", type: "group", fields: [{ key: "luas", type: "integer", label: { id: "Luas" } }] }, { key: "jual", type: "boolean", label: { id: "Dijual" } }] },
      ],
    },
  ],
};

const words = {
  says_is: "{question} adalah {answer}", says_is_not: "{question} bukan {answer}", says_has: "{question} mencakup {answer}",
  says_at_least: "{question} paling sedikit {answer}", says_answered: "{question} diisi", says_complex: "aturan tentang {questions}",
  says_some: "ada {question} dengan {condition}", says_after: "{question} sesudah {answer}", says_before: "{question} sebelum {answer}",
  of_part: "{question}: {part}", part_to: "hari terakhir", part_province: "provinsi", part_region: "desa", formula_today: "hari ini", says_more: "{question} lebih dari {answer}",
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
  [{ key: "anak", of: "count", operator: "at_least", values: [2] }, { ">=": [{ count: [{ var: "anak" }] }, 2] }],
  [{ key: "cuti", of: "attr:from", operator: "from", values: ["2026-12-01"] }, { ">=": [{ attr: [{ var: "cuti" }, "from"] }, "2026-12-01"] }],
  [{ key: "cuti", of: "attr:to", operator: "before", values: [], against: "mulai" }, { "<": [{ attr: [{ var: "cuti" }, "to"] }, { var: "mulai" }] }],
  [{ key: "mulai", operator: "after", values: [], against: "today" }, { ">": [{ var: "mulai" }, { today: [] }] }],
  [{ key: "jenis", operator: "is_not", values: [], against: "kios" }, { "!=": [{ var: "jenis" }, { var: "kios" }] }],
  [{ key: "mulai", operator: "until", values: [], against: "cuti.to" }, { "<=": [{ var: "mulai" }, { attr: [{ var: "cuti" }, "to"] }] }],
  [{ key: "mulai", of: "years", operator: "at_least", values: [21] }, { ">=": [{ years: [{ var: "mulai" }, { today: [] }] }, 21] }],
  [{ key: "mulai", of: "ahead", operator: "at_least", values: [7] }, { ">=": [{ days: [{ today: [] }, { var: "mulai" }] }, 7] }],
  [{ key: "nama", of: "length", operator: "at_most", values: [40] }, { "<=": [{ length: [{ var: "nama" }] }, 40] }],
  [{ key: "nama", operator: "same", values: ["Budi"] }, { "==": [{ var: "nama" }, "Budi"] }],
  [{ key: "alamat", of: "attr:province", operator: "is", values: ["36"] }, { "==": [{ attr: [{ var: "alamat" }, "province"] }, "36"] }],
  [{ key: "alamat", of: "attr:region", operator: "is", values: ["36.71.01.1001", "36.71.01.1002"] }, { in: [{ attr: [{ var: "alamat" }, "region"] }, ["36.71.01.1001", "36.71.01.1002"]] }],
  [{ key: "alamat", of: "attr:street", operator: "not_same", values: ["x"] }, { "!=": [{ attr: [{ var: "alamat" }, "street"] }, "x"] }],
  [{ key: "nilai", of: "attr:ramah", operator: "is", values: ["baik"] }, { "==": [{ attr: [{ var: "nilai" }, "ramah"] }, "baik"] }],
  [{ key: "kios", of: "attr:tarif", operator: "more", values: [500] }, { ">": [{ attr: [{ var: "kios" }, "tarif"] }, 500] }],
  [{ key: "kios", of: "attr:blok", operator: "same", values: ["Utara"] }, { "==": [{ attr: [{ var: "kios" }, "blok"] }, "Utara"] }],
  [{ key: "barang", of: "sum:luas", operator: "at_most", values: [100] }, { "<=": [{ sum: [{ var: "barang" }, { var: "luas" }] }, 100] }],
  [{ key: "barang", of: "some", operator: "row", values: [], inner: { key: "luas", operator: "more", values: [10] } }, { some: [{ var: "barang" }, { ">": [{ var: "luas" }, 10] }] }],
  [{ key: "barang", of: "every", operator: "row", values: [], inner: { key: "jual", operator: "is", values: [true] } }, { every: [{ var: "barang" }, { "==": [{ var: "jual" }, true] }] }],
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

test("the first row offered for everything that can be asked is one its own list offers", () => {
  for (const field of doc.pages[0].fields) {
    for (const of of asked(doc, field)) assert.ok(operators(doc, field, of).includes(firstRow(doc, field, of).operator), `${field.key} ${of}`);
  }
});

test("parts that are areas nobody could name are not offered", () => {
  const offered = asked(doc, doc.pages[0].fields.find((one) => one.key === "alamat"));
  assert.ok(offered.includes("attr:province"));
  assert.ok(!offered.includes("attr:district") && !offered.includes("attr:region"));
});

test("a choice is compared with another that offers one of its answers", () => {
  const [first] = doc.pages[0].fields;
  const again = { ...first, key: "kedua" };
  const other = { ...first, key: "lain", options: [{ value: "rapat", label: { id: "Rapat" } }] };
  const more = { ...doc, pages: [{ ...doc.pages[0], fields: [first, again, other] }] };
  const sources = nameable(more, { rule: "check", key: "kedua" });
  const row = (operator) => ({ key: "kedua", operator, values: [] });
  assert.deepEqual(comparable(more, sources, row("is_not"), again), ["jenis"]);
  assert.deepEqual(comparable(more, sources, row("answered"), again), []);
});

test("a day is compared with a written one, with today and with other days", () => {
  const sources = doc.pages[0].fields.map((field) => ({ field }));
  const mulai = doc.pages[0].fields.find((one) => one.key === "mulai");
  assert.deepEqual(comparable(doc, sources, firstRow(doc, mulai), mulai), ["today", "cuti.from", "cuti.to"]);
  assert.deepEqual(comparable(doc, sources, firstRow(doc, mulai, "years"), mulai), ["hadir"]);
});

test("a comparison with a question that is gone can be seen and taken out", () => {
  const rule = { and: [CASES[0][1], { "==": [{ var: "hilang" }, "x"] }] };
  assert.deepEqual(rows(doc, rule).rows.map((row) => row.key), ["jenis", "hilang"]);
  assert.deepEqual(expression(rows(doc, rule)), rule);
});

test("a check names its whole page, a condition to be required not the question itself", () => {
  const keys = (where) => nameable(doc, where).map((one) => one.field.key);
  assert.deepEqual(keys({ key: "jenis", rule: "visible" }), []);
  assert.ok(keys({ key: "jenis", rule: "check" }).includes("jenis") && keys({ key: "jenis", rule: "check" }).includes("kios"));
  assert.ok(!keys({ key: "jenis", rule: "required" }).includes("jenis"));
  assert.ok(keys({ page: "p", rule: "check" }).includes("kios"));
  const row = keys({ key: "barang", rule: "check", row: true });
  assert.ok(row.includes("luas") && row.includes("jenis") && !row.includes("barang"));
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
  assert.deepEqual(operators(doc, doc.pages[0].fields.find((one) => one.key === "kelas")), ["answered", "not_answered"]);
});

test("a condition is said with labels, never with keys", () => {
  assert.equal(sentence(doc, CASES[1][1], "id", t), "Jenis acara adalah Konser atau Pasar malam");
  assert.equal(sentence(doc, { and: [CASES[7][1], CASES[9][1]] }, "id", t), "Menutup jalan adalah ya dan Jumlah hadir paling sedikit 100");
  assert.equal(sentence(doc, { "==": [{ var: "hilang" }, "x"] }, "id", t).includes("hilang"), false);
});

test("parts, rows, areas and days are said in words", () => {
  const said = (tree) => sentence(doc, tree, "id", t);
  const by = (of, key) => CASES.find(([row]) => row.of === of && row.key === key)[1];
  assert.equal(said(by("attr:province", "alamat")), "Alamat: provinsi adalah Banten");
  assert.match(said(by("attr:region", "alamat")), /adalah Sukasari atau 36/);
  assert.equal(said(by("some", "barang")), "ada Barang dengan Luas lebih dari 10");
  assert.equal(said(by("attr:to", "cuti")), "Cuti: hari terakhir sebelum Tanggal");
  assert.equal(said({ ">": [{ var: "mulai" }, { today: [] }] }), "Tanggal sesudah hari ini");
  assert.equal(said({ ">": [{ var: "mulai" }, "2026-12-01"] }), "Tanggal sesudah 1 Desember 2026");
});

test("a half-filled row outlives the next change and follows a question that gets another key", () => {
  const drafts = new Drafts();
  const read = rows(doc, CASES[0][1]);
  const half = { mode: "all", rows: [...read.rows, { key: "mulai", operator: "after", values: [], against: "cuti.to" }, { key: "nama", operator: "same", values: [""] }] };
  drafts.keep("check:nama", half, read);
  assert.deepEqual(drafts.of("check:nama", read), half);
  drafts.rename((id) => (id === "nama" ? "nama_lengkap" : id), "nama", "nama_lengkap");
  drafts.rename((id) => (id === "cuti" ? "libur" : id), "cuti", "libur");
  const [, second, third] = drafts.of("check:nama_lengkap", read).rows;
  assert.deepEqual([second.against, third.key], ["libur.to", "nama_lengkap"]);
  assert.equal(drafts.begun("check:other", rows(doc, undefined)), false);
});
