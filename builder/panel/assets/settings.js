// The settings that only one kind of question has.
import { labelled, linesControl, numberControl, selectControl, textControl, tick } from "./controls.js";
import { say, setOptions } from "./document.js";
import { h } from "./dom.js";
import { question } from "./outline.js";
import { picture } from "./picture.js";

/** How to find the question `id` in a document. */
export const field = (id) => (doc) => question(doc, id)?.field;

export function change(panel, id, set, typing = false) {
  panel.store.apply((doc) => set(field(id)(doc)), { typing, tag: typing ? `set:${id}` : "" });
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

function kinds(panel, { field: held, id }) {
  const { t } = panel;
  const toggle = (name, on) =>
    change(panel, id, (next) => {
      next.kinds = ["village", "district", "agency"].filter((kind) => (kind === name ? on : (next.kinds || []).includes(kind)));
    });
  return h(
    "fieldset",
    { class: "b-set" },
    h("legend", { class: "b-label" }, t("office_kinds")),
    ["village", "district", "agency"].map((kind) =>
      tick({ label: t(`kind_${kind}`), checked: (held.kinds || []).includes(kind), mark: `kind:${kind}`, change: (on) => toggle(kind, on) }),
    ),
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
function area(panel, { field: held, id }) {
  const { t } = panel;
  const known = panel.settings.areas.map(([code, name]) => [code, t("area_inside", { name })]);
  const own = held.within && !known.some(([code]) => code === held.within) ? [[held.within, held.within]] : [];
  return [
    selectControl({
      label: t("area_level"), value: held.level || "village", mark: "level",
      options: ["province", "regency", "district", "village"].map((name) => [name, t(`level_${name}`)]),
      change: (value) => change(panel, id, (next) => setOrDrop(next, "level", value === "village" ? undefined : value)),
    }),
    selectControl({
      label: t("area_within"), value: held.within || "", mark: "within", options: [["", t("area_anywhere")], ...known, ...own],
      change: (value) => change(panel, id, (next) => setOrDrop(next, "within", value)),
    }),
  ];
}

/** What only this kind of question has. */
export function settings(panel, one) {
  const { t } = panel;
  const { field: held, id } = one;
  const made = {
    text: () => numbered(panel, one, "maxLength", t("max_length"), { minimum: 1, maximum: 250 }),
    longtext: () => numbered(panel, one, "maxLength", t("max_length"), { minimum: 1, maximum: 5000 }),
    file: () => [
      ...files(panel, one),
      tick({
        label: t("accept_pictures"), checked: (held.accept || []).includes("image/*"), mark: "accept",
        change: (on) => change(panel, id, (next) => { next.accept = on ? ["application/pdf", "image/*"] : ["application/pdf"]; }),
      }),
    ],
    photo: () => files(panel, one),
    office: () => kinds(panel, one),
    region: () => area(panel, one),
    address: () => area(panel, one),
    pattern: () => patterned(panel, one),
    phone: () => tick({
      label: t("mobile"), hint: t("mobile_hint"), checked: held.mobile === true, mark: "mobile",
      change: (on) => change(panel, id, (next) => setOrDrop(next, "mobile", on)),
    }),
    notice: () => selectControl({
      label: t("tone"), value: held.tone || "info", mark: "tone", options: ["info", "warning", "success"].map((name) => [name, t(`tone_${name}`)]),
      change: (value) => change(panel, id, (next) => setOrDrop(next, "tone", value === "info" ? undefined : value)),
    }),
    matrix: () => linesControl(panel, {
      label: t("matrix_rows"), hint: t("matrix_rows_hint"), rows: Math.max(4, held.rows.length + 1), tag: "rows",
      read: (doc) => (field(id)(doc)?.rows || []).map((row) => say(row.label, panel.language)),
      save: (doc, lines) => setOptions(doc, field(id)(doc), lines, panel.language, "rows"),
    }),
    image: () => picture(panel, held, field(id)),
    choice: () => selectControl({
      label: t("choice_style"), value: held.style || "radio", mark: "style", options: ["radio", "select", "tiles"].map((name) => [name, t(`style_${name}`)]),
      change: (value) => change(panel, id, (next) => setOrDrop(next, "style", value === "radio" ? undefined : value)),
    }),
    choices: () => tick({
      label: t("style_tiles"), checked: held.style === "tiles", mark: "style",
      change: (on) => change(panel, id, (next) => setOrDrop(next, "style", on && "tiles")),
    }),
  };
  for (const type of ["integer", "number", "money"]) {
    made[type] = () => [
      type === "money" && currency(panel, one),
      numbered(panel, one, "minimum", t("minimum"), { minimum: type === "money" ? 0 : -1e12 }),
      numbered(panel, one, "maximum", t("maximum"), { minimum: type === "money" ? 0 : -1e12 }),
    ];
  }
  const drawn = made[held.type]?.();
  return drawn && h("div", { class: "b-settings" }, drawn);
}
