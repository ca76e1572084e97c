// Posts a form without leaving its page. A guard that has expired is renewed once, unseen.

/** The connection failed, or the server could not answer now. Nothing is known to be stored. */
export class NoAnswer extends Error {}

const PATIENCE = 30_000;

/** Post `body` and return the response. Throws NoAnswer. */
export async function ask(form, address, body) {
  let answer = await once(address, body);
  if (answer.status === 403 && (await renew(form))) {
    body.set("csrfmiddlewaretoken", token(form).value);
    answer = await once(address, body);
  }
  if (answer.status >= 502 && answer.status <= 504) throw new NoAnswer();
  return answer;
}

/** Return everything that stands in the form, and the button that was pressed. */
export function bodyOf(form, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  for (const [name, value] of [...body]) if (value instanceof File && !value.name) body.delete(name);
  return body;
}

/** Return the input that holds the guard of the form. */
export function token(form) {
  return form.querySelector("[name=csrfmiddlewaretoken]");
}

async function once(address, body) {
  const files = [...body.values()].some((value) => value instanceof File);
  const signal = files ? undefined : AbortSignal.timeout?.(PATIENCE);
  const headers = { Accept: "application/json, text/html" };
  return carefully(() => fetch(address, { method: "POST", body, headers, signal, credentials: "same-origin" }));
}

/** Fetch the open page anew for a fresh guard. */
async function renew(form) {
  const answer = await carefully(() => fetch(location.href, { credentials: "same-origin", cache: "no-store" }));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("main [name=csrfmiddlewaretoken]");
  if (!answer.ok || !fresh) return false;
  token(form).value = fresh.value;
  return true;
}

async function carefully(request) {
  try {
    return await request();
  } catch {
    throw new NoAnswer();
  }
}
