// Formulas as parts: what is written is read back, and what does not fit is left alone.
import assert from "node:assert/strict";
import { test } from "node:test";

import { begun, kinds, read, sources, write } from "../../../builder/panel/assets/formulas.js";
import { TODAY } from "../../../builder/panel/assets/operands.js";

const VALUES = { integer: "number", money: "number", date: "date", date_range: "thing", choice: "text", repeat: "rows", text: "text" };

const doc = {
  languages: ["id"],
  datasets: { kelas: { columns: { tarif: "money", kode: "text" }, items: [{ value: "a", label: "A", tarif: 1000, kode: "x" }] } },
  pages: [{
    key: "satu",
    fields: [
      { key: "orang", type: "integer" }, { key: "hari", type: "integer" }, { key: "mulai", type: "date" }, { key: "cuti", type: "date_range" },
      { key: "kelas", type: "choice", dataset: "kelas" }, { key: "nama", type: "text" },
      {
        key: "kios", type: "repeat",
        fields: [{ key: "jumlah", type: "integer" }, { key: "ukuran", type: "group", fields: [{ key: "luas", type: "integer" }] }, { key: "total", type: "money" }],
      },
      { key: "biaya", type: "money" },
    ],
  }],
};

const v = (name) => ({ var: name });
const CASES = [
  [{ kind: "sum", keys: ["orang", "hari"] }, { "+": [v("orang"), v("hari")] }],
  [{ kind: "times", keys: ["orang"], factor: 5000 }, { "*": [v("orang"), 5000] }],
  [{ kind: "times", keys: ["orang"], factor: "0.5" }, { "*": [v("orang"), "0.5"] }],
  [{ kind: "product", keys: ["orang", "hari"] }, { "*": [v("orang"), v("hari")] }],
  [{ kind: "fee", keys: ["orang", "kelas"], column: "tarif" }, { "*": [v("orang"), { attr: [v("kelas"), "tarif"] }] }],
  [{ kind: "column", keys: ["kelas"], column: "tarif" }, { attr: [v("kelas"), "tarif"] }],
  [{ kind: "count", keys: ["kios"] }, { count: [v("kios")] }],
  [{ kind: "rowsum", keys: ["kios"], inner: ["jumlah"] }, { sum: [v("kios"), v("jumlah")] }],
  [{ kind: "rowsum", keys: ["kios"], inner: ["jumlah", "luas"] }, { sum: [v("kios"), { "*": [v("jumlah"), v("luas")] }] }],
  [{ kind: "days", keys: ["cuti.from", "cuti.to"], last: false }, { days: [{ attr: [v("cuti"), "from"] }, { attr: [v("cuti"), "to"] }] }],
  [{ kind: "days", keys: ["mulai", "cuti.to"], last: true }, { "+": [{ days: [v("mulai"), { attr: [v("cuti"), "to"] }] }, 1] }],
  [{ kind: "years", keys: ["mulai", TODAY] }, { years: [v("mulai"), { today: [] }] }],
  [{ kind: "years", keys: ["mulai", "2026-07-01"] }, { years: [v("mulai"), "2026-07-01"] }],
  [{ kind: "days", keys: ["2026-07-01", "cuti.to"], last: false }, { days: ["2026-07-01", { attr: [v("cuti"), "to"] }] }],
  [{ kind: "same", keys: ["orang"] }, v("orang")],
  [{ kind: "same", keys: [TODAY] }, { today: [] }],
  [{ kind: "times", keys: ["orang"], factor: 3, places: 0 }, { round: [{ "*": [v("orang"), 3] }, 0] }],
];

