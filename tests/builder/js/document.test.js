import assert from "node:assert/strict";
import { test } from "node:test";

import { carefully } from "../../../builder/panel/assets/consequences.js";
import { changeType, say, setOptions, write } from "../../../builder/panel/assets/document.js";
import { free, proposed, slug } from "../../../builder/panel/assets/keys.js";
import { addField, addPage, duplicateField, moveField, removeField, stepField } from "../../../builder/panel/assets/moving.js";
import { names } from "../../../builder/panel/assets/expressions.js";
import { dependents, renameField, settleKey } from "../../../builder/panel/assets/names.js";
import { earlier, question, questions } from "../../../builder/panel/assets/outline.js";
import { Store } from "../../../builder/panel/assets/store.js";

const service = () => ({
  languages: ["id", "en"],
  applicant: { name: "nama" },
  pages: [
    {
      key: "satu",
      title: { id: "Satu" },
      fields: [
        { key: "nama", type: "text", label: { id: "Nama", en: "Name" } },
        { key: "jenis", type: "choice", label: { id: "Jenis" }, options: [{ value: "a", label: { id: "A" } }, { value: "b", label: { id: "B" } }] },
      ],
    },
    {
      key: "dua",
      title: { id: "Dua" },
      visible: { answered: [{ var: "nama" }] },
      fields: [{ key: "alasan", type: "longtext", label: { id: "Alasan" }, visible: { "==": [{ var: "jenis" }, "a"] } }],
    },
  ],
  workflow: { start: "cek", office: "kantor", roles: [{ key: "lurah", where: { answer: "kantor" } }], statuses: [], actions: [] },
});

const keys = (doc) => questions(doc).map(({ field }) => field.key);

test("a slug is a key a machine accepts, whatever the words", () => {
  assert.equal(slug("Apakah Anda menutup jalan?"), "apakah_anda_menutup_jalan");
  assert.equal(slug("17 Agustus"), "agustus");
  assert.equal(slug("Café Été"), "cafe_ete");
  assert.equal(slug("印尼"), "question");
  assert.match(slug("x".repeat(90)), /^[a-z][a-z0-9_]{0,39}$/);
});

test("a taken key gets the next number and stays short enough", () => {
  assert.equal(free("nama", ["nama", "nama_2"]), "nama_3");
  assert.equal(free("x".repeat(40), ["x".repeat(40)]).length, 40);
  assert.ok(proposed("nama_2", "Nama"));
  assert.ok(!proposed("name", "Nama lengkap"));
});

test("a new question lands where it is asked for, with a key of its own", () => {
  const doc = service();
  const key = addField(doc, { pageIndex: 0, index: 1, type: "date" });
  assert.deepEqual(keys(doc), ["nama", key, "jenis", "alasan"]);
  assert.equal(addField(doc, { pageIndex: 0, type: "text", parts: { key: "nama", label: { id: "Nama" } } }), "nama_2");
  assert.equal(addField(doc, { pageIndex: 1, type: "text", parts: { key: "lama" }, released: ["lama"] }), "lama_2");
});

test("the first e-mail and telephone questions reach the applicant, later ones do not take over", () => {
  const doc = service();
  addField(doc, { pageIndex: 0, type: "email", parts: { key: "surel", label: { id: "Surel" } } });
  addField(doc, { pageIndex: 0, type: "email", parts: { key: "surel_lain", label: { id: "Surel lain" } } });
  assert.deepEqual(doc.applicant, { name: "nama", email: "surel" });
});

test("a key follows the label only while it was proposed and never published", () => {
  const doc = service();
  const key = addField(doc, { pageIndex: 0, index: 2, type: "text" });
  write(doc, question(doc, key).field, "label", "id", "Alamat rumah");
  const settled = settleKey(doc, key, "");
  assert.equal(settled, "alamat_rumah");
  write(doc, question(doc, settled).field, "label", "id", "Alamat kantor");
  assert.equal(settleKey(doc, settled, "Alamat rumah", ["alamat_rumah"]), "alamat_rumah");
  assert.equal(settleKey(doc, settled, "Alamat rumah"), "alamat_kantor");
  question(doc, "nama").field.label = { id: "Nama lengkap" };
  assert.equal(settleKey(doc, "nama", "Sesuatu yang lain"), "nama");
});

test("renaming a question renames it wherever it is named", () => {
  const doc = service();
  doc.workflow.actions.push({ key: "x", from: [], when: { and: [{ "==": [{ var: "jenis" }, "jenis"] }] } });
  renameField(doc, "jenis", "macam");
  assert.deepEqual(doc.pages[1].fields[0].visible, { "==": [{ var: "macam" }, "a"] });
  assert.deepEqual(doc.workflow.actions[0].when, { and: [{ "==": [{ var: "macam" }, "jenis"] }] });
  renameField(doc, "nama", "nama_lengkap");
  assert.equal(doc.applicant.name, "nama_lengkap");
  assert.deepEqual([...names(doc.pages[1].visible)], ["nama_lengkap"]);
});

test("who names a question is known", () => {
  assert.deepEqual(dependents(service(), "jenis").map(({ key }) => key), ["alasan"]);
});

