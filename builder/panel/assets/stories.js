// The stories a service brings along, and whether they come out: listed where the service is published.
import { choices, openDialog } from "./dialogs.js";
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

/** The story goes as it goes now: what is expected of each step, without the steps that cannot be taken any more. */
export function renew(doc, at, { then }) {
  const story = doc.stories[at];
  const expect = (holder, now) => {
    if (Object.keys(now).length) holder.then = now;
    else delete holder.then;
  };
  expect(story, then[0]);
  if (!story.steps) return;
  story.steps = story.steps.slice(0, then.length - 1);
  story.steps.forEach((step, number) => expect(step, then[number + 1]));
  if (!story.steps.length) delete story.steps;
}

/** Asks before a story is told anew, with what is different in words. */
export function askRenewed(panel, at) {
  const { t } = panel;
  const { title, renewed } = panel.stories[at];
  const save = () => {
    panel.store.apply((doc) => renew(doc, at, renewed));
    panel.announce(t("story_renewed"));
  };
  openDialog(panel, {
    title: t("story_renew_title", { name: title }),
    mark: `renew:${at}`,
    body: (close) => [
      renewed.changed.length > 0 && h("p", {}, t("story_renew_hint")),
      h("ul", { class: "b-changes" }, renewed.changed.map((one) => difference(t, one))),
      renewed.lost > 0 && h("p", { class: "b-wrong" }, t("story_renew_lost", { count: renewed.lost }), " ", renewed.ends),
      choices(panel, close, { words: t("story_renew_save"), press: () => close(save) }),
    ],
  });
}

const difference = (t, { step, who, did, what, expected, found }) =>
  h("li", { class: "b-change b-change--changed" }, h("p", { class: "b-changes__gone" }, `${step} · ${who}: ${did}`), h("p", {}, `${t(`story_of_${what}`)}: `, h("del", {}, expected), " → ", h("ins", {}, found)));

/** The button that tells a story anew; nothing where it cannot be, or need not. */
export function renewButton(panel, at, mark) {
  const story = panel.stories?.[at];
  if (!story?.renewed) return null;
  const words = panel.t("story_renew");
  return h("button", { type: "button", class: "b-button", "aria-label": `${words}: ${story.title}`, "data-f": mark, onclick: () => askRenewed(panel, at) }, words);
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
      renewButton(panel, at, `renew:${at}`),
      differences
        .filter(({ what }) => what === "refused")
        .slice(0, 1)
        .map((off) => button(t("story_accept"), title, { "data-f": `accept:${at}`, onclick: () => change((doc) => accept(doc, at, off), t("story_accepted")) })),
      button(t("story_remove"), title, { "data-f": `story:${at}`, onclick: () => change((doc) => remove(doc, at), t("story_removed")) }),
    ),
  );
}
