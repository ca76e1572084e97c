import assert from "node:assert/strict";
import { test } from "node:test";

import { example, spoken, written } from "../../../builder/panel/assets/tokens.js";

const t = (name) => ({ token_reference: "nomor permohonan", token_link: "tautan" })[name] || name;
const TOKENS = ["reference", "link"];

test("a text reads in words and is written in tokens", () => {
  const text = "Lihat {link}, nomor {reference}. {lain} {reference";
  assert.equal(spoken(t, text, TOKENS), "Lihat {tautan}, nomor {nomor permohonan}. {lain} {reference");
  assert.equal(written(t, spoken(t, text, TOKENS), TOKENS), text);
  assert.equal(written(t, "{ tautan }", TOKENS), "{link}");
});

test("a number pattern shows what it makes", () => {
  assert.equal(example("{number}/470/{office}/{month_roman}/{year}", 3), "015/470/SUKASARI/XI/2026");
});
