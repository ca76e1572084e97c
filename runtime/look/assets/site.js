// The one script of the citizens' and officers' pages. Every page works without it.
// Only what most pages need is here; each part is loaded where a page has an element for it.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import parts from "rakit:parts";
import { start } from "./start.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

start(Button, "govuk-button", { preventDoubleClick: true });
start(SkipLink, "govuk-skip-link");
for (const [where, load] of parts) {
  if (document.querySelector(where)) load().catch(console.error); // one broken part must not stop the others
}
