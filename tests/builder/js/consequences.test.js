// What an edit would break is found before it is made, in every place where questions are named.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { broken, carefully, consequences, followed } from "../../../builder/panel/assets/consequences.js";
import { changeType, copyOf } from "../../../builder/panel/assets/document.js";
import { dissolve, givePage, moveField, movePage, removeField, removePage } from "../../../builder/panel/assets/moving.js";
import { renameField, settleKey } from "../../../builder/panel/assets/names.js";
import { namings } from "../../../builder/panel/assets/namings.js";
import { outline, question } from "../../../builder/panel/assets/outline.js";
import { learn } from "../../../builder/panel/assets/world.js";

const here = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const service = () => JSON.parse(here("../everything-named.json"));
learn({ values: { text: "text", phone: "text", longtext: "text", choice: "text", choices: "several", integer: "number", number: "number" } });

const whats = (found) => [...new Set(found.map(({ naming }) => naming.what))].sort();
const taken = (doc, id) => whats(consequences(doc, (next) => removeField(next, id)));

test("every way to name a question has its sentence, and every sentence its way", () => {
  const said = [...here("../../../builder/panel/words/edits.py").matchAll(/"goes_([a-z_]+)"/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(namings(service()).map(({ what }) => what))].sort(), said.sort());
});

test("a document that is right has nothing broken, and what was broken before is no news", () => {
  assert.deepEqual(broken(service(), new Map()), []);
  const doc = service();
  question(doc, "keterangan").field.visible = { answered: [{ var: "hilang" }] };
  assert.equal(broken(doc, new Map()).length, 1);
  assert.deepEqual(consequences(doc, (next) => movePage(next, "saran", 1)), []);
});

test("taking a question out finds everything that names it", () => {
  assert.deepEqual(taken(service(), "ukuran"), ["chip", "filter", "story", "visible"]);
  assert.deepEqual(taken(service(), "nama"), ["applicant_name", "carried", "chip", "default", "detail", "sent", "set", "story", "visible"]);
  assert.deepEqual(taken(service(), "kantor"), ["chip", "office", "where"]);
  assert.deepEqual(taken(service(), "cabang/tempat"), ["chip", "where"]);
  assert.deepEqual(taken(service(), "cabang"), ["block_when", "calculate", "chip", "each", "story", "table", "where"]);
  assert.deepEqual(taken(service(), "hp"), ["applicant_phone", "words"]);
  assert.deepEqual(taken(service(), "lahir"), ["prefill"]);
  assert.deepEqual(taken(service(), "biaya"), ["chip"]);
});

