// The window in which a way of approval is chosen to start from. The server knows them, and who does what in the region.
import { takePath } from "./approvalpath.js";
import { button, tick } from "./controls.js";
import { openDialog } from "./dialogs.js";
import { listed, say } from "./document.js";
import { h, redraw } from "./dom.js";
import { editSteps, lossList } from "./stepedits.js";
import { stepConsequences } from "./stepnames.js";
import { readSteps } from "./steps.js";
import { timeWords } from "./stepsentences.js";
import { tidied } from "./tidysteps.js";

async function offered(panel) {
  try {
    const answer = await fetch(panel.settings.approvals);
    return answer.ok ? (await answer.json()).paths : null;
  } catch {
    return null;
  }
}

export function openApprovals(panel) {
  const { t } = panel;
  const list = h("div", { class: "b-ways" }, h("p", { class: "b-hint", role: "status" }, t("ways_coming")));
  openDialog(panel, {
    title: t("ways_title"), mark: "ways",
    body: (close) => {
      offered(panel).then((paths) => redraw(list, paths ? paths.map((path) => card(panel, path, close)) : h("p", { class: "b-wrong", role: "alert" }, t("ways_away"))));
      return [
        h("p", { class: "b-warning" }, replaced(panel)),
        list,
        h("div", { class: "b-actions" }, button(t("leave"), () => close(), { mark: "dialog:leave" })),
      ];
    },
  });
}

/** What goes, and what stays. */
function replaced(panel) {
  const { t, language, store: { doc } } = panel;
  const steps = doc.workflow.statuses.filter(({ kind }) => kind === "work").map(({ title }) => say(title, language) || t("untitled"));
  return t("ways_replaced", { steps: listed(steps, t("and")) });
}

/** One way, with ticks for the steps that not every office has. */
function card(panel, path, close) {
  const { t, language } = panel;
  const ticked = new Set();
  const name = say(path.title, language);
  const fitting = h("div", { class: "b-way__fit" });
  const fit = () => redraw(fitting, fitted(panel, path, path.options.map(({ key }) => key).filter((key) => ticked.has(key)), close));
  const option = ({ key, title }) => tick({
    label: say(title, language), checked: false, mark: `way:${path.key}:${key}`,
    change: (on) => {
      if (on) ticked.add(key);
      else ticked.delete(key);
      fit();
    },
  });
  fit();
  return h(
    "section", { class: "b-way", "aria-label": name },
    h("h3", { class: "b-label" }, name),
    h("p", { class: "b-hint" }, say(path.summary, language)),
    path.options.map(option),
    fitting,
  );
}

/** The steps of a way as it is ticked, what would be lost by it, and the button that takes it. */
function fitted(panel, path, wanted, close) {
  const { t, language, store, settings: { parts, released } } = panel;
  const variant = path.variants[wanted.join("+")];
  const change = (doc) => takePath(doc, variant, { parts, released });
  const losses = stepConsequences(store.doc, (doc) => tidied(doc, change, parts));
  const name = say(path.title, language);
  const take = () => close(() => editSteps(panel, change, () => {
    const [first] = readSteps(store.doc).steps;
    panel.select("step", first.key, { focus: `step:${first.key}:title` });
    panel.announce(t("way_taken", { name }));
  }, { told: true }));
  const line = (step) => h(
    "li", {},
    h("strong", {}, say(step.title, language)),
    h("span", { class: "b-hint" }, t("way_step", {
      who: step.who.map((who) => say(who, language)).join(" + "), time: timeWords(t, { amount: step.days, unit: "working_days" }),
    })),
    step.pages.length > 0 && h("span", { class: "b-hint" }, t("way_fills", { pages: listed(step.pages.map((title) => say(title, language)), t("and")) })),
  );
  return [
    h("ol", { class: "b-way__steps" }, variant.steps.map(line)),
    losses.length > 0 && lossList(panel, losses),
    button(t("way_take"), take, { kind: "main", mark: `way:${path.key}`, title: t("way_take_name", { name }) }),
  ];
}
