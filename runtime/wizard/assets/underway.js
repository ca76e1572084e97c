// The files on their way from the open page, for the script that sends them and the one that sends the page.

/** Each has the `form` it belongs to, and `done`, a promise that ends when it can go no further for now. */
export const jobs = new Set();

/** Return the button of a file that was refused and still stands on the page, so that nobody takes it for sent. */
export function refusedIn(form) {
  return form.querySelector(".upload.is-wrong [data-cancel]");
}

/** Return whether all files of a form have arrived, once those that can go on have; false when one waits. */
export async function filesOf(form) {
  await Promise.all([...jobs].filter((job) => job.form === form).map((job) => job.done));
  return ![...jobs].some((job) => job.form === form);
}
