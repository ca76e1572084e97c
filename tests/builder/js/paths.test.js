// Who sees what: by one answer, also through questions that are hidden with it, and where others decide as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { deciders, differs, paths } from "../../../builder/panel/assets/paths.js";
import { learn } from "../../../builder/panel/assets/world.js";

const { values, members, pieces } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
learn({ values, members, pieces });

const v = (key) => ({ var: key });
const is = (key, value) => ({ "==": [v(key), value] });
const doc = {
  languages: ["id"],
  pages: [
    {
      key: "satu",
      fields: [
        { key: "jenis", type: "choice", required: true, options: [{ value: "orang" }, { value: "badan" }] },
        { key: "miskin", type: "boolean" },
        { key: "nib", type: "nib", visible: is("jenis", "badan") },
        { key: "modal", type: "integer", visible: { answered: v("nib") } },
        { key: "bantuan", type: "text", visible: { and: [is("jenis", "orang"), is("miskin", true)] } },
        { key: "kelompok", type: "group", visible: is("jenis", "orang"), fields: [{ key: "ktp", type: "file" }, { key: "sktm", type: "file", visible: is("miskin", true) }] },
        { key: "anak", type: "repeat", visible: { "!": [is("jenis", "badan")] }, fields: [{ key: "jenis", type: "choice", options: [{ value: "badan" }] }, { key: "lagi", type: "text", visible: is("jenis", "badan") }] },
      ],
    },
    { key: "dua", visible: is("jenis", "badan"), fields: [{ key: "akta", type: "file" }, { key: "hadir", type: "text", visible: { ">": [{ years: [v("lahir"), { today: [] }] }, 17] } }] },
    { key: "tiga", fields: [{ key: "catatan", type: "text" }] },
  ],
};
const told = (id) => Object.fromEntries(paths(doc, deciders(doc).find((one) => one.id === id)).map(({ page, one, cells }) => [one ? one.id : `page:${page.key}`, cells.join(" ")]));

test("the questions that decide are those that conditions name, with their answers", () => {
  assert.deepEqual(deciders(doc).map(({ id, answers }) => [id, answers]), [["jenis", ["orang", "badan"]], ["miskin", [true, false, null]]]);
});

test("each answer leads to what it shows", () => {
  assert.deepEqual(told("jenis"), {
    "page:satu": "yes yes", jenis: "yes yes", miskin: "yes yes", nib: "no yes", modal: "no maybe", bantuan: "maybe no", ktp: "yes no", sktm: "maybe no",
    anak: "yes no", "anak/jenis": "yes no", "anak/lagi": "maybe no", "page:dua": "no yes", akta: "no yes", hadir: "no maybe", "page:tiga": "yes yes", catatan: "yes yes",
  });
  assert.equal(told("miskin").bantuan, "maybe no no");
  assert.equal(told("miskin").sktm, "maybe no no");
});

test("what is the same for every answer is told apart", () => {
  assert.deepEqual(paths(doc, deciders(doc)[0]).filter((row) => !differs(row)).map(({ page, one }) => one?.id || page.key), ["satu", "jenis", "miskin", "tiga", "catatan"]);
});

test("a form of 150 questions takes no time", () => {
  const many = { languages: ["id"], pages: [{ key: "p", fields: [
    { key: "jenis", type: "choice", options: Array.from({ length: 10 }, (_none, at) => ({ value: `o${at}` })) },
    ...Array.from({ length: 150 }, (_none, at) => ({ key: `q${at}`, type: "integer", visible: { and: [is("jenis", `o${at % 10}`), ...(at ? [{ ">": [v(`q${at - 1}`), 5] }] : [])] } })),
  ] }] };
  const started = performance.now();
  assert.equal(paths(many, deciders(many)[0]).length, 152);
  assert.ok(performance.now() - started < 20_000);
});
