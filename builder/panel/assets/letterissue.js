// When a letter is issued, who signs it, where its number comes from, and a new one made from a usual shape.
import { addLetter, dropRegister, letterOf } from "./letteredits.js";
import { copyOf, languages, say } from "./document.js";
import { byClock, byRole, flow, isFinal, put } from "./flow.js";
import { free, slug } from "./keys.js";
import { isSkip } from "./onlyif.js";
import { outline } from "./outline.js";

const issues = (key) => (effect) => effect.letter === key;

/** The actions after which the letter is issued; "" stands for the arrival of the application. */
export function issuers(doc, key) {
  const { filed = [], actions } = flow(doc);
  return [...(filed.some(issues(key)) ? [""] : []), ...actions.filter((one) => (one.effects || []).some(issues(key))).map((one) => one.key)];
}

export function setIssued(doc, key, action, wanted) {
  const holder = action ? flow(doc).actions.find((one) => one.key === action) : flow(doc);
  const name = action ? "effects" : "filed";
  const others = (holder[name] || []).filter((effect) => !issues(key)(effect));
  put(holder, name, wanted ? [...others, { letter: key }] : others);
}

const leads = (doc, one) => one.tone === "advance" || isFinal(doc, one.to, "granted");
const first = (doc, all) => [...all.filter((one) => leads(doc, one)), ...all.filter((one) => !leads(doc, one))];

/** What officers do, those that lead on first: any of them can sign. */
export const officerActions = (doc) => first(doc, flow(doc).actions.filter(byRole));

/** What a letter can be issued after: what officers do, and the ends that several have decided or that come by themselves. */
export function issuable(doc) {
  const ends = (one) => one.who === "system" && ["granted", "refused"].some((outcome) => isFinal(doc, one.to, outcome));
  return first(doc, flow(doc).actions.filter((one) => byRole(one) || (ends(one) && !isSkip(one))));
}

/** The approval after which a service is granted, as far as one can tell; never a return or a refusal. */
export function lastApproval(doc) {
  const all = issuable(doc);
  return all.find((one) => (one.changes || []).some((change) => change.number)) || all.find((one) => isFinal(doc, one.to, "granted") && !byClock(one)) || all.find((one) => leads(doc, one));
}

/** The refusal by an officer that comes last, best one that asks for a reason; undefined where nobody refuses in person. */
export function lastRefusal(doc) {
  const all = flow(doc).actions.filter((one) => byRole(one) && isFinal(doc, one.to, "refused"));
  return all.filter((one) => one.ask?.comment === "required").at(-1) || all.at(-1);
}

/** Whoever approved last in person before or with `last`: several who decide together sign nothing. */
const lastInPerson = (doc, last) => (byRole(last) ? last : officerActions(doc).filter((one) => leads(doc, one)).at(-1));

const gives = (doc) => flow(doc).actions.some((one) => (one.changes || []).some((change) => change.number));

/** Lets a letter take its number from a series, "" for the number of the application; a series that goes unused goes. */
export function setRegister(doc, key, register) {
  const letter = letterOf(doc, key);
  const before = letter.register;
  put(letter, "register", register);
  if (before && before !== register) dropRegister(doc, before);
}

/** A number series of its own for a letter; returns its key. */
export function ownRegister(doc, key, parts) {
  const letter = letterOf(doc, key);
  flow(doc).registers ||= [];
  const made = { ...inLanguages(doc, parts.register), scope: flow(doc).office ? "office" : "region" };
  made.key = free(made.key, flow(doc).registers.map((one) => one.key));
  made.title = copyOf(letter.title);
  flow(doc).registers.push(made);
  setRegister(doc, key, made.key);
  return made.key;
}

/** Ready-made words in the languages of the document only. */
export function inLanguages(doc, value) {
  if (Array.isArray(value)) return value.map((one) => inLanguages(doc, one));
  if (!value || typeof value !== "object") return value;
  const codes = Object.keys(value);
  if (codes.length && codes.every((code) => /^[a-z]{2}$/.test(code)) && typeof value[codes[0]] === "string") {
    const kept = Object.fromEntries(languages(doc).filter((code) => value[code]).map((code) => [code, value[code]]));
    return Object.keys(kept).length ? kept : { [languages(doc)[0]]: value[codes[0]] };
  }
  return Object.fromEntries(codes.map((name) => [name, inLanguages(doc, value[name])]));
}

const PERSONAL = ["text", "longtext", "nik", "no_kk", "date", "choice", "phone", "address", "npwp", "nip", "region"];
const MOST_LINES = 8;

/** The first questions of the applicant that say who somebody is. */
export function identity(doc) {
  const [first] = (doc.pages || []).filter((page) => (page.for || "applicant") === "applicant" && page.fields.length);
  const fits = ({ page, rows, field }) => page === first && !rows.length && PERSONAL.includes(field.type) && field.privacy !== "never_export";
  return outline(doc).filter(fits).slice(0, MOST_LINES).map(({ field }) => field.key);
}

/** Makes a letter from a shape, signed and issued with the last approval or the refusal, with a number; returns its key. */
export function makeLetter(doc, shape, parts) {
  const letter = inLanguages(doc, copyOf(shape.letter));
  const asked = identity(doc);
  letter.body = letter.body.flatMap((block) => (block.details?.length !== 0 ? [block] : asked.length ? [{ ...block, details: asked.map((question) => ({ question })) }] : []));
  const last = shape.issued === "refused" ? lastRefusal(doc) : lastApproval(doc);
  const key = addLetter(doc, { ...letter, key: slug(say(letter.title, languages(doc)[0]), "letter") });
  const made = letterOf(doc, key);
  if (last) {
    const signer = lastInPerson(doc, last);
    if (signer) made.signer = { action: signer.key };
    const silent = flow(doc).actions.filter((one) => one.who === "system" && byClock(one) && one.to === last.to && isFinal(doc, one.to, "granted"));
    for (const { key: action } of [last, ...silent]) setIssued(doc, key, action, true);
  }
  if (shape.issued === "refused" || !gives(doc)) ownRegister(doc, key, parts);
  return key;
}
