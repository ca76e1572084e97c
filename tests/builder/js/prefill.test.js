import assert from "node:assert/strict";
import { test } from "node:test";

import { spelt } from "../../../builder/panel/assets/keys.js";
import { renameField } from "../../../builder/panel/assets/names.js";
import { begun, choosable, factsFor, sourceOf } from "../../../builder/panel/assets/prefill.js";

const profile = { name: ["text"], nik: ["nik"], birth_place: ["text"] };
const registers = [{ key: "dukcapil", title: "Dukcapil", values: ["nama", "tempat_lahir"], asked: ["nik", "tgl_lahir"] }];
const never = ["file"];
const service = () => ({
  languages: ["id"],
  pages: [
    {
      key: "satu",
      fields: [
        { key: "nik", type: "nik", label: "NIK", privacy: "personal" },
        { key: "tgl_lahir", type: "date", label: "Lahir", privacy: "personal" },
        { key: "nama", type: "text", label: "Nama" },
        { key: "berkas", type: "file", label: "Berkas" },
      ],
    },
    { key: "dua", for: "petugas", fields: [{ key: "catatan", type: "text", label: "Catatan" }] },
  ],
});
const world = (key, more = {}) => {
  const doc = service();
  const held = doc.pages.flatMap((page) => page.fields).find((one) => one.key === key);
  Object.assign(held, more);
  return { doc, held, profile, registers, never };
};

test("offers the sources a question can have", () => {
  assert.deepEqual(choosable(world("nama")), ["profile", "previous", "query", "register"]);
  assert.deepEqual(choosable(world("nik")), ["profile", "previous", "register"], "personal data is not for links");
  assert.deepEqual(choosable(world("nama", { privacy: "special" })), ["profile", "register"]);
  assert.deepEqual(choosable(world("berkas")), []);
  assert.deepEqual(choosable(world("catatan")), [], "officers fill in by themselves");
  assert.deepEqual(choosable({ ...world("nama"), registers: [] }), ["profile", "previous", "query"]);
});

test("keeps a source that is chosen already, so that it can be taken away", () => {
  const prefill = { register: "pajak", by: { nik: "nik" }, value: "nama" };
  assert.deepEqual(choosable({ ...world("nama", { prefill }), registers: [] }), ["profile", "previous", "query", "register"]);
  assert.equal(sourceOf({ prefill }), "register");
  assert.equal(sourceOf({}), "");
});

test("begins with what is most likely", () => {
  assert.deepEqual(begun({ ...world("nik"), source: "profile" }), { profile: "nik" });
  assert.deepEqual(begun({ ...world("nama"), source: "profile" }), { profile: "name" });
  assert.deepEqual(begun({ ...world("nama"), source: "previous" }), { previous: true });
  assert.deepEqual(begun({ ...world("nama"), source: "query" }), { query: "nama" });
  assert.deepEqual(begun({ ...world("nama"), source: "register" }), {
    register: "dukcapil", by: { nik: "nik", tgl_lahir: "tgl_lahir" }, value: "nama",
  });
});

test("knows which facts a kind of question takes, and says names as words", () => {
  assert.deepEqual(factsFor(profile, "text"), ["name", "birth_place"]);
  assert.equal(spelt("tempat_lahir"), "Tempat lahir");
});

test("follows a question that a register is asked by when its key changes", () => {
  const { doc, held } = world("nama", { prefill: { register: "dukcapil", by: { nik: "nik" }, value: "nama" } });
  renameField(doc, "nik", "nik_ayah");
  assert.deepEqual(held.prefill.by, { nik: "nik_ayah" });
});
