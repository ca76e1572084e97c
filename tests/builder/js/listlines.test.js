// Answers to choose from, read from what was copied from a sheet.
import assert from "node:assert/strict";
import { test } from "node:test";

import { add, isTable, MOST, read } from "../../../builder/panel/assets/listlines.js";

const doc = { languages: ["id", "en"] };
const labels = (found) => found.items.map(({ label }) => label);

test("the first column is words, the second the value where it can be one", () => {
  const found = read("Konser\tK-1\r\nPasar malam\tdua kata\n\n  \nHajatan\n");
  assert.deepEqual(found.items, [{ label: "Konser", value: "K-1" }, { label: "Pasar malam", value: "" }, { label: "Hajatan", value: "" }]);
  assert.equal(found.count, 3);
});

test("what stands there twice, or is there already, is named and left out once", () => {
  const found = read("Konser\nkonser\nHajatan\nPawai", ["Pawai"]);
  assert.deepEqual(labels(found), ["Konser", "Hajatan"]);
  assert.deepEqual(found.doubled, ["konser", "Pawai"]);
});

test("words that are too long are named, a list that is too long is only counted", () => {
  assert.equal(read("x".repeat(251)).long.length, 1);
  const found = read(Array.from({ length: MOST * 10 }, (_one, at) => `Baris ${at}`).join("\n"));
  assert.deepEqual([found.items.length, found.count], [0, 10_000]);
  assert.equal(read(Array.from({ length: MOST }, (_one, at) => `Baris ${at}`).join("\n")).items.length, MOST);
});

test("new answers get values that are free, and those there are keep theirs", () => {
  const held = { options: [{ value: "a", label: { id: "Konser", en: "Concert" } }] };
  add(doc, held, [{ label: "Hajatan", value: "a" }, { label: "Pawai", value: "" }], "id");
  assert.deepEqual(held.options.map(({ value }) => value), ["a", "a_2", "pawai"]);
  add(doc, held, [{ label: "Pawai", value: "p" }, { label: "Konser", value: "" }], "id", { anew: true });
  assert.deepEqual(held.options, [{ value: "pawai", label: { id: "Pawai" } }, { value: "a", label: { id: "Konser", en: "Concert" } }]);
});

test("one line of words is no table", () => {
  assert.deepEqual(["Konser", "Konser\n", "a\tb", "a\nb"].map(isTable), [false, false, true, true]);
});
