// Draws a fee as parts with tables: a fixed amount, an amount by answer, by bands or from a list, times a number.
import { button, selectControl, tick } from "./controls.js";
import { countedControls, subjectCalled } from "./countedrows.js";
import { brief, copyOf, listed, say } from "./document.js";
import { h } from "./dom.js";
import { read, write } from "./formulas.js";
import { optionsOf } from "./outline.js";
import { change, field } from "./settings.js";
import { spelt } from "./keys.js";
import { freeWhen, partWhen, rateBoxes } from "./tariffmore.js";
import { addLines, choiceBase, chooses, fitsFormat, linesOf, MOST_AMOUNT, newBase, price } from "./tariffs.js";

const BASES = ["fixed", "choice", "bands", "column", "answer"];

/** The parts of the fee `formula` of the question `id`; `from` is what it can be made of. */
export function tariffParts(panel, { formula, from, id }) {
  const { t } = panel;
  // Always the newest formula: what is typed does not draw the other controls anew.
  const update = (work, typing = false) => {
    const next = copyOf(read(field(id)(panel.store.doc).calculate));
    work(next);
    const tree = write(next);
    if (!fitsFormat(tree)) {
      panel.announce(t("tariff_too_big"));
      return;
    }
    change(panel, id, (held) => { held.calculate = tree; }, typing);
  };
  const context = { formula, from, id, update, typed: typedControl };
  return [
    formula.parts.map((part, at) => partBox(panel, { ...context, part, at, last: formula.parts.length === 1 })),
    h("div", { class: "b-actions" }, button(t("tariff_add"), () => update((next) => next.parts.push({ base: newBase("fixed", from) })), { mark: "tariff:add", kind: "link" })),
    rateBoxes(panel, context),
    ["minimum", "maximum"].map((name) => rupiah({
      label: t(`tariff_${name}`), value: formula[name], mark: `tariff:${name}`, empty: true,
      change: (amount) => update((next) => { if (amount === undefined) delete next[name]; else next[name] = amount; }, true),
    }, true)),
    freeWhen(panel, context),
  ];
}

function partBox(panel, context) {
  const { t } = panel;
  const { part, at, from, last, update } = context;
  const { base } = part;
  const set = (work, typing) => update((next) => work(next.parts[at], next), typing);
  const kinds = BASES.filter((kind) => kind === base.kind || newBase(kind, from));
  const inside = { ...context, set, mark: `tariff:${at}` };
  return h(
    "div",
    { class: "b-row b-tariffpart", role: "group", "aria-label": t("tariff_part", { number: at + 1 }) },
    h(
      "div",
      { class: "b-row__parts" },
      selectControl({
        label: t("tariff_how"), value: base.kind, mark: `tariff:${at}:kind`, options: kinds.map((kind) => [kind, t(`tariff_by_${kind}`)]),
        change: (kind) => set((one) => { one.base = newBase(kind, from); }),
      }),
      TABLES[base.kind](panel, inside),
      timesControls(panel, inside),
      (base.key || part.times) && tick({
        label: t("tariff_optional"), checked: part.optional === true, mark: `tariff:${at}:optional`,
        change: (on) => set((one) => { if (on) one.optional = true; else delete one.optional; }),
      }),
      partWhen(panel, context),
    ),
    !last && button(t("tariff_remove", { number: at + 1 }), () => update((next) => next.parts.splice(at, 1)), { icon: "×", kind: "icon", mark: `tariff:${at}:x` }),
  );
}

/** The amounts of a part, by how they are found. */
const TABLES = {
  fixed: (panel, { part, set, mark }) => rupiah({ label: panel.t("tariff_amount"), value: part.base.amount, mark: `${mark}:amount`, placeholder: panel.t("tariff_empty"), change: (amount) => set((one) => { one.base.amount = amount; }, true) }, true),
  choice: choiceTable,
  bands: bandTable,
  column: columnControls,
  answer: baseControls,
};

const MOST_TIMES = 4;