test("a removed question takes what names it along, and nothing else", () => {
  const doc = service();
  carefully(doc, (next) => removeField(next, "jenis"));
  assert.deepEqual(keys(doc), ["nama", "alasan"]);
  assert.equal(doc.pages[1].fields[0].visible, undefined);
  assert.deepEqual(doc.pages[1].visible, { answered: [{ var: "nama" }] });
  carefully(doc, (next) => removeField(next, "nama"));
  assert.equal(doc.applicant, undefined);
  assert.equal(doc.pages[1].visible, undefined);
});

test("moving keeps the order of all others, within a page and across pages", () => {
  const doc = service();
  moveField(doc, "nama", 0, 2);
  assert.deepEqual(keys(doc), ["jenis", "nama", "alasan"]);
  moveField(doc, "nama", 0, 0);
  assert.deepEqual(keys(doc), ["nama", "jenis", "alasan"]);
  stepField(doc, "jenis", 1);
  assert.deepEqual(doc.pages.map((page) => page.fields.length), [1, 2]);
  stepField(doc, "jenis", -1);
  assert.deepEqual(keys(doc), ["nama", "jenis", "alasan"]);
  stepField(doc, "nama", -1);
  assert.deepEqual(keys(doc), ["nama", "jenis", "alasan"]);
});

test("a rule may name only what comes before", () => {
  const doc = service();
  assert.deepEqual(earlier(doc, "alasan").map(({ field }) => field.key), ["nama", "jenis"]);
  assert.deepEqual(earlier(doc, "nama"), []);
  assert.deepEqual(earlier(doc, "", "dua").map(({ field }) => field.key), ["nama", "jenis"]);
  const page = addPage(doc, { id: "Tiga" });
  assert.equal(earlier(doc, "", page).length, 3);
});

test("pasted options become answers, and a moved or reworded line keeps its value", () => {
  const doc = service();
  const { field } = question(doc, "jenis");
  setOptions(doc, field, ["B", " A ", "", "Lain-lain"], "id");
  assert.deepEqual(field.options.map(({ value }) => value), ["b", "a", "lain_lain"]);
  setOptions(doc, field, ["B", "Baru", "Lain-lain"], "id");
  assert.deepEqual(field.options.map(({ value }) => value), ["b", "a", "lain_lain"]);
  assert.equal(say(field.options[1].label, "id"), "Baru");
  setOptions(doc, field, ["B", "Sama", "Sama"], "id");
  assert.equal(new Set(field.options.map(({ value }) => value)).size, 3);
});

test("a text keeps its other languages, and plain text becomes the first language", () => {
  const doc = service();
  const holder = { title: "Lama" };
  write(doc, holder, "title", "en", "Old");
  assert.deepEqual(holder.title, { id: "Lama", en: "Old" });
  write(doc, holder, "title", "id", "");
  assert.deepEqual(holder.title, { en: "Old" });
  write(doc, holder, "title", "en", "");
  assert.equal("title" in holder, false);
});

test("a question that changes its kind keeps what the new kind understands", () => {
  const field = { key: "a", type: "integer", label: { id: "A" }, minimum: 1, places: 2, "x-note": 1, required: true };
  changeType(field, "money");
  assert.deepEqual(field, { key: "a", type: "money", label: { id: "A" }, minimum: 1, "x-note": 1, required: true });
});

test("a copy has a key of its own and stands after its original", () => {
  const doc = service();
  assert.equal(duplicateField(doc, "jenis"), "jenis_2");
  assert.deepEqual(keys(doc), ["nama", "jenis", "jenis_2", "alasan"]);
});

test("other words take what was no translation of the old ones away, and leave a translation", () => {
  const doc = service();
  const begun = [{ id: "Halaman baru", en: "New page" }];
  const put = (text, words, language = "id") => {
    doc.pages[0].title = { ...text };
    write(doc, doc.pages[0], "title", language, words, { begun });
    return doc.pages[0].title;
  };
  assert.deepEqual(put({ id: "Halaman baru", en: "New page" }, "Sungai"), { id: "Sungai" });
  assert.deepEqual(put({ id: "Halaman baru", en: "River" }, "Sungai"), { id: "Sungai", en: "River" });
  assert.deepEqual(put({ id: "Izin", en: "Izin" }, "Izin ramai"), { id: "Izin ramai" });
  assert.deepEqual(put({ id: "Izin", en: "Permit" }, "Izin ramai"), { id: "Izin ramai", en: "Permit" });
  assert.deepEqual(put({ id: "Halaman baru", en: "New page" }, "River", "en"), { id: "Halaman baru", en: "River" });
});

test("undo takes back one thing at a time, and typing counts as one thing", () => {
  let time = 0;
  const store = new Store(service(), { now: () => time });
  const type = (words) => store.apply((doc) => write(doc, doc.pages[0], "title", "id", words), { tag: "title", typing: true });
  type("S");
  time += 100;
  type("Sa");
  time += 5000;
  type("Sat");
  store.apply((doc) => removeField(doc, "nama"));
  store.undo();
  assert.equal(questions(store.doc).length, 3);
  store.undo();
  assert.equal(store.doc.pages[0].title.id, "Sa");
  store.undo();
  assert.equal(store.doc.pages[0].title.id, "Satu");
  assert.equal(store.undo(), false);
  store.redo();
  assert.equal(store.doc.pages[0].title.id, "Sa");
});

test("a change never touches the document that undo goes back to", () => {
  const before = service();
  const store = new Store(before);
  store.apply((doc) => removeField(doc, "nama"));
  assert.deepEqual(before, service());
});
