// Part for: [data-module="govuk-error-summary"], [data-module="govuk-notification-banner"]
// Moves the reader to what went wrong, or to what was just done.
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { start } from "./start.js";

start(ErrorSummary, "govuk-error-summary");
start(NotificationBanner, "govuk-notification-banner");
