// Tells the server which newer version the author knew of when they answered Wagtail's question whether to save nevertheless,
// so that it does not ask the same again. A version that came after the question is asked about as ever.
const DIALOG = "w-save-confirmation-dialog";

/** Listens to what Wagtail hears of other windows, and writes the answer into a field of the form. */
export function tellTold(form) {
  const field = form.querySelector("[name=b-told]");
  let newer = "";
  document.addEventListener("w-swap:json", ({ detail: { data } }) => {
    newer = data.other_sessions?.find((one) => one.revision_id)?.revision_id || newer;
  });
  form.addEventListener("w-dialog:confirmed", ({ target }) => {
    if (target.id === DIALOG) field.value = newer;
  }, { capture: true });
}
