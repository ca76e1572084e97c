// Worked-out values: as the canonical answer of a question, and in words, as the server says them too.

/** Return a value of the expression language as canonical JSON for the question `part`, null for none. */
export function written(value, part) {
  if (typeof value === "string") return value.trim() ? value : null;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  if ("n" in value) return number(value, part);
  if ("d" in value) return new Date(value.d * 86400000).toISOString().slice(0, 10);
  if ("t" in value) return new Date(value.t * 60000).toISOString().slice(11, 16);
  return null;
}

/** Numbers are rounded half up to the places of the question; whole ones are numbers, others exact text. */
function number(value, part) {
  const places = Number(part.dataset.places ?? 0);
  const text = decimal(value, places);
  return part.dataset.type === "number" ? text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : Number(text);
}

function decimal({ n, s }, places) {
  const negative = n < 0n;
  let digits = negative ? -n : n;
  if (s > places) {
    const unit = 10n ** BigInt(s - places);
    digits = (2n * digits + unit) / (2n * unit);
  } else {
    digits *= 10n ** BigInt(places - s);
  }
  const text = String(digits).padStart(places + 1, "0");
  const whole = places ? `${text.slice(0, -places)}.${text.slice(-places)}` : text;
  return negative && digits !== 0n ? `-${whole}` : whole;
}

const AS_IT_IS = new Set(["text", "longtext", "email", "url", "plate", "nik", "no_kk", "nib", "nisn", "postcode"]);

/** Return an answer in the server's words, null where only the server knows them: names of options, of areas. */
export function spoken(answer, part) {
  const language = document.documentElement.lang || "id";
  const day = (text) => new Date(`${text}T00:00:00Z`);
  switch (part.dataset.type) {
    case "money":
      return money(answer, part.dataset, language);
    case "time":
      return language === "en" ? answer : answer.replace(":", ".");
    case "integer":
    case "number":
      return marked(String(answer), language);
    case "datetime":
      return ["date", "time"].map((type, at) => spoken(answer.slice(at * 11, at * 11 + (at ? 5 : 10)), { dataset: { type } })).join(", ");
    case "date":
      return day(answer).toLocaleDateString(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    case "boolean":
      return answer ? part.dataset.yes : part.dataset.no;
    default:
      return AS_IT_IS.has(part.dataset.type) ? answer : null;
  }
}

/** Money in its smallest coin, with the marks of the language: Rp1.250.000, USD 1.250,50. */
function money(answer, { prefix, coins }, language) {
  if (prefix === "Rp") return `Rp${grouped(answer)}`;
  const digits = String(answer).padStart(Number(coins) + 1, "0");
  const [whole, fraction] = [digits.slice(0, digits.length - coins), digits.slice(digits.length - coins)];
  return `${prefix}\u00a0${marked(fraction ? `${whole}.${fraction}` : whole, language)}`;
}

/** A decimal text with the marks of the language: 1.250,5 and 1,250.5. */
function marked(text, language) {
  const [whole, fraction] = text.split(".");
  const [group, point] = language === "en" ? [",", "."] : [".", ","];
  return grouped(whole).replaceAll(".", group) + (fraction ? point + fraction : "");
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}
