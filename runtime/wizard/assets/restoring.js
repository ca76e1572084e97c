// Puts back what this phone still holds of a page. Where the server's answer was changed meanwhile by somebody who
// had not seen it, both stay: the page shows the server's, and the person chooses.
import * as phone from "./phone.js";
import { keysOf, labelOf, putBack, valuesOf, wordsOf } from "./values.js";

/**
 * Put back the copies of earlier windows, the latest first; `touch` and `know` tell who keeps the page, and `early`
 * names what was typed into it already, which stays.
 */
export function restore(form, place, keeper) {
  const box = form.querySelector("[data-restored]");
  if (!box) return;
  const found = sort(form, place, keeper.early);
  const before = {};
  for (const copy of [...found.back]) {
    before[copy.key] = valuesOf(form, copy.key);
    if (use(form, place, copy, keeper)) continue;
    found.back.splice(found.back.indexOf(copy), 1);
    found.lost.push(copy);
  }
  if (found.back.length) keeper.soon();
  for (const copy of found.newer) offer(form, place, copy, { ...keeper, box });
  for (const copy of found.lost) offer(form, place, copy, { ...keeper, box, fits: false });
  say(form, box, found);
  discarding(form, box, { back: found.back, before, keeper });
}

/** Sort the copies by what becomes of them; those the server has are dropped, those not asked for now stay. */
function sort(form, place, early) {
  const changes = JSON.parse(form.dataset.changes || "{}");
  const turns = JSON.parse(form.dataset.turns || "{}");
  const found = { back: [], newer: [], lost: [] };
  const settled = new Set(early);
  for (const copy of phone.copiesOf(place)) {
    const present = valuesOf(form, copy.key);
    if (!Object.keys(present).length) continue;
    if (JSON.stringify(present) === JSON.stringify(copy.values) || (turns[copy.window] ?? 0) >= copy.turn) {
      phone.drop({ ...place, window: copy.window }, [copy.key]);
    } else if (settled.has(copy.key) || isElsewhere(changes[copy.key], copy)) {
      found.newer.push(copy);
    } else {
      found.back.push(copy);
    }
    settled.add(copy.key);
  }
  return found;
}

/** Say whether somebody who had not seen this copy has changed the server's answer since its page was drawn. */
function isElsewhere(change, copy) {
  return Boolean(change) && change[0] > Number(copy.seen.split(".")[0]) && change[1] !== copy.window;
}

/** Put a copy into the page, which from now on keeps it as its own; false when it does not fit. */
function use(form, place, copy, { touch, know, quietly }) {
  let fits = false;
  quietly(() => (fits = putBack(form, copy.key, copy.values)));
  if (!fits) return false;
  const kept = touch(copy.key);
  if (copy.turn) know(`${copy.window}.${copy.turn}`);
  if (kept) phone.drop({ ...place, window: copy.window }, [copy.key]);
  return true;
}

/** Offer another version of an answer. Using it offers what it replaced, until one is discarded. */
function offer(form, place, copy, { box, fits = true, ...keeper }) {
  const row = form.querySelector("template[data-copy-row]").content.cloneNode(true).firstElementChild;
  const list = box.querySelector("[data-copies]");
  const label = labelOf(form, copy.key);
  let other = copy;
  const draw = () => {
    const words = row.querySelector("[data-version]");
    const hidden = (form.dataset.special || "").split(" ").includes(copy.key);
    words.textContent = hidden ? words.dataset.private : wordsOf(form, copy.key, other.values);
  };
  row.querySelector("[data-label]").textContent = label;
  for (const name of row.querySelectorAll("[data-of]")) name.textContent = ` ${label}`;
  const take = row.querySelector("[data-take]");
  take.hidden = !fits;
  take.addEventListener("click", () => {
    const shown = { ...other, values: valuesOf(form, copy.key), turn: 0 };
    if (!use(form, place, other, keeper)) return;
    other = shown;
    keeper.soon();
    draw();
  });
  row.querySelector("[data-drop]").addEventListener("click", () => {
    phone.drop({ ...place, window: copy.window }, [copy.key]);
    row.remove();
    list.hidden = !list.children.length;
    if (list.hidden && box.querySelector("[data-discard]").hidden) box.hidden = true;
  });
  draw();
  list.append(row);
  list.hidden = false;
}

function say(form, box, { back, newer, lost }) {
  const list = new Intl.ListFormat(document.documentElement.lang);
  const among = (copies) => keysOf(form).filter((key) => copies.some((copy) => copy.key === key));
  const labels = (copies) => list.format(among(copies).map((key) => labelOf(form, key)));
  const said = (words, copies) => (copies.length ? words.replace("{labels}", labels(copies)) : "");
  const words = [said(box.dataset.back, back), said(box.dataset.newer, newer), said(box.dataset.lost, lost)].join(" ").trim();
  box.querySelector("[data-words]").textContent = words;
  box.hidden = !words;
}

function discarding(form, box, { back, before, keeper }) {
  const discard = box.querySelector("[data-discard]");
  discard.hidden = !back.length;
  discard.addEventListener("click", () => {
    keeper.quietly(() => back.forEach(({ key }) => putBack(form, key, before[key])));
    for (const { key } of back) keeper.touch(key);
    keeper.soon();
    discard.hidden = true;
    if (box.querySelector("[data-copies]").hidden) box.hidden = true;
  });
}
