// A step that several people decide: who they are, and when it is decided. Only what these switches can say is read as
// such; a step with other tasks, conditions or rules is left to those who wrote it.
import { copyOf } from "./document.js";
import { actionsOf, allKeys, byClock, dropUnused, flow, made, provideRefused, put, status, withdraw } from "./flow.js";
import { free } from "./keys.js";
import { remindInstead } from "./rungs.js";

export const RULES = ["all", "any", "count", "heard"];
const MOST = 15;

const is = (rule, wanted) => JSON.stringify(rule.if) === JSON.stringify(wanted) && !rule.of && !rule.when;
const decided = (doc, key) => (status(doc, key)?.tasks || []).some((task) => task.outcomes);

/** Whether people decide the step together: then nobody decides it alone. */
export const isPanel = decided;

function voiceOf(task) {
  const [first, second] = task.outcomes || [];
  const usual = task.outcomes?.length === 2 && first.counts === "for" && second.counts === "against";
  if (!usual || task.after || task.assign === "chosen") return null;
  return { task, role: task.role, seats: task.seats || 1, agree: first, disagree: second, veto: false };
}

/** The rule that `rules` spell, without the vetoes: `{rule, count, yes, no}`. */
function ruleOf(rules, veto) {
  const [first, second] = rules;
  if (rules.length === 1 && is(first, "all_decided")) return { rule: "heard", yes: first.do };
  if (rules.length === 1 && veto && first.if?.for && is(first, { for: first.if.for })) return counted(first, veto);
  if (rules.length !== 2) return null;
  const [no, yes] = is(first, "any_against") ? [first, second] : [second, first];
  if (is(no, "any_against") && is(yes, "all_for")) return { rule: "all", yes: yes.do, no: no.do };
  const count = first.if?.for;
  const last = is(second, { unreachable: count }) || (count === 1 && is(second, "all_decided"));
  return count && is(first, { for: count }) && last ? counted(first, second.do) : null;
}

const counted = ({ if: { for: count }, do: yes }, no) => ({ rule: count === 1 ? "any" : "count", count, yes, no });

const byItself = (action, key) => action?.who === "system" && !action.when && !byClock(action) && action.from.length === 1 && action.from[0] === key;

/** How a step is decided by several: `{voices, rule, count, agreed, declined}`, null where the switches cannot say it. */
export function readPanel(doc, key) {
  const { tasks = [], complete = [] } = status(doc, key) || {};
  const voices = tasks.map(voiceOf);
  if (!voices.length || voices.includes(null)) return null;
  const rules = [...complete];
  let veto;
  while (rules[0]?.of && rules[0].if === "any_against" && !rules[0].when && rules[0].of.length === 1) {
    const [rule] = rules.splice(0, 1);
    const voice = voices.find(({ task }) => task.key === rule.of[0]);
    if (!voice || (veto && veto !== rule.do)) return null;
    voice.veto = true;
    veto = rule.do;
  }
  const found = ruleOf(rules, veto);
  const action = (name) => flow(doc).actions.find((one) => one.key === name);
  if (!found || (veto && veto !== found.no) || !byItself(action(found.yes), key) || (found.no && !byItself(action(found.no), key))) return null;
  return { voices, rule: found.rule, count: found.count, agreed: action(found.yes), declined: action(found.no) };
}

const summed = (voices) => voices.reduce((sum, { seats }) => sum + seats, 0);
/** Those who are asked with every application. */
const always = (voices) => voices.filter(({ task }) => task.when === undefined);

export const votes = (panel) => summed(panel.voices);
/** So many must agree at most: whoever is asked with some applications only cannot be counted on. */
export const sureVotes = (panel) => summed(always(panel.voices));
/** Whether a voice may be asked under a condition: not the last one that always is, or a step might be decided by nobody. */
export const mayDepend = (panel, at) => panel.voices[at].task.when !== undefined || always(panel.voices).length > 1;
/** Whether the offices that entries name vote, so that nobody knows how many votes there are. */
export const isOpen = (panel) => panel.voices.some(({ task }) => task.where?.each);

