// Conditions that are not finished yet, so that a half-filled row does not vanish. Each is kept with the rows of the
// document it was made from: when those change by other hands, such as undo, the draft is void.

const copied = (row) => ({ ...row, values: [...row.values] });

export class Drafts {
  constructor() {
    this.kept = new Map();
  }

  /** The draft of the condition `mark`, or what is in the document (`read`) to begin with. */
  of(mark, read) {
    const kept = this.kept.get(mark);
    if (kept?.revision === JSON.stringify(read)) return kept.draft;
    return { mode: read.mode, rows: read.rows.map(copied) };
  }

  /** Whether there are rows, be they a rule yet or not. */
  begun(mark, read) {
    return this.of(mark, read || { rows: [] }).rows.length > 0;
  }

  keep(mark, draft, read) {
    this.kept.set(mark, { draft, revision: JSON.stringify(read) });
  }

  /** A question has another key; `known(id)` gives the new name of anything that was called by the old one. */
  rename(known, from, to) {
    const [before, after] = [from, to].map((id) => id.split("/").at(-1));
    this.kept = new Map([...this.kept].map(([mark, held]) => [
      mark.replace(/^(visible|required|check|row|free):(.*)$/, (_whole, rule, id) => `${rule}:${known(id)}`), renamed(held, before, after),
    ]));
  }

  clear() {
    this.kept.clear();
  }
}

function renamed({ draft, revision }, from, to) {
  const next = (key) => (key === from ? to : key);
  const one = (row) => ({
    ...row, key: next(row.key), ...(row.inner && { inner: one(row.inner) }), ...(row.against && { against: row.against.replace(/^[^.]+/, next) }),
  });
  const all = (read) => read && { ...read, rows: read.rows.map(one) };
  return { draft: all(draft), revision: JSON.stringify(all(JSON.parse(revision))) };
}
