// Where a question takes its first answer from: profile, last application, link, register.
import { selectControl, tick } from "./controls.js";
import { labelOf } from "./document.js";
import { h } from "./dom.js";
import { spelt } from "./keys.js";
import { earlier, question } from "./outline.js";
import { change, setOrDrop } from "./settings.js";

export const SOURCES = ["profile", "previous", "query", "register"];
const SENSITIVE = ["special", "never_export"];
const ASKED_BY = ["text", "nik", "no_kk", "date", "phone", "email", "integer"];

/** Which source a question has, "" for none. */
export const sourceOf = (held) => SOURCES.find((name) => name in (held.prefill || {})) || "";

/** The facts of a profile that a question of this kind can take. */
export const factsFor = (profile, type) => Object.keys(profile).filter((fact) => profile[fact].includes(type));

/** The sources that can be chosen for a question; one that is already chosen always. */
export function choosable({ doc, held, profile, registers, never }) {
  const place = question(doc, held.key);
  if (held.calculate) return [];
  const later = place?.page.for && place.page.for !== "applicant";
  const may = {
    profile: factsFor(profile, held.type).length > 0,
    previous: !SENSITIVE.includes(held.privacy),
    query: (held.privacy || "none") === "none",
    register: registers.length > 0,
  };
  const chosen = sourceOf(held);
  return SOURCES.filter((name) => name === chosen || (may[name] && !later && !never.includes(held.type)));
}

/** What a question begins with when a source is chosen: the most likely of everything that has to be said. */
export function begun({ doc, held, source, profile, registers }) {
  if (source === "profile") {
    const facts = factsFor(profile, held.type);
    return { profile: facts.find((fact) => held.key.includes(fact)) || facts[0] };
  }
  if (source === "previous") return { previous: true };
  if (source === "query") return { query: held.key };
  const [register] = registers;
  return { register: register.key, by: likely(doc, held, register), value: register.values[0] };
}

/** Which question answers which parameter: one whose key or kind says so. */
function likely(doc, held, register) {
  const before = earlier(doc, held.key).map((one) => one.field);
  const by = {};
  for (const parameter of register.asked) {
    const found = before.find((one) => one.type === parameter || one.key.includes(parameter));
    if (found) by[parameter] = found.key;
  }
  return by;
}

export function prefillControl(panel, held) {
  const { t, settings } = panel;
  const world = { doc: panel.store.doc, held, profile: settings.profile, registers: settings.registers, never: settings.never_prefilled };
  const sources = choosable(world);
  if (!sources.length) return null;
  const source = sourceOf(held);
  const choose = (name) =>
    change(panel, held.key, (one) => {
      setOrDrop(one, "prefill", name && begun({ ...world, doc: panel.store.doc, held: one, source: name }));
      if (name !== "register") delete one.readOnly;
    });
  return h(
    "div",
    { class: "b-settings" },
    selectControl({
      label: t("prefill"), hint: t("prefill_hint"), value: source, mark: "prefill",
      options: [["", t("prefill_none")], ...sources.map((name) => [name, t(`prefill_${name}`)])],
      change: choose,
    }),
    { profile: profileControl, query: queryHint, register: registerControls }[source]?.(panel, held),
  );
}

const set = (panel, held, write) => change(panel, held.key, (one) => write(one.prefill));

function profileControl(panel, held) {
  const facts = factsFor(panel.settings.profile, held.type);
  const chosen = held.prefill.profile;
  return selectControl({
    label: panel.t("prefill_fact"), value: chosen, mark: "prefill:profile",
    options: [...new Set([chosen, ...facts])].map((fact) => [fact, panel.t(`fact_${fact}`)]),
    change: (value) => set(panel, held, (prefill) => { prefill.profile = value; }),
  });
}

function queryHint(panel, held) {
  const { t, store } = panel;
  return h("p", { class: "b-hint" }, t("prefill_link", { link: `/services/${store.doc.key}/?${held.prefill.query}=…` }));
}

function registerControls(panel, held) {
  const { t, settings, language } = panel;
  const { prefill } = held;
  const known = settings.registers.find((one) => one.key === prefill.register);
  const registers = known ? settings.registers : [{ key: prefill.register, title: prefill.register, values: [], asked: [] }, ...settings.registers];
  const values = [...new Set([prefill.value, ...(known?.values || [])])];
  const parameters = [...new Set([...(known?.asked || []), ...Object.keys(prefill.by || {})])];
  const before = earlier(panel.store.doc, held.key).filter((one) => ASKED_BY.includes(one.field.type));
  const choices = before.map((one) => [one.field.key, `${one.number}. ${labelOf(one.field, language) || t("untitled")}`]);
  return [
    !known && h("p", { class: "b-hint" }, t("prefill_unknown_register")),
    selectControl({
      label: t("prefill_which"), value: prefill.register, mark: "prefill:register",
      options: registers.map((one) => [one.key, one.title]),
      change: (key) => change(panel, held.key, (one) => {
        const register = settings.registers.find((other) => other.key === key);
        one.prefill = begun({ doc: panel.store.doc, held: one, source: "register", profile: {}, registers: [register] });
      }),
    }),
    selectControl({
      label: t("prefill_value"), value: prefill.value, mark: "prefill:value",
      options: values.map((name) => [name, spelt(name)]),
      change: (value) => set(panel, held, (one) => { one.value = value; }),
    }),
    parameters.map((parameter) => selectControl({
      label: t("prefill_by", { name: spelt(parameter) }), value: prefill.by?.[parameter] || "", mark: `prefill:by:${parameter}`,
      options: [["", t("prefill_by_nothing")], ...choices],
      change: (key) => set(panel, held, (one) => { setOrDrop(one.by ||= {}, parameter, key); }),
    })),
    tick({
      label: t("prefill_locked"), hint: t("prefill_locked_hint"), checked: held.readOnly === true, mark: "prefill:locked",
      change: (on) => change(panel, held.key, (one) => setOrDrop(one, "readOnly", on)),
    }),
  ];
}

