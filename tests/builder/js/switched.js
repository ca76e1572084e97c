// Prints services as the switches of the Approval tab leave them, by what was switched; the Python side judges them.
import { readFileSync } from "node:fs";

import { takePath } from "../../../builder/panel/assets/approvalpath.js";
import { addVoice, makePanel, makeSingle, removeVoice, setRule, setSeats, setVeto, setVoiceOnly } from "../../../builder/panel/assets/deciders.js";
import { setCondition } from "../../../builder/panel/assets/onlyif.js";
import { addRung } from "../../../builder/panel/assets/rungs.js";
import { withRepair } from "../../../builder/panel/assets/stepnames.js";
import { leaving, takeOut } from "../../../builder/panel/assets/steppages.js";
import { addStep, moveStep, readSteps, removeStep } from "../../../builder/panel/assets/steps.js";
import { provideRole, setAgain, setBack, setPick, setRefuse } from "../../../builder/panel/assets/stepsettings.js";
import { tidied } from "../../../builder/panel/assets/tidysteps.js";

const { document: blank, parts, paths } = JSON.parse(readFileSync(process.env.RAKIT_PANEL_SAMPLE, "utf8"));
const made = {};

function service(name, from, ...changes) {
  const doc = structuredClone(from);
  for (const change of changes) {
    const tidy = (one) => withRepair(one, (other) => tidied(other, change, parts));
    const { ready, own } = leaving(doc, tidy, parts);
    tidy(doc);
    takeOut(doc, [...ready, ...own].map(({ key }) => key));
  }
  if (!readSteps(doc).drawable) throw new Error(`${name} is no list of steps any more`);
  made[name] = doc;
  return doc;
}

const camat = { id: "Camat", en: "Head of the district" };
const several = (doc) => {
  makePanel(doc, "check", { title: camat }, parts);
  addVoice(doc, "check", { held: provideRole(doc, { key: "", title: camat }), title: camat }, parts);
};
for (const rule of ["all", "any", "count", "heard"]) {
  for (const veto of [[], [0], [1], [0, 1]]) {
    for (const seats of [1, 3]) {
      service(`${rule}, vetoes ${veto}, ${seats}`, blank, several, (doc) => {
        setSeats(doc, "check", 1, seats, parts);
        setRule(doc, "check", { rule }, parts);
        if (["any", "count"].includes(rule)) veto.forEach((at) => setVeto(doc, "check", at, true, parts));
      });
    }
  }
}
for (const rule of ["all", "any", "count", "heard"]) {
  service(`${rule}, one under a condition`, blank, several, (doc) => {
    setSeats(doc, "check", 0, 2, parts);
    setRule(doc, "check", { rule }, parts);
    if (rule === "count") setVeto(doc, "check", 1, true, parts);
    setVoiceOnly(doc, "check", 1, { "==": [{ var: "email" }, "a@contoh.id"] }, parts);
  });
}
service("one of them gone", blank, several, (doc) => setRule(doc, "check", { rule: "count" }, parts), (doc) => removeVoice(doc, "check", 1, parts));
service("one again", blank, several, (doc) => makeSingle(doc, "check", parts));
service("never refused", blank, (doc) => setRefuse(doc, "check", false, parts));
service("never returned", blank, (doc) => setBack(doc, "check", false, parts));
service("returned again", blank, (doc) => setBack(doc, "check", false, parts), (doc) => setBack(doc, "check", true, parts));
service("clocks", blank, (doc) => {
  const [{ advance }] = readSteps(doc).steps;
  for (const kind of ["remind", "escalate", "decide"]) addRung(doc, "check", kind, { held: "officer", advance }, parts);
  doc.workflow.actions.at(-1).legal_basis = { id: "UU 30/2014 pasal 53", en: "Law 30/2014 article 53" };
}, (doc) => {
  const key = addStep(doc, { title: { id: "Tanda tangan", en: "Signature" }, role: "officer", parts });
  setAgain(doc, key, "check", parts);
  setPick(doc, readSteps(doc).steps[0].advance, key, true);
});
for (const path of paths) {
  const doc = service(path.key, blank, (one) => takePath(one, path, { parts }));
  const [first, second] = readSteps(doc).steps;
  service(`${path.key}, moved`, doc, (one) => moveStep(one, second.key, -1));
  service(`${path.key}, shorter`, doc, (one) => removeStep(one, second.key));
  service(`${path.key}, longer`, doc, (one) => addStep(one, { title: camat, role: one.workflow.roles[0].key, parts, after: first.key }));
}
const asking = structuredClone(blank);
asking.pages[0].fields.push({ key: "income", type: "integer", label: { id: "Penghasilan", en: "Income" }, required: true });
const large = { ">": [{ var: "income" }, 5000000] };
for (const at of [0, 1, 2]) {
  const doc = service(`some only, ${at}`, asking, ...[0, 1].map(() => (one) => addStep(one, { title: camat, role: "officer", parts })), (one) => {
    const step = readSteps(one).steps[at];
    setCondition(one, { key: step.key, to: step.advance.to }, large, parts);
  });
  service(`some only, ${at}, together`, doc, (one) => makePanel(one, readSteps(one).steps[at].key, { title: camat }, parts));
  service(`some only, ${at}, moved`, doc, (one) => moveStep(one, readSteps(one).steps[1].key, 1));
  service(`some only, ${at}, shorter`, doc, (one) => removeStep(one, readSteps(one).steps[2].key));
}
process.stdout.write(JSON.stringify(made));
