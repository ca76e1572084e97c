// What stands in the inputs of one question, as plain values that can be kept, compared and put back.

/** Return the question an input belongs to: the part of its name before a row or a part. */
export function keyOf(input) {
  return (input.name || "").split(/[.-]/)[0];
}

/** Return name → values of all inputs of a question; files are never values. */
export function valuesOf(form, key) {
  const values = {};
  for (const input of inputsOf(form, key)) {
    values[input.name] ||= [];
    if (!isTick(input)) values[input.name].push(input.value);
    else if (input.checked) values[input.name].push(input.value);
  }
  return values;
}

/** Put values back; return false when the page lacks an input for one of them. */
export function putBack(form, key, values) {
  const inputs = inputsOf(form, key);
  const there = new Set(inputs.map((input) => input.name));
  if (!Object.keys(values).every((name) => there.has(name))) return false;
  const places = {};
  for (const input of inputs) {
    const wanted = values[input.name];
    if (!wanted) continue;
    if (isTick(input)) {
      input.checked = wanted.includes(input.value);
    } else {
      places[input.name] = (places[input.name] ?? -1) + 1;
      input.value = wanted[places[input.name]] ?? "";
    }
  }
  for (const type of ["input", "change"]) inputs[0]?.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

/** Return all questions that have inputs on the page. */
export function keysOf(form) {
  return [...new Set([...form.elements].filter(isAnswer).map(keyOf))];
}

function inputsOf(form, key) {
  return [...form.elements].filter((input) => isAnswer(input) && keyOf(input) === key);
}

function isTick(input) {
  return input.type === "checkbox" || input.type === "radio";
}

function isAnswer(input) {
  const typed = ["INPUT", "SELECT", "TEXTAREA"].includes(input.tagName) && !["file", "submit", "button"].includes(input.type);
  return typed && /^[a-z]/.test(input.name) && input.name !== "csrfmiddlewaretoken";
}

/** Return what a question is called on the page. */
export function labelOf(form, key) {
  const question = form.querySelector(`[data-question="${key}"], [data-rows="${key}"]`);
  const named = question?.querySelector("legend, label")?.cloneNode(true);
  for (const more of named?.querySelectorAll(".optional") ?? []) more.remove();
  return `“${named?.textContent.trim() ?? key}”`;
}
