"""What somebody may do with a case, and what would come of it: the engine asked over its rows. Reads only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from runtime.cases import assigning, offices, snapshots, talking
from runtime.cases.models import Case, Task
from runtime.modules import selectors as modules
from runtime.regions import calendar, leading
from runtime.regions import selectors as regions
from runtime.regions.models import User
from runtime.workflow import commenting, editing, engine
from runtime.workflow.values import ActionRefused, Actor, Available, Choice, Command, Decision, Snapshot
from schemas.definition import TaskRule


def would(case: Case, user: User, command: Command, now: datetime) -> Decision | ActionRefused:
    """Return what `command` of `user` would do to the case now, or why it may not: the engine's word."""
    module = modules.definition(case.version)
    seen = replace(snapshot(case), unchanged_since=talking.unchanged_since(case))
    actor = officer(case, user, now)
    return engine.decide(module, seen, command, actor, now=calendar.local(now, case.region))


def snapshot(case: Case) -> Snapshot:
    """Return the case as the engine sees it."""
    return snapshots.of_case(case, modules.definition(case.version))


def officer(case: Case, user: User, now: datetime) -> Actor:
    """Return `user` as somebody who acts on the case for the posts held, or stood in for, at `now`."""
    held = regions.capacities(case.region, user, on=now)
    usable = [capacity for capacity in held if capacity.covers(case.version.key)]
    own = frozenset(capacity.post for capacity in usable if capacity.standin is None)
    stood_in = tuple(one.standin for one in usable if one.standin and one.post not in own)
    posts = own | {one.post for one in stood_in}
    leads = leading.for_service(case.region, held, case.version.key)
    return Actor("person", user.pk, user.get_full_name() or user.get_username(), posts, stood_in, leads)


def available_actions(case: Case, user: User, now: datetime) -> tuple[Available, ...]:
    """Return what `user` may do with the case as an officer, and what hinders it."""
    return _available(case, officer(case, user, now), now)


def task_choices(case: Case, user: User, now: datetime) -> tuple[Choice, ...]:
    """Return how `user` may decide the open tasks of the case, and what hinders it."""
    module = modules.definition(case.version)
    return engine.choices(module, snapshot(case), officer(case, user, now))


def candidates(case: Case, rule: TaskRule, now: datetime) -> QuerySet[User]:
    """Return who can be given the task of `rule`: who attends to its role in the office it would go to."""
    return _people(assigning.candidates(case, rule, snapshot(case).acted, now))


def attending(case: Case, task: Task, now: datetime) -> QuerySet[User]:
    """Return who attends to the post of an open task at `now`: its holders and their stand-ins."""
    return _people(offices.attending(case, task.role, [task.office_id], now))


def may_comment(case: Case, verb: str, now: datetime, *, user: User | None = None) -> ActionRefused | None:
    """Return why `user`, or the applicant when nobody is named, may not write to the case so, if so."""
    module = modules.definition(case.version)
    actor = officer(case, user, now) if user else Actor("applicant", case.applicant_id)
    seen = replace(snapshot(case), talk=talking.talk(case, now))
    decision = commenting.decide(module, seen, Command(verb, comment="…"), actor)
    return decision if isinstance(decision, ActionRefused) else None


def may_edit(case: Case, user: User, now: datetime) -> ActionRefused | None:
    """Return why `user` may not put the applicant's answers right now, if so."""
    found = editing.not_allowed(modules.definition(case.version), snapshot(case), officer(case, user, now))
    return found if isinstance(found, ActionRefused) else None


def applicant_actions(case: Case, now: datetime) -> tuple[Available, ...]:
    """Return what the applicant may do with the case."""
    return _available(case, Actor("applicant", case.applicant_id), now)


def _people(ids: list[int]) -> QuerySet[User]:
    return User.objects.filter(pk__in=ids).order_by("first_name", "last_name", "pk")


def _available(case: Case, actor: Actor, now: datetime) -> tuple[Available, ...]:
    module = modules.definition(case.version)
    return engine.available(module, snapshot(case), actor, now=calendar.local(now, case.region))
