// A question or a small form in a window of its own, over the panel. The keyboard stays in it and goes back where it was.
import { button } from "./controls.js";
import { h, newId } from "./dom.js";

/**
 * Opens a window; `close(then)` of what is returned closes it, gives the keyboard back and runs `then`.
 *
 * @param panel the panel
 * @param {{title: string, body: Array, mark: string, closed?: Function}} what `body(dialog)` may also be a function
 */
export function openDialog(panel, { title, body, mark, closed }) {
  const id = newId();
  const left = document.activeElement?.dataset?.f;
  const dialog = h("dialog", { class: "b-dialog", "aria-labelledby": id, "data-f": `dialog:${mark}` });
  const close = (then) => {
    dialog.close();
    then?.();
  };
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (left && (document.activeElement === document.body || !document.activeElement)) panel.focus(left);
    closed?.();
  });
  dialog.append(h("h2", { class: "b-title", id }, title), ...[body(close)].flat(Infinity).filter(Boolean));
  panel.element.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

/** The buttons at the end of a window: what it is for, and the way out. */
export function choices(panel, close, { words, press, kind = "main", disabled = false, leave = panel.t("leave") }) {
  return h(
    "div",
    { class: "b-actions" },
    button(words, press, { kind, mark: "dialog:do", disabled }),
    button(leave, () => close(), { mark: "dialog:leave" }),
  );
}
