// Copying questions and putting them in, here or in another service: by the system's clipboard where the keyboard asks for
// it, and by what this browser keeps for all services of the installation.
import { bundled, opened, unpacked } from "./bundle.js";
import { edit, losses } from "./edits.js";
import { place } from "./palette.js";
import { outline, question } from "./outline.js";

const KEPT = "rakit.questions";

/** The questions that a command is about: those that were picked, else the one that is selected. */
export function meant(panel) {
  if (panel.picked.size) return [...panel.picked];
  return panel.selected.kind === "field" && question(panel.store.doc, panel.selected.key) ? [panel.selected.key] : [];
}

function kept() {
  try {
    return localStorage.getItem(KEPT) || "";
  } catch {
    return "";
  }
}

/** Copies what is meant; returns its text, "" when nothing is. */
export function copy(panel) {
  const ids = meant(panel);
  if (!ids.length) return "";
  const text = bundled(panel.store.doc, ids);
  try {
    localStorage.setItem(KEPT, text);
  } catch {
    // A browser that keeps nothing still has its clipboard.
  }
  panel.announce(panel.t("copied", { count: outline({ pages: [{ fields: JSON.parse(text).items }] }).length }));
  return text;
}

/** Puts in what was copied, in `text` or here before. */
export function paste(panel, text = kept()) {
  const found = opened(text, panel.settings.palette.types);
  if (typeof found === "string") panel.announce(panel.t(found));
  else put(panel, found, (count) => panel.t("pasted", { count }));
}

/** Puts a bundle where new questions go; `said(count)` is the sentence for it. */
export function put(panel, bundle, said) {
  const at = place(panel, bundle.items);
  edit(panel, (doc) => unpacked(doc, bundle, { ...at, released: panel.settings.released }), {
    done: ({ ids, lost }, sentences) => {
      panel.select("field", ids.at(-1), { focus: `question:${ids.at(-1)}` });
      const apart = losses(panel, lost.map((naming) => ({ naming })));
      panel.announce([said(bundle.items.length), ...(apart.length ? [panel.t("pasted_apart")] : []), ...apart, ...sentences].join(" "));
    },
  });
}

const typing = (event) => event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");

/** Ctrl+C, Ctrl+X and Ctrl+V outside texts are about questions. */
export function listen(panel, holder) {
  holder.addEventListener("copy", (event) => {
    if (typing(event) || String(getSelection()) || panel.tab !== "questions") return;
    const text = copy(panel);
    if (!text) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  });
  holder.addEventListener("paste", (event) => {
    if (typing(event) || panel.tab !== "questions") return;
    event.preventDefault();
    paste(panel, event.clipboardData.getData("text/plain") || undefined);
  });
}
