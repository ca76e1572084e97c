// The closed expression language in the browser: total, three-valued, exact, like schemas/expressions.
// A tree comes from runtime/forms/browser.py: [operator, …arguments], ["var", key, type], ["is", constant, type].
// Unknown is null. Numbers are {n: BigInt, s: decimal places}, dates whole days since 1970 as {d}.

const MOST_DIGITS = 30;
const TEN = 10n;

/** Return the value of `tree` for answers {key: canonical JSON}, null when unknown. */
export function evaluate(tree, answers, today) {
  const value = (node) => {
    const [op, ...args] = node;
    if (op === "is") return read(args[0], args[1]);
    if (op === "var") return Object.hasOwn(answers, args[0]) ? read(answers[args[0]], args[1]) : null;
    if (op === "today") return read(today, "date");
    if (Object.hasOwn(special, op)) return special[op](args, value);
    const values = args.map(value);
    if (values.includes(null) || !Object.hasOwn(strict, op)) return null;
    return bounded(strict[op](...values));
  };
  return value(tree);
}

/** Tell whether a condition is certainly true. */
export function holds(tree, answers, today) {
  return evaluate(tree, answers, today) === true;
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
  const found = /^(-?)(\d*)(?:\.(\d*))?$/.exec(String(answer));
  if (!found) return null;
  const digits = found[2] + (found[3] ?? "");
  if (!digits || digits.length > MOST_DIGITS) return null;
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
  if (typeof a === "object" && "d" in a) return a.d - b.d;
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
};
