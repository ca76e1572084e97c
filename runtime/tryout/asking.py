"""What a step of a test run asks for: the officer's own form, and the step that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from runtime.cases import reasons
from runtime.forms.pageform import PageForm, page_form
from runtime.inbox import actform, consequences
from runtime.inbox.actform import ActForm, Person
from runtime.letters import shapes
from runtime.tracking import correction
from runtime.tryout import citizen as citizens
from runtime.tryout import desks, guessing
from runtime.tryout.citizen import ANYBODY
from runtime.tryout.coverage import Gone
from runtime.tryout.desks import Offer
from runtime.tryout.filling import described
from runtime.tryout.trial import Trial
from runtime.workflow import example, route
from runtime.workflow.values import ActionRefused, Command
from schemas.definition import Action, Json, Page

NOTE = {"en": "An example of a note.", "id": "Contoh catatan."}
Step = dict[str, Any]


@dataclass(slots=True)
class Asked:
    """What an offer asks for, as a form; `refused` says why the engine did not take it."""

    offer: Offer
    form: ActForm
    consequences: tuple[str, ...]
    told: bool
    printed: bool
    refused: str = ""

    @property
    def action(self) -> Action:
        return self.offer.action

    @property
    def comment_needed(self) -> bool:
        return self.action.ask.comment == "required" or self.action.ask.corrections

    @property
    def comment_asked(self) -> bool:
        return self.action.ask.comment != "none" or self.action.ask.corrections


def ask(
    trial: Trial,
    offer: Offer,
    *,
    data: Any = None,
    files: Any = None,
    filled: bool = False,
    tried: Gone | None = None,
) -> Asked:
    """Return the form of an offer, judged when it was posted; else `filled` with examples if wanted.

    With `tried` the examples lead to questions that were never asked or never left out, if any do.
    """
    action, case = offer.action, trial.snapshot
    given = _example(trial, offer, tried) if filled and data is None else None
    form = actform.asked_form(
        action,
        seen=trial.steps,
        page=_page(trial, offer, given, data, files),
        people=_people(trial, action, data),
        groups=actform.groups(
            trial.module,
            case.answers,
            action,
            region=trial.region,
            language=trial.language,
            ticked=given.corrections[:1] if given else actform.ticked(data),
        ),
        language=trial.language,
        data=data,
        files=files,
    )
    if given and given.comment:
        form.comment = NOTE.get(trial.language, NOTE["en"])
    told = not offer.outcome and route.tells_applicant(trial.module, action)
    printed = shapes.prints_reason(trial.module, action)
    return Asked(offer, form, _consequences(trial, offer), told, printed)


def step(trial: Trial, asked: Asked) -> Step:
    """Return what was done as a step of a story; the form is valid."""
    form, offer = asked.form, asked.offer
    made: Step = {"by": offer.by, "do": offer.action.key}
    if offer.outcome:
        made["outcome"] = offer.outcome
    if form.page is not None:
        form.page.store_uploads(described)
        made["answers"] = form.page.answers()
    if form.comment:
        made["comment"] = form.comment
    if form.ticked and offer.action.ask.corrections:
        made["corrections"] = list(form.ticked)
    if form.person is not None and (rule := _given_to(asked.action, trial)):
        made["person"] = desks.called(rule[0], form.person)
    if form.attachment is not None:
        made["attachment"] = True
    return made


def refusal(trial: Trial) -> str:
    """Return why the last step of a run cannot be taken, in a sentence; "" where it was taken."""
    if trial.refused is not None:
        refused = ActionRefused(trial.refused.refused)  # type: ignore[arg-type]  # the engine's own word
        return reasons.sentence(refused, trial.module)
    return "" if trial.stopped is None else reasons.sentence(ActionRefused("wrong_status"), trial.module)


def by_example(trial: Trial, offer: Offer, tried: Gone | None = None) -> Step:
    """Return a step of a story in which an offer is taken with examples, see `ask`."""
    given = _example(trial, offer, tried)
    made: Step = {"by": offer.by, "do": offer.action.key, "answers": dict(given.answers)}
    if offer.outcome:
        made["outcome"] = offer.outcome
    if given.comment:
        made["comment"] = NOTE.get(trial.language, NOTE["en"])
    if given.corrections:
        made["corrections"] = list(given.corrections[:1])
    if found := _given_to(offer.action, trial):
        made["person"] = found[0]
    if given.attachments:
        made["attachment"] = True
    return made


def _page(trial: Trial, offer: Offer, given: Command | None, data: Any, files: Any) -> PageForm | None:
    page = _asked_page(trial, offer.action)
    if page is None:
        return None
    case = trial.snapshot
    known = {**case.answers, **case.officer_answers, **(given.answers if given else {})}
    return page_form(
        trial.module,
        page,
        answers=known,
        language=trial.language,
        region=trial.region,
        today=trial.now.date(),
        data=data,
        files=files,
        prefix=actform.PREFIX,
    )


def _asked_page(trial: Trial, action: Action) -> Page | None:
    if action.ask.answers:
        return correction.page(trial.module, trial.snapshot.answers, trial.snapshot.corrections)
    return trial.module.page(action.ask.page) if action.ask.page else None


def _people(trial: Trial, action: Action, data: Any) -> tuple[Person, ...]:
    """Return whom the next task may be given to: those of the role who acted, and one more."""
    found = _given_to(action, trial)
    if found is None:
        return ()
    role, title = found
    chosen = data.get("person", "") if data else "1"
    numbers = [desks.number_of(by) for by, _actor in desks.actors(trial, role)]
    return tuple(Person(number, f"{title} {number}", str(number) == chosen) for number in numbers)


def _example(trial: Trial, offer: Offer, tried: Gone | None) -> Command:
    module, case, today = trial.player.module, trial.snapshot, trial.now.date()
    page = module.page(offer.action.ask.page) if offer.action.ask.page else None
    known = {**case.answers, **case.officer_answers}
    way: dict[str, Json] = {}
    if page is not None and tried is not None:
        found = guessing.ways(module, (page,), tried, fixed={}, around=known, today=today)
        own = {field.key for field in page.fields}
        way = {key: value for key, value in next(found, way).items() if key in own}
    command = Command(offer.action.key, outcome=offer.outcome, answers=way)
    done = example.completed(module, case, command, today=today)
    if page is None:
        return done
    answers = citizens.placed(module, page.fields, done.answers, trial.region, ANYBODY)
    return replace(done, answers=answers)


def _consequences(trial: Trial, offer: Offer) -> tuple[str, ...]:
    case = trial.snapshot
    if offer.outcome:
        return consequences.of_decision(
            trial.module,
            case,
            trial.player.actor(offer.by),
            offer.action.key,
            offer.outcome,
            language=trial.language,
            now=trial.now,
        )
    return consequences.consequences(trial.module, offer.action, case.status, trial.language)


def _given_to(action: Action, trial: Trial) -> tuple[str, str] | None:
    """Return the role whose people may be chosen for the next task, and its title."""
    if not action.ask.person:
        return None
    rule = trial.module.workflow.status(action.target(trial.snapshot.status)).task(action.ask.person)
    if rule is None:
        return None
    return rule.role, trial.module.workflow.role(rule.role).title.say(trial.language)
