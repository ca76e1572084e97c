// What has changed is listed place by place; a place that is gone stands apart from the one that took its number.
import assert from "node:assert/strict";
import { test } from "node:test";

import { placed } from "../../../builder/panel/assets/changes.js";

const change = (where, sentence, target = {}) => ({ what: "changed", tab: "questions", where, sentence, target });

test("what is said of one place stands together", () => {
  const places = placed([change("Question 1", "a"), change("Question 2", "b"), change("Question 1", "c")]);
  assert.deepEqual(places.map(({ where, sentences }) => [where, sentences]), [["Question 1", ["a", "c"]], ["Question 2", ["b"]]]);
});

test("a question that is gone is not mistaken for the one in its place", () => {
  const places = placed([change("Question 1", "added"), change("Question 1", "removed", null)]);
  assert.equal(places.length, 2);
});
