// The closed expression language in the browser: total, three-valued, exact, like schemas/expressions.
// A tree comes from runtime/forms/browser.py: [operator, …arguments], ["var", key, type], ["is", constant, type].
// Unknown is null. Numbers are {n: BigInt, s: decimal places}, dates whole days since 1970 as {d}, times minutes
// since midnight as {t}, moments seconds since 1970 as {i}. Rows are lists of answers, one object for each row.

const MOST_DIGITS = 30;
const LONGEST_TEXT = 10000;
const TEN = 10n;

/**
 * Return the value of `tree` for answers {key: canonical JSON}, null when unknown.
 * `tables` are the columns of chosen rows: {dataset: {value: {column: canonical JSON}}}.
 */
export function evaluate(tree, answers, today, tables = {}) {
  const [op, ...args] = tree;
  const value = (node) => evaluate(node, answers, today, tables);
  if (op === "is") return args[1] === "text" ? args[0] : read(args[0], args[1]);
  if (op === "var") return read(own(answers, args[0]), args[1]);
  if (op === "today") return read(today, "date");
  if (op === "attr") return attr(args, answers, tables);
  if (Object.hasOwn(overRows, op)) {
    const values = rowsOf(args[0], answers).map((row) => args[1] && evaluate(args[1], row, today, tables));
    return overRows[op](values, args[2] && value(args[2]));
  }
  if (Object.hasOwn(special, op)) return special[op](args, value);
  const values = args.map(value);
  if (values.includes(null) || !Object.hasOwn(strict, op)) return null;
  return bounded(strict[op](...values));
}

/** Tell whether a condition is certainly true. */
export function holds(tree, answers, today, tables = {}) {
  return evaluate(tree, answers, today, tables) === true;
}

function own(object, name) {
  return object !== null && typeof object === "object" && Object.hasOwn(object, name) ? object[name] : null;
}

/** Read a member of an answer, its first pieces between dots, or a column of the chosen row. */
function attr([key, name, type, table, pieces, member], answers, tables) {
  const whole = own(answers, key);
  const answer = member ? text(own(whole, member)) : whole;
  if (member && answer === null) return null;
  if (table) return typeof answer === "string" && answer ? read(own(own(own(tables, table), answer), name), type) : null;
  if (pieces && typeof answer === "string") {
    const parts = answer.split(".");
    return parts.length < pieces ? null : read(parts.slice(0, pieces).join("."), type);
  }
  return Array.isArray(answer) ? null : read(own(answer, name), type);
}

const text = (value) => (typeof value === "string" ? value : null);

/** Return what may be read in each row: its own questions hide those around it, answered or not. */
function rowsOf([, key, , keys], answers) {
  const rows = own(answers, key);
  const empty = Object.fromEntries(keys.map((name) => [name, null]));
  const plain = (row) => (row && typeof row === "object" && !Array.isArray(row) ? row : {});
  return Array.isArray(rows) ? rows.map((row) => ({ ...answers, ...empty, ...plain(row) })) : [];
}

function read(answer, type) {
  switch (type) {
    case "text":
      return typeof answer === "string" && answer.trim() ? answer : null;
    case "boolean":
      return yesNo(answer && typeof answer === "object" && Object.hasOwn(answer, "accepted") ? answer.accepted : answer);
    case "number":
      return number(answer);
    case "date":
      return day(answer);
    case "time":
      return clock(answer);
    case "datetime":
      return moment(answer);
    case "choices":
      return Array.isArray(answer) && answer.length && answer.every((a) => typeof a === "string") ? answer : null;
    default: {
      const given = answer && typeof answer === "object" && (Array.isArray(answer) ? answer : Object.keys(answer)).length;
      return given ? "given" : null;
    }
  }
}

function yesNo(answer) {
  return typeof answer === "boolean" ? answer : null;
}

function number(answer) {
  if (typeof answer === "number" && !Number.isSafeInteger(answer)) return null;
  if (typeof answer !== "number" && typeof answer !== "string") return null;
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(answer));
  if (!found) return null;
  const digits = found[2] + (found[3] ?? "");
  if (digits.length > MOST_DIGITS) return null;
  const n = BigInt(digits);
  return { n: found[1] ? -n : n, s: (found[3] ?? "").length };
}

function day(answer) {
  const found = typeof answer === "string" && /^(\d{4})-(\d\d)-(\d\d)$/.exec(answer);
  if (!found || found[1] === "0000") return null;
  const when = new Date(0);
  when.setUTCFullYear(+found[1], found[2] - 1, +found[3]);
  return when.toISOString().slice(0, 10) === answer ? { d: Math.round(when.getTime() / 86400000) } : null;
}

