// Draws what makes a fee more or less: conditions of its parts, percents off or on top, nothing to pay.
import { conditionEditor } from "./conditionrows.js";
import { button, selectControl } from "./controls.js";
import { h } from "./dom.js";
import { read, write } from "./formulas.js";
import { field } from "./settings.js";
import { MOST_PERCENT } from "./tariffs.js";

/** A condition somewhere in the fee of the question `id`: `holds(fee)` has it under `name`. */
function feeCondition(panel, { id, mark, holds, name, words }) {
  const { t } = panel;
  return conditionEditor(panel, {
    find: (doc) => ({ free: holds(read(field(id)(doc)?.calculate))?.[name] }), rule: "free", key: id, mark, title: t(words), says: `${words}_sentence`, add: `${words}_add`, quiet: true, untried: true,
    put: (doc, made) => {
      const held = field(id)(doc);
      const fee = read(held.calculate);
      const holder = holds(fee);
      if (made === undefined) delete holder[name];
      else holder[name] = made;
      held.calculate = write(fee);
    },
  });
}

/** When nothing is to be paid. */
export const freeWhen = (panel, { id }) => feeCondition(panel, { id, mark: `free:${id}`, holds: (fee) => fee, name: "free", words: "tariff_free" });

/** When a part of the fee is charged. */
export const partWhen = (panel, { id, at }) => feeCondition(panel, { id, mark: `part:${id}:${at}`, holds: (fee) => fee?.parts[at], name: "when", words: "tariff_when" });

/** What is taken off the sum, or put on top of it, in percent: each of what the one before has left. */
export function rateBoxes(panel, context) {
  const { t } = panel;
  const { formula, update } = context;
  return [
    (formula.rates || []).map((rate, at) => rateBox(panel, { ...context, rate, at })),
    h("div", { class: "b-actions" }, button(t("tariff_rate_add"), () => update((next) => { next.rates = [...(next.rates || []), { percent: null, more: false }]; }), { mark: "tariff:rate", kind: "link" })),
  ];
}

function rateBox(panel, { rate, at, id, update, typed }) {
  const { t } = panel;
  const mark = `rate:${at}`;
  const set = (work, typing) => update((next) => work(next.rates[at]), typing);
  const reads = (written) => {
    const plain = written.trim().replace(/\s*%$/, "").replace(",", ".");
    return /^[0-9]{1,4}(\.[0-9]{1,2})?$/.test(plain) && Number(plain) <= MOST_PERCENT[rate.more] ? `${Number(plain)}` : null;
  };
  return h(
    "div",
    { class: "b-row b-tariffpart", role: "group", "aria-label": t("tariff_rate", { number: at + 1 }) },
    h(
      "div",
      { class: "b-row__parts" },
      selectControl({
        label: t("tariff_rate_how"), value: String(rate.more), mark: `${mark}:how`, options: [["false", t("tariff_rate_less")], ["true", t("tariff_rate_more")]],
        change: (more) => set((one) => {
          one.more = more === "true";
          if (Number(one.percent) > MOST_PERCENT[one.more]) one.percent = null;
        }),
      }),
      h("div", { class: "b-field b-field--inline" }, h("span", { class: "b-label", "aria-hidden": "true" }, t("tariff_percent")), h("span", { class: "b-rupiah" }, typed({
        label: t("tariff_percent"), value: rate.percent, mark: `${mark}:percent`, placeholder: t("tariff_empty"), reads, shows: (value) => (value === null || value === undefined ? "" : value.replace(".", ",")),
        change: (percent) => set((one) => { one.percent = percent; }, true),
      }), h("span", { "aria-hidden": "true" }, "%"))),
      feeCondition(panel, { id, mark: `rate:${id}:${at}`, holds: (fee) => fee?.rates?.[at], name: "when", words: "tariff_rate_when" }),
    ),
    button(t("tariff_rate_remove", { number: at + 1 }), () => update((next) => {
      next.rates.splice(at, 1);
      if (!next.rates.length) delete next.rates;
    }), { icon: "×", kind: "icon", mark: `${mark}:x` }),
  );
}
