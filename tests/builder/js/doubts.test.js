// What is odd about the rows of a condition, one line for each way, and what is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { doubts } from "../../../builder/panel/assets/doubts.js";
import { judged } from "../../../builder/panel/assets/judging.js";
import { typed } from "../../../builder/panel/assets/typed.js";
import { learn } from "../../../builder/panel/assets/world.js";

const { values, members, pieces } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
learn({ values, members, pieces });

const v = (key) => ({ var: key });
const doc = {
  languages: ["id"],
  datasets: { kelas: { columns: { tarif: "money" }, items: [{ value: "x", label: "X", tarif: 700 }, { value: "y", label: "Y", tarif: 900 }] } },
  pages: [
    {
      key: "p",
      fields: [
        { key: "jenis", type: "choice", options: [{ value: "a" }, { value: "b" }, { value: "c" }] },
        { key: "sarana", type: "choices", options: [{ value: "tenda" }, { value: "kursi" }] },
        { key: "luas", type: "integer" }, { key: "lahir", type: "date" }, { key: "ada", type: "boolean" }, { key: "jam", type: "time" }, { key: "nama", type: "text" },
        { key: "kelas", type: "choice", dataset: "kelas" },
        { key: "khusus_b", type: "integer", visible: { "==": [v("jenis"), "b"] } },
        { key: "khusus_a", type: "text", visible: { "==": [v("jenis"), "a"] } },
        { key: "target", type: "text" }, { key: "nanti", type: "integer" },
      ],
    },
  ],
};
const is = (key, ...given) => ({ key, operator: "is", values: given });
const not = (key, ...given) => ({ key, operator: "is_not", values: given });
const number = (operator, value, key = "luas") => ({ key, operator, values: [value] });
const found = (rows, { mode = "all", key = "target", rule = "visible" } = {}) =>
  doubts(doc, { mode, rows }, { key, rule }).map(({ what, row, number: other }) => [what, row, other].filter((one) => one !== undefined).join(" "));

for (const [name, rows, expected, more] of [
  ["two answers of one question", [is("jenis", "a"), is("jenis", "b")], ["exclude 1 1"]],
  ["two answers of one question where any may be", [is("jenis", "a"), is("jenis", "b")], [], { mode: "any" }],
  ["an answer and not that answer", [is("jenis", "a"), not("jenis", "a")], ["exclude 1 1"]],
  ["ranges that exclude each other", [number("more", 10), number("less", 5)], ["exclude 1 1"]],
  ["ranges that meet in one number", [number("at_least", 10), number("at_most", 10)], []],
  ["ranges that just miss each other", [number("at_least", 10), number("less", 10)], ["exclude 1 1"]],
  ["days that exclude each other", [{ key: "lahir", operator: "from", values: ["2020-01-02"] }, { key: "lahir", operator: "before", values: ["2020-01-01"] }], ["exclude 1 1"]],
  ["times that exclude each other", [{ key: "jam", operator: "since", values: ["10:00"] }, { key: "jam", operator: "before", values: ["09:00"] }], ["exclude 1 1"]],
  ["the same row twice", [is("jenis", "a"), is("ada", true), is("jenis", "a")], ["same 2 1"]],
  ["the same in other words", [{ key: "luas", operator: "answered", values: [] }, { key: "luas", operator: "answered", values: [] }], ["same 1 1"]],
  ["a row that another one says already", [number("at_least", 10), number("at_least", 5)], ["implied 1 1"]],
  ["a row that a later one says already", [number("at_least", 5), number("at_least", 10)], ["implied 0 2"]],
  ["where any may hold the narrower row is idle", [number("at_least", 5), number("at_least", 10)], ["implied 1 1"], { mode: "any" }],
  ["the later of them is the wider one", [number("at_least", 10), number("at_least", 5)], ["implied 0 2"], { mode: "any" }],
  ["an answer, and that there is one", [is("jenis", "a"), { key: "jenis", operator: "answered", values: [] }], ["implied 1 1"]],
  ["answered or not answered", [{ key: "luas", operator: "answered", values: [] }, { key: "luas", operator: "not_answered", values: [] }], ["always_all"], { mode: "any" }],
  ["three rows that only together cannot be", [not("jenis", "a"), not("jenis", "b"), not("jenis", "c")], ["never_all"]],
  ["an answer that is gone", [is("jenis", "z")], ["gone 0"]],
  ["one of several answers that is gone", [is("jenis", "a", "z")], ["gone 0"]],
  ["a question that is gone", [is("hilang", "a")], ["missing 0"]],
  ["a question that comes later", [number("more", 1, "nanti")], ["later 0"]],
  ["a question that is hidden whenever this one is shown", [number("more", 1, "khusus_b")], ["hidden 0"], { key: "khusus_a" }],
  ["a check that nothing can fail", [{ key: "luas", operator: "at_least", values: [5] }, { key: "luas", operator: "less", values: [5] }], ["always_all"], { mode: "any", rule: "check" }],
  ["a value of a list that no line has", [{ key: "kelas", of: "attr:tarif", operator: "more", values: [900] }], ["never 0"]],
  ["a value of a list that every line has", [{ key: "kelas", of: "attr:tarif", operator: "more", values: [100] }], []],
  ["rows of different questions", [is("jenis", "a"), number("more", 5), is("ada", true)], []],
  ["several answers that may all be", [{ key: "sarana", operator: "has", values: ["tenda"] }, { key: "sarana", operator: "has", values: ["kursi"] }], []],
  ["a text compared with itself only", [{ key: "nama", operator: "same", values: ["x"] }, { key: "nama", operator: "not_same", values: ["x"] }], ["exclude 1 1"]],
  ["days compared with today, which nobody can judge", [{ key: "lahir", operator: "until", values: [], against: "today" }, { key: "lahir", operator: "after", values: [], against: "today" }], []],
  ["rows that are not finished", [{ key: "jenis", operator: "is", values: [] }, is("jenis", "a")], []],
]) test(name, () => assert.deepEqual(found(rows, more), expected));

test("a rule that is hidden itself makes no source of its own page hidden", () => {
  assert.deepEqual(found([is("jenis", "a")], { key: "khusus_a" }), []);
});

test("what is certain of an answer is counted with", () => {
  const tree = typed(doc, { and: [{ "==": [v("jenis"), "a"] }, v("ada")] });
  const known = (field) => ({ jenis: "b" })[field.key];
  assert.deepEqual(judged(doc, tree, { known }), { yes: false, no: true, open: false });
  assert.deepEqual(judged(doc, tree, { known: (field) => ({ jenis: "a", ada: true })[field.key] }), { yes: true, no: false, open: false });
  assert.deepEqual(judged(doc, tree, { known: (field) => (field.key === "ada" ? null : "a") }), { yes: false, no: false, open: true });
  assert.equal(judged(doc, typed(doc, { "==": [v("luas"), { length: v("nama") }] })), null);
});
