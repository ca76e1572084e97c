// The one script of the citizens' and officers' pages. Every page works without it.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, SkipLink } from "govuk-frontend";
import "rakit:parts";

const words = document.documentElement.lang === "id"
  ? {
      charactersUnderLimit: { other: "Sisa %{count} huruf" },
      charactersAtLimit: "Sudah mencapai batas",
      charactersOverLimit: { other: "Kelebihan %{count} huruf" },
    }
  : undefined;

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(Component, name, options) {
  for (const root of document.querySelectorAll(`[data-module="${name}"]`)) {
    try {
      new Component(root, options);
    } catch (error) {
      console.error(error); // one broken part must not stop the others
    }
  }
}

start(ErrorSummary, "govuk-error-summary");
start(NotificationBanner, "govuk-notification-banner");
start(Button, "govuk-button", { preventDoubleClick: true });
start(CharacterCount, "govuk-character-count", words && { i18n: words });
start(SkipLink, "govuk-skip-link");
