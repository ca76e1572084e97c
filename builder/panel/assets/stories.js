// The stories a service brings along, and whether they come out: listed where the service is published.
import { h } from "./dom.js";

/** What a story came to is right now: it expects that from now on. */
export function accept(doc, at, { step, what, found }) {
  const told = doc.stories[at];
  const holder = step ? told.steps[step - 1] : told;
  const then = { ...holder.then, [what]: found };
  if (found === "") delete then[what];
  if (Object.keys(then).length) holder.then = then;
  else delete holder.then;
}

export function remove(doc, at) {
  doc.stories.splice(at, 1);
  if (!doc.stories.length) delete doc.stories;
}

export function drawStories(panel) {
  const { t, stories } = panel;
  if (!stories?.length) return [];
  return [h("h3", { class: "b-group" }, t("stories")), h("p", { class: "b-hint" }, t("stories_hint")), h("ul", { class: "b-stories" }, stories.map((story, at) => item(panel, story, at)))];
}

function item(panel, { title, came_out: cameOut, steps, differences }, at) {
  const { t } = panel;
  const change = (how, words) => {
    panel.store.apply(how);
    panel.announce(words);
  };
  const button = (words, label, props) => h("button", { type: "button", class: "b-button", "aria-label": `${words}: ${label}`, ...props }, words);
  return h(
    "li",
    { class: `b-story b-story--${cameOut ? "out" : "otherwise"}` },
    h("p", { class: "b-story__title" }, title),
    h("p", { class: "b-hint" }, t(cameOut ? "story_out" : "story_otherwise", { count: steps })),
    differences.map((off) => h("p", {}, off.sentence)),
    h(
      "div",
      { class: "b-story__buttons" },
      differences
        .filter(({ what }) => what !== "answers")
        .slice(0, 1)
        .map((off) => button(t("story_accept"), title, { "data-f": `accept:${at}`, onclick: () => change((doc) => accept(doc, at, off), t("story_accepted")) })),
      button(t("story_remove"), title, { "data-f": `story:${at}`, onclick: () => change((doc) => remove(doc, at), t("story_removed")) }),
    ),
  );
}