/** What a part is multiplied with: one number after the other, and room for one more. */
function timesControls(panel, { part: { times = [] }, from, id, set, mark }) {
  const { t } = panel;
  const put = (at) => (word) => set((one) => {
    const next = times.map((held, place) => (place === at ? word : held)).filter(Boolean);
    if (at === times.length) next.push(word);
    if (next.length) one.times = next;
    else delete one.times;
  });
  const shown = times.length && times.length < MOST_TIMES ? [...times, undefined] : times.length ? times : [undefined];
  return shown.map((counted, at) => countedControls(panel, {
    label: t(at ? "tariff_times_too" : "tariff_times"), counted, none: t(at ? "tariff_times_no_more" : "tariff_times_none"),
    from, id, mark: at ? `${mark}:times:${at}` : `${mark}:times`, put: put(at),
  }));
}

const baseControls = (panel, { part: { base }, from, id, set, mark }) => countedControls(panel, {
  label: panel.t("tariff_number"), counted: [base.key, base.of], from, id, mark: `${mark}:key`, put: (word) => set((one) => { [one.base.key, one.base.of] = word; }),
});

function choiceTable(panel, { part: { base }, from, id, set, mark }) {
  const { t, language, store: { doc } } = panel;
  const offered = from.chosen.filter((key) => key === base.key || chooses(from, key));
  const options = optionsOf(doc, from.field(base.key)) || [];
  const name = (value) => say(options.find((option) => option.value === value).label, language) || t("untitled");
  const values = from.options(base.key);
  const { lines, last, unnamed } = linesOf(base, values);
  const amount = ([value, held]) => h("tr", {}, h("th", { scope: "row" }, brief(name(value))), h("td", {}, rupiah({
    label: t("tariff_of", { name: brief(name(value)) }), value: held, mark: `${mark}:${value}`, placeholder: t("tariff_empty"),
    change: (next) => set((one) => price(one.base, values, value, next), true),
  })));
  return [
    selectControl({
      label: t("tariff_answer_to"), value: base.key, mark: `${mark}:key`, options: offered.map((key) => [key, subjectCalled(panel, id, [key, ""])]),
      change: (key) => set((one) => { one.base = choiceBase(from, key); }),
    }),
    h("table", { class: "b-tariff" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("tariff_answer")), h("th", { scope: "col" }, t("tariff_amount")))), h("tbody", {}, lines.map(amount))),
    unnamed.length > 0 && h(
      "div", { class: "b-doubt" },
      h("p", {}, t("tariff_unnamed", { names: listed(unnamed.map(name), t("and")), last: name(last) })),
      button(t("tariff_line_add", { count: unnamed.length }), () => set((one) => addLines(one.base, values)), { mark: `${mark}:lines`, kind: "link" }),
    ),
  ];
}

function bandTable(panel, context) {
  const { part: { base }, at, id, set, mark } = context;
  const { t } = panel;
  const rising = h("p", { class: "b-doubt", role: "status", hidden: true }, t("tariff_rising"));
  const bandsNow = () => read(field(id)(panel.store.doc).calculate).parts[at].base.bands;
  const limit = (place) => typedControl({
    label: t("tariff_up_to", { number: place + 1 }), value: base.bands[place][0], mark: `${mark}:limit:${place}`, shows: (value) => String(value).replace(".", ","),
    reads: (typed) => {
      const value = limitOf(typed);
      const fits = value !== null && isBetween(value, bandsNow(), place);
      rising.hidden = fits || value === null;
      return fits ? value : null;
    },
    change: (value) => set((one) => { one.base.bands[place][0] = value; }, true),
  });
  const line = ([, amount], place) => h(
    "tr",
    {},
    h("td", {}, h("span", { class: "b-tariff__to" }, t("tariff_to"), limit(place))),
    h("td", {}, rupiah({ label: t("tariff_band", { number: place + 1 }), value: amount, mark: `${mark}:band:${place}`, placeholder: t("tariff_empty"), change: (next) => set((one) => { one.base.bands[place][1] = next; }, true) })),
    h("td", {}, base.bands.length > 1 && button(t("tariff_band_remove", { number: place + 1 }), () => set((one) => one.base.bands.splice(place, 1)), { icon: "×", kind: "icon", mark: `${mark}:x${place}` })),
  );
  return [
    baseControls(panel, context),
    h("table", { class: "b-tariff" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("tariff_bands")), h("th", { scope: "col" }, t("tariff_amount")), h("td", {}))), h(
      "tbody",
      {},
      base.bands.map(line),
      h("tr", {}, h("td", {}, t("tariff_more")), h("td", {}, rupiah({ label: t("tariff_above"), value: base.above, mark: `${mark}:above`, placeholder: t("tariff_empty"), change: (next) => set((one) => { one.base.above = next; }, true) })), h("td", {})),
    )),
    rising,
    button(t("tariff_band_add"), () => set((one) => one.base.bands.push([Math.floor(Number(one.base.bands.at(-1)[0])) * 2 || 1, null])), { mark: `${mark}:band:add`, kind: "link" }),
  ];
}

