// Every form that posts by itself: a double click sends it once, and its guard is the one of this moment.
// Somebody who logs in again in another tab gets a new guard; a page opened before would hold the old one.

const PAUSE = 1000;
const pressed = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  const button = event.submitter ?? form;
  if (event.timeStamp - (pressed.get(button) ?? -PAUSE) < PAUSE) {
    event.preventDefault();
    return;
  }
  pressed.set(button, event.timeStamp);
  const guard = form.querySelector("[name=csrfmiddlewaretoken]");
  const fresh = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  if (guard && fresh) guard.value = fresh[1];
});
