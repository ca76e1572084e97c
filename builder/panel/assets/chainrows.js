// Draws a number that is worked out step by step.
import { SIGNS } from "./chains.js";
import { amountControl, button, selectControl } from "./controls.js";
import { countedControls } from "./countedrows.js";
import { h } from "./dom.js";

/** The controls of a chain; `set(chain, typing)` keeps another one. */
export function chainParts(panel, { formula, from, set, id }) {
  const { t } = panel;
  const change = (work, typing = false) => {
    const next = structuredClone(formula);
    work(next);
    set(next, typing);
  };
  const operand = ({ held, mark, label, put }) => [
    countedControls(panel, { label, counted: held.subject, number: t("chain_number"), from, id, mark, put: (subject) => put(subject ? { subject } : { number: null }) }),
    !held.subject && amountControl({ label: t("chain_amount"), value: held.number ?? "", mark: `${mark}:number`, placeholder: t("tariff_empty"), change: (number) => put({ number }, true) }),
  ];
  const step = (one, at) => h(
    "div",
    { class: "b-row", role: "group", "aria-label": t("chain_step", { number: at + 1 }) },
    h(
      "div", { class: "b-row__parts" },
      selectControl({ label: t("chain_sign"), hideLabel: true, value: one.sign, mark: `chain:${at}:sign`, options: SIGNS.map((sign) => [sign, t(`chain_sign_${{ "+": "plus", "-": "minus", "*": "times", "/": "by" }[sign]}`)]), change: (sign) => change((next) => { next.steps[at].sign = sign; }) }),
      operand({ held: one.by, mark: `chain:${at}`, label: t("chain_with"), put: (by, typing) => change((next) => { next.steps[at].by = by; }, typing) }),
    ),
    formula.steps.length > 1 && button(t("chain_remove", { number: at + 1 }), () => change((next) => next.steps.splice(at, 1)), { icon: "×", kind: "icon", mark: `chain:${at}:x` }),
  );
  const limit = (name) => amountControl({
    label: t(`chain_${name}`), value: formula[name] ?? "", empty: true, mark: `chain:${name}`,
    change: (number) => change((next) => { if (number === undefined) delete next[name]; else next[name] = number; }, true),
  });
  return [
    operand({ held: formula.first, mark: "chain:first", label: t("chain_first"), put: (first) => change((next) => { next.first = first; }) }),
    formula.steps.map(step),
    h("div", { class: "b-actions" }, button(t("chain_add"), () => change((next) => next.steps.push({ sign: "+", by: { number: null } })), { mark: "chain:add", kind: "link" })),
    limit("minimum"), limit("maximum"),
  ];
}
