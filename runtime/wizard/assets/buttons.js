// Part for: [data-copy], [data-print], [data-reload], form[data-shared]
// Small helps on the wizard's pages: copy an address, print the receipt, reload, mark the phone as shared.
import { isShared, share } from "./phone.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-copy-words]").textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-reload]")) {
  button.addEventListener("click", () => location.reload());
}

for (const form of document.querySelectorAll("form[data-shared]")) {
  const show = () => {
    for (const part of form.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "on") !== isShared();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault(); // works offline, and leaves the page as it is
    share(event.submitter?.value === "on");
    show();
    form.querySelector("[data-when]:not([hidden]) button").focus();
  });
  show();
}
