// The notes beside the buttons of the tab “Publish” arrive with a release or a review only. Until then each is kept in this
// browser for its author, as what is written in the editor is (ADR 0014), and stands in its field again on the next visit.
import { copiesOf, drop, keep } from "../../../runtime/wizard/assets/phone.js";
import { h } from "./dom.js";

const PAUSE = 400;
const plain = (text) => text.split(/\s+/).filter(Boolean).join(" ");

/** Keeps what is written in the fields `note` and `answer` until the server says that it has it. */
export function keepNotes(panel) {
  for (const name of ["note", "answer"]) keepNote(panel, name);
}

function keepNote({ form, settings: { writing }, t }, name) {
  const place = { page: `${writing.page}/${name}`, window: name };
  const field = form.querySelector(`textarea[name=${name}]`);
  const [copy] = copiesOf({ ...place, window: "" });
  if (copy && writing.told[name].includes(plain(copy.text))) drop(place, [name]);
  else if (copy && field && !field.value) {
    field.value = copy.text;
    field.after(h("p", { class: "b-hint" }, t("note_back")));
  }
  if (!field) return;
  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    if (plain(field.value)) keep(place, name, { at: Date.now(), text: field.value }, false);
    else drop(place, [name]);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  });
  const hurry = () => timer && write();
  window.addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", () => document.hidden && hurry());
}
