// Keys for machines from words for people. Nobody types a key, nobody sees one.

/** @param {string} words @param {string} [otherwise] what to call it when no letter is left */
export function slug(words, otherwise = "question") {
  const plain = words
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40)
    .replace(/_+$/, "");
  return plain || otherwise;
}

/** The first of `wanted`, `wanted_2`, … that is not in `taken`; whoever asks thousands of times gives a set. */
export function free(wanted, taken) {
  const used = taken instanceof Set ? taken : new Set(taken);
  let key = wanted;
  for (let number = 2; used.has(key); number += 1) {
    const ending = `_${number}`;
    key = wanted.slice(0, 40 - ending.length).replace(/_+$/, "") + ending;
  }
  return key;
}

/** Whether `key` is what `free` makes of `words`: proposed, not chosen. */
export function proposed(key, words, otherwise = "question") {
  return key.replace(/_\d+$/, "") === slug(words, otherwise).replace(/_\d+$/, "");
}

/** A key that came from elsewhere, such as the name of a column, as words. */
export const spelt = (name) => (name || "").replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
