// Fees as rows: what is written is read back, means what the rows say, and what does not fit is left alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { evaluate } from "../../../runtime/forms/assets/expressions.js";
import { begun, kinds, read, sources, write } from "../../../builder/panel/assets/formulas.js";
import { addLines, choiceBase, chooses, fitsFormat, linesOf, newBase, price, readTariff, writeTariff } from "../../../builder/panel/assets/tariffs.js";
import { typed } from "../../../builder/panel/assets/typed.js";
import { learn, world } from "../../../builder/panel/assets/world.js";
import { random } from "./edits.js";

const { values, members, pieces } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
learn({ values, members, pieces });

const options = (count) => Array.from({ length: count }, (_none, at) => ({ value: `o${at}`, label: { id: `O ${at}` } }));
const doc = {
  languages: ["id"],
  datasets: { kelas: { columns: { tarif: "money" }, items: [{ value: "x", label: { id: "X" }, tarif: 700 }] } },
  pages: [{
    key: "p",
    fields: [
      { key: "jenis", type: "choice", options: options(6) }, { key: "kota", type: "choice", options: options(60) }, { key: "kelas", type: "choice", dataset: "kelas" },
      { key: "luas", type: "number" }, { key: "orang", type: "integer" }, { key: "miskin", type: "boolean" }, { key: "lahir", type: "date" }, { key: "sewa", type: "date_range" },
      { key: "kios", type: "repeat", fields: [{ key: "meter", type: "integer" }] }, { key: "biaya", type: "money" },
    ],
  }],
};
const v = (key) => ({ var: key });
const SUBJECTS = [["luas", ""], ["orang", ""], ["kios", "count"], ["kios", "sum:meter"], ["lahir", "years"], ["sewa", "days:from:sewa.to:last"], ["lahir", "days::sewa.from:"]];

/** A fee of any shape that the rows can have. */
function anyFee(next) {
  const any = (count) => Math.floor(next() * count);
  const amount = () => [0, 5000, 12_500, 1_000_000, any(10 ** 9)][any(5)];
  const subject = () => SUBJECTS[any(SUBJECTS.length)];
  const base = {
    fixed: () => ({ kind: "fixed", amount: amount() }),
    choice: () => ({ kind: "choice", key: "jenis", of: "", amounts: options(1 + any(6)).map(({ value }) => [value, amount()]), rest: amount() }),
    bands: () => {
      const [key, of] = subject();
      let limit = any(3);
      return { kind: "bands", key, of, bands: Array.from({ length: 1 + any(8) }, () => [next() < 0.2 ? `${(limit += 1 + any(9))}.5` : (limit += 1 + any(50)), amount()]), above: amount() };
    },
    column: () => ({ kind: "column", key: "kelas", column: "tarif" }),
    answer: () => { const [key, of] = subject(); return { kind: "answer", key, of }; },
  };
  const when = () => ({ when: [{ "==": [v("miskin"), true] }, { ">": [v("luas"), 100] }, { in: [v("jenis"), ["o1", "o2"]] }][any(3)] });
  const part = () => ({ base: base[Object.keys(base)[any(5)]](), ...(next() < 0.5 && { times: Array.from({ length: 1 + any(3) }, subject) }), ...(next() < 0.3 && { optional: true }), ...(next() < 0.3 && when()) });
  const rate = () => ({ percent: ["50", "12.5", "100", "0", "7.25"][any(5)], more: next() < 0.5, ...(next() < 0.6 && when()) });
  const rates = Array.from({ length: Math.max(0, any(4) - 1) }, rate);
  const parts = Array.from({ length: 1 + any(3) }, part);
  const asked = ([key, of]) => (of === "days::sewa.from:" ? [key, "sewa"] : [key]);
  const keys = [...new Set(parts.flatMap(({ base: { key, of }, times = [] }) => [...(key ? asked([key, of]) : []), ...times.flatMap(asked)]))];
  return { kind: "tariff", parts, keys, ...(rates.length && { rates }), ...(next() < 0.3 && { minimum: amount() }), ...(next() < 0.3 && { maximum: amount() }), ...(next() < 0.3 && { free: { "==": [v("miskin"), true] } }), ...(next() < 0.2 && { places: any(3) }) };
}

