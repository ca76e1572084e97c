// The way to the page where a service is translated, and how much of it is not.
import { h } from "./dom.js";

export function translationLink(panel) {
  const { t, settings } = panel;
  const missing = (panel.problems || []).filter(({ code }) => code === "texts.missing").length;
  return h(
    "p",
    { class: "b-hint" },
    h("a", { href: settings.translation }, t("translate_service")),
    " · ",
    missing ? t("translations_missing", { count: missing }) : t("translate_hint"),
  );
}
