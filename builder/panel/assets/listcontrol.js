// Where the answers to choose from come from: the question itself, a list of the document, a list of the region.
import { saidLine } from "./conditionrows.js";
import { button, selectControl } from "./controls.js";
import { labelOf } from "./document.js";
import { h } from "./dom.js";
import { edit } from "./edits.js";
import { openList } from "./listeditor.js";
import { belongs, lists, newList, ownOptions, useEdition, useList } from "./lists.js";
import { earlier } from "./outline.js";
import { spelt } from "./keys.js";
import { change, field, setOrDrop } from "./settings.js";

const OWN = "";
const NEW = "+";

/** The source of the answers of a choice, and what of a list is offered. */
export function sourceControl(panel, { field: held, id }) {
  const { t, settings, store } = panel;
  const { doc } = store;
  const written = lists(doc).map(([key, list]) => [`list ${key}`, list.source ? t("list_of_region", { name: titleOf(panel, list) }) : t("list_here", { name: spelt(key) })]);
  const known = new Set(lists(doc).map(([, list]) => `${list.source} ${list.edition}`));
  const kept = settings.lists.flatMap((list) => list.editions.map((edition) => ({ ...list, ...edition, source: list.key, edition: edition.name })))
    .filter((list) => !known.has(`${list.source} ${list.edition}`));
  const regional = kept.map((list) => [`region ${list.source} ${list.edition}`, t("list_of_region", { name: named(panel, list) })]);
  const choose = (value) => {
    const [place, key] = value.split(" ");
    edit(panel, (next) => {
      const one = field(id)(next);
      if (value === OWN) ownOptions(next, one);
      else if (value === NEW) return newList(next, one);
      else if (place === "list") useList(next, one, key);
      else useEdition(next, one, kept.find((list) => value === `region ${list.source} ${list.edition}`));
      return "";
    }, { done: (made) => made && openList(panel, made) });
  };
  const list = doc.datasets?.[held.dataset];
  return h(
    "div",
    {},
    selectControl({
      label: t("answers_from"), value: held.dataset ? `list ${held.dataset}` : OWN, mark: "source", change: choose,
      options: [[OWN, t("answers_own")], ...written, ...(held.dataset ? [] : [[NEW, t("list_new")]]), ...regional],
    }),
    list?.source && regionLinks(panel, list),
    list?.items && button(t("list_edit", { count: list.items.length }), () => openList(panel, held.dataset), { mark: "list:edit" }),
    held.dataset && list && filterControl(panel, { field: held, id }, list),
  );
}

/** The edition that a list of the document means, undefined where the region does not have it. */
function editionOf(panel, list) {
  const known = panel.settings.lists.find((one) => one.key === list.source);
  const edition = known?.editions.find((one) => one.name === list.edition);
  return edition && { ...edition, title: known.title, edition: edition.name };
}

function titleOf(panel, list) {
  const edition = editionOf(panel, list);
  return edition ? named(panel, edition) : `${spelt(list.source)}, ${list.edition}`;
}

function named({ t, settings }, { title, edition, count }) {
  return t("list_rows", { name: `${title}, ${edition}`, count: count.toLocaleString(settings.language) });
}

/** Where the rows of the list are looked at, and where the lists of the region are kept. */
function regionLinks(panel, list) {
  const { t, settings } = panel;
  const edition = editionOf(panel, list);
  const link = (href, words) => h("a", { href, target: "_blank", rel: "noopener" }, words);
  return h(
    "p",
    { class: "b-hint" },
    edition ? [link(edition.address, t("list_look")), " · "] : `${t("list_gone")} `,
    link(settings.lists_address, t("list_all")),
  );
}

/** "Only what belongs to the answer of": a column of the list and an earlier question. */
function filterControl(panel, { field: held, id }, list) {
  const { t, store, language } = panel;
  const columns = Object.keys(list.columns || {});
  const asked = earlier(store.doc, id).filter((one) => panel.settings.values[one.field.type] === "text");
  const read = belongs(held.filter);
  const set = (filter) => change(panel, id, (one) => setOrDrop(one, "filter", filter));
  const made = ({ column, key }) => ({ "==": [{ column }, { var: key }] });
  if (held.filter && !read) {
    return [
      saidLine(panel, id, "filter", t("filter_kept")),
      button(t("filter_remove"), () => set(undefined), { mark: "filter:drop" }),
    ];
  }
  if (!held.filter && (!columns.length || !asked.length)) return null;
  const names = asked.map((one) => [one.field.key, `${one.number}. ${labelOf(one.field, language) || t("untitled")}`]);
  if (read && !asked.some((one) => one.field.key === read.key)) names.unshift([read.key, t("missing_question")]);
  return h(
    "div",
    { class: "b-settings" },
    selectControl({
      label: t("filter"), hint: t("filter_hint"), value: read?.key || "", mark: "filter", options: [["", t("filter_none")], ...names],
      change: (key) => set(key ? made({ column: read?.column || columns[0], key }) : undefined),
    }),
    read && selectControl({
      label: t("filter_column"), value: read.column, mark: "filter:column", options: [...new Set([read.column, ...columns])].map((name) => [name, spelt(name)]),
      change: (column) => set(made({ ...read, column })),
    }),
  );
}