test("500 fees are written and read back as the same rows, typed as the server types them", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const fee = anyFee(random(seed));
    const tree = write(fee);
    assert.deepEqual(read(tree), fee, `seed ${seed}: ${JSON.stringify(tree)}`);
    assert.ok(typed(doc, tree, { wants: "number" }), `seed ${seed}`);
  }
});

const worth = (fee, answers) => {
  const value = evaluate(typed(doc, writeTariff(fee), { wants: "number" }), answers, "2026-11-26", { kelas: { x: { tarif: 700 } } });
  return value === null ? null : Number(value.n) / 10 ** value.s;
};
const ofJenis = { kind: "choice", key: "jenis", of: "", amounts: [["o0", 1000], ["o1", 2000], ["o2", 3000]], rest: 9000 };
const ofLuas = { kind: "bands", key: "luas", of: "", bands: [[100, 50_000], ["200.5", 80_000], [500, 90_000]], above: 120_000 };

for (const [name, fee, answers, expected] of [
  ["the first answer of a table", { parts: [{ base: ofJenis }] }, { jenis: "o0" }, 1000],
  ["an answer in the middle", { parts: [{ base: ofJenis }] }, { jenis: "o2" }, 3000],
  ["an answer without an amount of its own", { parts: [{ base: ofJenis }] }, { jenis: "o5" }, 9000],
  ["no answer", { parts: [{ base: ofJenis }] }, {}, null],
  ["no answer that counts as nothing", { parts: [{ base: ofJenis, optional: true }] }, {}, 0],
  ["a number at the limit of a band", { parts: [{ base: ofLuas }] }, { luas: "100" }, 50_000],
  ["a number just above it", { parts: [{ base: ofLuas }] }, { luas: "100.000001" }, 80_000],
  ["a number at a limit with decimals", { parts: [{ base: ofLuas }] }, { luas: "200.5" }, 80_000],
  ["a number above all limits", { parts: [{ base: ofLuas }] }, { luas: "501" }, 120_000],
  ["an amount times a number", { parts: [{ base: { kind: "fixed", amount: 2500 }, times: [["orang", ""]] }] }, { orang: 4 }, 10_000],
  ["a table times a number, and a fixed part", { parts: [{ base: ofJenis, times: [["orang", ""]] }, { base: { kind: "fixed", amount: 500 } }] }, { orang: 3, jenis: "o1" }, 6500],
  ["a column of a list", { parts: [{ base: { kind: "column", key: "kelas", column: "tarif" } }] }, { kelas: "x" }, 700],
  ["a tariff for each day and square metre, the last day counted", { parts: [{ base: { kind: "fixed", amount: 1500 }, times: [["sewa", "days:from:sewa.to:last"], ["luas", ""]] }] }, { luas: "12.5", sewa: { from: "2026-05-01", to: "2026-05-03" } }, 56_250],
  ["a tariff for each night", { parts: [{ base: { kind: "fixed", amount: 1500 }, times: [["sewa", "days:from:sewa.to:"]] }] }, { sewa: { from: "2026-05-01", to: "2026-05-03" } }, 3000],
  ["bands of days", { parts: [{ base: { kind: "bands", key: "sewa", of: "days:from:sewa.to:last", bands: [[3, 10], [30, 70]], above: 90 } }] }, { sewa: { from: "2026-05-01", to: "2026-05-04" } }, 70],
  ["entries", { parts: [{ base: { kind: "fixed", amount: 10 }, times: [["kios", "count"]] }] }, { kios: [{}, {}] }, 20],
  ["less than the minimum", { parts: [{ base: ofJenis }], minimum: 5000 }, { jenis: "o0" }, 5000],
  ["more than the minimum", { parts: [{ base: ofJenis }], minimum: 5000 }, { jenis: "o5" }, 9000],
  ["free of charge", { parts: [{ base: ofJenis }], minimum: 5000, free: { "==": [v("miskin"), true] } }, { jenis: "o0", miskin: true }, 0],
  ["not free of charge", { parts: [{ base: ofJenis }], free: { "==": [v("miskin"), true] } }, { jenis: "o0", miskin: false }, 1000],
  ["what was worked out before", { parts: [{ base: { kind: "answer", key: "kios", of: "sum:meter" } }] }, { kios: [{ meter: 3 }, { meter: 4 }] }, 7],
  ["a reduction", { parts: [{ base: ofJenis }], rates: [{ percent: "12.5", more: false }] }, { jenis: "o1" }, 1750],
  ["a reduction for some", { parts: [{ base: ofJenis }], rates: [{ percent: "50", more: false, when: { "==": [v("miskin"), true] } }] }, { jenis: "o1", miskin: true }, 1000],
  ["no reduction for others", { parts: [{ base: ofJenis }], rates: [{ percent: "50", more: false, when: { "==": [v("miskin"), true] } }] }, { jenis: "o1" }, 2000],
  ["a reduction and then a tax", { parts: [{ base: ofJenis }], rates: [{ percent: "50", more: false }, { percent: "11", more: true }] }, { jenis: "o1" }, 1110],
  ["a part for some only", { parts: [{ base: ofJenis }, { base: { kind: "fixed", amount: 500 }, when: { ">": [v("luas"), 100] } }] }, { jenis: "o1", luas: "101" }, 2500],
  ["a part not for others", { parts: [{ base: ofJenis }, { base: { kind: "fixed", amount: 500 }, when: { ">": [v("luas"), 100] } }] }, { jenis: "o1" }, 2000],
  ["more than the maximum", { parts: [{ base: ofJenis }], rates: [{ percent: "50", more: true }], minimum: 100, maximum: 8000 }, { jenis: "o5" }, 8000],
  ["not free while nobody answered", { parts: [{ base: ofJenis }], free: { "==": [v("miskin"), true] } }, { jenis: "o0" }, 1000],
]) {
  test(`a fee of ${name} is worked out`, () => assert.equal(worth(fee, answers), expected));
}

