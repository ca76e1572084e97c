import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { carefully, consequences } from "../../../builder/panel/assets/consequences.js";
import { chipAt, fillable, formats, meant, meantBy, mended, rewritten, speaker, unknown } from "../../../builder/panel/assets/letterchips.js";
import {
  addBlock, blockAt, copyBlock, copyLetter, emptyBlock, kindOf, letterOf, mayMove, moveBlock, moveLetter, removeBlock, removeLetter, rowsAt, stepIn, stepOut, stepTo,
} from "../../../builder/panel/assets/letteredits.js";
import { makePanel } from "../../../builder/panel/assets/deciders.js";
import { issuable, issuers, lastApproval, lastRefusal, makeLetter, ownRegister, setIssued, setRegister } from "../../../builder/panel/assets/letterissue.js";
import { renameField } from "../../../builder/panel/assets/names.js";
import { nameable, question } from "../../../builder/panel/assets/outline.js";
import { addRung, decide } from "../../../builder/panel/assets/rungs.js";
import { learn } from "../../../builder/panel/assets/world.js";

const here = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const service = () => JSON.parse(here("../everything-named.json"));
const { RAKIT_PANEL_SAMPLE: SAMPLE } = process.env;
const t = (name) => ({
  fact_letter_date: "tanggal surat", fact_signer_name: "nama penanda tangan", format_upper: "HURUF BESAR", format_words: "dengan kata-kata (terbilang)",
})[name] || name;
const panel = (doc) => ({ t: (name, { number } = {}) => (name === "question_number" ? `Pertanyaan ${number}` : t(name)), language: "id", store: { doc } });
learn({ values: { text: "text", longtext: "text", choice: "text", integer: "number", number: "number", money: "number" } });

const asked = (...labels) => ({ pages: [{ key: "p", fields: labels.map(([key, label, type = "text"]) => ({ key, label, type })) }], workflow: { actions: [], statuses: [] } });

test("a text reads in words and is written back as exactly what it was", () => {
  const doc = asked(["nama", "Nama lengkap"], ["fee", "Biaya {Rp} | total", "money"], ["nama_2", "Nama lengkap"], ["x", "nama"], ["y", ""]);
  const { spoken, written } = speaker(t, fillable(panel(doc), []));
  const text = "{nama} **{nama|upper}** {fee|words|title} {nama_2} {x} {y} {letter.date|day} {signer.name} {hilang} {hilang|upper} {case.none} {nama|odd} {";
  const read = spoken(text);
  assert.equal(written(read), text);
  assert.ok(read.startsWith("{Nama lengkap} **{Nama lengkap | HURUF BESAR}** {Biaya Rp total | dengan kata-kata (terbilang) | format_title} {Nama lengkap (3)}"), read);
  assert.ok(read.includes("{tanggal surat | format_day}"));
  assert.equal(written("{ nama LENGKAP | huruf besar }"), "{nama|upper}", "typed by hand, in whatever letters");
  assert.equal(written("{nama|upper}"), "{nama|upper}", "typed as the document writes it");
  assert.equal(written("{Nama lengkap | entah apa}"), "{Nama lengkap | entah apa}");
});

test("a question keeps its words where a fact is called alike", () => {
  const { spoken } = speaker(t, fillable(panel(asked(["hari", "Tanggal surat", "date"])), []));
  assert.equal(spoken("{hari} {letter.date}"), "{Tanggal surat} {tanggal surat (fill_letter)}");
});

test("what is asked nowhere is told", () => {
  const { written } = speaker(t, fillable(panel(asked(["nama", "Nama"])), []));
  assert.deepEqual(unknown(written("{Nama} {letter.date} {Nama ibu} {hilang|upper} {Nama | entah apa}")), ["Nama ibu", "Nama | entah apa"]);
});

test("the chip at the caret is written another way", () => {
  const speak = speaker(t, fillable(panel(asked(["fee", "Biaya", "money"])), []));
  const text = "Sebesar {Biaya} rupiah";
  assert.equal(chipAt(text, 3, speak), undefined);
  const chip = chipAt(text, 15, speak);
  assert.deepEqual(chip, { from: 8, to: 15, name: "fee", hows: [] });
  assert.equal(rewritten(chip, "title"), "{fee|title}");
  assert.equal(rewritten({ ...chip, hows: ["title"] }, "words"), "{fee|words|title}", "numbers before letters");
  assert.equal(rewritten({ ...chip, hows: ["words", "title"] }, "upper"), "{fee|words|upper}", "one way to write letters");
  assert.equal(rewritten({ ...chip, hows: ["words"] }, "words"), "{fee}");
  assert.deepEqual(formats({ field: { type: "money" } }), ["words", "upper", "title"]);
  assert.deepEqual(formats({ name: "letter.date" }), ["day"]);
});

