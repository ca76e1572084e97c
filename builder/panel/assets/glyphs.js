// A small picture of each kind of question: what the citizen will see. Drawn by us on a field of 24 by 24, in the colour of
// the words beside it. Of each the lines, then what is filled.
const FIELD = "M4 6h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z";
const SHEET = "M4 3h16a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z";
const CARD = "M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z";
const CALENDAR = "M4 5h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM2 10h20M7 2.5v4M17 2.5v4";
const HOUSE = "M3 11.5 12 3.5l9 8M5.5 9.5v11h13v-11M10 20.5v-6h4v6";
const round = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const person = (x, y, r) => `${round(x, y, r)}M${x - 2 * r} ${y + 4 * r}c0-4.5 ${4 * r}-4.5 ${4 * r} 0`;

export const GLYPHS = {
  text: [`${FIELD}M6 12h6M15 9v6`],
  longtext: [`${SHEET}M6 8h12M6 12h12M6 16h6`],
  integer: [`${FIELD}M5.5 10 7 9v6M10 10.4a1.5 1.5 0 1 1 2.7.9L10 15h3M16 9h3l-1.8 2.3a1.9 1.9 0 1 1-1.5 3.2`],
  number: [`${FIELD}M6.5 10 8 9v6M12 14.6l-.6 1.6M18 9h-2.9l-.3 2.6c1.8-.6 3.5.2 3.5 1.7 0 1.7-1.9 2.3-3.6 1.2`],
  money: [`${FIELD}M6.5 15V9h2.2a1.7 1.7 0 0 1 0 3.4H6.5m2.2 0 2 2.6M14 11v5.8${round(15.7, 13, 1.7)}`],
  date: [CALENDAR, "M13.5 13.5h4v4h-4z"],
  time: [`${round(12, 12, 9)}M12 7v5l3.5 2`],
  datetime: [`M12 19H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v3M2 9h16M6.5 2v3.5M13.5 2v3.5${round(17.5, 17, 4.5)}M17.5 14.8V17l1.5 1`],
  date_range: [`${CALENDAR}M6 15.5h11.5M15 13l2.5 2.5L15 18`],
  choice: [`${round(6, 7, 3.5)}${round(6, 17, 3.5)}M13.5 7H21M13.5 17H21`, round(6, 7, 1.5)],
  choices: ["M3 4h6.5v6.5H3zM3 13.5h6.5V20H3zM4.8 7.2l1.2 1.3 2-2.6M13.5 7H21M13.5 17H21"],
  boolean: [`${FIELD}M12 6v12M4.8 12.2l1.6 1.6 3-3.6M15.2 10.2l3.6 3.6M18.8 10.2l-3.6 3.6`],
  rating: ["m12 3 2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z"],
  matrix: [`${SHEET}M2 9h20M2 15h20M9.5 3v18`, `${round(15, 12, 1.4)}${round(18.5, 18, 1.4)}`],
  nik: [`${CARD}${person(8, 9.5, 1.8)}M14.5 10H19M14.5 14H19`],
  no_kk: [`${CARD}${person(7.5, 9.5, 1.8)}${person(16.5, 9.5, 1.8)}M11 9h2`],
  npwp: [`${CARD}M14.5 9l-5 6${round(9.3, 9.8, 1.2)}${round(14.7, 14.2, 1.2)}`],
  nip: [`M9 2l3 4 3-4M7 6h10a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 17 22H7a1.5 1.5 0 0 1-1.5-1.5v-13A1.5 1.5 0 0 1 7 6z${person(12, 11.5, 1.8)}`],
  nib: ["M4.5 4h15L21.5 9H2.5zM2.5 9a3.2 3.2 0 0 0 6.3 0 3.2 3.2 0 0 0 6.4 0 3.2 3.2 0 0 0 6.3 0M4.5 12v8.5h15V12M10 20.5V16h4v4.5"],
  nisn: ["M12 4.5 1.5 9.5l10.5 5 10.5-5zM6 12v5c3.5 2.5 8.5 2.5 12 0v-5M22 10v6"],
  plate: [`${FIELD}M6 13.5v-5h1.6a1.2 1.2 0 0 1 0 2.4H6h1.8a1.3 1.3 0 0 1 0 2.6zM12 9.3l1.3-.8v5M16 9.6a1.2 1.2 0 1 1 2.2.8L16 13.5h2.6M9.5 16h1M13.5 16h1`],
  postcode: ["M2 8h20v8H2zM6 8v8M10 8v8M14 8v8M18 8v8", `${round(4, 12, 1)}${round(8, 12, 1)}`],
  url: [`${round(12, 12, 9)}M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18`],
  pattern: ["M2 7.5h7.5v9H2zM14.5 7.5H22v9h-7.5zM11 12h2M4 14.3l1.75-4.6 1.75 4.6M4.7 12.8h2.1M17.3 10.5l1.4-.8v4.6"],
  phone: ["M6 3h3.2l1.6 4.6-2.1 1.6a11 11 0 0 0 6.1 6.1l1.6-2.1L21 14.8V18a3 3 0 0 1-3.2 3A17 17 0 0 1 3 6.2 3 3 0 0 1 6 3z"],
  email: [`${CARD}M2.7 6.5 12 13.2l9.3-6.7`],
  file: ["M6 2h8.5L20 7.5V20a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zM14.5 2v5.5H20M12 18.5v-7M9 14.3l3-3 3 3"],
  photo: [`M4 7h3l2-3h6l2 3h3a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2z${round(12, 13, 3.8)}`],
  region: ["M2.5 3h19v7h-19zM2.5 14h19v7h-19zM14.5 5.6l2 2 2-2M14.5 16.6l2 2 2-2M5.5 6.5h5M5.5 17.5h5"],
  address: [HOUSE],
  location: [`M12 21.5C8 17 5.3 13.8 5.3 9.8a6.7 6.7 0 0 1 13.4 0c0 4-2.7 7.2-6.7 11.7z${round(12, 9.7, 2.4)}`],
  office: ["M12 7V2h4.5v2.7H12M3 12l9-5 9 5zM5.5 12v6M10 12v6M14 12v6M18.5 12v6M2.5 21h19"],
  heading: ["M3 14h18M3 19h12", "M3 4h14v5H3z"],
  note: [`${round(6.5, 12, 4.5)}M6.5 11.8v2.4M6.5 9.6v.1M15 8h7M15 12h7M15 16h4`],
  notice: [`${SHEET}M14.5 7.5v5.7M14.5 16.4v.1`, "M4 3h3v18H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"],
  image: [`${SHEET}M2 17l6-6 5.5 5.5 3-3L22 18.5${round(15.5, 8, 1.7)}`],
  group: [`${SHEET}M6 7.5h6M6 11.5h5V17H6zM13 11.5h5V17h-5z`],
  repeat: ["M7 5h12a2 2 0 0 1 2 2v10M4 9h11a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM9.5 12v6M6.5 15h6"],
  consent: ["M2.5 7h9.5v9.5H2.5zM4.8 11.8l1.9 2 3.2-4.2M15.5 9.5h6M15.5 14h4"],
  signature: ["M3 20.5h18M3.5 15c4-4 7.5-9.5 6.5-11s-3 3.5-2.5 8 2.5 4 4 1.5 2-2.5 2.5-.5 1.5 1.800 3-.2 2 .7 3.5.2"],
  metadata: ["M13.5 2.5 5 13.5h6L9.5 21.5l9-11.5h-6z"],
  "kit:applicant": [person(12, 7.5, 3.7)],
  "kit:address": [HOUSE],
  "kit:family": [`${person(6.5, 6.5, 2.3)}${person(17.5, 6.5, 2.3)}${person(12, 13, 1.8)}`],
  "kit:witnesses": [`${person(7, 8, 2.3)}${person(17, 8, 2.3)}`],
  "kit:attorney": [`${person(6, 8, 2)}M14 3h6.5a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H14a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM15.5 7h3.5M15.5 10.5h3.5M15.5 16.5l1 1 2-2.5`],
};

const SVG = "http://www.w3.org/2000/svg";

function drawn(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** The picture of a kind, for the eye only: its name always stands beside it. */
export function glyph(kind) {
  const [lines, filled] = GLYPHS[kind] || GLYPHS.text;
  const svg = drawn("svg", { class: "b-glyph", viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(drawn("path", { d: lines }));
  if (filled) svg.append(drawn("path", { d: filled, class: "b-glyph__filled" }));
  return svg;
}
