// Several questions at once, and questions on their way from one service to another.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bundled, LONGEST, MOST, opened, unpacked } from "../../../builder/panel/assets/bundle.js";
import { broken, carefully } from "../../../builder/panel/assets/consequences.js";
import { copyOf } from "../../../builder/panel/assets/document.js";
import { outline, question } from "../../../builder/panel/assets/outline.js";
import { allFit, chosen, copyAll, moveAll, removeAll } from "../../../builder/panel/assets/several.js";
import { learn } from "../../../builder/panel/assets/world.js";

learn({ values: { phone: "text", integer: "number", text: "text" } });

const service = () => JSON.parse(readFileSync(new URL("../everything-named.json", import.meta.url), "utf8"));
const text = (key, more = {}) => ({ key, type: "text", label: { id: key }, ...more });
const empty = () => ({ key: "lain", languages: ["id"], pages: [{ key: "satu", title: { id: "Satu" }, fields: [text("nama")] }], workflow: { start: "a", roles: [], statuses: [], actions: [] } });
const types = { text: {}, choice: {}, integer: {}, group: {}, repeat: {}, office: {}, money: {} };
const ids = (doc, page) => outline(doc).filter((one) => one.pageIndex === page && !one.parents.length).map((one) => one.id);

test("what stands in something that is chosen goes with it, from top to bottom", () => {
  assert.deepEqual(chosen(service(), ["tahun", "luas", "#izin_lama", "panjang"]).map((one) => one.id), ["panjang", "luas", "#izin_lama"]);
});

test("several move together, keep their order, and may be put in the middle", () => {
  const doc = empty();
  doc.pages[0].fields.push(text("b"), text("c"), text("d"), { key: "g", type: "group", label: { id: "G" }, fields: [text("e")] });
  assert.deepEqual(moveAll(doc, ["d", "b"], 0, "#g"), ["b", "d"]);
  assert.deepEqual(doc.pages[0].fields.at(-1).fields.map(({ key }) => key), ["e", "b", "d"]);
  moveAll(doc, ["c", "d"], 0, "", 0);
  assert.deepEqual(ids(doc, 0), ["c", "d", "nama", "#g"]);
  moveAll(doc, ["c", "d"], 0, "", 3);
  assert.deepEqual(ids(doc, 0), ["nama", "c", "d", "#g"]);
});

test("a group cannot stand in a group, so neither can several with one among them", () => {
  const doc = empty();
  doc.pages[0].fields.push({ key: "g", type: "group", label: { id: "G" }, fields: [] }, { key: "h", type: "group", label: { id: "H" }, fields: [] });
  assert.equal(allFit(doc, ["nama"], "#g"), true);
  assert.equal(allFit(doc, ["nama", "#h"], "#g"), false);
});

test("copies name each other, not what they were made from", () => {
  const doc = service();
  const made = copyAll(doc, ["panjang", "luas"]);
  assert.deepEqual(made, ["panjang_2", "luas_2"]);
  assert.deepEqual(question(doc, "luas_2").field.check, { ">": [{ var: "luas_2" }, 1] });
  assert.deepEqual(question(doc, "luas").field.check, { ">": [{ var: "luas" }, 1] });
  assert.deepEqual(broken(doc, new Map()), []);
});

test("copies of questions from different boxes stand where all of them may", () => {
  const doc = service();
  const made = copyAll(doc, ["nomor", "cabang/jumlah"]);
  assert.deepEqual(made.map((id) => question(doc, id).parents.length), [1, 1]);
  assert.deepEqual(broken(doc, new Map()).map(({ naming }) => naming.what), []);
});

test("several are taken out as one", () => {
  const doc = service();
  carefully(doc, (next) => removeAll(next, ["#izin_lama", "nomor", "total"]));
  assert.deepEqual([question(doc, "nomor"), question(doc, "total")], [undefined, undefined]);
  assert.deepEqual(broken(doc, new Map()), []);
});

