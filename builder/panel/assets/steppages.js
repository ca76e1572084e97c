// Pages of officers' questions that come and go with the steps that ask for them. A way of approval brings its own; the
// server's ready-made ones are known here, so that a page nobody changed can go again as quietly as it came.
import { carefully, consequences, followed } from "./consequences.js";
import { copyOf } from "./document.js";
import { dropUnused, flow } from "./flow.js";
import { insertPage, removePage } from "./moving.js";
import { renameField } from "./names.js";
import { outline } from "./outline.js";

const outcomes = (doc) => flow(doc).statuses.flatMap((one) => one.tasks || []).flatMap((task) => task.outcomes || []);
const askers = (doc) => [...flow(doc).actions.map((one) => one.ask), ...outcomes(doc)].filter((one) => one?.page);

/** The keys of the pages that somebody is asked for in a step. */
export const asked = (doc) => new Set(askers(doc).map(({ page }) => page));

const sorted = (value) => (value && typeof value === "object" && !Array.isArray(value)
  ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, value[name]])) : value);

/** A page as one value, whatever its questions are called by the rest of the service and whoever fills it in. */
function spelled({ key: _key, for: _for, ...page }) {
  const kit = { pages: [{ key: "kit", ...copyOf(page) }] };
  outline(kit).filter(({ rows }) => !rows.length).forEach(({ field }, at) => {
    if (field.type === "group") field.key = `ready__${at}`;
    else renameField(kit, field.key, `ready__${at}`);
  });
  return JSON.stringify(kit.pages[0], (_name, value) => sorted(value));
}

/** Whether a page is as it was put in: one of the ready-made, or without a question yet. */
export function isReady(page, parts) {
  const empty = { title: parts.officer_page, fields: [] };
  const mine = spelled(page);
  return [empty, ...parts.pages].some((one) => spelled(one) === mine);
}

const ofOfficers = (page) => page.for && page.for !== "applicant";
const share = (page, ready) => page.fields.some(({ key }) => ready.fields.some((one) => one.key === key));

/**
 * Provides the ready-made pages `wanted`, `[{key, for}]`; one that is there already, changed or not, is taken if it is
 * `free`. Returns by the key of each which key it has here. `at()` says where among the pages a new one stands.
 */
export function bringPages(doc, wanted, { parts, released = [], free = () => true, at = () => doc.pages.length }) {
  const here = new Map();
  for (const { key, for: held } of wanted) {
    const ready = parts.pages.find((one) => one.key === key);
    const known = doc.pages.filter((page) => ofOfficers(page) && free(page) && ![...here.values()].includes(page.key));
    const mine = known.find((page) => page.key === key && share(page, ready)) || known.find((page) => spelled(page) === spelled(ready));
    if (mine) mine.for = held;
    here.set(key, mine?.key || insertPage(doc, { ...ready, for: held }, { index: at(), released }));
  }
  return here;
}

/** Lets the actions and tasks in `pieces` ask for pages by the keys they have `here`. */
export function askHere(pieces, here) {
  for (const asker of askers({ workflow: pieces })) asker.page = here.get(asker.page) || asker.page;
}

/** Takes pages out, with what names their questions. */
export function takeOut(doc, keys) {
  if (!keys.length) return;
  carefully(doc, (one) => followed(one, () => keys.forEach((key) => removePage(one, key))));
  dropUnused(doc);
}

const keysOf = (page) => new Set(outline({ pages: [page] }).map(({ field }) => field.key));

/**
 * The pages nobody is asked for any more after `change`, which leaves `doc` as it is: `ready` those that nobody changed
 * and nothing else uses, `own` the others, and as `lost` what uses them.
 */
export function leaving(doc, change, parts) {
  const next = copyOf(doc);
  change(next);
  const now = asked(next);
  const left = next.pages.filter(({ key }) => !now.has(key) && asked(doc).has(key));
  if (!left.length) return { ready: [], own: [], lost: [] };
  const lost = consequences(next, (one) => left.forEach(({ key }) => removePage(one, key)));
  const used = (page) => lost.some(({ questions }) => questions.some(({ key }) => keysOf(page).has(key)));
  const ready = left.filter((page) => isReady(page, parts) && !used(page));
  return { ready, own: left.filter((page) => !ready.includes(page)), lost };
}
