// Who names steps, approvals and votes: letters that they sign, stories, people who must differ, other services.
// A change of the steps leaves none of it naming nothing: it is taken away together with the change, and told before.
import { copyOf } from "./document.js";
import { byRole, flow, put } from "./flow.js";

const NOBODY = ["applicant", "system"];

/** What there is to be named in a workflow. */
function known(doc) {
  const { statuses, actions, roles } = flow(doc);
  const tasks = statuses.flatMap((one) => one.tasks || []);
  return {
    statuses: new Set(statuses.map((one) => one.key)),
    actions: new Set(actions.map((one) => one.key)),
    signing: new Set(actions.filter(byRole).map((one) => one.key)),
    done: new Set([...actions.filter(byRole), ...tasks.filter((one) => one.outcomes)].map((one) => one.key)),
    roles: new Set([...NOBODY, ...roles.map((one) => one.key)]),
    told: new Set([...actions, ...tasks].map((one) => one.key)),
  };
}

function ofLetters(doc, { signing }) {
  return (doc.letters || []).filter((letter) => letter.signer?.action).map((letter) => ({
    what: "signer", id: letter.key, owner: letter, fits: signing.has(letter.signer.action), drop: () => { delete letter.signer; },
  }));
}

function ofStories(doc, { told, statuses, roles }) {
  const fits = (step) => (!step.do || told.has(step.do)) && (!step.by || roles.has(step.by.split("#")[0]))
    && (!step.then?.status || statuses.has(step.then.status)) && (step.then?.done || []).every((one) => told.has(one));
  return (doc.stories || []).map((story) => ({
    what: "story_whole", id: story.key, owner: story, fits: (story.steps || []).every(fits) && fits({ then: story.then }),
    drop: () => put(doc, "stories", doc.stories.filter((one) => one !== story)),
  }));
}

function ofSeparate(doc, { done }) {
  return (flow(doc).separate || []).map((keys, at) => ({
    what: "separate", id: `${at}`, owner: null, fits: keys.every((key) => done.has(key)),
    drop: () => {
      const left = keys.filter((key) => done.has(key));
      put(flow(doc), "separate", flow(doc).separate.flatMap((one) => (one !== keys ? [one] : left.length > 1 ? [left] : [])));
    },
  }));
}

function ofEffects(doc, { actions, statuses }) {
  const all = [...flow(doc).actions.flatMap((action) => (action.effects || []).map((effect) => [action, effect])), ...(flow(doc).filed || []).map((effect) => [null, effect])];
  return all.flatMap(([owner, effect], at) => [
    ...(effect.outcomes ? [{
      what: "outcome", id: `${at}`, owner, fits: Object.values(effect.outcomes).every((key) => actions.has(key)),
      drop: () => put(effect, "outcomes", Object.fromEntries(Object.entries(effect.outcomes).filter(([, key]) => actions.has(key)))),
    }] : []),
    ...(effect.while ? [{
      what: "while", id: `${at}`, owner, fits: effect.while.every((key) => statuses.has(key)),
      drop: () => put(effect, "while", effect.while.filter((key) => statuses.has(key))),
    }] : []),
  ]);
}

function names(doc) {
  const there = known(doc);
  return [ofLetters, ofStories, ofSeparate, ofEffects].flatMap((of) => of(doc, there));
}

const mark = ({ what, id }) => `${what}:${id}`;
const broken = (doc, before) => names(doc).filter((one) => !one.fits && !before.has(mark(one)));
const wrong = (doc) => new Set(names(doc).filter((one) => !one.fits).map(mark));

/** What `change` would leave without its name in `doc`, which stays as it is. */
export function stepConsequences(doc, change) {
  const next = copyOf(doc);
  change(next);
  return broken(next, wrong(doc));
}

/** Changes `doc` and takes away what would name nothing after it; returns what `change` does. */
export function withRepair(doc, change) {
  const before = wrong(doc);
  const result = change(doc);
  for (const one of broken(doc, before)) one.drop();
  return result;
}
