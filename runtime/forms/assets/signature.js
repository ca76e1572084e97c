// Part for: [data-sign]
// Draws a signature as SVG path data: only moves and lines between whole numbers inside the box of the picture.
// What is seen is exactly what is kept, so the picture itself is the place to draw on.

const NEAR = 3;
const DOT = 1;
const SHORTEST = "M600 240L600 240".length;

for (const root of document.querySelectorAll("[data-sign]")) start(root);

function start(root) {
  const [field, pad, path, undo, clear] = ["strokes", "pad", "path", "undo", "clear"].map((name) => root.querySelector(`[data-sign-${name}]`));
  const { width, height } = pad.viewBox.baseVal;
  const full = (more) => strokes.join("").length + more > Number(field.dataset.signStrokes);
  let strokes = field.value.match(/M[^M]+/g) ?? [];
  let last = null;

  const draw = () => {
    const whole = strokes.join("");
    path.setAttribute("d", whole);
    for (const button of [undo, clear]) button.disabled = !whole;
  };
  const keep = () => {
    draw();
    field.value = strokes.join("");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const within = (part, most) => Math.max(0, Math.min(most, Math.round(part * most)));
  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [within((event.clientX - box.left) / box.width, width), within((event.clientY - box.top) / box.height, height)];
  };
  const line = ([x, y], near) => {
    if (Math.hypot(x - last[0], y - last[1]) < near) return;
    const step = `L${x} ${y}`;
    if (full(step.length)) return;
    strokes[strokes.length - 1] += step;
    last = [x, y];
  };

  pad.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button || full(SHORTEST)) return;
    last = place(event);
    strokes.push(`M${last.join(" ")}`);
    pad.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!last || !event.isPrimary) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const moved of between.length ? between : [event]) line(place(moved), NEAR);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    pad.addEventListener(name, (event) => {
      if (!last || !event.isPrimary) return;
      if (!strokes.at(-1).includes("L")) line([last[0] + (last[0] < width ? DOT : -DOT), last[1]], 0); // a dot
      last = null;
      keep();
    });
  }
  undo.addEventListener("click", () => {
    strokes = strokes.slice(0, -1);
    keep();
  });
  clear.addEventListener("click", () => {
    strokes = [];
    keep();
  });
  root.querySelector("[data-sign-drawing]").hidden = false;
  draw();
}
