"""The transaction of one action on a case: hold it, let the engine decide, write. Called by `services`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from runtime.cases import attachments, offices, places, selectors, statements, verifying, writing
from runtime.cases.models import Case, CaseEvent
from runtime.cases.outcomes import Conflict, Performed, Refused
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.regions.capacity import StandIn
from runtime.regions.models import Region, User
from runtime.workflow import engine, standing
from runtime.workflow.values import SYSTEM, ActionRefused, Actor, Command, Decision, Snapshot
from schemas.definition import Module
from schemas.walk import Path


@dataclass(frozen=True, slots=True)
class Who:
    """Exactly one of: an officer, the applicant (by account or not), the system."""

    officer: User | None = None
    applicant: User | bool = False

    def actor(
        self, posts: frozenset[tuple[str, int]] = frozenset(), standins: tuple[StandIn, ...] = ()
    ) -> Actor:
        """Return the actor the engine knows, with the posts an officer may act for."""
        user = self.officer
        if user is not None:
            return Actor("person", user.pk, user.get_full_name() or user.get_username(), posts, standins)
        if isinstance(self.applicant, User):
            return Actor("applicant", self.applicant.pk)
        return Actor("applicant") if self.applicant else SYSTEM


@dataclass(frozen=True, slots=True)
class Asked:
    """A command on its way to a case."""

    region: Region
    reference: str
    command: Command
    who: Who
    draft_token: str
    now: datetime


def perform(asked: Asked) -> Performed:
    """Decide and write in one transaction; raise as `services.perform` says."""
    region, command = asked.region, asked.command
    with transaction.atomic():
        held = statements.hold(
            region=region,
            reference=asked.reference,
            key=command.key,
            user=asked.who.officer,
            now=asked.now,
        )
        case = held.case
        if held.earlier is not None:
            return _repeated(case, held.earlier, command)
        module = modules.definition(case.version)
        given = _with_known_files(module, asked, case)
        actor, snapshot = asked.who.actor(held.posts, held.standins), _snapshot(held)
        decision = _decided(module, snapshot, given, actor, asked.now, case)
        standin = standing.standin(actor, decision.role, snapshot)
        act = writing.Act(module, decision, command, actor, asked.now, standin)
        try:
            event = writing.write(case, act, snapshot, previous=held.last_hash)
        except writing.LostRace:
            raise _conflict(case) from None
        verifying.reopen(case, module, decision.changed, now=asked.now)
        attachments.claim(module=module, answers=given.answers, case=case, draft_token=asked.draft_token)
        return Performed(case, event)


def _decided(
    module: Module, snapshot: Snapshot, given: Command, actor: Actor, now: datetime, case: Case
) -> Decision:
    decision = engine.decide(module, snapshot, given, actor, now=calendar.local(now, case.region))
    if isinstance(decision, ActionRefused):
        raise _conflict(case) if decision.reason == "stale" else Refused(decision)
    if wrong := (
        *offices.unknown(module, given.answers, case.region),
        *places.unknown(module, given.answers),
    ):
        raise Refused(ActionRefused("answers_invalid", {"fields": _keys(wrong)}))
    return decision


def _keys(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the questions of a page in which the places lie, each once."""
    return tuple(dict.fromkeys(str(path[0]) for path in paths))


def _repeated(case: Case, pk: int, command: Command) -> Performed:
    earlier = CaseEvent.objects.get(case=case, pk=pk)
    if earlier.data.get("command") != writing.command_digest(command):
        raise Refused(ActionRefused("key_reused"))
    return Performed(case, earlier, repeated=True)


def _snapshot(held: statements.Held) -> Snapshot:
    case = held.case
    return Snapshot(
        status=case.status,
        revision=case.revision,
        answers=case.answers,
        officer_answers=case.officer_answers,
        tasks=held.tasks,
        corrections=held.corrections,
        applicant_id=case.applicant_id,
    )


def _with_known_files(module: Module, asked: Asked, case: Case) -> Command:
    command = asked.command
    if not command.answers:
        return command
    try:
        known = attachments.checked(
            module=module,
            answers=command.answers,
            region=case.region,
            case=case,
            draft_token=asked.draft_token,
        )
    except attachments.UnknownFiles as error:
        raise Refused(ActionRefused("answers_invalid", {"fields": _keys(error.places)})) from error
    return replace(command, answers=known)


def _conflict(case: Case) -> Conflict:
    last = CaseEvent.objects.filter(case=case).order_by("-n").first()
    assert last is not None, "a case has at least the event of its filing"
    module = modules.definition(case.version)
    action = module.workflow.action(last.action)
    title = action.title.say(case.language) if action else last.action
    return Conflict(by=selectors.actor_title(module, last), at=last.at, action=title, event=last)
