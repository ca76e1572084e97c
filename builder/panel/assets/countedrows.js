// Draws the choice of a number that is counted with: an answer, something counted of it, or the days between two days.
import { selectControl, tick } from "./controls.js";
import { labelOf } from "./document.js";
import { momentControl } from "./momentrows.js";
import { earlier } from "./outline.js";
import { ofCalled } from "./sentences.js";
import { nearestSpan, SPAN, spanOf, spanWord } from "./spans.js";

const NUMBER = "#";
const pair = (word) => [word.slice(0, word.indexOf(" ")), word.slice(word.indexOf(" ") + 1)];
const isKnown = (counted, current) => counted.some((one) => one.join(" ") === current.join(" "));

/** What a number that is counted with is called, such as “3. Luas” or “4. Kios: jumlah isian”. */
export function subjectCalled({ t, language, store: { doc } }, id, [key, of]) {
  const one = earlier(doc, id).find((other) => other.field.key === key);
  if (!one) return t("missing_question");
  const name = `${one.number}. ${labelOf(one.field, language) || t("untitled")}`;
  return of ? t("of_part", { question: name, part: ofCalled(one.field, of, language, t) }) : name;
}

/**
 * The controls of one number. `counted` is its `[key, of]`, undefined for none; `none` and `number` are what it is called
 * where nothing is counted or a number is written, if that may be; `put(counted)` keeps another one, `put(undefined)` none.
 */
export function countedControls(panel, { label, counted, none, number, from, id, mark, put }) {
  const { t } = panel;
  const span = counted && spanOf(counted);
  const nearest = span || nearestSpan(from.moments);
  const words = !counted || span || isKnown(from.counted, counted) ? from.counted : [...from.counted, counted];
  const options = [
    ...(none ? [["", none]] : []),
    ...words.map((word) => [word.join(" "), subjectCalled(panel, id, word)]),
    ...(nearest ? [[SPAN, t("counted_days")]] : []),
    ...(number ? [[NUMBER, number]] : []),
  ];
  if (options.length === 1 && none) return null;
  return [
    selectControl({
      label, value: span ? SPAN : counted ? counted.join(" ") : none ? "" : NUMBER, mark, options,
      change: (word) => put(word === SPAN ? spanWord(nearest) : ["", NUMBER].includes(word) ? undefined : pair(word)),
    }),
    span && spanControls(panel, { span, from, id, mark, put: (next) => put(spanWord(next)) }),
  ];
}

/** From which day to which, and whether the last one counts. */
function spanControls(panel, { span, from, id, mark, put }) {
  const answered = [...new Set([...from.moments, span.from])];
  return [
    momentControl(panel, { label: panel.t("formula_from"), word: span.from, words: answered, id, mark: `${mark}:from`, put: (word) => put({ ...span, from: word }) }),
    momentControl(panel, { label: panel.t("formula_to"), word: span.to, words: from.moments, written: true, id, mark: `${mark}:to`, put: (word) => put({ ...span, to: word }) }),
    lastDay(panel, { last: span.last, mark, put: (last) => put({ ...span, last }) }),
  ];
}

/** Whether the last of some days is one of them, as it is of a permit that holds until then. */
export const lastDay = ({ t }, { last, mark, put }) => tick({ label: t("counted_last"), hint: t("counted_last_hint"), checked: last === true, mark: `${mark}:last`, change: put });