/** A limit as it is typed, null for what is none. */
function limitOf(typed) {
  const plain = typed.trim().replace(",", ".");
  if (!/^[0-9]{1,15}(\.[0-9]{1,6})?$/.test(plain)) return null;
  return Number.isSafeInteger(Number(plain)) ? Number(plain) : plain;
}

const isBetween = (value, bands, place) => !(Number(value) <= Number(bands[place - 1]?.[0])) && !(Number(value) >= Number(bands[place + 1]?.[0]));

function columnControls(panel, { part: { base }, from, id, set, mark }) {
  const { t } = panel;
  return [
    selectControl({
      label: t("tariff_answer_to"), value: base.key, mark: `${mark}:key`, options: [...new Set([base.key, ...from.listed("number")])].map((key) => [key, subjectCalled(panel, id, [key, ""])]),
      change: (key) => set((one) => { one.base = { kind: "column", key, column: from.columns(key, "number")[0] }; }),
    }),
    selectControl({
      label: t("formula_value"), value: base.column, mark: `${mark}:column`, options: [...new Set([base.column, ...from.columns(base.key, "number")])].map((name) => [name, spelt(name)]),
      change: (column) => set((one) => { one.base.column = column; }),
    }),
  ];
}

const marked = (amount) => (amount === undefined || amount === null ? "" : amount.toLocaleString("id"));

/** An amount of rupiah, with points between the thousands; `empty` ones may be left out. */
function rupiah({ empty = false, ...more }, visible = false) {
  const reads = (typed) => {
    const plain = typed.replace(/^\s*Rp/i, "").replace(/[.\s]/g, "");
    if (empty && plain === "") return undefined;
    return /^[0-9]{1,13}$/.test(plain) && Number(plain) <= MOST_AMOUNT ? Number(plain) : null;
  };
  const control = typedControl({ ...more, reads, shows: marked });
  const box = h("span", { class: "b-rupiah" }, h("span", { "aria-hidden": "true" }, "Rp"), control);
  return visible ? h("div", { class: "b-field b-field--inline" }, h("span", { class: "b-label", "aria-hidden": "true" }, more.label), box) : box;
}

/** What is typed is taken over once it can be read (`reads` gives no null); what cannot be stands there no more when it is left. */
function typedControl({ label, value, mark, reads, shows, placeholder, change: give }) {
  let held = value;
  return h("input", {
    class: "b-input b-input--number", type: "text", inputmode: "decimal", value: shows(value), autocomplete: "off", "data-f": mark, "aria-label": label, placeholder,
    oninput: (event) => {
      const read_ = reads(event.target.value);
      event.target.setAttribute("aria-invalid", String(read_ === null));
      if (read_ === null) return;
      held = read_;
      give(held);
    },
    onchange: (event) => {
      event.target.value = shows(held);
      event.target.removeAttribute("aria-invalid");
    },
  });
}
