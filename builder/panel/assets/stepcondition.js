// The condition under which a step is done, as rows over what was answered before it.
import { conditionEditor } from "./conditionrows.js";
import { setVoiceOnly } from "./deciders.js";
import { conditionOf, setCondition } from "./onlyif.js";
import { readSteps } from "./steps.js";

/** The pages that are filled in when a case comes to a step: those of the applicant, and of officers in the steps `before`. */
function answeredPages(doc, before) {
  const asked = before.flatMap(({ advance, panel }) => [advance.ask?.page, ...(panel?.voices || []).map(({ agree }) => agree.page)]);
  const filed = doc.pages.filter((page) => (page.for || "applicant") === "applicant").map((page) => page.key);
  return new Set([...filed, ...asked.filter(Boolean)]);
}

export function onlyIf(panel, { key }, before) {
  const { t, settings: { parts }, store } = panel;
  return conditionEditor(panel, {
    find: (doc) => ({ when: conditionOf(doc, key) }), rule: "when", pages: answeredPages(store.doc, before), mark: `only:${key}`,
    title: t("only_if"), says: "says_only_if_short", add: "only_if_add", none: "only_if_none", quiet: true, untried: true,
    put: (doc, made) => {
      const { advance } = readSteps(doc).steps.find((one) => one.key === key);
      setCondition(doc, { key, to: advance.to }, made, parts);
    },
  });
}

/** The same for one of several who decide: asked only then, with any other application the others decide without. */
export function voiceOnlyIf(panel, step, at, before) {
  const { t, settings: { parts }, store } = panel;
  const { task } = step.panel.voices[at];
  return conditionEditor(panel, {
    find: (doc) => doc.workflow.statuses.find((one) => one.key === step.key)?.tasks?.find((one) => one.key === task.key),
    rule: "when", pages: answeredPages(store.doc, before), mark: `voice-only:${task.key}`,
    title: t("voice_only_if"), says: "says_voice_only_if", add: "voice_only_if_add", none: "only_if_none", quiet: true, untried: true,
    put: (doc, made) => setVoiceOnly(doc, step.key, at, made, parts),
  });
}
