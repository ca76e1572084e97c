// What stories answer and send back: the questions of a service, named by the examples that prove it.
import { mentions } from "./naming.js";

/** The object `from` with the property `key` called `to`, in its place. */
function renamed(from, key, to) {
  if (key === to) return;
  const entries = Object.entries(from);
  for (const name of Object.keys(from)) delete from[name];
  for (const [name, value] of entries) from[name === key ? to : name] = value;
}

const isRow = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);

/** The answers `holder`, those in rows among them. */
function answers(holder, repeats, more, rows = []) {
  return Object.entries(holder || {}).flatMap(([key, value]) => {
    const id = [...rows, key].join("/");
    const inner = repeats.has(id) && Array.isArray(value) ? value.filter(isRow) : [];
    return [
      ...inner.flatMap((row) => answers(row, repeats, more, [...rows, key])),
      {
        holder, name: key, what: "story", ...more, rows, nested: true,
        each: (ids, visit) => visit(ids.has(id) ? id : undefined, key),
        rename: (ids, change) => renamed(holder, key, change(ids.has(id) ? id : undefined, key)),
        drop: () => { delete holder[key]; },
      },
    ];
  });
}

/** What an officer puts right in a step; a step in which nothing is left to put right goes. */
function corrected(story, step, repeats, more) {
  return answers(step.edit, repeats, more).map((one) => ({
    ...one,
    drop: () => {
      one.drop();
      if (!Object.keys(step.edit).length) story.steps = story.steps.filter((other) => other !== step);
    },
  }));
}

/** Every naming of every story; `all` is the outline. */
export function storyNamings(doc, all) {
  const repeats = new Set(all.filter((one) => one.field.type === "repeat").map((one) => one.id));
  return (doc.stories || []).flatMap((story) => {
    const more = { owner: story, kind: "story" };
    return [
      ...answers(story.answers, repeats, { ...more, filed: true }),
      ...(story.steps || []).flatMap((step) => [
        ...answers(step.answers, repeats, more),
        ...corrected(story, step, repeats, { ...more, filed: true }),
        ...mentions(step, "corrections", "story", { ...more, filed: true }),
      ]),
    ];
  });
}
