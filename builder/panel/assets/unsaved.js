// What was written in the editor and is not with the server yet, kept in this browser under the service and its author as
// the answers of a citizen are (ADR 0014). Another visit of the same author offers it; nobody else is asked.
import { copiesOf, drop, keep } from "../../../runtime/wizard/assets/phone.js";
import { button } from "./controls.js";
import { h, redraw } from "./dom.js";

const KEY = ["document"];
const PAUSE = 400;

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
};

/** Whether two texts say the same document: the server writes names in an order of its own. */
function alike(one, other) {
  try {
    return JSON.stringify(sorted(JSON.parse(one))) === JSON.stringify(sorted(JSON.parse(other)));
  } catch {
    return false;
  }
}

export class Unsaved {
  /** Begins to keep what is written, and offers what an earlier window has left. */
  constructor(panel) {
    const { writing } = panel.settings;
    Object.assign(this, { panel, writing, place: { page: writing.page, window: writing.window }, sent: "", timer: 0 });
    panel.form.addEventListener("w-autosave:save", ({ detail }) => { this.sent = detail.formData.get("document"); });
    panel.form.addEventListener("w-autosave:success", () => this.acknowledged());
    window.addEventListener("pagehide", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden && this.hurry());
    window.addEventListener("storage", () => this.offered && this.offer());
    for (const copy of copiesOf(this.place)) if (alike(copy.text, this.text)) this.forget(copy);
    if (writing.refused) this.write();
    this.offer();
  }

  get text() {
    return this.panel.documentTarget.value;
  }

  /** The version that is written upon. */
  get base() {
    return ["id", "created_at"].map((name) => this.panel.form.querySelector(`[name=loaded_revision_${name}]`)?.value || "").join(" ");
  }

  // Keeping -----------------------------------------------------------------------------------

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), PAUSE);
  }

  /** Keeps at once what was waiting for a pause. */
  hurry() {
    if (this.timer) this.write();
  }

  write() {
    clearTimeout(this.timer);
    this.timer = 0;
    keep(this.place, ...KEY, { at: Date.now(), text: this.text, base: this.base }, false);
  }

  /** The server has what was sent; what was written since is kept on. */
  acknowledged() {
    if (this.sent !== this.text) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.forget(this.place);
  }

  forget({ window }) {
    drop({ page: this.place.page, window }, KEY);
  }

  // Offering ----------------------------------------------------------------------------------

  offer() {
    const [copy] = copiesOf(this.place);
    this.offered = Boolean(copy);
    this.panel.offerTarget.hidden = !copy;
    redraw(this.panel.offerTarget, ...(copy ? this.drawn(copy) : []));
  }

  drawn(copy) {
    const { t } = this.panel;
    const { by, at } = this.writing.newest;
    const newer = copy.base !== this.base && t(by ? "unsaved_newer" : "unsaved_newer_own", { by, when: this.when(at) });
    return [
      h("div", {}, h("p", {}, h("strong", {}, t("unsaved", { when: this.when(copy.at) }))), newer && h("p", {}, newer)),
      h(
        "div",
        { class: "b-actions" },
        button(t("unsaved_take"), () => this.take(copy), { kind: "main", mark: "unsaved:take" }),
        button(t("unsaved_drop"), () => this.drop(copy), { mark: "unsaved:drop" }),
      ),
    ];
  }

  when(moment) {
    const { language, timezone } = this.writing;
    return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: timezone }).format(new Date(moment));
  }

  /** Puts the copy in the place of what is shown, as one step that can be undone. */
  take(copy) {
    const { panel } = this;
    const doc = JSON.parse(copy.text);
    panel.drafts.clear();
    panel.store.apply((shown) => {
      for (const name of Object.keys(shown)) delete shown[name];
      Object.assign(shown, doc);
    });
    panel.selectFirst();
    panel.draw({ typing: false });
    this.write();
    this.drop(copy);
    panel.announce(panel.t("unsaved_taken"));
  }

  drop(copy) {
    this.forget(copy);
    this.offer();
    if (!this.offered) this.panel.tabTargets.find((tab) => tab.tabIndex === 0)?.focus();
  }
}
