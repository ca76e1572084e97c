// Words with chips in them, as text: `{question}` or `{question|way}`. Knows nothing of what they name.

const CHIP = /\{([a-z][a-z0-9_]*)((?:\|[a-z]+)*)\}/g;

/** What stands where an answer was that is not there any more, or is not known. */
export const GAP = "…";

/** `text` with the name of each chip given by `change(key)`; null leaves a gap. */
export function chipped(text, change) {
  const said = (words) => words.replace(CHIP, (whole, key, filters) => {
    const next = change(key);
    return next === null ? GAP : `{${next}${filters}}`;
  });
  if (typeof text === "string") return said(text);
  return Object.fromEntries(Object.entries(text).map(([code, words]) => [code, said(words)]));
}

/** Words with a gap for each answer in them. */
export const gapped = (text) => chipped(text, () => null);
