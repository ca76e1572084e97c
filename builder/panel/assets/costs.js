// Which amounts of money that are worked out are what the service costs; schemas/standard.py says the same of a published service.
import { tick } from "./controls.js";
import { names } from "./expressions.js";
import { questions } from "./outline.js";
import { inRow } from "./subjects.js";

/** Whether an amount is taken for a cost: it goes into no other one, and comes from no money that a person types, such as an income. */
export function isUsualCost(doc, held) {
  const all = questions(doc).map(({ field }) => field);
  const asked = new Map([...all, ...all.flatMap(inRow)].map((field) => [field.key, field]));
  const money = all.filter((field) => field.type === "money" && field.calculate);
  const typed = (field, seen) => {
    if (!field.calculate) return field.type === "money";
    return !seen.has(field) && [...names(field.calculate)].some((key) => asked.has(key) && typed(asked.get(key), new Set([...seen, field])));
  };
  return !typed(held, new Set()) && !money.some((field) => field !== held && names(field.calculate).has(held.key));
}

/** Lets a clerk say whether a worked-out amount is what the applicant pays. */
export function costControl(panel, held, set) {
  const { t, store: { doc } } = panel;
  const usual = isUsualCost(doc, held);
  return tick({
    label: t("cost"), hint: t("cost_hint"), checked: held.cost ?? usual, mark: "cost",
    change: (on) => set((field) => {
      if (on === usual) delete field.cost;
      else field.cost = on;
    }),
  });
}
