// The letter as it would be printed, beside the letter that is written: asked of the server after each pause, with made-up
// answers or those of a story. An older picture never replaces a newer one; the last good one stays while something is wrong.
import { Again } from "./again.js";
import { button, selectControl } from "./controls.js";
import { say } from "./document.js";
import { h, redraw } from "./dom.js";
import { goTo } from "./problems.js";

const PAUSE = 700;
const AGAIN = 1200;

export class LetterView {
  constructor(panel) {
    this.panel = panel;
    this.leftOut = [];
    this.story = "";
    this.again = new Again(() => this.element.isConnected && this.ask());
    this.stories = h("div", {});
    this.message = h("div", { class: "b-sheet__message", role: "status" });
    this.pages = h("div", { class: "b-sheet__pages" });
    this.element = h(
      "aside", { class: "b-sheet", "aria-label": panel.t("picture_title") },
      h("div", { class: "b-sheet__head" }, h("h2", { class: "b-caption" }, panel.t("picture_title")), button(panel.t("picture_file"), () => this.open(), { mark: "picture:file" })),
      this.stories, this.message, this.pages,
    );
  }

  /** Shows the letter `key` of the document as it is now. */
  show(key) {
    const { doc } = this.panel.store;
    if (this.key !== key) {
      this.pages.replaceChildren();
      this.leftOut = [];
    } else if (this.doc === doc && this.language === this.panel.language) return;
    if (!(doc.stories || []).some((one) => one.key === this.story)) this.story = "";
    this.key = key;
    this.chooseStory(doc);
    this.later(this.pages.childElementCount ? PAUSE : 0);
  }

  chooseStory(doc) {
    const { t, language } = this.panel;
    const told = (doc.stories || []).filter((story) => story.answers);
    this.stories.replaceChildren(...(told.length ? [selectControl({
      label: t("picture_answers"), value: this.story, mark: "picture:story", options: [["", t("picture_made_up")], ...told.map((one) => [one.key, say(one.title, language)])],
      change: (key) => { this.story = key; this.later(0); },
    })] : []));
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), pause);
  }

  address(file = "") {
    const { settings, language } = this.panel;
    return `${settings.letter.replace("LETTER", this.key)}${file}?${new URLSearchParams({ language, story: this.story })}`;
  }

  async ask() {
    const { panel } = this;
    this.asked?.abort();
    this.again.rest();
    this.asked = new AbortController();
    const { signal } = this.asked;
    this.doc = panel.store.doc;
    this.language = panel.language;
    this.element.setAttribute("aria-busy", "true");
    if (!this.pages.childElementCount) this.say(panel.t("picture_drawing"));
    try {
      const answer = await fetch(this.address(), {
        method: "POST", body: panel.documentTarget.value, signal,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": panel.checker.token() },
      });
      if (answer.status === 429) return this.later(AGAIN);
      if (![200, 422].includes(answer.status)) throw new Error(String(answer.status));
      const told = await answer.json();
      if (!signal.aborted) this.heard(told);
    } catch {
      if (signal.aborted) return undefined;
      this.heard({ sentence: panel.t("picture_failed") });
      this.again.soon();
    }
    return undefined;
  }

  heard({ pages, left_out: leftOut = [], sentence = "", problems = [] }) {
    this.element.removeAttribute("aria-busy");
    this.element.classList.toggle("b-sheet--old", !pages);
    this.say(sentence, problems);
    if (!pages) return;
    this.leftOut = leftOut;
    const { t } = this.panel;
    this.pages.replaceChildren(...pages.map((src, at) => h("img", { src, alt: t("picture_page", { number: at + 1, count: pages.length }) })));
    for (const line of this.panel.textsTarget.querySelectorAll("[data-out]")) line.hidden = !leftOut.includes(line.dataset.out);
  }

  say(sentence, problems = []) {
    const link = (problem, at) => h("li", {}, button([problem.where, problem.sentence].filter(Boolean).join(": "), () => goTo(this.panel, problem), { kind: "link", mark: `picture:problem:${at}` }));
    redraw(this.message, sentence ? [h("p", {}, sentence), problems.length > 0 && h("ul", {}, problems.map(link))] : []);
  }

  /** Opens the PDF in a window of its own, by a form that is posted, so that no browser holds it back. */
  open() {
    const field = (name, value) => h("input", { type: "hidden", name, value });
    const form = h(
      "form", { action: this.address("file/"), method: "post", target: "_blank", enctype: "multipart/form-data", hidden: true },
      field("csrfmiddlewaretoken", this.panel.checker.token()), field("document", this.panel.documentTarget.value),
    );
    document.body.append(form);
    form.submit();
    form.remove();
  }
}
