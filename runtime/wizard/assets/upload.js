// Part for: form[data-upload]
// Sends each chosen file by itself, piece by piece, with progress. A cut connection costs one piece: the rest goes
// on by itself when the line is back, or after the same file was chosen again. The server judges what has arrived.
import { ask, NoAnswer, token } from "./asking.js";
import { keeperOf } from "./autosave.js";
import { jobs } from "./underway.js";
import { shrink } from "../../forms/assets/shrink.js";

const SMALLEST = 64_000;
const LARGEST = 256_000;
const AGAIN = 5000;

for (const form of document.querySelectorAll("form[data-upload]")) start(form);

function start(form) {
  form.addEventListener("change", (event) => take(form, event.target));
  for (const input of form.querySelectorAll('input[type="file"]')) take(form, input); // chosen before we came
}

function take(form, input) {
  if (input.type !== "file") return;
  const files = [...input.files];
  input.value = "";
  for (const file of files) begin(form, input, file);
}

function begin(form, input, file) {
  for (const wrong of input.parentElement.querySelectorAll(".upload.is-wrong")) wrong.remove();
  const job = { form, input, file, key: input.name, row: draw(form, input, file) };
  jobs.add(job);
  job.row.querySelector("[data-cancel]").addEventListener("click", () => cancel(job));
  job.row.querySelector("[data-again]").addEventListener("click", () => run(job));
  window.addEventListener("online", () => jobs.has(job) && job.waits && run(job));
  run(job);
}

function run(job) {
  clearTimeout(job.timer);
  job.waits = false;
  show(job, "sending");
  job.done = send(job).catch((error) => {
    if (job.cancelled) return;
    if (!(error instanceof NoAnswer)) throw error;
    job.waits = true;
    show(job, "waiting");
    job.timer = setTimeout(() => run(job), AGAIN);
  });
}

async function send(job) {
  job.small ||= await shrink(job.file, job.input.accept);
  job.sha256 ||= await digest(job.small);
  await keeperOf(job.form)?.save();
  let answer = await announce(job);
  let size = SMALLEST;
  while (answer && !job.cancelled) {
    if (answer.html) return finish(job, answer.html);
    progress(job, answer.offset);
    const since = performance.now();
    answer = await piece(job, answer.offset, size);
    size = performance.now() - since < 1000 ? Math.min(size * 2, LARGEST) : Math.max(size / 2, SMALLEST);
  }
}

/** Tell the server what is coming; return where to go on, or nothing when it is refused. */
async function announce(job) {
  const body = new FormData();
  const about = { _revision: mark(job), field: job.key, name: job.small.name, size: job.small.size, sha256: job.sha256 };
  for (const [name, value] of Object.entries({ ...about, csrfmiddlewaretoken: token(job.form).value })) body.set(name, value);
  const response = await ask(job.form, job.form.dataset.upload, body);
  const answer = await read(response);
  if (response.status !== 201) return refuse(job, answer);
  job.address = `${job.form.dataset.upload}${answer.id}/`;
  return answer;
}

/** Send one piece; return where to go on. */
async function piece(job, offset, size) {
  const guard = { "X-CSRFToken": token(job.form).value, "Page-Mark": mark(job) };
  const headers = { ...guard, "Upload-Offset": offset, "Content-Type": "application/octet-stream" };
  const body = job.small.slice(offset, offset + size);
  job.abort = new AbortController();
  let response;
  try {
    response = await fetch(job.address, { method: "PATCH", body, headers, credentials: "same-origin", signal: job.abort.signal });
  } catch {
    throw new NoAnswer();
  }
  if (response.status >= 500 || response.status === 403) throw new NoAnswer();
  const answer = await read(response);
  if (response.ok || (response.status === 409 && "offset" in answer)) return answer;
  if (response.status === 404) return announce(job); // given up by the server meanwhile
  return refuse(job, answer);
}

/** Return what the page was drawn from: in rows the server compares it, for rows are told by their numbers. */
function mark(job) {
  return job.form.elements._revision.value;
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

function finish(job, html) {
  jobs.delete(job);
  job.row.remove();
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const question = job.input.closest("[data-question]");
  const kept = fresh.querySelector("[data-kept]");
  const old = question.querySelector("[data-kept]");
  if (old) old.replaceWith(kept);
  else job.input.before(kept);
  job.input.hidden = !fresh.querySelector("input[type=file]");
  for (const error of question.querySelectorAll(".govuk-error-message")) error.remove();
  question.querySelector(".govuk-form-group--error")?.classList.remove("govuk-form-group--error");
  job.input.dispatchEvent(new Event("change", { bubbles: true })); // rules may ask whether there is a file
}

function refuse(job, answer) {
  jobs.delete(job);
  show(job, "refused");
  job.row.querySelector("[data-state]").textContent = answer.problem || job.row.dataset.refused;
}

function cancel(job) {
  job.cancelled = true;
  jobs.delete(job);
  clearTimeout(job.timer);
  job.abort?.abort();
  job.row.remove();
  const headers = { "X-CSRFToken": token(job.form).value };
  if (job.address) fetch(job.address, { method: "DELETE", headers, credentials: "same-origin" }).catch(() => {}); // tidied anyway
  job.input.focus();
}

function draw(form, input, file) {
  const row = form.querySelector("template[data-upload-row]").content.cloneNode(true).firstElementChild;
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("progress").setAttribute("aria-label", file.name);
  for (const name of row.querySelectorAll("[data-of]")) name.textContent = ` ${file.name}`;
  let list = input.nextElementSibling;
  if (!list?.matches(".uploads")) {
    list = document.createElement("ul");
    list.className = "list uploads";
    input.after(list);
  }
  list.append(row);
  return row;
}

function show(job, state) {
  job.row.classList.toggle("is-wrong", state === "refused");
  job.row.querySelector("[data-state]").textContent = job.row.dataset[state];
  job.row.querySelector("[data-again]").hidden = state !== "waiting";
  for (const part of job.row.querySelectorAll("progress, [data-percent]")) part.hidden = state === "refused";
}

function progress(job, offset) {
  const percent = Math.round((100 * offset) / job.small.size);
  job.row.querySelector("progress").value = percent;
  job.row.querySelector("[data-percent]").textContent = `${percent} %`;
}

async function digest(file) {
  if (!crypto.subtle) return ""; // an insecure address: the file cannot be recognised after a reload
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
