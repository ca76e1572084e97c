// Places in texts that are filled in later. The document writes {reference}; the clerk reads {nomor permohonan}.

/** A text as the clerk reads it. Braces with other words inside stay as they are. */
export function spoken(t, text, tokens) {
  return text.replace(/\{([a-z_]+)\}/g, (whole, token) => (tokens.includes(token) ? `{${t(`token_${token}`)}}` : whole));
}

/** The same text as the document writes it. */
export function written(t, text, tokens) {
  const known = new Map(tokens.map((token) => [t(`token_${token}`), token]));
  return text.replace(/\{([^{}]+)\}/g, (whole, words) => (known.has(words.trim()) ? `{${known.get(words.trim())}}` : whole));
}

const ROMAN = "XI";

/** What a number series makes of its pattern, for a look. */
export function example(pattern, digits) {
  const filled = { number: "15".padStart(digits, "0"), office: "SUKASARI", month_roman: ROMAN, month: "11", year: "2026" };
  return pattern.replace(/\{([a-z_]+)\}/g, (whole, token) => filled[token] ?? whole);
}
