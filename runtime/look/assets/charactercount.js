// Part for: [data-module="govuk-character-count"]
// Says how many letters are left.
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { start } from "./start.js";

const words = document.documentElement.lang === "id"
  ? {
      charactersUnderLimit: { other: "Sisa %{count} huruf" },
      charactersAtLimit: "Sudah mencapai batas",
      charactersOverLimit: { other: "Kelebihan %{count} huruf" },
    }
  : undefined;

start(CharacterCount, "govuk-character-count", words && { i18n: words });