test("what is made bold are whole chips and words", () => {
  const text = "Untuk {Nama | HURUF BESAR} saja";
  const said = (from, to = from) => text.slice(...meant(text, from, to));
  assert.equal(said(26), "{Nama | HURUF BESAR}");
  assert.equal(said(15), "{Nama | HURUF BESAR}");
  assert.equal(said(29), "saja");
  assert.equal(said(0, 9), "Untuk {Nama | HURUF BESAR}");
  assert.equal(said(5, 6), "{Nama | HURUF BESAR}");
  assert.equal("ab{Nama}".slice(...meant("ab{Nama}", 1, 1)), "ab{Nama}");
  assert.deepEqual(meant("a  b", 2, 2), [2, 2]);
  assert.equal(said(0, 6), "Untuk");
});

test("inside what is printed for each entry its questions are offered first", () => {
  const doc = service();
  const inside = fillable(panel(doc), ["cabang"]).filter((one) => one.field);
  assert.equal(inside.find((one) => one.name === "tempat").field, question(doc, "cabang/tempat").field);
  assert.ok(!fillable(panel(doc), []).some((one) => one.name === "tempat"));
  assert.deepEqual(rowsAt(doc, "izin", [5, 1]), ["cabang"]);
  assert.deepEqual(rowsAt(doc, "izin", [5, 1], true), ["cabang", "orang"]);
  assert.deepEqual(nameable(doc, { rule: "when", key: "cabang", row: true }).map((one) => one.id).filter((id) => id.startsWith("cabang/")), ["cabang/tempat", "cabang/jumlah", "cabang/alasan", "cabang/orang"]);
  assert.ok(nameable(doc, { rule: "when" }).some((one) => one.id === "cabang"));
});

test("parts are added, copied, moved and taken out, and one always stays", () => {
  const doc = service();
  const kinds = () => letterOf(doc, "izin").body.map(kindOf);
  assert.deepEqual(kinds(), ["heading", "paragraph", "items", "details", "table", "each"]);
  addBlock(doc, "izin", [1], emptyBlock(doc, "break"));
  assert.deepEqual(moveBlock(doc, "izin", [1], stepTo(doc, "izin", [1], 1)), [2]);
  assert.deepEqual(moveBlock(doc, "izin", [2], stepTo(doc, "izin", [2], -1)), [1]);
  assert.equal(stepTo(doc, "izin", [0], -1), undefined);
  assert.equal(stepTo(doc, "izin", [6], 1), undefined);
  copyBlock(doc, "izin", [1]);
  assert.deepEqual(kinds().slice(0, 3), ["heading", "break", "break"]);
  removeBlock(doc, "izin", [1]);
  const into = stepIn(doc, "izin", [5]);
  assert.deepEqual(into, [6, 0]);
  assert.deepEqual(moveBlock(doc, "izin", [5], into), [5, 0]);
  assert.deepEqual(moveBlock(doc, "izin", [5, 0], stepOut([5, 0])), [6]);
  assert.equal(mayMove(doc, "izin", [5], [5, 0]), false, "nothing goes into itself");
  for (let left = 0; left < 12; left += 1) removeBlock(doc, "izin", [0]);
  assert.deepEqual(letterOf(doc, "izin").body.map(kindOf), ["paragraph"]);
  assert.equal(blockAt(doc, "izin", [7, 2]), undefined);
});

test("a table begins with the questions of its entries", () => {
  const doc = service();
  assert.deepEqual(emptyBlock(doc, "table", question(doc, "cabang").field).columns.map((column) => column.value.id), ["{tempat}", "{jumlah}", "{alasan}"]);
});

test("a letter that goes takes along what issues it, after asking", () => {
  const doc = service();
  const broken = consequences(doc, (next) => removeLetter(next, "izin"));
  assert.deepEqual(broken.map(({ naming }) => naming.what), ["issued", "issued_filed"]);
  assert.deepEqual(broken[0].questions[0].key, "izin");
  carefully(doc, (next) => removeLetter(next, "izin"));
  assert.equal(doc.letters, undefined);
  assert.ok(!JSON.stringify(doc.workflow).includes('"letter"'));
  assert.ok(JSON.stringify(doc.workflow.filed).includes("webhook"));
});

test("letters are copied and ordered; a copy is issued by nothing", () => {
  const doc = service();
  const copy = copyLetter(doc, "izin");
  assert.equal(copy, "izin_2");
  assert.deepEqual(issuers(doc, copy), []);
  moveLetter(doc, copy, -1);
  moveLetter(doc, copy, -1);
  assert.deepEqual(doc.letters.map((letter) => letter.key), ["izin_2", "izin"]);
  assert.deepEqual(consequences(doc, (next) => removeLetter(next, copy)), []);
});

test("a renamed question keeps its place in letters", () => {
  const doc = service();
  renameField(doc, "nama", "nama_lengkap");
  renameField(doc, "cabang/tempat", "alamat");
  const [letter] = doc.letters;
  assert.equal(letter.subject, "Izin untuk {nama_lengkap|upper}");
  assert.equal(letter.recipient, "{nama_lengkap}");
  assert.equal(letter.body[3].details[0].question, "nama_lengkap");
  assert.equal(letter.body[4].columns[0].value, "{alamat}");
  assert.equal(letter.body[5].body[0].paragraph, "{alamat} di {nama_lengkap}");
});