const ORANG = { subject: ["orang", ""] };
const chain = (steps, more = {}) => ({ kind: "chain", first: ORANG, steps, keys: ["orang", ...new Set(steps.flatMap(({ by }) => (by.subject ? [by.subject[0]] : [])).filter((key) => key !== "orang"))], ...more });
const by = (sign, number) => ({ sign, by: Array.isArray(number) ? { subject: number } : { number } });
const CHAINS = [
  [chain([by("-", ["hari", ""])]), { "-": [v("orang"), v("hari")] }],
  [chain([by("-", ["kios", "sum:total"]), by("/", ["kios", "count"])]), { "/": [{ "-": [v("orang"), { sum: [v("kios"), v("total")] }] }, { count: [v("kios")] }, 6] }],
  [chain([by("+", 1), by("*", "0.5")], { minimum: 0, maximum: 9 }), { min: [{ max: [{ "*": [{ "+": [v("orang"), 1] }, "0.5"] }, 0] }, 9] }],
  [{ kind: "chain", first: { number: 5 }, steps: [by("-", ["orang", ""])], keys: ["orang"] }, { "-": [5, v("orang")] }],
  [chain([by("-", null)]), { "-": [v("orang"), null] }],
  [chain([by("/", 3)], { places: 0 }), { round: [{ "/": [v("orang"), 3, 6] }, 0] }],
];
const LAST = ["mulai", "days::cuti.to:last"];
const between = { days: [v("mulai"), { attr: [v("cuti"), "to"] }] };
const keys = ["mulai", "cuti"];
CHAINS.push(
  [{ kind: "chain", first: { subject: LAST }, steps: [by("*", ["orang", ""]), by("*", 5000)], keys: [...keys, "orang"] }, { "*": [{ "*": [{ "+": [between, 1] }, v("orang")] }, 5000] }],
  [{ kind: "chain", first: { subject: ["orang", ""] }, steps: [by("*", LAST)], keys: ["orang", ...keys] }, { "*": [v("orang"), { "+": [between, 1] }] }],
  [{ kind: "chain", first: { subject: ["mulai", "days::cuti.to:"] }, steps: [by("+", 2)], keys }, { "+": [between, 2] }],
);
CASES.push(...CHAINS);

test("a sum that the other kinds can say as well is step by step where it was begun so", () => {
  const sum = { "+": [v("orang"), v("hari"), v("orang")] };
  assert.equal(read(sum).kind, "sum");
  assert.deepEqual(read(sum, true), chain([by("+", ["hari", ""]), by("+", ["orang", ""])]));
  assert.equal(read({ "*": [v("orang"), 5] }, true).kind, "chain");
  assert.equal(read(v("orang"), true).kind, "same");
  assert.deepEqual(read({ "+": [between, 1] }, true).steps, [by("+", 1)]);
  for (const [formula, tree] of CHAINS) assert.deepEqual(read(tree, true), formula);
});

for (const [formula, tree] of CASES) {
  test(`“${JSON.stringify(tree)}” is written and read back`, () => {
    assert.deepEqual(write(formula), tree);
    assert.deepEqual(read(tree), formula);
  });
}

test("what the parts cannot say is left alone", () => {
  for (const tree of [
    { "/": [v("orang"), v("hari"), 2] }, { "-": [v("orang"), { "+": [v("hari"), 1] }] }, { "-": [5, 2] }, { if: [true, 1, 2] }, { max: [v("orang"), 5] },
    { max: [{ "-": [v("orang"), 1] }, v("hari")] }, { max: [{ min: [{ "-": [v("orang"), 1] }, 5] }, 2] },
    { round: [{ round: [v("orang"), 1] }, 0] }, { sum: [v("kios"), { "+": [v("jumlah"), 1] }] }, 5, null, undefined,
    { "*": [v("orang"), { "+": [v("hari"), 1] }] }, { days: [v("mulai"), "Lebaran"] },
  ]) assert.equal(read(tree), null, JSON.stringify(tree));
});

test("every kind that is offered begins with a formula that is whole", () => {
  const from = sources(doc, "biaya", VALUES);
  assert.deepEqual(kinds(from, "number"), ["tariff", "sum", "times", "product", "chain", "fee", "column", "count", "rowsum", "days", "years", "same"]);
  for (const kind of kinds(from, "number")) {
    const formula = begun(kind, from, "number");
    assert.deepEqual(read(write(formula)), formula);
  }
  assert.deepEqual(begun("rowsum", from, "number").inner, ["jumlah", "luas"]);
  assert.deepEqual(kinds(sources(doc, "orang", VALUES), "number"), []);
  assert.deepEqual(begun("column", from, "text").column, "kode");
  assert.deepEqual(begun("same", from, "date").keys, ["cuti.to"]);
});

test("the days between the nearest two that are answered count the last one, those until today do not", () => {
  assert.deepEqual(begun("days", sources(doc, "biaya", VALUES), "number"), { kind: "days", keys: ["cuti.from", "cuti.to"], last: true });
  assert.deepEqual(begun("days", sources(doc, "cuti", VALUES), "number"), { kind: "days", keys: ["mulai", TODAY], last: false });
});

test("in a row a formula is made of the row's own questions and of those before", () => {
  const from = sources(doc, "kios/total", VALUES);
  assert.deepEqual(from.of("number"), ["orang", "hari", "jumlah", "luas"]);
  assert.deepEqual(from.rows, []);
});
