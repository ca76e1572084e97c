import assert from "node:assert/strict";
import { test } from "node:test";

import { accept, remove, renew } from "../../../builder/panel/assets/stories.js";

const doc = () => ({ stories: [{ key: "a", steps: [{ by: "petugas", do: "terima", then: { status: "baru", refused: "final" } }] }, { key: "b", then: { due: "2026-03-17" } }] });

test("a new outcome counts at the step where it came", () => {
  const made = doc();
  accept(made, 0, { step: 1, what: "status", found: "selesai" });
  accept(made, 0, { step: 1, what: "refused", found: "" });
  assert.deepEqual(made.stories[0].steps[0].then, { status: "selesai" });
});

test("what comes of filing is expected of filing, and nothing at all is not written", () => {
  const made = doc();
  accept(made, 1, { step: 0, what: "due", found: "" });
  assert.deepEqual(made.stories[1], { key: "b" });
});

test("the last story takes the list along", () => {
  const made = doc();
  remove(made, 0);
  assert.equal(made.stories[0].key, "b");
  remove(made, 0);
  assert.equal("stories" in made, false);
});

test("a story told anew expects what comes now, and loses the steps that cannot be taken", () => {
  const told = { key: "a", then: { status: "baru" }, steps: [{ by: "petugas", do: "terima", then: { effects: ["mail:x"] } }, { by: "kepala", do: "setuju" }] };
  const made = { stories: [structuredClone(told)] };
  renew(made, 0, { then: [{ status: "periksa" }, {}] });
  assert.deepEqual(made.stories[0], { key: "a", then: { status: "periksa" }, steps: [{ by: "petugas", do: "terima" }] });
  renew(made, 0, { then: [{}] });
  assert.deepEqual(made.stories[0], { key: "a" });
});
