// Roles that nobody holds: whoever publishes nevertheless ticks that they know it, for applications would wait at their steps.
import { tick } from "./controls.js";
import { say } from "./document.js";
import { h } from "./dom.js";

const CODES = ["staff.new", "staff.nobody", "staff.nobody_there", "staff.nobody_for_all"];

/** What stands above the button that publishes; nothing where every role is held. `lead` opens the place of a problem. */
export function drawVacant(panel, lead) {
  const { t } = panel;
  const open = (panel.problems || []).filter(({ code }) => CODES.includes(code));
  if (!open.length) return [];
  const keys = open.map(({ target }) => target.key).sort().join(" ");
  return [
    h(
      "div",
      { class: "b-warning", role: "group", "aria-label": t("vacant_title") },
      h("p", {}, t("vacant_title")),
      h("ul", { class: "b-vacant" }, open.map((one) => line(panel, one, lead))),
      tick({ label: t("vacant_known"), checked: panel.vacant === keys, mark: "vacant", change: (on) => { panel.vacant = on ? keys : ""; panel.draw({ typing: true }); } }),
    ),
    h("input", { type: "hidden", name: "vacant", value: panel.vacant === keys ? keys : "" }),
  ];
}

/** A role with the steps that wait for it, leading to the first of them. */
function line({ t, language, store: { doc } }, problem, lead) {
  const { key } = problem.target;
  const { roles = [], actions = [], statuses } = doc.workflow;
  const role = roles.find((one) => one.key === key);
  const from = actions.filter(({ who }) => who?.role === key).flatMap((action) => action.from);
  const steps = statuses.filter((status) => from.includes(status.key) || (status.tasks || []).some((task) => task.role === key));
  const words = { role: say(role?.title, language) || t("untitled"), steps: steps.map(({ title }) => say(title, language) || t("untitled")).join(", ") };
  const told = problem.code === "staff.nobody_for_all" ? t("vacant_for_all", words) : t("vacant_role", words);
  return h("li", {}, h("button", { type: "button", class: "b-button b-button--link", "data-f": `vacant:${key}`, onclick: () => lead(problem) }, told));
}