test("questions come to another service with their lists, and rules of what stayed behind go", () => {
  const bundle = opened(bundled(service(), ["kelas", "keterangan", "luas"]), types);
  const doc = empty();
  const { ids: made, lost } = unpacked(doc, bundle, { pageIndex: 0 });
  assert.deepEqual(made, ["kelas", "luas", "keterangan"]);
  assert.deepEqual(lost.map(({ what }) => what).sort(), ["default", "filter", "visible"]);
  assert.deepEqual(doc.datasets, service().datasets);
  assert.equal(question(doc, "keterangan").field.visible, undefined);
  assert.deepEqual(question(doc, "keterangan").field.required, { ">": [{ var: "luas" }, 10] });
  assert.deepEqual(broken(doc, new Map()), []);
  unpacked(doc, bundle, { pageIndex: 0 });
  assert.deepEqual(Object.keys(doc.datasets), ["kelas"]);
  assert.deepEqual(question(doc, "keterangan_2").field.required, { ">": [{ var: "luas_2" }, 10] });
});

test("a question of the same name in another service is not the one that was meant", () => {
  const doc = empty();
  const { lost } = unpacked(doc, opened(bundled(service(), ["keterangan"]), types), { pageIndex: 0 });
  assert.ok(lost.map(({ what }) => what).includes("default"));
  assert.equal(question(doc, "keterangan").field.default, undefined);
});

test("in the service they come from, rules keep naming what is still there", () => {
  const doc = service();
  const { ids: made, lost } = unpacked(doc, opened(bundled(doc, ["keterangan"]), types), { pageIndex: 1 });
  assert.deepEqual([made, lost], [["keterangan_2"], []]);
  assert.deepEqual(question(doc, "keterangan_2").field.visible, question(doc, "keterangan").field.visible);
});

test("a list of another content comes under a name of its own", () => {
  const doc = { ...empty(), datasets: { kelas: { columns: {}, items: [{ value: "z", label: { id: "Z" } }] } } };
  unpacked(doc, opened(bundled(service(), ["kelas"]), types), { pageIndex: 0 });
  assert.equal(question(doc, "kelas").field.dataset, "kelas_2");
  assert.equal(doc.datasets.kelas.items[0].value, "z");
});

test("words come in the languages of the service", () => {
  const doc = { ...empty(), languages: ["en"] };
  const bundle = { rakit: "questions", service: "x", items: [text("a", { label: { id: "Nama", en: "Name" }, help: { id: "Bantuan" } })] };
  unpacked(doc, bundle, { pageIndex: 0 });
  assert.deepEqual(question(doc, "a").field.label, { en: "Name" });
  assert.deepEqual(question(doc, "a").field.help, { en: "Bantuan" });
});

test("what is no questions is refused with the reason", () => {
  const one = (more) => JSON.stringify({ rakit: "questions", items: [{ ...text("a"), ...more }] });
  assert.equal(opened("", types), "paste_nothing");
  assert.equal(opened("Nama\nAlamat", types), "paste_other");
  assert.equal(opened(JSON.stringify({ items: [] }), types), "paste_other");
  assert.equal(opened("x".repeat(LONGEST + 1), types), "paste_long");
  for (const bad of [{ key: "A B" }, { key: 5 }, { type: "script" }, { label: 7 }, { label: { id: 1 } }, { fields: [] }, { options: [{ value: 1 }] }, { messages: "x" }, { help: [] }]) {
    assert.equal(opened(one(bad), types), "paste_broken", JSON.stringify(bad));
  }
  assert.equal(opened(one({ type: "group" }), types), "paste_broken");
  assert.equal(opened(JSON.stringify({ rakit: "questions", items: [text("a")], datasets: { x: 1 } }), types), "paste_broken");
  const many = Array.from({ length: MOST + 1 }, (_one, at) => text(`a${at}`));
  assert.equal(opened(JSON.stringify({ rakit: "questions", items: many }), types), "paste_many");
  assert.equal(typeof opened(one({}), types), "object");
  assert.equal(typeof opened(one({ label: "<b onclick=x()>Nama</b>" }), types), "object");
});

test("a choice whose list did not come along asks for answers of its own", () => {
  const doc = empty();
  unpacked(doc, { rakit: "questions", service: "x", items: [{ ...text("a"), type: "choice", dataset: "hilang" }] }, { pageIndex: 0 });
  assert.deepEqual(copyOf(question(doc, "a").field.options), []);
  assert.equal(question(doc, "a").field.dataset, undefined);
});
