// Asks before a button saves whether the person is still logged in: a form that is sent after the session has ended would
// lead away from what was written. Then a sentence beside the buttons says so, and where to log in.
import { h } from "./dom.js";

export class Session {
  constructor(panel) {
    Object.assign(this, { panel, form: panel.form, looking: false, sending: false, lets: false });
    this.bar = h("div", { class: "b-session", role: "alert" });
    this.form.querySelector("footer")?.prepend(this.bar);
    window.addEventListener("submit", (event) => this.held(event), { capture: true });
    this.form.addEventListener("w-autosave:error", () => this.look());
    window.addEventListener("focus", () => this.bar.childElementCount && this.look());
    document.addEventListener("visibilitychange", () => !document.hidden && this.bar.childElementCount && this.look());
  }

  /** `in`, `out`, `other` (somebody else is logged in), `away` (no answer), or `unclear` when the answer is no help. */
  async state() {
    try {
      const answer = await fetch(this.panel.settings.writing.session, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
      if (answer.type === "opaqueredirect") return ["out"];
      if (!answer.ok) return ["unclear"];
      const { user, name, token } = await answer.json();
      if (user !== this.panel.settings.writing.user) return ["other", name];
      // A new login has a new token; a form with the old one would be refused.
      this.form.querySelector("[name=csrfmiddlewaretoken]").value = token;
      return ["in"];
    } catch {
      return ["away"];
    }
  }

  /** Holds a form that is being sent until it is known that it will arrive. */
  async held(event) {
    if (event.target !== this.form || this.lets) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.sending) return;
    this.sending = true;
    this.panel.unsaved.hurry();
    const [state, name] = await this.state();
    this.sending = false;
    const pressed = event.submitter;
    this.tell(state, name);
    if (!this.bar.childElementCount) return this.send(pressed);
    pressed?.setAttribute("data-w-progress-loading-value", "false");
    return this.bar.scrollIntoView({ block: "nearest" });
  }

  /** Sends the form by the button that was pressed, which shows that it is busy and would not count. */
  send(pressed) {
    const busy = Boolean(pressed?.disabled);
    if (busy) pressed.disabled = false;
    this.lets = true;
    try {
      this.form.requestSubmit(pressed);
    } finally {
      this.lets = false;
      if (busy) pressed.disabled = true;
    }
  }

  /** Autosave did not come through, or the person is back from logging in: says how things are now. */
  async look() {
    if (this.looking) return;
    this.looking = true;
    const before = this.bar.childElementCount;
    const [state, name] = await this.state();
    this.looking = false;
    if (state !== "away" || before) this.tell(state, name);
    if (state !== "in" || !before) return;
    this.panel.announce(this.panel.t("session_back"));
    this.panel.unsaved.write();
    this.form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  }

  tell(state, name = "") {
    const { t, settings } = this.panel;
    const [address, words] = state === "other" ? [settings.writing.logout, t("session_logout")] : [settings.writing.login, t("session_login")];
    const link = state !== "away" && h("a", { href: address, target: "_blank", rel: "noopener" }, words);
    const told = ["out", "other", "away"].includes(state);
    this.bar.replaceChildren(...(told ? [h("p", {}, t(`session_${state}`, { name }), " ", link || "")] : []));
  }
}
