// Part for: [data-document]
// A PDF is opened inside the page of a case. Its pages are asked for then, not before: to fetch them is to see them.

for (const details of document.querySelectorAll("[data-document]")) {
  details.hidden = false;
  details.addEventListener("toggle", () => fill(details), { once: true });
}

async function fill(details) {
  const place = details.querySelector("[data-document-pages]");
  try {
    const answer = await fetch(details.dataset.document);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const pages = found.querySelector("[data-document-pages]");
    const why = found.querySelector("[data-document-why]");
    if (!pages) throw new Error("another page");
    place.replaceChildren(...(why ? [why] : pages.childNodes));
  } catch {
    location.assign(details.dataset.document); // it says itself what is the matter, for example to log in
  }
}
