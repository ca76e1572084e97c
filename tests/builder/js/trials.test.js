// Sample answers beside a rule: what is worked out itself is not asked for, but what it is worked out from.
import assert from "node:assert/strict";
import { test } from "node:test";

import { needs } from "../../../builder/panel/assets/needs.js";
import { outcome, workedOut } from "../../../builder/panel/assets/trials.js";
import { typed } from "../../../builder/panel/assets/typed.js";
import { learn } from "../../../builder/panel/assets/world.js";

learn({ values: { integer: "number", number: "number", money: "number", repeat: "rows", text: "text" } });
const v = (name) => ({ var: name });
const doc = {
  languages: ["id"],
  pages: [{
    key: "satu",
    fields: [
      { key: "tarif", type: "money" },
      { key: "jumlah", type: "money", calculate: { sum: [v("kios"), v("sewa")] } },
      { key: "kios", type: "repeat", fields: [{ key: "luas", type: "integer" }, { key: "sewa", type: "money", calculate: { "*": [v("luas"), v("tarif")] } }] },
      { key: "total", type: "money", calculate: { "+": [v("jumlah"), 5000] } },
      { key: "bulat", type: "integer", calculate: { "/": [v("tarif"), 3, 2] } },
      { key: "satu", type: "integer", calculate: { "+": [v("dua"), 1] } },
      { key: "dua", type: "integer", calculate: { "+": [v("satu"), 1] } },
      { key: "asing", type: "integer", calculate: { strange: [v("tarif")] } },
    ],
  }],
};
const asked = (all) => all.filter(({ formula }) => !formula).map(({ key, inner }) => [key, ...asked(inner)]);
const ask = (node) => {
  const tree = typed(doc, node);
  return [tree, needs(doc, tree)];
};

test("the sources of worked-out answers are asked for, also those in rows and behind others", () => {
  const [tree, all] = ask({ ">": [v("total"), 10000] });
  assert.deepEqual(asked(all), [["tarif"], ["kios", ["luas"]]]);
  const come = (luas) => workedOut(doc, all, { tarif: 1000, kios: luas.map((one) => ({ luas: one })) });
  assert.equal(come([2, 3]).kios[1].sewa, 3000);
  assert.equal(come([2, 3]).total, 10000);
  assert.equal(outcome(doc, tree, come([2, 3])), false);
  assert.equal(outcome(doc, tree, come([2, 4])), true);
  assert.equal(outcome(doc, tree, workedOut(doc, all, { kios: [{}] })), null);
});

test("they are rounded on the way, as the citizen's are", () => {
  const [tree, all] = ask({ "==": [v("bulat"), 33] });
  assert.equal(outcome(doc, tree, workedOut(doc, all, { tarif: 100 })), true);
});

test("what goes round in a circle or cannot be read is asked for or stays open", () => {
  const [circle, round] = ask({ ">": [v("satu"), 1] });
  assert.equal(outcome(doc, circle, workedOut(doc, round, {})), null);
  assert.deepEqual(asked(ask({ ">": [v("asing"), 1] })[1]), [["asing"]]);
});
