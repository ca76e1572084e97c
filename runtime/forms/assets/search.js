// Part for: [data-search]
// Searches a long list while somebody types. Without it, or without a connection, a button asks the server.

const WAIT = 250; // milliseconds after the last letter
const running = new WeakMap();

document.addEventListener("input", (event) => {
  const offer = event.target.matches?.("[data-box] input") && event.target.closest("[data-search]");
  if (offer) later(offer);
});
document.addEventListener("keydown", (event) => {
  const offer = event.key === "Enter" && event.target.matches?.("[data-box] input") && event.target.closest("[data-search]");
  if (!offer) return;
  event.preventDefault(); // Enter would leave the page
  find(offer);
});
document.addEventListener("click", (event) => {
  const offer = event.target.closest?.("[data-box] button")?.closest("[data-search]");
  if (!offer || offer.classList.contains("offer--manual")) return;
  event.preventDefault();
  find(offer);
});
for (const offer of document.querySelectorAll("[data-search]")) {
  offer.addEventListener("rakit:narrowed", () => find(offer));
  if (offer.dataset.wanted) find(offer); // put back before this script was there
}

function later(offer) {
  clearTimeout(running.get(offer)?.timer);
  running.set(offer, { ...running.get(offer), timer: setTimeout(() => find(offer), WAIT) });
}

/** Ask for what fits the words; only the answer to the last question counts. */
async function find(offer) {
  const known = running.get(offer) ?? {};
  clearTimeout(known.timer);
  const turn = (known.turn ?? 0) + 1;
  running.set(offer, { turn });
  const words = offer.querySelector("[data-box] input").value.trim();
  const cells = JSON.parse(offer.dataset.cells || "[]");
  if (offer.dataset.open === "false" || !(words || cells.length)) return draw(offer, { found: [], more: 0 }, "");
  const query = new URLSearchParams(words ? [["q", words]] : []);
  for (const [column, held] of cells) for (const cell of held.length ? held : [""]) query.append(`c.${column}`, cell);
  try {
    const answer = await fetch(`${offer.dataset.search}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json();
    if (running.get(offer).turn !== turn) return;
    offer.classList.remove("offer--manual");
    draw(offer, told, told.found.length ? "" : offer.dataset.nothing);
  } catch {
    if (running.get(offer).turn !== turn) return;
    offer.classList.add("offer--manual");
    offer.querySelector("[data-status]").textContent = offer.dataset.failed;
  }
}

/** What is chosen stays on top with its words; the rows that were found follow. */
function draw(offer, { found, more }, said) {
  const place = offer.querySelector("[data-options]");
  const kept = [...place.children].filter((item) => item.querySelector("input").checked);
  const chosen = new Set(kept.map((item) => item.querySelector("input").value));
  const fresh = found.filter((row) => !chosen.has(row.value));
  const inside = place.contains(document.activeElement);
  for (const item of [...place.children]) if (!kept.includes(item)) item.remove();
  place.append(...fresh.map((row) => made(offer, row)));
  if (fresh.some((row) => isWanted(offer, row.value))) {
    delete offer.dataset.wanted;
    place.dispatchEvent(new Event("change", { bubbles: true })); // rules look at what was put back
  }
  if (inside && !place.contains(document.activeElement)) offer.querySelector("[data-box] input").focus();
  const words = more ? offer.dataset.more.replace("%(more)s", more.toLocaleString(document.documentElement.lang || "id")) : "";
  const counted = found.length ? offer.dataset.found.replace("{count}", found.length) : "";
  offer.querySelector("[data-status]").textContent = said || [counted, words].filter(Boolean).join(". ");
}

/** What the phone had kept is chosen again once its row is found. */
function isWanted(offer, value) {
  return JSON.parse(offer.dataset.wanted || "[]").includes(value);
}

let number = 1000; // ids of rows that the server drew are below

function made(offer, { value, label, cells }) {
  const item = offer.querySelector("[data-blank]").content.querySelector("[data-options]").firstElementChild.cloneNode(true);
  const input = item.querySelector("input");
  const words = item.querySelector("label");
  input.value = value;
  input.checked = isWanted(offer, value);
  input.id = `${offer.id}-${(number += 1)}`;
  words.htmlFor = input.id;
  words.textContent = label;
  if (Object.keys(cells).length) item.dataset.cells = JSON.stringify(cells);
  return item;
}
