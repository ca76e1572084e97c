// The one way in which questions and pages are added, moved, changed in kind and taken out. An edit after which something
// would name nothing, or something later, asks first: what names it goes with it in one step, or nothing is done.
import { gapped } from "./chiptext.js";
import { carefully, consequences, followed } from "./consequences.js";
import { choices, openDialog } from "./dialogs.js";
import { brief, listed, say } from "./document.js";
import { h } from "./dom.js";
import { around } from "./lettertext.js";

const SHOWN = 12;

/** A thing as people call it: its label or title, in the language that is written in; a letter's may fill in something. */
export function called(panel, thing) {
  const words = say(thing?.label || thing?.title, panel.language);
  const filled = thing?.body || thing?.chips ? around(panel, []).speak.spoken(words) : words;
  return brief(thing?.chips ? gapped(filled) : filled) || panel.t("untitled");
}

/** What goes with an edit, one sentence for each thing and rule. */
export function losses(panel, broken) {
  const said = broken.map(({ naming }) => panel.t(`goes_${naming.what}`, { name: naming.owner ? called(panel, naming.owner) : "" }));
  return [...new Set(said)];
}

/** The questions that are named, as a phrase. */
function sources(panel, broken) {
  const names = [...new Set(broken.flatMap(({ questions }) => questions.map((one) => called(panel, one))))];
  const more = names.length > SHOWN ? [panel.t("and_more", { count: names.length - SHOWN })] : [];
  return listed([...names.slice(0, SHOWN), ...more], panel.t("and"));
}

/**
 * Changes the document by `change(doc)`, as one step that can be undone.
 *
 * `within(result)` runs when the document is changed and before it is drawn, `done(result, sentences)` after it; the
 * sentences say what went along. `how` is for what is typed, where nothing has to be asked; `asks` is the question.
 */
export function edit(panel, work, { within, done, how, asks = "ask_named" } = {}) {
  const change = (doc) => followed(doc, () => work(doc));
  const broken = consequences(panel.store.doc, change);
  const sentences = losses(panel, broken);
  const go = () => {
    const result = panel.store.apply((doc) => {
      const made = carefully(doc, change);
      within?.(made);
      return made;
    }, broken.length ? undefined : how);
    done?.(result, sentences);
  };
  if (broken.length) ask(panel, { broken, sentences, go, asks });
  else go();
}

function ask(panel, { broken, sentences, go, asks }) {
  const { t } = panel;
  panel.asking?.(); // more was typed meanwhile: only the newest is asked about
  let done = false;
  const ahead = () => {
    done = true;
    go();
  };
  const { dialog, close } = openDialog(panel, {
    title: t("ask_title"), mark: "ask",
    closed: () => done || panel.draw({ typing: false }), // what was changed shows again what the document holds
    body: (close) => [
      h("p", {}, t(asks, { names: sources(panel, broken) })),
      h("ul", { class: "b-losses" }, sentences.slice(0, SHOWN).map((words) => h("li", {}, words))),
      sentences.length > SHOWN && h("p", {}, t("and_more", { count: sentences.length - SHOWN })),
      h("p", { class: "b-hint" }, t("ask_undo")),
      choices(panel, close, { words: t("ask_go"), press: () => close(ahead), kind: "danger", leave: t("ask_leave") }),
    ],
  });
  panel.asking = () => {
    done = true;
    close();
  };
  dialog.querySelector("[data-f='dialog:leave']").focus();
}
