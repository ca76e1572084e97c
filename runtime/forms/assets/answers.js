// Reads what stands in the inputs of a question as the canonical answer, as far as rules need it.

/** Return the canonical answer as far as rules need it, null for none. */
export function answerOf(question) {
  if (question.dataset.answer !== undefined) return JSON.parse(question.dataset.answer); // shown, not asked
  const inputs = [...question.querySelectorAll("input, select, textarea")].filter((i) => !i.name.startsWith("_"));
  const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
  const text = (inputs[0]?.value ?? "").trim();
  switch (question.dataset.type) {
    case "boolean":
      return ticked.length ? ticked[0] === "yes" : null;
    case "consent":
      return ticked.length ? { accepted: true } : null;
    case "choices":
      return ticked.length ? ticked : null;
    case "choice":
    case "office":
      return (inputs[0]?.type === "radio" ? ticked[0] : text) || null;
    case "rating":
      return ticked.length ? Number(ticked[0]) : null;
    case "matrix":
      return rowsOf(question);
    case "integer":
    case "number":
    case "money":
      return decimal(text);
    case "date":
      return isoDate(inputs.map((input) => input.value.trim()));
    case "file":
    case "photo":
      return question.querySelector("[data-kept]") || inputs.some((input) => input.files?.length) ? [{}] : null;
    case "signature":
      return inputs.some((input) => input.value.trim()) ? { name: text } : null;
    case "location":
      return inputs.some((input) => input.value.trim()) ? { landmark: text } : null;
    default:
      return text || null;
  }
}

function rowsOf(question) {
  const picked = [...question.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row.querySelector(":checked")?.value]);
  const given = Object.fromEntries(picked.filter(([, value]) => value));
  return Object.keys(given).length ? given : null;
}

/** Read a number as Indonesians write it: 1.000.000 and 2,5. */
function decimal(text) {
  const tight = text.replace(/^rp\.?\s*/i, "").replace(/,-$/, "").replace(/\s/g, "");
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(tight)) return tight.replaceAll(".", "").replace(",", ".");
  return /^-?\d+([.,]\d+)?$/.test(tight) ? tight.replace(",", ".") : null;
}

function isoDate([day, month, year]) {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
