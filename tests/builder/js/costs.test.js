// Which amounts are taken for what the service costs, where nobody says.
import assert from "node:assert/strict";
import { test } from "node:test";

import { isUsualCost } from "../../../builder/panel/assets/costs.js";

const money = (key, calculate) => ({ key, type: "money", ...(calculate && { calculate }) });
const v = (key) => ({ var: key });
const doc = {
  languages: ["id"],
  pages: [{
    key: "p",
    fields: [
      money("income"), { key: "area", type: "number" }, money("half", { "+": [v("income"), 1] }), money("base", { "*": [v("area"), 5] }), money("fee", { "*": [v("base"), 2] }),
      { key: "goods", type: "repeat", fields: [money("price")] }, money("total", { sum: [v("goods"), v("price")] }), money("share", { "*": [v("total"), 2] }),
    ],
  }],
};

test("an amount is a cost unless it goes into another or comes from money that a person types", () => {
  const costs = doc.pages[0].fields.filter((field) => field.calculate && isUsualCost(doc, field)).map(({ key }) => key);
  assert.deepEqual(costs, ["fee"]);
});
