// Prints services as random sequences of switches on the tab Approval leave them, and what their cards say; Python judges.
import { readFileSync } from "node:fs";

import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { rungDoubts, stepDoubts } from "../../../builder/panel/assets/stepdoubts.js";
import { readSteps } from "../../../builder/panel/assets/steps.js";
import { random } from "./edits.js";
import { play, SWITCHES } from "./stepedits.js";

const { document: blank, parts, paths, ticks, count, seed } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
const LENGTH = 16;
const OFTEN = ["rung", "rung", "moment", "moment", "days"]; // what can be set wrongly is set more often

function played(number) {
  const doc = structuredClone(blank);
  if (number % 4) takePath(doc, paths[number % paths.length], { parts });
  const done = play(doc, [...Object.keys(SWITCHES), ...OFTEN], LENGTH, random(number), { parts, paths, ticks });
  for (const page of doc.pages.filter(({ fields }) => !fields.length)) page.fields = [{ key: `${page.key}_tanda`, type: "note", label: { id: "Tanda", en: "Sign" } }];
  const { steps } = readSteps(doc);
  const panel = { t: (name) => name, language: "id", store: { doc } };
  return { done, document: doc, doubts: [...new Set(steps.flatMap((step) => [...stepDoubts(panel, step, steps), ...rungDoubts(panel, step)]))] };
}
process.stdout.write(JSON.stringify(Array.from({ length: count }, (_none, at) => played(seed + at))));
