// The settings that only one kind of question has.
import { labelled, linesControl, numberControl, selectControl, textControl, tick } from "./controls.js";
import { costControl } from "./costs.js";
import { say, setOptions } from "./document.js";
import { h } from "./dom.js";
import { isFiled } from "./moving.js";
import { question } from "./outline.js";
import { picture } from "./picture.js";
import { areaName } from "./world.js";

/** How to find the question `id` in a document. */
export const field = (id) => (doc) => question(doc, id)?.field;

export function change(panel, id, set, typing = false) {
  panel.store.apply((doc) => set(field(id)(doc), doc), { typing, tag: typing ? `set:${id}` : "" });
}

export function setOrDrop(holder, name, value) {
  if (value === undefined || value === "" || value === false) delete holder[name];
  else holder[name] = value;
}

const numbered = (panel, { field: held, id }, name, label, more = {}) =>
  numberControl({
    label, value: held[name], mark: name, ...more,
    change: (value) => change(panel, id, (next) => setOrDrop(next, name, value), true),
  });

const MEGABYTE = 1_000_000;

function files(panel, one) {
  const { t } = panel;
  const { field: held, id } = one;
  return [
    numbered(panel, one, "maxItems", t("max_files"), { minimum: 1, maximum: 20 }),
    numberControl({
      label: t("max_size"), value: held.maxBytes && Math.round(held.maxBytes / MEGABYTE), minimum: 1, maximum: 20, mark: "maxBytes",
      change: (value) => change(panel, id, (next) => setOrDrop(next, "maxBytes", value && value * MEGABYTE), true),
    }),
  ];
}

const OFFICES = ["village", "district", "agency", "city", "regency", "province", "nation"];

function kinds(panel, { field: held, id }) {
  const { t } = panel;
  const toggle = (name, on) => change(panel, id, (next) => {
    next.kinds = OFFICES.filter((kind) => (kind === name ? on : (next.kinds || []).includes(kind)));
  });
  return h(
    "fieldset",
    { class: "b-set" },
    h("legend", { class: "b-label" }, t("office_kinds")),
    OFFICES.map((kind) => tick({ label: t(`kind_${kind}`), checked: (held.kinds || []).includes(kind), mark: `kind:${kind}`, change: (on) => toggle(kind, on) })),
  );
}

/** Limits count the smallest coin, so they go when the currency changes. */
function currency(panel, { field: held, id }) {
  const { t, settings: { palette } } = panel;
  return selectControl({
    label: t("currency"), hint: held.currency ? t("currency_hint") : "", value: held.currency || "IDR", mark: "currency",
    options: palette.currencies.map((code) => [code, code]),
    change: (code) => change(panel, id, (next) => {
      delete next.minimum;
      delete next.maximum;
      setOrDrop(next, "currency", code === "IDR" ? undefined : code);
    }),
  });
}

function patterned(panel, one) {
  const { t } = panel;
  const { field: held, id } = one;
  const pattern = h("input", {
    class: "b-input", type: "text", value: held.pattern || "", autocomplete: "off", spellcheck: false, "data-f": "pattern",
    oninput: (event) => change(panel, id, (next) => { next.pattern = event.target.value; }, true),
  });
  return [
    labelled(t("pattern"), pattern, { hint: t("pattern_hint") }),
    textControl(panel, {
      find: field(id), name: "example", label: t("pattern_example"), hint: t("pattern_example_hint"), tag: `example:${id}`, mark: "example",
    }),
    numbered(panel, one, "maxLength", t("max_length"), { minimum: 1, maximum: 250 }),
  ];
}

/** How deep an area is asked, and whether only inside the region's own. */
function area(panel, { field: held, id }, levels = ["province", "regency", "district", "village"]) {
  const { t } = panel;
  const known = panel.settings.areas.map(([code, name]) => [code, t("area_inside", { name })]);
  const own = held.within && !known.some(([code]) => code === held.within) ? [[held.within, t("area_inside", { name: areaName(held.within) })]] : [];
  return [
    selectControl({
      label: t("area_level"), value: held.level || "village", mark: "level", options: levels.map((name) => [name, t(`level_${name}`)]),
      change: (value) => change(panel, id, (next) => setOrDrop(next, "level", value === "village" ? undefined : value)),
    }),
    selectControl({
      label: t("area_within"), value: held.within || "", mark: "within", options: [["", t("area_anywhere")], ...known, ...own],
      change: (value) => change(panel, id, (next) => setOrDrop(next, "within", value)),
    }),
  ];
}

/** What is noted without asking; what stands in the link is known by a name that follows the question. */
function noted(panel, { field: held, id }) {
  const { t, store } = panel;
  return [
    selectControl({
      label: t("noted"), value: held.source, mark: "source", options: ["filed_on", "language", "channel", "query"].map((name) => [name, t(`noted_${name}`)]),
      change: (source) => change(panel, id, (next) => {
        next.source = source;
        setOrDrop(next, "parameter", source === "query" && next.key);
      }),
    }),
    held.parameter && h("p", { class: "b-hint", "data-f": "parameter" }, t("prefill_link", { link: `/services/${store.doc.key}/?${held.parameter}=…` })),
  ];
}

