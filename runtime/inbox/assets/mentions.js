// Part for: [data-mentions]
// Whoever writes @ in a comment is shown the colleagues whose name goes on so; choosing one writes the name and
// ticks the mark. Without this, the marks are ticked by hand and a whole name behind an @ is found all the same.

const marks = document.querySelector("[data-mentions]");
const text = document.getElementById(marks.dataset.mentions);
const list = document.createElement("ul");
list.className = "plain row";
list.hidden = true;
text.after(list);

text.addEventListener("input", offer);
text.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !list.hidden) close();
  if (event.key === "ArrowDown" && !list.hidden) {
    event.preventDefault();
    list.querySelector("button").focus();
  }
});
list.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close();
  text.focus();
});

/** Show whom the words before the cursor may mean. */
function offer() {
  const begun = /(?:^|\s)@([^@\n]{0,40})$/.exec(text.value.slice(0, text.selectionStart));
  const found = begun ? colleagues(begun[1]) : [];
  list.replaceChildren(...found.map((one) => item(one, begun[1].length)));
  list.hidden = !found.length;
}

/** Return the marks of colleagues whose name begins so, or a word of it. */
function colleagues(begun) {
  const typed = begun.toLocaleLowerCase();
  return [...marks.querySelectorAll("label")].filter((label) => {
    const name = named(label).toLocaleLowerCase();
    return name !== typed && (name.startsWith(typed) || name.split(" ").some((word) => word.startsWith(typed)));
  }).slice(0, 6);
}

function named(label) {
  return label.querySelector("span").textContent.trim();
}

function item(label, typed) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--small btn--ghost";
  button.textContent = `@${named(label)}`;
  button.addEventListener("click", () => choose(label, typed));
  const line = document.createElement("li");
  line.append(button);
  return line;
}

/** Write the name in place of what was typed of it, and tick its mark. */
function choose(label, typed) {
  const at = text.selectionStart;
  text.setRangeText(`${named(label)} `, at - typed, at, "end");
  label.querySelector("input").checked = true;
  close();
  text.focus();
}

function close() {
  list.hidden = true;
}
