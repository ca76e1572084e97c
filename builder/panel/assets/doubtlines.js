// Says what is odd about a condition, in a sentence right beside it.
import { doubts } from "./doubts.js";
import { asks } from "./samplecontrol.js";
import { h } from "./dom.js";
import { named } from "./outline.js";

/** What is odd about the condition `where` as it stands in `draft`: `of(row)` gives the sentences about a row, none those about all. */
export function doubtLines(panel, { draft, where, around }) {
  const { t, store: { doc } } = panel;
  const found = doubts(doc, draft, where, around);
  const line = ({ what, key, number, answer }) => {
    const field = key && named(doc, around, key);
    return h("p", { class: "b-doubt" }, t(`doubt_${what}`, { name: field ? asks(panel, field) : "", number, answer }));
  };
  return (row) => found.filter((one) => one.row === row).map(line);
}
