// The letters, or one of them; and the notices: when each goes out, its words in every language side by side, and chips for what is filled in.
import { textControl, tokenChips } from "./controls.js";
import { languages, say } from "./document.js";
import { h } from "./dom.js";
import { chosenLetter, drawLetter, drawLetters } from "./letters.js";
import { translationLink } from "./translation.js";
import { faultList } from "./problems.js";

const TOKENS = ["reference", "service", "status", "link", "note", "number", "office"];
const SHORT = TOKENS.filter((one) => one !== "note"); // what officers wrote does not go to a telephone

export function drawTexts(panel) {
  const { t } = panel;
  const { doc } = panel.store;
  const letter = chosenLetter(panel);
  if (letter) return [drawLetter(panel, letter)];
  return [
    drawLetters(panel),
    h("h2", { class: "b-title" }, t("texts_title")),
    h("p", { class: "b-hint" }, t("texts_hint")),
    translationLink(panel),
    (doc.messages || []).map((message) => messageCard(panel, message)),
    !(doc.messages || []).length && h("p", { class: "b-empty" }, t("no_messages")),
  ];
}

/** When a message goes out, in sentences. */
function occasions(panel, key) {
  const { t, language, store } = panel;
  const { filed = [], actions = [], statuses = [] } = store.doc.workflow;
  const sends = (effects) => (effects || []).some((effect) => effect.mail === key);
  const found = sends(filed) ? [t("sent_filed")] : [];
  for (const action of actions.filter((one) => sends(one.effects))) {
    const at = statuses.find((one) => action.from.includes(one.key));
    found.push(t("sent_after", { action: say(action.title, language), status: say(at?.title, language) }));
  }
  return found;
}

function messageCard(panel, message) {
  const { t, store } = panel;
  const { key } = message;
  const find = (doc) => doc.messages.find((one) => one.key === key);
  const when = occasions(panel, key);
  const names = { id: t("language_id"), en: t("language_en") };
  return h(
    "section",
    { class: `b-message${panel.selected.key === key && panel.selected.kind === "message" ? " b-message--on" : ""}`, "data-key": key },
    h("p", { class: "b-message__when" }, when.length ? when.join(" · ") : t("never_sent")),
    faultList(panel, [["messages", key]]),
    h(
      "div",
      { class: "b-languages" },
      languages(store.doc).map((code) => {
        const subject = textControl(panel, {
          find, name: "subject", label: t("message_subject", { language: names[code] || code }), keep: true, language: code, tokens: TOKENS, tag: `message:${key}`, mark: `message:${key}:subject:${code}`,
        });
        const body = textControl(panel, {
          find, name: "body", label: t("message_body", { language: names[code] || code }), rows: 5, keep: true, language: code, tokens: TOKENS, tag: `message:${key}`, mark: `message:${key}:body:${code}`,
        });
        const short = textControl(panel, {
          find, name: "short", label: t("message_short", { language: names[code] || code }), hint: t("message_short_hint"), rows: 2, language: code, tokens: SHORT, tag: `message:${key}`, mark: `message:${key}:short:${code}`,
        });
        return h(
          "div", {}, subject, body, tokenChips(panel, body.querySelector("textarea"), TOKENS, `${key}:${code}`),
          short, tokenChips(panel, short.querySelector("textarea"), SHORT, `${key}:short:${code}`),
        );
      }),
    ),
  );
}
