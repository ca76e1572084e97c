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
    if (!isTick(input)) values[input.name].push(input.dataset.wanted || input.value);
    else if (input.checked) values[input.name].push(input.value);
  }
  return values;
}

/** Return values of a question in words: what is chosen by its label, the rest as it was typed. */
export function wordsOf(form, key, values) {
  const words = [];
  const places = {};
  for (const input of inputsOf(form, key)) {
    const wanted = values[input.name] ?? [];
    if (isTick(input)) {
      if (wanted.includes(input.value)) words.push(input.labels[0]?.textContent.trim() ?? input.value);
      continue;
    }
    places[input.name] = (places[input.name] ?? -1) + 1;
    const text = wanted[places[input.name]] ?? "";
    if (input.tagName !== "SELECT") words.push(text);
    else if (text) words.push([...input.options].find((option) => option.value === text)?.textContent.trim() ?? text);
  }
  return words.filter(Boolean).join(", ");
}

/** Say whether a list of a question still waits for the answer that was put back, until its choices have come. */
export function isWaiting(form, key) {
  return inputsOf(form, key).some((input) => input.dataset.wanted || input.closest("[data-offer]")?.dataset.wanted);
}

/**
 * Put values back; return false when the page lacks an input for one of them. A list of areas takes its value
 * when the list above it has brought its choices.
 */
export function putBack(form, key, values) {
  const inputs = inputsOf(form, key);
  const offers = offersOf(inputs);
  const there = new Set([...inputs.map((input) => input.name), ...offers.keys()]);
  if (!Object.keys(values).every((name) => there.has(name))) return false;
  const places = {};
  const lists = inputs.filter((input) => input.dataset.level);
  for (const input of inputs) {
    const wanted = values[input.name];
    if (!wanted) continue;
    if (isTick(input)) {
      input.checked = wanted.includes(input.value);
    } else {
      places[input.name] = (places[input.name] ?? -1) + 1;
      if (!input.dataset.level) input.value = wanted[places[input.name]] ?? "";
    }
  }
  for (const [name, offer] of offers) {
    const missing = (values[name] ?? []).filter((value) => value && !stands(inputs, name, value));
    if (missing.length) offer.dataset.wanted = JSON.stringify(missing); // chosen once its row is on the page
  }
  const told = new Set([inputs[0], ...chooseAreas(lists, values)]);
  for (const type of ["input", "change"]) for (const input of told) input?.dispatchEvent(new Event(type, { bubbles: true }));
  awaitAreas(lists, values);
  return true;
}

/** Return all questions that have inputs on the page. */
export function keysOf(form) {
  return [...new Set([...form.elements].filter(isAnswer).map(keyOf))];
}

/**
 * Return the questions answered before the scripts came: their inputs differ from what the server has drawn. Coming
 * back to a page, the browser itself puts into it what stood there before, which tells nothing.
 */
export function keysTypedEarly(form) {
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") return [];
  return [...new Set([...form.elements].filter((input) => isAnswer(input) && differs(input)).map(keyOf))];
}

function differs(input) {
  if (isTick(input)) return input.checked !== input.defaultChecked;
  if (input.tagName !== "SELECT") return input.type !== "hidden" && input.value !== input.defaultValue;
  const drawn = [...input.options].filter((option) => option.defaultSelected);
  const first = input.multiple ? [] : [...input.options].slice(0, 1); // shown where none is marked
  return input.value !== ((drawn.length ? drawn : first).at(-1)?.value ?? "");
}

function inputsOf(form, key) {
  return [...form.elements].filter((input) => isAnswer(input) && keyOf(input) === key);
}

/** Have each list that does not hold its area yet take it once its choices have come. */
function awaitAreas(lists, values) {
  for (const list of lists) {
    const wanted = values[list.name]?.[0] ?? "";
    if (list.value === wanted) delete list.dataset.wanted;
    else list.dataset.wanted = wanted;
  }
}

/** Choose the uppermost area of each chain that differs; return the lists that changed: those below follow. */
function chooseAreas(lists, values) {
  const changed = [];
  for (const list of lists) {
    const wanted = values[list.name]?.[0] ?? "";
    const chain = list.closest("[data-cascade]");
    if (changed.some((other) => other.closest("[data-cascade]") === chain) || list.value === wanted) continue;
    list.value = wanted;
    changed.push(list);
  }
  return changed;
}

/** Return the lists that show only some of their rows, by the name of what is chosen from them. */
function offersOf(inputs) {
  const parts = inputs.map((input) => [input.name.replace(/-words$/, ""), input.closest("[data-offer]")]);
  return new Map(parts.filter(([, offer]) => offer));
}

function stands(inputs, name, value) {
  return inputs.some((input) => input.name === name && (isTick(input) ? input.checked : true) && input.value === value);
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
