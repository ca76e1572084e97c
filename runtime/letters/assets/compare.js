// Part for: [data-compare]
// Compares a file with a letter in the browser, so that it need not be sent. Where the browser cannot, the form does.

async function digest(file) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(same, words) {
  const said = document.querySelector("[data-compare-said]");
  const tag = document.createElement("span");
  tag.className = same ? "tag tag--ok" : "tag tag--late";
  tag.textContent = words;
  said.replaceChildren(tag);
  said.hidden = false;
}

for (const form of globalThis.crypto?.subtle ? document.querySelectorAll("[data-compare]") : []) {
  form.addEventListener("submit", async (event) => {
    const [file] = form.elements.file.files;
    if (!file) return;
    event.preventDefault();
    const same = (await digest(file)) === form.dataset.compare;
    say(same, same ? form.dataset.same : form.dataset.other);
  });
}
