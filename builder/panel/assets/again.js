// What did not reach the server is tried again: when the browser says that the line is back, or after a while.
const PAUSE = 20_000;
const SETTLED = 1000; // the browser says so before the first request comes through
const LOST = ["network_error", "server_error"];
const APART = ["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id", "next"];

export class Again {
  constructor(work) {
    this.timer = 0;
    this.now = () => {
      this.rest();
      work();
    };
    this.online = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.now, SETTLED);
    };
  }

  soon() {
    this.rest();
    this.timer = setTimeout(this.now, PAUSE);
    window.addEventListener("online", this.online);
  }

  rest() {
    clearTimeout(this.timer);
    window.removeEventListener("online", this.online);
  }
}

const written = (data) => JSON.stringify([...data].filter(([name]) => !APART.includes(name)));

/**
 * Lets an autosave end only when the server has what stands in the form. Wagtail gives up a minute after the line was cut,
 * and at once where a server answers that it cannot; and it takes as saved whatever stands there when an autosave has come
 * through, also what was typed meanwhile.
 */
export function keepSaving(form) {
  const again = new Again(() => form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } })));
  let sent = "";
  form.addEventListener("w-autosave:save", ({ detail }) => { sent = written(detail.formData); });
  form.addEventListener("w-autosave:error", ({ detail }) => (LOST.includes(detail.type) ? again.soon() : again.rest()));
  form.addEventListener("w-autosave:success", () => {
    again.rest();
    // After Wagtail has heard of it, too.
    setTimeout(() => { if (sent !== written(new FormData(form))) form.dataset.wUnsavedForceValue = "true"; });
  });
}