/** Whether so many votes against cannot come together without one that is a veto, which ends it before. */
function vetoed(voices, against) {
  const open = voices.some(({ task }) => task.where?.each);
  return !open && summed(always(voices).filter(({ veto }) => !veto)) < against;
}

/** Writes the rules of a step anew. */
function spell(doc, key, { voices, rule, count, agreed, declined }) {
  const most = summed(always(voices));
  const wanted = rule === "any" ? 1 : Math.max(1, Math.min(count || 2, most));
  const no = declined?.key;
  const hopeless = vetoed(voices, most - wanted + 1) ? [] : [{ if: { unreachable: wanted }, do: no }];
  const enough = [{ if: { for: wanted }, do: agreed.key }, ...hopeless];
  const vetoes = ["any", "count"].includes(rule) ? voices.filter(({ veto }) => veto).map(({ task }) => ({ if: "any_against", of: [task.key], do: no })) : [];
  const rules = {
    heard: () => [{ if: "all_decided", do: agreed.key }],
    all: () => [{ if: "any_against", do: no }, { if: "all_for", do: agreed.key }],
    any: () => enough,
    count: () => enough,
  };
  status(doc, key).complete = [...vetoes, ...rules[rule]()];
}

/** Says when a step is decided. */
export function setRule(doc, key, { rule, count }, parts) {
  const panel = readPanel(doc, key);
  let { declined } = panel;
  if (rule === "heard" && declined) {
    flow(doc).actions = flow(doc).actions.filter((one) => one !== declined);
    declined = undefined;
  } else if (rule !== "heard" && !declined) {
    declined = { ...made(doc, parts.declined, key, "", parts), to: provideRefused(doc, parts) };
    flow(doc).actions.push(declined);
  }
  spell(doc, key, { ...panel, rule, count: count || panel.count || Math.floor(sureVotes(panel) / 2) + 1, declined });
}

/** Changes one who decides, then writes the rules and the returns that depend on it. */
function changed(doc, key, parts, change) {
  const panel = readPanel(doc, key);
  change(panel);
  spell(doc, key, panel);
  shareReturns(doc, key, parts);
  dropUnused(doc);
}

export function setSeats(doc, key, at, seats, parts) {
  changed(doc, key, parts, ({ voices }) => {
    voices[at].seats = Math.max(1, Math.min(seats || 1, MOST));
    put(voices[at].task, "seats", voices[at].seats > 1 ? voices[at].seats : undefined);
  });
}

export function setVeto(doc, key, at, veto, parts) {
  changed(doc, key, parts, ({ voices }) => { voices[at].veto = veto; });
}

/** Asks for a vote only under `condition`, always without one. */
export function setVoiceOnly(doc, key, at, condition, parts) {
  changed(doc, key, parts, ({ voices }) => put(voices[at].task, "when", condition));
}

/** Gives a vote to another role; `title` is what the task is called then. */
export function setVoice(doc, key, at, { held, title }, parts) {
  changed(doc, key, parts, ({ voices }) => {
    const { task } = voices[at];
    const before = task.role;
    task.role = held;
    task.title = copyOf(title);
    const still = voices.some((one) => one.task.role === before);
    const { edit } = status(doc, key);
    if (!still) remindInstead(doc, key, before, held);
    if (edit && !still) status(doc, key).edit = [...new Set(edit.map((one) => (one === before ? held : one)))];
    takeAlong(doc, task, held);
  });
}

/** The page of a vote goes over with it where nobody else fills it in; otherwise the new one fills in none. */
function takeAlong(doc, task, held) {
  const [page] = task.outcomes.map((one) => one.page).filter(Boolean);
  if (!page) return;
  const mine = JSON.stringify(task).split(`"page":"${page}"`).length;
  const found = doc.pages.find((one) => one.key === page);
  const alone = JSON.stringify(flow(doc)).split(`"page":"${page}"`).length === mine;
  if (alone && found) found.for = held;
  else for (const outcome of task.outcomes) delete outcome.page;
}

