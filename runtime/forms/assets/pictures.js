// Part for: input[type="file"]
// Puts shrunk pictures in the place of chosen ones, and lets the page wait for them before it is sent.
// A form whose files a script sends by itself says `data-upload`; that script calls `shrink` on its own.
import { shrink } from "./shrink.js";

const busy = new Map();

document.addEventListener("change", (event) => take(event.target));
for (const input of document.querySelectorAll('input[type="file"]')) if (input.files.length) take(input); // quicker than we

function take(input) {
  if (!(input instanceof HTMLInputElement) || input.type !== "file" || sentByItself(input)) return;
  const chosen = [...input.files];
  const work = Promise.all(chosen.map((file) => shrink(file, input.accept)))
    .then((files) => busy.get(input) === work && replace(input, files)) // unless others were chosen meanwhile
    .finally(() => busy.get(input) === work && busy.delete(input));
  busy.set(input, work);
}

document.addEventListener("submit", (event) => {
  const waiting = [...busy].filter(([input]) => input.form === event.target).map(([, work]) => work);
  if (!waiting.length) return;
  event.preventDefault();
  Promise.allSettled(waiting).then(() => event.target.requestSubmit(event.submitter));
});

/** Say whether another script sends the file: those of rows go with their page. */
function sentByItself(input) {
  return input.form?.matches("[data-upload]") && !input.name.includes(".");
}

function replace(input, files) {
  if (files.every((file, at) => file === input.files[at])) return;
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  input.files = held.files;
}
