// Small helpers for drawing. Text always goes in as text, never as markup.

/** Makes an element. `on…` are listeners, `class` and `data-…` attributes, the rest properties. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name.includes("-") || ["for", "role", "list"].includes(name)) element.setAttribute(name, value === true ? "" : value);
    else element[name] = value;
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces what is in `holder`, keeping focus, caret and scroll where they were. */
export function redraw(holder, ...children) {
  const active = holder.contains(document.activeElement) ? document.activeElement : null;
  const mark = active?.dataset.f;
  const [start, end] = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : [];
  const top = holder.scrollTop;
  holder.replaceChildren(...children.flat(Infinity).filter(Boolean));
  holder.scrollTop = top;
  const again = mark && [...holder.querySelectorAll("[data-f]")].find((one) => one.dataset.f === mark);
  if (!again || again === document.activeElement) return;
  again.focus({ preventScroll: true });
  try {
    if (start !== null && start !== undefined) again.setSelectionRange(start, end);
  } catch {
    // Not a control with a caret.
  }
}

let last = 0;
export const newId = () => `b-${(last += 1)}`;
