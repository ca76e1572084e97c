// Says above the questions why nothing is saved by itself any more, or whose request for review was written past; the sign of
// autosave has room for three words.

const SAID = ["invalid_revision", "locked"];

/** Show in `place` what the server says of an autosave that it refused, until one succeeds, or what came of one. */
export function sayStopped(form, place) {
  form.addEventListener("w-autosave:error", ({ detail }) => {
    if (!SAID.includes(detail.type)) return;
    place.textContent = detail.text;
    place.hidden = false;
  });
  form.addEventListener("w-autosave:success", ({ detail }) => {
    const words = detail.data.overtaken;
    if (words && place.textContent !== words) place.textContent = words;
    place.hidden = !words;
  });
}
