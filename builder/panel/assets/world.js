// What the server told of the format and of the country, for those parts of the editor that only know the document:
// what an answer of each kind is in a rule, what its parts are, and what areas are called.

/**
 * `values`: kind → text, number, …; `members`: kind → {part: value}; `pieces`: kind → {part: [how many pieces between dots
 * of the answer, or of its member]}; `places`: level → [[code, name]]; `named`: code → name.
 */
export const world = { values: {}, members: {}, pieces: {}, places: {}, named: {} };

export function learn(told) {
  for (const name of Object.keys(world)) if (told[name]) world[name] = told[name];
}

/** The name of an area, or its code where nobody knows it. */
export function areaName(code) {
  const known = Object.values(world.places).flat().find(([one]) => one === code);
  return known ? known[1] : world.named[code] || code;
}