test("what the rows cannot say is left alone", () => {
  const plus = (...parts) => ({ "+": parts });
  for (const tree of [
    plus(v("luas")), plus(-5), plus("5000"), plus(1.5), plus({ "-": [5, 1] }), plus({ "*": [v("luas"), 5, 2] }), plus({ default: [5, 1] }), plus({ default: [{ default: [5, 0] }, 0] }),
    { max: [plus(5), v("luas")] }, { max: [{ max: [plus(5), 6] }, 7] }, { if: [v("miskin"), 0, plus(5)] }, { if: [{ default: [v("miskin"), true] }, 0, plus(5)] },
    { if: [{ default: [v("miskin"), false] }, 1, plus(5)] }, { max: [{ if: [{ default: [v("miskin"), false] }, 0, plus(5)] }, 3] },
    plus({ if: [{ "<=": [v("luas"), 10] }, 1, { if: [{ "<=": [v("luas"), 5] }, 2, 3] }] }), plus({ if: [{ "<=": [v("luas"), 10] }, 1, { if: [{ "<=": [v("orang"), 50] }, 2, 3] }] }),
    { "/": [{ "*": [plus(5), 101] }, 100, 0] }, { "/": [{ "*": [plus(5), 50] }, 100, 2] }, { "/": [{ "*": [plus(5), 5] }, 10, 0] }, { "/": [{ "*": [plus(5), "50.5"] }, 100, 0] }, { "/": [{ "*": [50, plus(5)] }, 100, 0] },
    { "/": [{ "*": [{ max: [plus(5), 6] }, 50] }, 100, 0] }, { min: [plus(5), v("luas")] }, { max: [{ min: [plus(5), 9] }, 6] }, { "/": [{ "*": [plus(5), { if: [{ default: [v("miskin"), false] }, 50, 99] }] }, 100, 0] },
    plus({ if: [{ "<": [v("luas"), 10] }, 1, 2] }), plus({ if: [{ "==": [v("jenis"), "a"] }, 1, { if: [{ "==": [v("jenis"), "a"] }, 2, 3] }] }),
    plus({ if: [{ "==": [v("jenis"), "a"] }, { if: [{ "==": [v("jenis"), "b"] }, 1, 2] }, 3] }), plus({ if: [{ "==": [v("orang"), 1] }, 1, 2] }), { "+": [] }.x, null, 5, "x", [], {},
  ]) assert.equal(readTariff(tree), null, JSON.stringify(tree));
});

