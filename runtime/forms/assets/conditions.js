// Part for: form[data-conditions]
// Shows and hides questions on the open page as answers change. The server decides again on every post.
import { answerOf } from "./answers.js";
import { holds } from "./expressions.js";

for (const form of document.querySelectorAll("form[data-conditions]")) start(form);

function start(form) {
  const known = JSON.parse(form.dataset.known || "{}");
  const earlier = Object.fromEntries(Object.entries(known).map(([key, [, answer]]) => [key, answer]));
  const questions = [...form.querySelectorAll("[data-question]")];
  const update = () => {
    const answers = { ...earlier };
    for (const question of questions) {
      const rule = question.dataset.visible;
      const visible = !rule || holds(JSON.parse(rule), answers, form.dataset.today);
      if (rule) show(question, visible);
      const answer = visible ? answerOf(question) : null;
      if (answer !== null) answers[question.dataset.question] = answer;
      else delete answers[question.dataset.question];
    }
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  window.addEventListener("pageshow", update); // the browser may have restored older answers
  update();
}

/** A hidden question is disabled too, so that it is not posted. */
function show(question, visible) {
  question.hidden = !visible;
  question.disabled = !visible;
}
