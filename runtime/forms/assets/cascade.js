// Part for: [data-cascade]
// Opens the next list of areas as soon as one above it is chosen. Without it a button asks the server.

document.documentElement.classList.add("has-cascade");
document.addEventListener("change", follow, { capture: true }); // before conditions look at the page

function follow(event) {
  const list = event.target.closest?.("[data-cascade] select[data-level]");
  if (!list) return;
  const cascade = list.closest("[data-cascade]");
  const lists = [...cascade.querySelectorAll("select[data-level]")];
  const [next, ...later] = lists.slice(lists.indexOf(list) + 1);
  for (const closed of [next, ...later]) {
    if (!closed) continue;
    close(closed);
    if (!list.dataset.wanted) delete closed.dataset.wanted; // somebody chose: what was to be put back is over
  }
  if (next && list.value) open(cascade, list, next);
}

async function open(cascade, list, next) {
  const wanted = list.value;
  try {
    const answer = await fetch(`${cascade.dataset.cascade}${wanted}/`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const { areas } = await answer.json();
    if (list.value !== wanted) return; // chosen anew meanwhile
    next.append(...areas.map(([code, name]) => new Option(name, code)));
    next.disabled = false;
    holder(next).hidden = false;
    cascade.classList.remove("cascade--manual");
    say(cascade, next);
    if (next.dataset.wanted) putBack(next);
  } catch {
    if (list.value === wanted) cascade.classList.add("cascade--manual"); // the button is there again
  }
}

/** Choose what was put back while the choices were on their way; the list below follows. */
function putBack(list) {
  list.value = list.dataset.wanted;
  if (list.value) list.dispatchEvent(new Event("change", { bubbles: true }));
  delete list.dataset.wanted;
}

function close(list) {
  list.length = 1;
  list.value = "";
  list.disabled = true;
  holder(list).hidden = true;
}

function holder(list) {
  return list.closest("[data-list]");
}

/** Tell who cannot see it that another list has opened. */
function say(cascade, list) {
  cascade.querySelector("[role=status]").textContent = cascade.dataset.opened.replace("{list}", list.labels[0].textContent.trim());
}
