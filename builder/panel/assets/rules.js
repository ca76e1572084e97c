// The rules an answer has to meet, each with the words people read when it does not: of questions, groups, pages and rows.
import { begunOrHeld, conditionEditor } from "./conditionrows.js";
import { textControl, tick } from "./controls.js";
import { h } from "./dom.js";
import { answered, isContainer } from "./outline.js";
import { change, field, setOrDrop } from "./settings.js";

const TICKS = { consent: "must_be_ticked", group: "one_of_them_required", repeat: "one_row_required" };
const ONLY_IF = { group: "one_of_them_required_if", repeat: "one_row_required_if" };
const FILES = ["file", "photo"];
const FORMATTED = [
  "text", "longtext", "email", "url", "phone", "pattern", "nik", "no_kk", "npwp", "nip", "nib", "nisn", "plate", "postcode",
  "integer", "number", "money", "date", "time", "datetime", "date_range", ...FILES,
];

/** The words `holder(doc).messages[name]`; the object goes with its last text. */
export function messageControl(panel, { holder, name, label, hint, mark }) {
  return textControl(panel, {
    find: (doc, make = false) => {
      const held = holder(doc, make);
      return make && held ? (held.messages ||= {}) : held?.messages;
    },
    name, label, hint, rows: 2, tag: `${mark}:message`, mark: `${mark}:message`, tidy: (doc) => tidied(holder(doc)),
  });
}

function tidied(held) {
  if (held?.messages && !Object.keys(held.messages).length) delete held.messages;
}

function dropMessage(held, name) {
  if (held?.messages) delete held.messages[name];
  tidied(held);
}

/** A rule with its words: the rows of its condition and, once there are some, what people read when it is not met. */
function checkRule(panel, { holder, says = "accepted_if", emptied, ...where }) {
  const { t } = panel;
  const whole = {
    ...where, find: holder, rule: "check", says, none: "no_question_to_check",
    emptied: (doc) => {
      dropMessage(holder(doc), "check");
      emptied?.(doc);
    },
  };
  return [
    conditionEditor(panel, whole),
    begunOrHeld(panel, whole) && messageControl(panel, { holder, name: "check", label: t("check_message"), hint: t("check_message_hint"), mark: where.mark }),
  ];
}

/** Whether a question must be answered: always, not, or when other answers say so. */
export function requiredRule(panel, { field: held, id }) {
  const { t } = panel;
  if ((!answered(held) && held.type !== "group") || held.type === "metadata") return null;
  const where = {
    find: field(id), rule: "required", key: id, mark: `required:${id}`, title: t(ONLY_IF[held.type] || "required_if"), says: "required_if_sentence",
    add: "required_only_if", quiet: true,
  };
  return [
    (held.required === true || !begunOrHeld(panel, where)) && tick({
      label: t(TICKS[held.type] || "required"), checked: held.required === true, mark: "required",
      change: (on) => change(panel, id, (one) => setOrDrop(one, "required", on)),
    }),
    held.required !== true && conditionEditor(panel, where),
  ];
}

/** What an answer, a group or all entries together must meet. */
export function questionChecks(panel, { field: held, id }) {
  const { t } = panel;
  if (!isContainer(held) && (!answered(held) || held.type === "metadata")) return null;
  const title = t(isContainer(held) ? "checked_together" : "checked");
  return checkRule(panel, { holder: field(id), key: id, mark: `check:${id}`, title, add: "add_check" });
}

/** What each entry of a repeat must meet. */
export function rowChecks(panel, { id }) {
  const find = field(id);
  return checkRule(panel, {
    holder: (doc, make = false) => (make ? (find(doc).row ||= {}) : find(doc)?.row), key: id, row: true, mark: `row:${id}`, title: panel.t("checked_row"),
    says: "row_accepted_if", add: "add_check",
    emptied: (doc) => {
      const one = find(doc);
      if (one?.row && !Object.keys(one.row).length) delete one.row;
    },
  });
}

/** What the answers of a page must meet together. */
export function pageChecks(panel, page) {
  const holder = (doc) => doc.pages.find((one) => one.key === page.key);
  return checkRule(panel, { holder, page: page.key, mark: `page:${page.key}:check`, title: panel.t("checked_page"), add: "add_check" });
}

/** The clerk's own words in place of the usual ones, for everything that can be refused. */
export function ownWords(panel, { field: held, id }) {
  const { t } = panel;
  const said = (name, may) => (may || held.messages?.[name] !== undefined) && messageControl(panel, { holder: field(id), name, label: t(`message_${name}`), mark: `${name}:${id}` });
  const words = [
    said("required", held.required !== undefined && held.required !== false),
    said("format", FORMATTED.includes(held.type) && !held.calculate),
    said("minimum", ["minimum", "minLength", "minItems"].some((name) => held[name] !== undefined)),
    said("maximum", !FILES.includes(held.type) && ["maximum", "maxLength", "maxItems"].some((name) => held[name] !== undefined)),
  ].filter(Boolean);
  return words.length > 0 && h("div", { class: "b-settings" }, h("h3", { class: "b-label" }, t("own_words")), h("p", { class: "b-hint" }, t("own_words_hint")), words);
}