export function addVoice(doc, key, { held, title }, parts) {
  const task = { ...copyOf(parts.voice), key: free(`${key.slice(0, 36)}_1`, allKeys(doc)), title: copyOf(title), role: held };
  const panel = readPanel(doc, key);
  status(doc, key).tasks.push(task);
  spell(doc, key, { ...panel, voices: [...panel.voices, voiceOf(task)] });
  shareReturns(doc, key, parts);
}

export function removeVoice(doc, key, at, parts) {
  const panel = readPanel(doc, key);
  if (panel.voices.length < 2) return;
  const [gone] = panel.voices.splice(at, 1);
  status(doc, key).tasks = status(doc, key).tasks.filter((task) => task !== gone.task);
  if (!always(panel.voices).length) delete panel.voices[0].task.when;
  spell(doc, key, panel);
  shareReturns(doc, key, parts);
  if (!panel.voices.some(({ role }) => role === gone.role)) remindInstead(doc, key, gone.role, panel.voices[0].role);
  const { edit } = status(doc, key);
  if (edit) put(status(doc, key), "edit", edit.filter((one) => panel.voices.some(({ role }) => role === one)));
  dropUnused(doc);
}

/** Whoever decides may return a case if one of them may: an action for each role. */
export function shareReturns(doc, key, parts) {
  const { back } = actionsOf(doc, key);
  if (!back.length) return;
  const roles = [...new Set(status(doc, key).tasks.map((task) => task.role))];
  const [pattern] = back;
  withdraw(doc, back.filter((one) => !roles.includes(one.who.role)), key);
  for (const held of roles.filter((one) => !back.some(({ who }) => who.role === one))) {
    flow(doc).actions.push({ ...made(doc, parts.return, key, held, parts), to: pattern.to });
  }
}

/** Where a vote is looked for when not where its role is: an office, or each that entries name. */
export function setVoiceWhere(doc, key, at, where) {
  put(readPanel(doc, key).voices[at].task, "where", where);
}

/** Lets several decide a step that one officer decided. What followed from the approval follows from theirs. */
export function makePanel(doc, key, { title }, parts) {
  const [advance] = actionsOf(doc, key).advance;
  const held = advance.who.role;
  const { again, refuse } = actionsOf(doc, key);
  withdraw(doc, [advance, ...refuse, ...again], key);
  const agreed = { ...made(doc, parts.agreed, key, held, parts), to: advance.to };
  for (const name of ["changes", "effects"]) put(agreed, name, advance[name]);
  const declined = { ...made(doc, parts.declined, key, "", parts), to: provideRefused(doc, parts) };
  flow(doc).actions.push(agreed, declined);
  const task = { ...copyOf(parts.voice), key: free(`${key.slice(0, 36)}_1`, allKeys(doc)), title: copyOf(title), role: held };
  if (advance.ask?.page) for (const outcome of task.outcomes) outcome.page = advance.ask.page;
  status(doc, key).tasks = [task];
  spell(doc, key, { voices: [voiceOf(task)], rule: "all", agreed, declined });
}

/** Lets the first of several decide a step alone. */
export function makeSingle(doc, key, parts) {
  const { voices: [{ role: held, agree }], agreed, declined } = readPanel(doc, key);
  const { back } = actionsOf(doc, key);
  withdraw(doc, [agreed, declined, ...back.filter(({ who }) => who.role !== held)].filter(Boolean), key);
  const advance = { ...made(doc, parts.approve, key, held, parts), to: agreed.to };
  for (const name of ["changes", "effects"]) put(advance, name, agreed[name]);
  if (agree.page) advance.ask = { page: agree.page };
  flow(doc).actions.push(advance);
  if (declined) flow(doc).actions.push({ ...made(doc, parts.refuse, key, held, parts), to: provideRefused(doc, parts) });
  delete status(doc, key).tasks;
  delete status(doc, key).complete;
  const { edit } = status(doc, key);
  if (edit) put(status(doc, key), "edit", edit.filter((one) => one === held));
  dropUnused(doc);
}
