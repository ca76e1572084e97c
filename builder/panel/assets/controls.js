// Labelled controls of the panel. Every control has a visible label and no name, so that it is never posted.
import { brief, languages, say, write } from "./document.js";
import { h, newId } from "./dom.js";
import { spoken, written } from "./tokens.js";

/** A label, an optional hint, and the control. */
export function labelled(label, control, { hint = "", wide = true } = {}) {
  const id = control.id || newId();
  control.id = id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: `b-field${wide ? "" : " b-field--inline"}` },
    h("label", { for: id, class: "b-label" }, label),
    hint && h("p", { id: `${id}-hint`, class: "b-hint" }, hint),
    control,
  );
}

/** Reads and writes texts with these places to be filled in. */
const byTokens = (t, tokens) => ({ spoken: (text) => spoken(t, text, tokens), written: (text) => written(t, text, tokens) });

/**
 * Edits the text `find(doc)[name]` in the language the clerk writes in; another language shows as placeholder.
 * `tidy(doc)` is called after each change; `speak` reads and writes what the text fills in.
 */
export function textControl(panel, { find, name, label, hint, rows = 0, tag, keep = false, language, done, mark, tokens = [], speak = byTokens(panel.t, tokens), tidy }) {
  const code = language || panel.language;
  const holder = find(panel.store.doc) || {};
  const other = say(holder[name], languages(panel.store.doc).find((one) => one !== code) || code, true);
  const control = h(rows ? "textarea" : "input", {
    class: "b-input",
    rows: rows || undefined,
    type: rows ? undefined : "text",
    value: speak.spoken(say(holder[name], code, typeof holder[name] !== "string")),
    placeholder: speak.spoken(other),
    lang: code,
    autocomplete: "off",
    "data-f": mark || `${tag}:${name}:${code}`,
    oninput: (event) =>
      panel.store.apply(
        (doc) => {
          const place = find(doc, true);
          const before = place?.[name];
          if (place) write(doc, place, name, code, speak.written(event.target.value), { keep, begun: panel.settings.parts.begun });
          tidy?.(doc, before);
        },
        { tag: `${tag}:${name}:${code}`, typing: true },
      ),
    onchange: done ? () => done() : undefined,
  });
  return labelled(label, control, { hint });
}

/** Several texts, one per line; `put(change, how)` changes the document. */
export function linesControl(panel, { read, save, label, hint, rows = 4, tag, pasted, put = (change, how) => panel.store.apply(change, how) }) {
  const control = h("textarea", {
    class: "b-input",
    rows,
    lang: panel.language,
    value: read(panel.store.doc).join("\n"),
    "data-f": tag,
    oninput: (event) => {
      const lines = event.target.value.split(/\r?\n/);
      put((doc) => save(doc, lines), { tag, typing: true });
    },
    onpaste: pasted,
  });
  return labelled(label, control, { hint });
}

/** A choice from a list of `[value, words]`. */
export function selectControl({ label, hint, value, options, change, mark, wide = true, hideLabel = false }) {
  const control = h(
    "select",
    { class: "b-input", "data-f": mark, onchange: (event) => change(event.target.value), "aria-label": hideLabel ? label : undefined },
    options.map(([key, words]) => h("option", { value: key, selected: key === value }, brief(words))),
  );
  control.value = value;
  return hideLabel ? control : labelled(label, control, { hint, wide });
}

/** A whole number; empty means that the setting is absent. */
export function numberControl({ label, hint, value, minimum = 0, maximum, change, mark, wide = false, hideLabel = false }) {
  const control = h("input", {
    class: "b-input b-input--number",
    type: "number",
    min: String(minimum),
    max: maximum === undefined ? undefined : String(maximum),
    step: "1",
    value: value === undefined ? "" : String(value),
    "data-f": mark,
    "aria-label": hideLabel ? label : undefined,
    oninput: (event) => {
      const number = Number.parseInt(event.target.value, 10);
      change(Number.isSafeInteger(number) ? number : undefined);
    },
  });
  return hideLabel ? control : labelled(label, control, { hint, wide });
}

/** A number that may have decimals, written with a comma; exact ones are kept as text. Nothing is said of what is no number. */
export function amountControl({ label, value, change, mark, placeholder, hideLabel = false, empty = false }) {
  const control = h("input", {
    class: "b-input b-input--number", type: "text", inputmode: "decimal", value: value === undefined ? "" : String(value).replace(".", ","), "data-f": mark,
    autocomplete: "off", "aria-label": hideLabel ? label : undefined, placeholder,
    oninput: (event) => {
      const typed = event.target.value.trim().replace(",", ".");
      if (empty && typed === "") change(undefined);
      if (!/^-?[0-9]{1,15}(\.[0-9]{1,6})?$/.test(typed)) return;
      const whole = Number(typed);
      change(Number.isSafeInteger(whole) ? whole : typed);
    },
  });
  return hideLabel ? control : labelled(label, control, { wide: false });
}

/** A tick with its words beside it. */
export function tick({ label, hint, checked, change, mark, disabled = false }) {
  const id = newId();
  return h(
    "div",
    { class: "b-tick" },
    h("input", { type: "checkbox", id, checked, disabled, "data-f": mark, onchange: (event) => change(event.target.checked) }),
    h("label", { for: id }, label, hint && h("span", { class: "b-hint" }, hint)),
  );
}

/** Whether a click is the second of a double one: nobody means to add or remove two things by it. */
export const isEcho = (event) => event.detail > 1;

/** A button that does something at once, and once only when it is clicked twice; `again` takes every click. */
export function button(label, press, { kind = "", title, mark, disabled = false, icon = "", again = false } = {}) {
  return h(
    "button",
    {
      type: "button",
      class: `b-button ${kind ? `b-button--${kind}` : ""}`,
      onclick: (event) => again || !isEcho(event) ? press(event) : undefined,
      disabled,
      "aria-label": icon ? label : undefined,
      title: title || (icon ? label : undefined),
      "data-f": mark,
    },
    icon || label,
  );
}

/** Puts `words` into a text where the caret is, in place of what is selected. */
export function insertText(control, words, from = control.selectionStart, to = control.selectionEnd) {
  control.setRangeText(words, from, to, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.focus();
}

/** Chips that put a place to be filled in into `control`, where the caret is; `called(token)` are its words. */
export function tokenChips(panel, control, tokens, mark, called = (token) => panel.t(`token_${token}`)) {
  const target = typeof control === "function" ? control : () => control;
  return h(
    "div",
    { class: "b-chips" },
    h("span", { class: "b-hint" }, panel.t("insert")),
    tokens.map((token) => button(called(token), () => insertText(target(), `{${called(token)}}`), { kind: "chip", mark: `chip:${token}:${mark}` })),
  );
}