function clock(answer) {
  const found = typeof answer === "string" && /^([01]\d|2[0-3]):([0-5]\d)$/.exec(answer);
  return found ? { t: found[1] * 60 + +found[2] } : null;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

function moment(answer) {
  const found = typeof answer === "string" && MOMENT.exec(answer);
  const on = found && day(found[1]);
  if (!on) return null;
  const ahead = found[5] ? (found[6] * 60 + +found[7]) * 60 : 0;
  const local = on.d * 86400 + found[2] * 3600 + found[3] * 60 + +(found[4] ?? 0);
  return { i: found[5] === "-" ? local + ahead : local - ahead };
}

function iso(date) {
  return new Date(date.d * 86400000).toISOString().slice(0, 10).split("-").map(Number);
}

function bounded(value) {
  if (!value || typeof value.n !== "bigint") return value;
  const size = String(value.n < 0n ? -value.n : value.n).length;
  return value.n !== 0n && size - value.s > MOST_DIGITS ? null : value;
}

function power(places) {
  return TEN ** BigInt(places);
}

function aligned(a, b) {
  const s = Math.max(a.s, b.s);
  return [a.n * power(s - a.s), b.n * power(s - b.s), s];
}

function order(a, b) {
  if (typeof a === "object" && "n" in a) {
    const [x, y] = aligned(a, b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  for (const unit of ["d", "t", "i"]) if (typeof a === "object" && unit in a) return a[unit] - b[unit];
  return a === b ? 0 : 1;
}

function sum(first, ...others) {
  return others.reduce((a, b) => {
    const [x, y, s] = aligned(a, b);
    return { n: x + y, s };
  }, first);
}

function product(...numbers) {
  let result = { n: 1n, s: 0 };
  for (const factor of numbers) {
    result = { n: result.n * factor.n, s: result.s + factor.s };
    if (bounded(result) === null || result.s > MOST_DIGITS) return null;
  }
  return result;
}

function halfUp(top, bottom) {
  const negative = top < 0n !== bottom < 0n;
  const [a, b] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  const whole = (2n * a + b) / (2n * b);
  return negative ? -whole : whole;
}

function divide(a, b, places) {
  if (b.n === 0n) return null;
  const s = Number(places.n);
  return { n: halfUp(a.n * power(b.s) * power(s), b.n * power(a.s)), s };
}

function round(a, places) {
  const s = Number(places.n);
  if (s >= a.s) return { n: a.n * power(s - a.s), s };
  return { n: halfUp(a.n, power(a.s - s)), s };
}

function years(a, b) {
  const [early, late] = a.d <= b.d ? [iso(a), iso(b)] : [iso(b), iso(a)];
  const full = late[0] - early[0] - (late[1] < early[1] || (late[1] === early[1] && late[2] < early[2]) ? 1 : 0);
  return { n: BigInt(a.d <= b.d ? full : -full), s: 0 };
}

const extreme = (sign) => (...values) => values.reduce((a, b) => (order(b, a) * sign > 0 ? b : a));

/** Write a text, a number without idle zeros, a date as 2026-09-07. */
function saidOf(value) {
  if (typeof value === "string") return value;
  if ("d" in value) return new Date(value.d * 86400000).toISOString().slice(0, 10);
  const digits = String(value.n < 0n ? -value.n : value.n).padStart(value.s + 1, "0");
  const fraction = value.s ? digits.slice(-value.s).replace(/0+$/, "") : "";
  const whole = value.s ? digits.slice(0, -value.s) : digits;
  return (value.n < 0n ? "-" : "") + whole + (fraction && `.${fraction}`);
}

function joined(values, between = "") {
  const made = values.map(saidOf).join(between);
  return [...made].length > LONGEST_TEXT ? null : made;
}

/** Of no rows, or where a value in one is unknown, what is made of all of them is unknown. */
const ofAll = (make) => (values, between) => (values.length && !values.includes(null) ? make(values, between) : null);

const special = {
  and(args, value) {
    const values = args.map(value);
    return values.includes(false) ? false : values.includes(null) ? null : true;
  },
  or(args, value) {
    const values = args.map(value);
    return values.includes(true) ? true : values.includes(null) ? null : false;
  },
  if(args, value) {
    const chosen = value(args[0]);
    return chosen === null ? null : value(args[chosen ? 1 : 2]);
  },
  default(args, value) {
    const first = value(args[0]);
    return first === null ? value(args[1]) : first;
  },
  answered(args, value) {
    return value(args[0]) !== null;
  },
  in(args, value) {
    const needle = value(args[0]);
    if (needle === null) return null;
    if (args[1][0] === "list") return args[1].slice(1).some((item) => order(needle, value(item)) === 0);
    const many = value(args[1]);
    return many === null ? null : many.includes(needle);
  },
};

/** Each takes the values found in the rows; of no rows at all only the count is known. */
const overRows = {
  some: (values) => (values.includes(true) ? true : values.includes(null) || !values.length ? null : false),
  every: (values) => (values.includes(false) ? false : values.includes(null) || !values.length ? null : true),
  sum: (values) => {
    const add = (total, value) => (total === null || value === null ? null : bounded(sum(total, value)));
    return values.length ? values.reduce(add, { n: 0n, s: 0 }) : null;
  },
  count: (values) => ({ n: BigInt(values.length), s: 0 }),
  least: ofAll((values) => extreme(-1)(...values)),
  most: ofAll((values) => extreme(1)(...values)),
  join: ofAll(joined),
};

const strict = {
  "!": (a) => !a,
  "==": (a, b) => order(a, b) === 0,
  "!=": (a, b) => order(a, b) !== 0,
  "<": (a, b) => order(a, b) < 0,
  "<=": (a, b) => order(a, b) <= 0,
  ">": (a, b) => order(a, b) > 0,
  ">=": (a, b) => order(a, b) >= 0,
  length: (text) => ({ n: BigInt([...text].length), s: 0 }),
  "+": sum,
  "-": (a, b) => (b === undefined ? { n: -a.n, s: a.s } : sum(a, { n: -b.n, s: b.s })),
  "*": product,
  "/": divide,
  min: extreme(-1),
  max: extreme(1),
  round,
  days: (a, b) => ({ n: BigInt(b.d - a.d), s: 0 }),
  years,
  cat: (...values) => joined(values),
};
