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

/** What the keyboard may stand on: the same control, else the next one that is still there, else the nearest before it. */
function heirs(holder, active) {
  const marks = [...holder.querySelectorAll("[data-f]")].map((one) => one.dataset.f);
  const at = marks.indexOf(active.dataset.f);
  return at < 0 ? [] : [...marks.slice(at), ...marks.slice(0, at).reverse()];
}

function heir(holder, marks) {
  const there = new Map([...holder.querySelectorAll("[data-f]")].reverse().map((one) => [one.dataset.f, one]));
  const mark = marks.find((one) => there.has(one) && !there.get(one).disabled && there.get(one).checkVisibility());
  return mark && there.get(mark);
}

/** Replaces what is in `holder`, keeping focus, caret and scroll where they were; focus is never lost to nothing. */
export function redraw(holder, ...children) {
  const active = holder.contains(document.activeElement) ? document.activeElement : null;
  const marks = active ? heirs(holder, active) : [];
  const [start, end] = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : [];
  const top = holder.scrollTop;
  holder.replaceChildren(...children.flat(Infinity).filter(Boolean));
  holder.scrollTop = top;
  const again = heir(holder, marks);
  if (!again || again === document.activeElement) return;
  again.focus({ preventScroll: again.dataset.f === marks[0] });
  if (again.dataset.f !== marks[0]) return;
  try {
    if (start !== null && start !== undefined) again.setSelectionRange(start, end);
  } catch {
    // Not a control with a caret.
  }
}

let last = 0;
export const newId = () => `b-${(last += 1)}`;
