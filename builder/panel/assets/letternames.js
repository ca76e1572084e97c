// What letters fill in: chips in their texts, lines of questions, tables and blocks for each entry.
import { GAP } from "./chiptext.js";
import { isObject } from "./expressions.js";
import { chips as chipsOf, mention, rule } from "./naming.js";
import { resolve } from "./outline.js";

const inLetters = (field) => field.type !== "repeat";
const isRepeat = (field) => field.type === "repeat";

const chips = (holder, name, more) => chipsOf(holder, name, { what: "chip", wants: inLetters, ...more });

function blocks(body, ids, more) {
  return body.flatMap((block) => ofBlock(block, ids, { ...more, drop: () => dropBlock(body, block) }));
}

/** A block goes; a letter, or what stands for each entry, keeps at least one. */
function dropBlock(body, block) {
  body.splice(body.indexOf(block), 1);
  if (!body.length) body.push({ paragraph: GAP });
}

const letterOf = ({ owner, kind, rows }) => ({ owner, kind, rows });

function ofBlock(block, ids, more) {
  const plain = letterOf(more);
  return [
    ...(isObject(block.when) ? [rule(block, "when", "block_when", plain)] : []),
    ...chips(block, "paragraph", plain), ...chips(block, "heading", plain),
    ...(block.items || []).flatMap((_item, at) => chips(block.items, at, plain)),
    ...(block.details || []).flatMap((line) => detail(block, line, more)),
    ...(block.table !== undefined ? table(block, ids, more) : []),
    ...(block.each !== undefined ? entries(block, ids, more) : []),
  ];
}

function detail(block, line, more) {
  const plain = letterOf(more);
  const drop = () => {
    block.details = block.details.filter((one) => one !== line);
    if (!block.details.length) more.drop();
  };
  return [
    ...(line.question ? [mention(line, "question", "detail", { ...plain, wants: inLetters, nested: false, drop })] : []),
    ...chips(line, "label", plain), ...chips(line, "value", plain),
  ];
}

const within = (ids, rows, key) => {
  const id = resolve(ids, rows, key);
  return id ? id.split("/") : [...rows, key];
};

function table(block, ids, more) {
  const plain = letterOf(more);
  const inside = { ...plain, rows: within(ids, more.rows, block.table) };
  return [
    mention(block, "table", "table", { ...plain, wants: isRepeat, drop: more.drop }),
    ...block.columns.flatMap((column) => [...chips(column, "title", inside), ...chips(column, "value", inside)]),
  ];
}

function entries(block, ids, more) {
  const plain = letterOf(more);
  return [
    mention(block, "each", "each", { ...plain, wants: isRepeat, drop: more.drop }),
    ...blocks(block.body, ids, { ...more, rows: within(ids, more.rows, block.each) }),
  ];
}

/** Every naming of every letter; `ids` are the names of everything in the outline. */
export function letterNamings(doc, ids) {
  return (doc.letters || []).flatMap((letter) => {
    const more = { owner: letter, kind: "letter", rows: [] };
    return [
      ...["title", "subject", "recipient"].flatMap((name) => chips(letter, name, more)),
      ...["mandate", "through"].flatMap((name) => (letter.signer ? chips(letter.signer, name, more) : [])),
      ...(letter.copies || []).flatMap((_copy, at) => chips(letter.copies, at, more)),
      ...blocks(letter.body || [], ids, more),
    ];
  });
}
