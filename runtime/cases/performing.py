"""The transaction of one action on a case: hold it, let the engine decide, write. Called by `services`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction

from runtime.cases import (
    attachments,
    chain,
    edits,
    history,
    mentioning,
    offices,
    places,
    selectors,
    snapshots,
    statements,
    talking,
    verifying,
    writing,
)
from runtime.cases.models import Case, CaseEvent
from runtime.cases.outcomes import Conflict, Performed, Refused
from runtime.modules import selectors as modules
from runtime.regions import calendar, leading
from runtime.regions.capacity import ADMINISTRATOR, Post, StandIn
from runtime.regions.models import Region, User
from runtime.workflow import commenting, consenting, editing, engine, handing, standing
from runtime.workflow.values import SYSTEM, ActionRefused, Actor, Command, Decision, Snapshot
from schemas.definition import Module
from schemas.walk import Path


@dataclass(frozen=True, slots=True)
class Who:
    """Exactly one of: an officer, the applicant (by account or not), the system."""

    officer: User | None = None
    applicant: User | bool = False

    def actor(
        self,
        posts: frozenset[Post] = frozenset(),
        standins: tuple[StandIn, ...] = (),
        leads: frozenset[leading.Lead] = frozenset(),
    ) -> Actor:
        """Return the actor the engine knows, with the posts an officer may act for."""
        user = self.officer
        if user is not None:
            if user.is_superuser and user.is_active:  # administers the installation, so every region
                posts |= {(ADMINISTRATOR, 0)}
            name = user.get_full_name() or user.get_username()
            return Actor("person", user.pk, name, posts, standins, leads)
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
    mentioned: Sequence[int] = ()


class Given(TypedDict, total=False):
    """What comes with a command.

    With `outcome` the task called by the action's name is decided so. `person` is whom the officer chose
    for the task that opens, or hands one on to; `task` is the id of the one that is handed on
    (`workflow.handing`). `attached` are files given along, stored under `draft_token`. `mentioned` are the
    colleagues who are told of a comment among officers.
    """

    comment: str
    answers: Mapping[str, Any]
    corrections: Sequence[str]
    outcome: str
    person: int | None
    task: int | None
    attached: Sequence[str]
    seen_revision: int | None
    draft_token: str
    mentioned: Sequence[int]


def command(action: str, key: str, given: Given) -> Command:
    """Return the command for the engine, under the key of its actor."""
    return Command(
        action=action,
        comment=given.get("comment", "").replace("\0", ""),
        answers=dict(given.get("answers", {})),
        corrections=tuple(given.get("corrections", ())),
        outcome=given.get("outcome", ""),
        person=given.get("person"),
        task=given.get("task"),
        attachments=tuple(given.get("attached", ())),
        key=key,
        seen_revision=given.get("seen_revision"),
    )


def own_key(who: Who, key: str) -> str:
    """Return the key within the room of its actor, so that nobody can use up the key of another."""
    assert key, "a command needs a key, so that it can be repeated"
    actor = who.actor()
    room = f"{actor.kind}{actor.id or ''}" if actor.kind == "person" else actor.kind
    return f"{room}:{key if len(key) <= 80 else chain.digest(key)}"


def was_done(case: Case, officer: User, key: str) -> bool:
    """Tell whether the officer has carried out a command with that key on the case."""
    found: bool = CaseEvent.objects.filter(case=case, key=own_key(Who(officer), key)).exists()
    return found


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
            return _repeated(case, held.earlier, command, asked.draft_token)
        module = modules.definition(case.version)
        given = _with_known_files(module, asked, case)
        leads = leading.leads(region, held.heads) if command.action in handing.BY_HEADS else frozenset()
        actor = asked.who.actor(held.posts, held.standins, leads)
        snapshot = snapshots.of_held(held, module)
        if command.action in (*commenting.VERBS, consenting.WITHDRAW):
            snapshot = replace(snapshot, talk=talking.talk(case, asked.now))
        decision = _decided(module, snapshot, given, actor, asked.now, case)
        standin = standing.standin(actor, decision, snapshot)
        act = writing.Act(module, decision, command, actor, asked.now, standin)
        try:
            event = writing.write(case, act, snapshot, previous=held.last_hash)
        except writing.LostRace:
            raise _conflict(case) from None
        verifying.reopen(case, module, decision.changed, now=asked.now)
        attachments.claim(module=module, answers=given.answers, case=case, draft_token=asked.draft_token)
        if not attachments.claim_given(ids=decision.attachments, case=case, draft_token=asked.draft_token):
            raise Refused(ActionRefused("attachment_missing"))
        mentioning.note(event, asked.mentioned, case, asked.now)
        carry_on(case, module, event, asked.now)
        return Performed(case, event)


def carry_on(case: Case, module: Module, event: CaseEvent, now: datetime) -> CaseEvent:
    """Do what follows from `event` by itself, in its transaction; return the last event.

    Raises `Refused` when the system would go on for ever; the whole transaction is then undone.
    """
    key = event.key
    for hop in range(1, engine.MOST_HOPS + 1):
        if not _goes_on(module, case.status):
            return event
        snapshot = snapshots.of_case(case, module)
        decision = engine.following(module, snapshot, now=calendar.local(now, case.region))
        if decision is None:
            return event
        command = Command(decision.action, key=f"{key}~{hop}")
        act = writing.Act(module, decision, command, SYSTEM, now)
        event = writing.write(case, act, snapshot, previous=event.hash)
    raise Refused(ActionRefused("never_rests", {"reference": case.reference}))


def _goes_on(module: Module, status: str) -> bool:
    """Tell whether the system may act in the status without waiting for anybody."""
    return bool(module.workflow.status(status).complete or module.workflow.automatic(status))


def _decided(
    module: Module, snapshot: Snapshot, given: Command, actor: Actor, now: datetime, case: Case
) -> Decision:
    decision = engine.decide(module, snapshot, given, actor, now=calendar.local(now, case.region))
    if isinstance(decision, ActionRefused):
        raise _conflict(case) if decision.reason == "stale" else Refused(decision)
    if given.answers and (wrong := _nowhere(module, given.answers, case.region)):
        raise Refused(ActionRefused("answers_invalid", {"fields": _keys(wrong)}))
    return decision


def _nowhere(module: Module, answers: Mapping[str, Any], region: Region) -> tuple[Path, ...]:
    """Return which answers name an office or an area that is not there."""
    return (*offices.unknown(module, answers, region), *places.unknown(module, answers))


def _keys(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the questions of a page in which the places lie, each once."""
    return tuple(dict.fromkeys(str(path[0]) for path in paths))


def _repeated(case: Case, pk: int, command: Command, draft_token: str) -> Performed:
    """Return what was done under this key, if it was the same; files given along are so by their content."""
    earlier = CaseEvent.objects.get(case=case, pk=pk)
    before = tuple(earlier.data.get("attachments", ()))
    if command.attachments and attachments.alike(case, before, command.attachments, draft_token):
        command = replace(command, attachments=before)
    if not _alike(earlier, command) or earlier.data.get("command") != writing.command_digest(command):
        raise Refused(ActionRefused("key_reused"))
    return Performed(case, earlier, repeated=True)


def _alike(earlier: CaseEvent, command: Command) -> bool:
    """Compare what lies beside the event of a comment or an edit; other commands leave nothing there."""
    if command.action in commenting.VERBS:
        return talking.same(earlier, command.comment.strip())
    return command.action != editing.EDIT or edits.same(earlier, command)


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
    last = CaseEvent.objects.filter(case=case).exclude(action__in=commenting.VERBS).order_by("-n").first()
    assert last is not None, "a case has at least the event of its filing"
    module = modules.definition(case.version)
    title = history.event_title(module, last, case.language)
    return Conflict(by=selectors.actor_title(module, last), at=last.at, action=title, event=last)
