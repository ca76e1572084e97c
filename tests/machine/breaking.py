"""The engine broken on purpose, in ways that no error betrays: the state machine has to see each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q

from runtime.cases import outgoing, performing, statements, tasks, timers, times, writing
from runtime.effects import services as effects
from runtime.regions.models import Region
from runtime.workflow import clocks, engine, rights

Patch = pytest.MonkeyPatch


def anybody_may_act(patch: Patch) -> None:
    patch.setattr(rights, "not_allowed", lambda *_given: None)


def a_page_is_never_old(patch: Patch) -> None:
    decide = engine.decide

    def blind(module: Any, snapshot: Any, command: Any, actor: Any, *, now: datetime) -> Any:
        return decide(module, snapshot, replace(command, seen_revision=None), actor, now=now)

    patch.setattr(engine, "decide", blind)


def a_task_stays_open(patch: Patch) -> None:
    closing = statements.closing

    def forgetful(case: Any, ids: Sequence[int], **given: Any) -> Any:
        return closing(case, [0, *ids[1:]], **given)

    patch.setattr(statements, "closing", forgetful)


def a_vote_is_not_written(patch: Patch) -> None:
    patch.setattr(tasks, "settle", lambda *_given, **_more: None)


def nothing_follows(patch: Patch) -> None:
    patch.setattr(performing, "carry_on", lambda _case, _module, event, _now: event)


def an_event_is_not_counted(patch: Patch) -> None:
    changed = times.changed

    def late(*given: Any, **more: Any) -> dict[str, Any]:
        values = changed(*given, **more)
        return values | ({"entered": values["entered"] - 1} if values.get("entered", 0) > 1 else {})

    patch.setattr(times, "changed", late)


def a_notice_is_sent_twice(patch: Patch) -> None:
    enqueue_all = effects.enqueue_all

    def twice(*, wanted: Any, **given: Any) -> Any:
        again = [replace(one, dedupe=f"{one.dedupe}:again") for one in wanted]
        return enqueue_all(wanted=[*wanted, *again], **given)

    patch.setattr(outgoing.effects, "enqueue_all", twice)


def a_clock_strikes_again_and_again(patch: Patch) -> None:
    name, numbers = clocks.name, itertools.count()
    patch.setattr(timers, "clocks", SimpleNamespace(name=lambda *of: f"{name(*of)}:{next(numbers)}"))


def a_number_is_lost(patch: Patch) -> None:
    take = writing.numbering.take

    def wasteful(**given: Any) -> str:
        take(**given)
        return take(**given)

    patch.setattr(writing.numbering, "take", wasteful)


def a_head_leads_every_office(patch: Patch) -> None:
    def everywhere(region: Any, heads: Any) -> Any:
        offices = Region.objects.filter(Q(pk=region.pk) | Q(tenant=region)).values_list("pk", flat=True)
        return frozenset((post, office) for post in heads for office in offices)

    patch.setattr(performing.leading, "leads", everywhere)


def a_head_leads_nothing_below(patch: Patch) -> None:
    def own(_region: Any, heads: Any) -> Any:
        return frozenset((post, post[1]) for post in heads)

    patch.setattr(performing.leading, "leads", own)


WAYS: tuple[Callable[[Patch], None], ...] = (
    anybody_may_act,
    a_page_is_never_old,
    a_task_stays_open,
    a_vote_is_not_written,
    nothing_follows,
    an_event_is_not_counted,
    a_notice_is_sent_twice,
    a_clock_strikes_again_and_again,
    a_number_is_lost,
    a_head_leads_every_office,
    a_head_leads_nothing_below,
)
CHEAP = (nothing_follows, a_notice_is_sent_twice)
"""Those that an ordinary run of the tests tries; the long run tries all."""
