import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { packAutosave, packed } from "../../../builder/panel/assets/packing.js";

const text = JSON.stringify({ title: { id: "Izin “Keramaian”".repeat(200) } });
const autosave = (document) => {
  const formData = new FormData();
  if (document !== undefined) formData.set("document", document);
  return { detail: { formData } };
};

test("what is packed is the same text, and much shorter", async () => {
  const small = await packed(text);
  assert.equal(gunzipSync(Buffer.from(small.slice(5), "base64")).toString("utf8"), text);
  assert.ok(small.startsWith("gzip:") && small.length < text.length / 10);
});

test("an autosave sends the document packed", async () => {
  const event = autosave(text);
  await packAutosave(event);
  assert.equal(event.detail.formData.get("document"), await packed(text));
});

test("what would not get shorter goes as it is, as do forms without a document", async () => {
  const short = autosave("{}");
  await packAutosave(short);
  assert.equal(short.detail.formData.get("document"), "{}");
  const other = autosave();
  await packAutosave(other);
  assert.equal(other.detail.formData.has("document"), false);
});

test("a browser that cannot pack sends plain text", async () => {
  const { CompressionStream } = globalThis;
  try {
    delete globalThis.CompressionStream;
    const event = autosave(text);
    await packAutosave(event);
    assert.equal(event.detail.formData.get("document"), text);
  } finally {
    globalThis.CompressionStream = CompressionStream;
  }
});
