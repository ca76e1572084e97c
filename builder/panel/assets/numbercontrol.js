// How the numbers of a series are written, as chips, and for whom they are counted.
import { labelled, selectControl, tokenChips } from "./controls.js";
import { h } from "./dom.js";
import { example, spoken, written } from "./tokens.js";

const TOKENS = ["number", "office", "month_roman", "month", "year"];

/** Edits the number series `register`, which the document has. */
export function numberPattern(panel, { register, mark }) {
  const { t, store } = panel;
  const series = (doc) => doc.workflow.registers.find((one) => one.key === register);
  const held = series(store.doc);
  const shown = h("p", { class: "b-echo b-echo--example" }, t("number_example", { example: example(held.pattern, held.digits || 1) }));
  const input = h("input", {
    class: "b-input", type: "text", value: spoken(t, held.pattern, TOKENS), "data-f": `pattern:${mark}`,
    oninput: (event) => {
      const pattern = written(t, event.target.value, TOKENS);
      store.apply((doc) => { series(doc).pattern = pattern; }, { tag: `pattern:${mark}`, typing: true });
      shown.textContent = t("number_example", { example: example(pattern, held.digits || 1) });
    },
  });
  return h(
    "div",
    { class: "b-number" },
    labelled(t("number_pattern"), input),
    tokenChips(panel, input, TOKENS, mark),
    shown,
    selectControl({
      label: t("number_scope"), value: held.scope || "office", mark: `scope:${mark}`,
      options: [["region", t("scope_region")], ["office", t("scope_office")]],
      change: (scope) => store.apply((doc) => { series(doc).scope = scope; }),
    }),
  );
}
