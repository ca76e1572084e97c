"""Who may do what with the case of a test run, and what they are asked for: the officer's own forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from runtime.cases import reasons
from runtime.forms.pageform import PageForm, page_form
from runtime.inbox import actform, consequences
from runtime.inbox.actform import ActForm, Person
from runtime.tracking import correction
from runtime.tryout.filling import described
from runtime.tryout.trial import Trial
from runtime.workflow import awaiting, deciding, engine, example, route
from runtime.workflow.values import ActionRefused, Actor, Available, Choice, Command
from schemas.definition import Action, Outcome, Page

APPLICANT = "applicant"
MOST_PEOPLE = 12
NOTE = {"en": "An example of a note.", "id": "Contoh catatan."}
Step = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done now: by whom, what it is called, where it leads; `refused` says why not."""

    by: str
    action: Action
    outcome: str
    title: str
    to: str
    look: str
    refused: str

    @property
    def person(self) -> int:
        """Which person of the role it is: 1, 2, …"""
        return int(self.by.partition("#")[2] or 1)


@dataclass(frozen=True, slots=True)
class Desk:
    """The applicant, or whoever holds a role: their open tasks and what they may do."""

    who: str
    title: str
    tasks: tuple[str, ...]
    offers: tuple[Offer, ...]


@dataclass(slots=True)
class Asked:
    """What an offer asks for, as a form; `refused` says why the engine did not take it."""

    offer: Offer
    form: ActForm
    consequences: tuple[str, ...]
    told: bool
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


@dataclass(frozen=True, slots=True)
class Ending:
    """A way in which an application ends that this one waits for."""

    service: str
    outcome: Outcome


def desks(trial: Trial) -> tuple[Desk, ...]:
    """Return the applicant and every role of the service, in the order of the document."""
    roles = trial.module.workflow.roles
    return (desk(trial, APPLICANT), *(desk(trial, role.key) for role in roles))


def desk(trial: Trial, who: str) -> Desk:
    """Return what waits for `who`, the applicant or a role, and what they may do."""
    offers = tuple(sorted(_offers(trial, who), key=lambda offer: consequences.TONES[offer.action.tone]))
    if who == APPLICANT:
        return Desk(who, "", (), offers)
    rules = {rule.key: rule for rule in trial.status.tasks}
    mine = [task for task in trial.snapshot.tasks if task.role == who]
    tasks = tuple(rules[task.key].title.say(trial.language) for task in mine if task.key in rules)
    return Desk(who, trial.module.workflow.role(who).title.say(trial.language), tasks, offers)


def turn(trial: Trial) -> str:
    """Return whose turn it is: the first open task's role, else the applicant."""
    return trial.snapshot.tasks[0].role if trial.snapshot.tasks else APPLICANT


def find(trial: Trial, by: str, key: str, outcome: str) -> Offer | None:
    """Return the offer of this name, if it is there now."""
    role = by.partition("#")[0]
    if role != APPLICANT and role not in {one.key for one in trial.module.workflow.roles}:
        return None
    return next(
        (one for one in _offers(trial, role) if (one.by, one.action.key, one.outcome) == (by, key, outcome)),
        None,
    )


def ask(trial: Trial, offer: Offer, *, data: Any = None, files: Any = None, filled: bool = False) -> Asked:
    """Return the form of an offer, judged when it was posted; else `filled` with examples if wanted."""
    action, case = offer.action, trial.snapshot
    given = _example(trial, offer) if filled and data is None else None
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
    return Asked(offer, form, _consequences(trial, offer), told)


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
        made["person"] = _by(rule[0], form.person)
    if form.attachment is not None:
        made["attachment"] = True
    return made


def refusal(trial: Trial) -> str:
    """Return why the last step of a run cannot be taken, in a sentence; "" where it was taken."""
    if trial.refused is not None:
        refused = ActionRefused(trial.refused.refused)  # type: ignore[arg-type]  # the engine's own word
        return reasons.sentence(refused, trial.module)
    return "" if trial.stopped is None else reasons.sentence(ActionRefused("wrong_status"), trial.module)


def by_example(trial: Trial, offer: Offer) -> Step:
    """Return a step of a story in which an offer is taken with examples."""
    given = _example(trial, offer)
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


def endings(trial: Trial) -> Iterator[Ending]:
    """Yield the ways in which applications may end that this one waits for."""
    services = {awaiting.rule(trial.module, one).module for one in trial.snapshot.awaits}
    for service in sorted(services):
        yield from (Ending(service, outcome) for outcome in get_args(Outcome))


def _offers(trial: Trial, who: str) -> Iterator[Offer]:
    """Yield what a role may do, by the first of its people who can; one refused to all by the first."""
    found: dict[tuple[str, str], Offer] = {}
    for by, actor in _actors(trial, who):
        for one in _open(trial, actor):
            offer = _offer(trial, by, one)
            key = (offer.action.key, offer.outcome)
            if key not in found or (found[key].refused and not offer.refused):
                found[key] = offer
    yield from found.values()


def _open(trial: Trial, actor: Actor) -> Iterator[Available | Choice]:
    module, case, now = trial.player.module, trial.snapshot, trial.now
    yield from engine.choices(module, case, actor)
    yield from engine.available(module, case, actor, now=now)


def _actors(trial: Trial, who: str) -> Iterator[tuple[str, Actor]]:
    """Yield the applicant; or the people of a role: those who acted so far, and one more."""
    if who == APPLICANT:
        yield who, trial.player.actor(who)
        return
    known = [int(name.partition("#")[2] or 1) for name in trial.player.persons if _role(name) == who]
    for number in range(1, min(max(known, default=0) + 1, MOST_PEOPLE) + 1):
        yield _by(who, number), trial.player.actor(_by(who, number))


def _offer(trial: Trial, by: str, one: Available | Choice) -> Offer:
    module, status = trial.module, trial.snapshot.status
    outcome = one.outcome.key if isinstance(one, Choice) else ""
    action = deciding.as_action(one.rule, one.outcome, status) if isinstance(one, Choice) else one.action
    return Offer(
        by=by,
        action=action,
        outcome=outcome,
        title=action.title.say(trial.language),
        to="" if outcome else consequences.heading(module, action, status, trial.language),
        look=consequences.CLASSES[action.tone],
        refused=reasons.sentence(one.refused, module) if one.refused else "",
    )


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
    numbers = [int(by.partition("#")[2] or 1) for by, _actor in _actors(trial, role)]
    return tuple(Person(number, f"{title} {number}", str(number) == chosen) for number in numbers)


def _example(trial: Trial, offer: Offer) -> Command:
    command = Command(offer.action.key, outcome=offer.outcome)
    return example.completed(trial.player.module, trial.snapshot, command, today=trial.now.date())


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


def _by(role: str, number: int) -> str:
    return role if number == 1 else f"{role}#{number}"


def _role(name: str) -> str:
    return name.partition("#")[0]
