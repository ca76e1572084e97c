// The one script of the citizens' and officers' pages. Every page works without it.
// Only what most pages need is here; each part is loaded where a page has an element for it.
import parts from "rakit:parts";
import "./posting.js";
import "./worker.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const [where, load] of parts) {
  if (document.querySelector(where)) load().catch(console.error); // one broken part must not stop the others
}