test("what goes along is all that names it, and nothing else", () => {
  const doc = service();
  carefully(doc, (next) => removeField(next, "nama"));
  assert.deepEqual(broken(doc, new Map()), []);
  assert.ok(!/"nama"|\{nama/.test(JSON.stringify(doc.letters)));
  assert.deepEqual(doc.letters[0].recipient, "…");
  assert.deepEqual(doc.letters[0].body.find((block) => block.details).details, [{ label: "Biaya", value: "{biaya|rupiah}" }]);
  assert.equal(doc.pages[1].visible, undefined);
  assert.equal(question(doc, "keterangan").field.default, undefined);
  assert.deepEqual(question(doc, "keterangan").field.visible, service().pages[1].fields[4].visible);
  assert.deepEqual(doc.applicant, { email: "surel", phone: "hp", proof: "nik" });
  assert.deepEqual(doc.workflow.filed[0].data, ["luas"]);
  assert.equal(doc.workflow.actions[0].changes, undefined);
  assert.equal(doc.workflow.actions[0].effects[0].answers, undefined);
});

test("a letter keeps a block when the last one goes", () => {
  const doc = service();
  doc.letters[0].body = [{ table: "cabang", columns: [{ title: "Tempat", value: "{tempat}" }] }];
  carefully(doc, (next) => removeField(next, "cabang"));
  assert.deepEqual(doc.letters[0].body, [{ paragraph: "…" }]);
});

test("moving above what is named, below what names it, or to a page that comes later is found", () => {
  const move = (id, page, index, parent) => whats(consequences(service(), (next) => moveField(next, id, page, index, parent)));
  assert.deepEqual(move("keterangan", 1, 0), ["visible"]);
  assert.deepEqual(move("ukuran", 1, 6), ["filter", "visible"]);
  assert.deepEqual(move("luas", 1, 2), []);
  assert.deepEqual(move("luas", 2, 0), ["calculate", "check", "required", "story"]);
  assert.deepEqual(move("jumlah", 1, 0), []);
  assert.deepEqual(move("cabang/jumlah", 1, 0), ["calculate", "check", "story"]);
  assert.deepEqual(move("luas", 1, 0, "cabang"), ["action_when", "calculate", "check", "chip", "required", "sent", "story", "task_when"]);
});

test("pages: their order, whose they are, and their end", () => {
  const change = (work) => whats(consequences(service(), work));
  assert.deepEqual(change((next) => movePage(next, "usaha", -1)), ["default", "visible", "words"]);
  assert.deepEqual(change((next) => givePage(next, "periksa", "camat")), ["asked"]);
  assert.ok(change((next) => givePage(next, "pemohon", "petugas")).includes("applicant_name"));
  assert.ok(change((next) => removePage(next, "periksa")).includes("asked"));
});

test("another kind of answer is found where a rule compares it, and where only some kinds can stand", () => {
  const become = (id, type) => whats(consequences(service(), (next) => changeType(question(next, id).field, type)));
  assert.deepEqual(become("ukuran", "choices"), ["filter", "visible"]);
  assert.deepEqual(become("luas", "number"), []);
  assert.deepEqual(become("nama", "longtext"), ["applicant_name"]);
});

test("a rename follows everywhere", () => {
  for (const { id, field } of outline(service()).filter((one) => one.field.type !== "group")) {
    const doc = service();
    const before = namings(doc).length;
    renameField(doc, id, `${field.key}_baru`);
    assert.deepEqual(broken(doc, new Map()), [], id);
    assert.equal(namings(doc).length, before);
    const [, kept] = [doc, service()].map((one) => JSON.stringify(one).replaceAll("_baru", ""));
    assert.equal(JSON.stringify(doc).replaceAll("_baru", ""), kept);
  }
});

test("a new label gives no key that an inner question has, so that no rule changes its meaning", () => {
  const doc = service();
  const held = question(doc, "panjang").field;
  held.label = { id: "Jumlah" };
  const id = settleKey(doc, "panjang", "Panjang");
  assert.equal(id, "jumlah_2");
});

test("without its heading a group is shown when it was shown before", () => {
  const doc = service();
  dissolve(doc, "#izin_lama");
  const when = { "==": [{ var: "ukuran" }, "kecil"] };
  assert.deepEqual(question(doc, "nomor").field.visible, when);
  assert.deepEqual(question(doc, "tahun").field.visible, { and: [when, { answered: [{ var: "nomor" }] }] });
});

test("words that fill in an answer get a gap when it goes, and are words again once nothing is left to fill in", () => {
  const taken = (id) => {
    const doc = service();
    carefully(doc, (next) => removeField(next, id));
    return doc;
  };
  const without = taken("hp");
  assert.deepEqual([without.pages[1].title, without.pages[1].intro, without.pages[1].chips], ["Usaha (…)", "Hubungi …", undefined]);
  assert.deepEqual([question(without, "#izin_lama").field.label, question(without, "#izin_lama").field.chips], ["Izin lama, telepon …", undefined]);
  const reason = question(without, "cabang/alasan").field;
  assert.deepEqual([reason.label, reason.chips], ["Alasan untuk {jumlah} di …", true]);
  assert.deepEqual([question(taken("cabang/alasan"), "cabang").field.item, question(taken("cabang/alasan"), "cabang").field.label], ["Cabang …", "Cabang dari {hp}"]);
  assert.deepEqual(whats(consequences(service(), (next) => moveField(next, "hp", 1, 1))), ["words"]);
  assert.deepEqual(whats(consequences(service(), (next) => changeType(question(next, "cabang/alasan").field, "signature"))), ["entry_words"]);
});

test("braces in words that are not marked name nothing", () => {
  const doc = service();
  delete doc.pages[1].chips;
  carefully(doc, (next) => renameField(next, "hp", "telepon"));
  assert.deepEqual([doc.pages[1].title, question(doc, "#izin_lama").field.label], ["Usaha ({hp})", "Izin lama, telepon {telepon}"]);
});

test("asking changes nothing", () => {
  const doc = service();
  const before = copyOf(doc);
  consequences(doc, (next) => removeField(next, "cabang"));
  assert.deepEqual(doc, before);
});

test("what an officer puts right in a story follows a rename, and the step goes with its last answer", () => {
  const doc = service();
  doc.stories[0].steps.push({ by: "petugas", edit: { panjang: 3 } });
  renameField(doc, "panjang", "jauh");
  assert.deepEqual(doc.stories[0].steps[1].edit, { jauh: 3 });
  carefully(doc, (next) => removeField(next, "jauh"));
  assert.equal(doc.stories[0].steps.length, 1);
});

const eventful = (rules) => ({
  languages: ["id"],
  pages: [{ key: "p", fields: [
    { key: "jenis", type: "choice", options: ["a", "b", "c"].map((value) => ({ value, label: { id: value } })) },
    { key: "sarana", type: "choices", options: ["x", "y"].map((value) => ({ value, label: { id: value } })) },
    ...Object.entries(rules).map(([key, visible]) => ({ key, type: "text", label: { id: key }, visible })),
  ] }],
});
const leave = (doc, key, ...values) => followed(doc, () => { question(doc, key).field.options = question(doc, key).field.options.filter((one) => !values.includes(one.value)); });
const jenis = { var: "jenis" };

test("an answer that goes is asked about where a rule cannot do without it", () => {
  const doc = eventful({ satu: { "==": [jenis, "b"] }, dua: { "==": [jenis, "a"] }, tiga: { in: ["x", { var: "sarana" }] }, empat: { and: [{ "!=": ["b", jenis] }, { answered: jenis }] } });
  const asked = (key, ...values) => consequences(doc, (next) => leave(next, key, ...values)).map(({ naming, questions }) => [naming.owner.key, questions.map((one) => one.key).join()]);
  assert.deepEqual(asked("jenis", "b"), [["satu", "jenis"], ["empat", "jenis"]]);
  assert.deepEqual(asked("jenis", "c"), []);
  assert.deepEqual(asked("sarana", "x"), [["tiga", "sarana"]]);
  carefully(doc, (next) => leave(next, "jenis", "b"));
  assert.deepEqual(outline(doc).filter(({ field }) => field.visible).map(({ field }) => field.key), ["dua", "tiga"]);
});

test("an answer that goes leaves what can do without it, in lists of answers and in tables of fees", () => {
  const fee = { if: [{ in: [jenis, ["a", "b"]] }, { if: [{ "==": [jenis, "a"] }, 1, 2] }, 3] };
  const doc = eventful({
    satu: { in: [jenis, ["a", "b", "c"]] }, dua: { "!": [{ in: [jenis, ["a", "b"]] }] }, tiga: { or: [{ in: ["x", { var: "sarana" }] }, { in: ["y", { var: "sarana" }] }] }, empat: { ">": [fee, 1] },
  });
  leave(doc, "jenis", "b");
  leave(doc, "sarana", "x");
  const rules = Object.fromEntries(outline(doc).filter(({ field }) => field.visible).map(({ field }) => [field.key, field.visible]));
  assert.deepEqual(rules, {
    satu: { in: [jenis, ["a", "c"]] }, dua: { "!": [{ "==": [jenis, "a"] }] }, tiga: { in: ["y", { var: "sarana" }] }, empat: { ">": [{ if: [{ "==": [jenis, "a"] }, { if: [{ "==": [jenis, "a"] }, 1, 2] }, 3] }, 1] },
  });
});

test("a question that leaves its rows keeps the rules that still read its answer, and asks about the others", () => {
  const doc = { languages: ["id"], pages: [{ key: "p", fields: [
    { key: "kios", type: "repeat", fields: [
      { key: "luas", type: "integer" }, { key: "tarif", type: "integer", visible: { ">": [{ var: "luas" }, 5] } }, { key: "kode", type: "text", visible: { answered: { var: "tarif" } } },
    ] },
    { key: "jumlah", type: "integer", calculate: { sum: [{ var: "kios" }, { var: "tarif" }] } }, { key: "luas", type: "integer" },
  ] }] };
  const asked = (id, index) => consequences(doc, (next) => moveField(next, id, 0, index)).map(({ naming, questions }) => [naming.owner.key, naming.what, questions.map((one) => one.key).join()]);
  const seen = asked("kios/tarif", 1).map(([key]) => key);
  assert.ok(seen.includes("tarif"), "its own rule read the row's answer");
  assert.ok(seen.includes("jumlah"), "the sum over rows has nothing to add up");
  assert.deepEqual(asked("kios/kode", 1).map(([key]) => key), ["kode"]);
  assert.deepEqual(asked("kios/luas", 0), [], "it gets another key than the one outside, and is read under it");
  moveField(doc, "kios/luas", 0, 0);
  assert.deepEqual(question(doc, "kios/tarif").field.visible, { ">": [{ var: doc.pages[0].fields[0].key }, 5] });
  assert.notEqual(doc.pages[0].fields[0].key, "luas");
});

test("a step that asked for an answer that is gone is done with every application", () => {
  const doc = service();
  const found = consequences(doc, (next) => removeField(next, "pekerjaan"));
  assert.deepEqual(found.map(({ naming: { what, owner } }) => [what, owner?.key]), [["only_if", "rapat"]]);
  carefully(doc, (next) => removeField(next, "pekerjaan"));
  assert.equal(doc.workflow.actions.some(({ key }) => key === "lewati"), false);
});
