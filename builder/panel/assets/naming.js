// The four shapes in which something names questions. A naming tells what it names, follows a rename, and can be
// taken away; a rule also tells which answers it compares with, and can do without some that are gone. Whoever makes one
// adds whose it is (`owner`, `kind`) and what it may name.
import { chipped } from "./chiptext.js";
import { compared, mapped, without } from "./expressions.js";
import { resolve } from "./outline.js";

/**
 * A rule `holder[name]`. `drop` takes it away where that is more than leaving the property out; `place` is what of the
 * outline it belongs to, `page` the page, and where neither is given it may name everything.
 */
export const rule = (holder, name, what, more) => ({
  holder, name, what, rows: [], typed: true,
  each: (ids, visit) => { mapped(ids, holder[name], more.rows || [], (id, key) => { visit(id, key); return key; }); },
  rename: (ids, change) => { holder[name] = mapped(ids, holder[name], more.rows || [], change); },
  drop: () => { delete holder[name]; },
  compares: (ids, visit) => compared(ids, holder[name], more.rows || [], visit),
  forget: (ids, gone) => { holder[name] = without(ids, holder[name], more.rows || [], gone); },
  ...more,
});

/** A key `holder[name]` of a question. */
export const mention = (holder, name, what, more) => ({
  holder, name, what, rows: [],
  each: (ids, visit) => { visit(resolve(ids, more.rows || [], holder[name]), holder[name]); },
  rename: (ids, change) => { holder[name] = change(resolve(ids, more.rows || [], holder[name]), holder[name]); },
  drop: () => { delete holder[name]; },
  ...more,
});

/** Each key of a list `holder[name]`; the list goes with its last one. */
export const mentions = (holder, name, what, more) => (holder[name] || []).map((key) => ({
  holder: holder[name], name: key, what, rows: [], ...more,
  each: (ids, visit) => visit(ids.has(key) ? key : undefined, key),
  rename: (ids, change) => { holder[name] = holder[name].map((one) => (one === key ? change(ids.has(key) ? key : undefined, key) : one)); },
  drop: () => {
    holder[name] = holder[name].filter((one) => one !== key);
    if (!holder[name].length) delete holder[name];
  },
}));

/** The chips of the text `holder[name]`; a chip that goes leaves a gap, and `more.left` tidies up behind it. */
export function chips(holder, name, { left, ...more }) {
  const { rows } = more;
  const text = holder[name];
  if (!text || !JSON.stringify(text).includes("{")) return [];
  const keys = new Set();
  chipped(text, (key) => { keys.add(key); return key; });
  return [...keys].map((key) => ({
    holder, name: `${name} ${key}`, ...more,
    each: (ids, visit) => visit(resolve(ids, rows, key), key),
    rename: (ids, change) => {
      const next = change(resolve(ids, rows, key), key);
      holder[name] = chipped(holder[name], (one) => (one === key ? next : one));
    },
    drop: () => {
      holder[name] = chipped(holder[name], (one) => (one === key ? null : one));
      left?.();
    },
  }));
}