test("a letter is issued and numbered where one says so", () => {
  const doc = service();
  assert.deepEqual(issuers(doc, "izin"), ["", "lolos"]);
  setIssued(doc, "izin", "", false);
  setIssued(doc, "izin", "lolos", false);
  assert.deepEqual(issuers(doc, "izin"), []);
  setIssued(doc, "izin", "teruskan", true);
  assert.deepEqual(issuers(doc, "izin"), ["teruskan"]);
  const before = doc.workflow.registers.length;
  const parts = { register: { key: "number", title: { id: "Nomor" }, pattern: "{number}", scope: "region" } };
  const own = ownRegister(doc, "izin", parts);
  assert.equal(letterOf(doc, "izin").register, own);
  setRegister(doc, "izin", "");
  assert.equal(letterOf(doc, "izin").register, undefined);
  assert.ok(doc.workflow.registers.length <= before, "a series of its own goes with its letter");
});

test("a letter from a shape is signed, issued and numbered at once", { skip: !SAMPLE }, () => {
  const { document, parts, shapes } = JSON.parse(readFileSync(SAMPLE, "utf8"));
  for (const shape of shapes) {
    const doc = structuredClone(document);
    doc.pages[0].fields = [{ key: "nama", type: "text", label: { id: "Nama" } }, { key: "sandi", type: "text", label: { id: "Sandi" }, privacy: "never_export" }];
    const key = makeLetter(doc, shape, parts);
    const letter = letterOf(doc, key);
    const last = shape.issued ? lastRefusal(doc) : lastApproval(doc);
    assert.ok(!shape.issued || (last.tone === "refuse" && last.ask.comment === "required"));
    assert.equal(letter.signer.action, last.key);
    assert.deepEqual(issuers(doc, key), [last.key]);
    assert.equal(doc.workflow.registers.length, 1);
    assert.equal(letter.register, doc.workflow.registers[0].key);
    const details = letter.body.find((block) => block.details);
    if (details) assert.deepEqual(details.details, [{ question: "nama" }]);
    const empty = structuredClone(document);
    assert.ok(letterOf(empty, makeLetter(empty, shape, parts)).body.every((block) => !block.details));
  }
});

test("silence that grants brings the letter that an officer's approval does, whichever of both is made first", { skip: !SAMPLE }, () => {
  const { document, parts, shapes } = JSON.parse(readFileSync(SAMPLE, "utf8"));
  const shape = shapes.find((one) => !one.issued);
  for (const letterFirst of [true, false]) {
    const doc = structuredClone(document);
    const advance = lastApproval(doc);
    const silent = () => addRung(doc, advance.from[0], "decide", { held: advance.who.role, advance }, parts);
    const before = letterFirst ? "" : silent();
    const letter = makeLetter(doc, shape, parts);
    const rung = before || silent();
    assert.deepEqual(issuers(doc, letter), [advance.key, rung]);
    assert.equal(letterOf(doc, letter).signer.action, advance.key);
    const refused = doc.workflow.statuses.find((one) => one.outcome === "refused");
    const held = doc.workflow.actions.find((one) => one.key === rung);
    if (refused) decide(doc, held, refused.key, parts);
    if (refused) assert.deepEqual(issuers(doc, letter), [advance.key]);
  }
});

test("a letter of a step that several decide goes out when they have agreed, not when the application is returned", { skip: !SAMPLE }, () => {
  const { document, parts, shapes } = JSON.parse(readFileSync(SAMPLE, "utf8"));
  const doc = structuredClone(document);
  makePanel(doc, "check", { title: { id: "Panitia" } }, parts);
  const key = makeLetter(doc, shapes[0], parts);
  assert.deepEqual(issuers(doc, key), ["agreed_check"]);
  assert.equal(letterOf(doc, key).signer, undefined);
  assert.deepEqual(issuable(doc).map((one) => one.key), ["agreed_check", "return_check", "declined_check"]);
});

test("words in braces that mean one question are put right by a click, and by none where two could be meant", () => {
  const known = fillable(panel(asked(["nama_ibu", "Nama ibu kandung"], ["ayah", "Nama ayah kandung"], ["nik", "NIK"])), []);
  const meaning = (inside) => meantBy(known, inside)?.name;
  assert.deepEqual(["Nama ibu", "nama IBU kandung", "NIK pemohon", "nik", "ayah | HURUF BESAR"].map(meaning), ["nama_ibu", "nama_ibu", "nik", "nik", "ayah"]);
  assert.deepEqual(["Nama", "Alamat", ""].map(meaning), [undefined, undefined, undefined]);
  assert.equal(mended("Ibu: {Nama ibu}, {nama ibu}, Nama ibu", "Nama ibu", meantBy(known, "Nama ibu")), "Ibu: {Nama ibu kandung}, {nama ibu}, Nama ibu");
});