test("a chain of conditions that somebody else wrote is read as a table", () => {
  const chain = { "+": [{ if: [{ "==": [v("jenis"), "a"] }, 1, { if: [{ in: [v("jenis"), ["b", "c"]] }, 2, 3] }] }] };
  assert.deepEqual(readTariff(chain).parts[0].base, { kind: "choice", key: "jenis", of: "", amounts: [["a", 1], ["b", 2], ["c", 2]], rest: 3 });
});

test("a table is offered for as many answers as the format takes, a fee begins whole, and many bands fit", () => {
  const from = sources(doc, "biaya", world.values);
  assert.ok(chooses(from, "jenis"));
  assert.ok(!chooses(from, "kota"));
  assert.deepEqual(from.counted, [["luas", ""], ["orang", ""], ["lahir", "years"], ["lahir", "ahead"], ["kios", "count"], ["kios", "sum:meter"]]);
  assert.equal(kinds(from, "number")[0], "tariff");
  const fee = begun("tariff", from, "number");
  assert.deepEqual(read(write(fee)), fee);
  for (const kind of ["fixed", "choice", "bands", "column", "answer"]) {
    const parts = [{ base: newBase(kind, from) }];
    assert.deepEqual(readTariff(writeTariff({ parts })).parts, parts);
  }
  const many = (count) => ({ parts: [{ base: { ...ofLuas, bands: Array.from({ length: count }, (_none, at) => [at, at]) } }] });
  assert.ok(fitsFormat(writeTariff(many(20))));
  assert.ok(!fitsFormat(writeTariff(many(60))));
});

test("a new table has a line for each answer, all empty, and is neither worked out nor taken for Rp0", () => {
  const from = sources(doc, "biaya", world.values);
  for (const kind of ["fixed", "choice", "bands"]) {
    const fee = { parts: [{ base: newBase(kind, from) }] };
    assert.ok(JSON.stringify(writeTariff(fee)).includes("null"), kind);
    assert.deepEqual(readTariff(writeTariff(fee)).parts, fee.parts);
    assert.equal(typed(doc, writeTariff(fee), { wants: "number" }), null);
  }
  for (const more of [false, true]) {
    const fee = { parts: [{ base: { kind: "fixed", amount: 9 } }], rates: [{ percent: null, more, when: { ">": [v("luas"), 1] } }] };
    assert.deepEqual(readTariff(writeTariff(fee)).rates, fee.rates);
    assert.equal(typed(doc, writeTariff(fee), { wants: "number" }), null);
  }
});

test("an answer that was added has no line until it is given one, and the others keep what they cost", () => {
  const from = sources(doc, "biaya", world.values);
  const base = choiceBase(from, "jenis");
  const values = from.options("jenis");
  values.forEach((value, at) => price(base, values, value, at * 100));
  assert.deepEqual(linesOf(base, values), { lines: values.map((value, at) => [value, at * 100]), last: values.at(-1), unnamed: [] });
  const more = [...values, "baru", "lain"];
  const read_ = readTariff(writeTariff({ parts: [{ base }] })).parts[0].base;
  assert.deepEqual(linesOf(read_, more).unnamed, ["baru", "lain"]);
  addLines(read_, more);
  const again = linesOf(readTariff(writeTariff({ parts: [{ base: read_ }] })).parts[0].base, more);
  assert.deepEqual(again, { lines: [...values.map((value, at) => [value, at * 100]), ["baru", null], ["lain", null]], last: "lain", unnamed: [] });
  price(read_, more, "lain", 7);
  assert.equal(Object.fromEntries(linesOf(read_, more).lines).lain, 7);
});
