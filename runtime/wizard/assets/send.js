// Part for: form[data-send]
// Sends a page without leaving it before the server has answered. Without a connection the person stays, reads
// so, and may have it sent again by itself. Sending twice is harmless: the server knows each application.
import { ask, bodyOf, NoAnswer } from "./asking.js";
import { keeperOf } from "./autosave.js";
import { filesOf, refusedIn } from "./underway.js";

const SLOW = 3000;
const AGAIN = 10_000;

for (const form of document.querySelectorAll("form[data-send]")) start(form);

function start(form) {
  const box = form.querySelector("[data-unsent]");
  const alone = box.querySelector("[data-alone]");
  const slow = form.querySelector("[data-slow]");
  let button = null;
  let busy = false;
  let native = false;
  let timer = 0;

  async function send() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    form.setAttribute("aria-busy", "true");
    const late = setTimeout(() => (slow.hidden = false), SLOW);
    const keeper = keeperOf(form);
    try {
      if (!(await filesOf(form))) throw new NoAnswer();
      keeper?.hold(); // one post at a time: what is typed meanwhile follows
      const { body, arrived } = keeper?.letter(button) ?? { body: bodyOf(form, button) };
      const answer = await ask(form, form.getAttribute("action"), body);
      if (answer.headers.has("X-Page-Kept")) arrived?.();
      await go(answer);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      keeper?.release();
      stay();
    } finally {
      busy = false;
      clearTimeout(late);
      slow.hidden = true;
      form.removeAttribute("aria-busy");
    }
  }

  /** Go where the answer leads; a page with mistakes is drawn by the browser's own post. */
  async function go(answer) {
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const { to } = await answer.json();
      open(new URL(to, location.href));
      return;
    }
    native = true;
    form.requestSubmit(button);
  }

  /** A page that only moves to a place on itself would not be fetched: it is loaded anew. */
  function open(target) {
    if (target.pathname + target.search !== location.pathname + location.search) return location.assign(target);
    history.replaceState(null, "", target);
    if (target.hash) history.scrollRestoration = "manual";
    location.reload();
  }

  function stay() {
    if (box.hidden) {
      box.hidden = false;
      box.focus();
    }
    if (alone.checked) timer = setTimeout(send, AGAIN);
  }

  /** A press that goes nowhere says why: the refused file stands out and asks to be removed. */
  function point(wrong) {
    wrong.closest(".upload").querySelector("[data-ask]").hidden = false;
    wrong.focus();
  }

  form.addEventListener("submit", (event) => {
    if (native) return;
    event.preventDefault();
    button = event.submitter;
    const wrong = button?.name ? null : refusedIn(form);
    if (wrong) point(wrong);
    else send();
  });
  box.querySelector("[data-again]").addEventListener("click", send);
  alone.addEventListener("change", () => (alone.checked && navigator.onLine ? send() : clearTimeout(timer)));
  window.addEventListener("online", () => !box.hidden && alone.checked && send());
}