const lengths = (longest) => (panel, one) => h(
  "div",
  { class: "b-pair" },
  numbered(panel, one, "minLength", panel.t("min_length"), { minimum: 1, maximum: longest }),
  numbered(panel, one, "maxLength", panel.t("max_length"), { minimum: 1, maximum: longest }),
);

const limits = (lowest) => (panel, one) => h(
  "div",
  { class: "b-pair" },
  numbered(panel, one, "minimum", panel.t("minimum"), { minimum: lowest }),
  numbered(panel, one, "maximum", panel.t("maximum"), { minimum: lowest }),
);

function styled(panel, { field: held, id }, label, names) {
  return selectControl({
    label, value: held.style || names[0], mark: "style", options: names.map((name) => [name, panel.t(`style_${name}`)]),
    change: (value) => change(panel, id, (next) => setOrDrop(next, "style", value === names[0] ? undefined : value)),
  });
}

function accepted(panel, { field: held, id }) {
  return tick({
    label: panel.t("accept_pictures"), checked: (held.accept || []).includes("image/*"), mark: "accept",
    change: (on) => change(panel, id, (next) => { next.accept = on ? ["application/pdf", "image/*"] : ["application/pdf"]; }),
  });
}

function toned(panel, { field: held, id }) {
  return selectControl({
    label: panel.t("tone"), value: held.tone || "info", mark: "tone", options: ["info", "warning", "success"].map((name) => [name, panel.t(`tone_${name}`)]),
    change: (value) => change(panel, id, (next) => setOrDrop(next, "tone", value === "info" ? undefined : value)),
  });
}

function statements(panel, { field: held, id }) {
  return linesControl(panel, {
    label: panel.t("matrix_rows"), hint: panel.t("matrix_rows_hint"), rows: Math.max(4, held.rows.length + 1), tag: "rows",
    read: (doc) => (field(id)(doc)?.rows || []).map((row) => say(row.label, panel.language)),
    save: (doc, lines) => setOptions(doc, field(id)(doc), lines, panel.language, "rows"),
  });
}

const LOWEST = -1e12;
const MOST_CHOSEN = 1000;

/** By the kind of question, what only it has. */
const OWN = {
  text: lengths(250),
  longtext: lengths(10_000),
  integer: limits(LOWEST),
  number: (panel, one) => [limits(LOWEST)(panel, one), numbered(panel, one, "places", panel.t("places"), { minimum: 0, maximum: 6 })],
  money: (panel, one) => [
    one.field.calculate && !one.rows.length && isFiled(panel.store.doc, one.page) && costControl(panel, one.field, (set) => change(panel, one.id, set)),
    currency(panel, one), limits(0)(panel, one),
  ],
  file: (panel, one) => [...files(panel, one), accepted(panel, one)],
  photo: files,
  office: kinds,
  region: (panel, one) => area(panel, one),
  address: (panel, one) => area(panel, one),
  location: (panel, one) => area(panel, one, ["district", "village"]),
  pattern: patterned,
  phone: (panel, { field: held, id }) => tick({
    label: panel.t("mobile"), hint: panel.t("mobile_hint"), checked: held.mobile === true, mark: "mobile",
    change: (on) => change(panel, id, (next) => setOrDrop(next, "mobile", on)),
  }),
  consent: (panel, { field: held, id }) => tick({
    label: panel.t("revocable"), hint: panel.t("revocable_hint"), checked: held.revocable === true, mark: "revocable",
    change: (on) => change(panel, id, (next) => setOrDrop(next, "revocable", on)),
  }),
  notice: toned,
  matrix: statements,
  image: (panel, { field: held, id }) => picture(panel, held, field(id)),
  rating: (panel, one) => numbered(panel, one, "max", panel.t("stars"), { minimum: 2, maximum: 10 }),
  metadata: noted,
  choice: (panel, one) => styled(panel, one, panel.t("choice_style"), ["radio", "select", "tiles"]),
  choices: (panel, one) => [
    styled(panel, one, panel.t("choice_style"), ["ticks", "tiles"]),
    h(
      "div",
      { class: "b-pair" },
      numbered(panel, one, "minItems", panel.t("least_chosen"), { minimum: 1, maximum: MOST_CHOSEN }),
      numbered(panel, one, "maxItems", panel.t("most_chosen"), { minimum: 1, maximum: MOST_CHOSEN }),
    ),
  ],
};

/** What only this kind of question has. */
export function settings(panel, one) {
  const drawn = OWN[one.field.type]?.(panel, one);
  return drawn && h("div", { class: "b-settings" }, drawn);
}
