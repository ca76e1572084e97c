// Part for: form[data-autosave]
// Keeps what is being typed: a moment after the last key, and when the page is left. Files go with the page itself.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const status = document.querySelector("[data-autosave-status]");
  let timer = 0;
  let pending = false;

  function body() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  function say(words) {
    if (status) status.textContent = words.replace("{time}", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
  }

  async function save() {
    pending = false;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: body(), credentials: "same-origin" });
      if (status) say(answer.ok ? status.dataset.saved : status.dataset.failed);
    } catch {
      pending = true; // offline: the next key or the page's own button tries again
      if (status) say(status.dataset.failed);
    }
  }

  form.addEventListener("input", () => {
    pending = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    pending = false;
    clearTimeout(timer);
  });
  window.addEventListener("online", () => pending && save());
  window.addEventListener("pagehide", () => {
    if (pending) navigator.sendBeacon(form.dataset.autosave, body());
  });
}
