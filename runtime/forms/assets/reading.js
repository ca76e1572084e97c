// Reads single texts as people in Indonesia write them: numbers, days, times, official numbers.
// The server reads them in runtime/forms/; a test holds the two together.

const MONTHS = {
  jan: 1, feb: 2, peb: 2, mar: 3, apr: 4, mei: 5, may: 5, jun: 6, jul: 7, agu: 8, aug: 8, ags: 8, agt: 8, sep: 9, okt: 10, oct: 10,
  nov: 11, nop: 11, des: 12, dec: 12,
};

/** Read a number: 1.000.000 and 2,5. */
export function decimal(text) {
  const tight = text.replace(/^(rp\.?|[a-z]{3})\s*/i, "").replace(/,-$/, "").replace(/\s/g, "");
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(tight)) return tight.replaceAll(".", "").replace(",", ".");
  if (/^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d{1,3}(,\d{3}){2,}$/.test(tight)) return tight.replaceAll(",", "");
  return /^-?\d+([.,]\d+)?$/.test(tight) ? tight.replace(",", ".") : null;
}

/** Read day, month (a number or its name) and year as 2026-09-07. */
export function isoDate([day, month, year]) {
  const number = /^[a-z]+$/i.test(month) ? MONTHS[month.toLowerCase().slice(0, 3)] : month;
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(number) || !/^\d{4}$/.test(year)) return null;
  return `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const TIME = /^(?:pukul |pkl\.? |jam )?(?:(\d{1,2})(?: ?[.:,] ?(\d{2}))?|(\d{1,2})(\d{2}))(?: ?(a\.?m\.?|p\.?m\.?|wib|wita|wit))?$/;

/** Read 14.05, 14:05, 1405, 14 and 2:05 pm as 14:05. */
export function clockTime(text) {
  const found = TIME.exec(text.toLowerCase().split(/\s+/).join(" "));
  if (!found) return null;
  let hour = Number(found[1] ?? found[3]);
  const minute = Number(found[2] ?? found[4] ?? 0);
  const half = { a: 0, p: 12 }[found[5]?.[0]];
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + half;
  }
  return hour > 23 || minute > 59 ? null : `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Read a number of digits only; spaces, points and hyphens are forgiven. */
export const digits = (text) => text.replace(/[\s.-]/g, "") || null;

/** Read a taxpayer number: the 15 digits of older cards get a 0. */
export function taxNumber(text) {
  const number = digits(text);
  return number?.length === 15 ? `0${number}` : number;
}

/** Read b1234xyz as B 1234 XYZ. */
export function plate(text) {
  const found = /^([A-Z]{1,2})0*([1-9]\d{0,3})([A-Z]{0,3})$/.exec(text.replace(/[\s.-]/g, "").toUpperCase());
  return found ? found.slice(1).filter(Boolean).join(" ") : text || null;
}

/** Read 0812-3456-7890 as +6281234567890. */
export function phone(text) {
  const number = text.replace(/[\s().\-/\u2010-\u2015\u202f]/g, "");
  if (!/^\+?\d{7,16}$/.test(number)) return text || null;
  if (number.startsWith("+")) return number.replace(/^\+620/, "+62");
  if (number.startsWith("00")) return `+${number.slice(2)}`;
  if (number.startsWith("0")) return `+62${number.slice(1)}`;
  return number.startsWith("62") ? `+${number}` : `+62${number}`;
}

/** Read www.contoh.go.id as https://www.contoh.go.id. */
export function webAddress(text) {
  const found = /^(?:([A-Za-z]+):\/{1,2})?([^\s/?#@]+)([/?#]\S*)?$/.exec(text);
  if (!found) return text || null;
  return `${(found[1] || "https").toLowerCase()}://${found[2].toLowerCase()}${encodeURI(found[3] || "").replaceAll("%25", "%")}`;
}
