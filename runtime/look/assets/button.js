// Part for: [data-module="govuk-button"]
// A button that files or decides something is not pressed twice by a double click.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { start } from "./start.js";

start(Button, "govuk-button", { preventDoubleClick: true });
