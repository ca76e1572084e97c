"""The cases that belong to one: the one that opened it, those it opened, and those that are yet to be filed.

Reads only. Where another case stands is told to whoever may see this one, in the words its applicant reads;
who may open it is judged where the pages are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from runtime.cases import history, origins, outgoing, proof
from runtime.cases.models import Case
from runtime.cases.origins import Origin
from runtime.effects import selectors as effects
from runtime.effects.models import EffectRun
from runtime.forms import mistakes as wrong
from runtime.modules import selectors as modules
from runtime.regions.models import Region
from schemas.definition import Action, Module
from schemas.problems import Problem
from schemas.rules import places

State = EffectRun.State
Filing = Literal["coming", "failed", "dropped", "settled"]
_STATES: dict[State, Filing] = {State.FAILED: "failed", State.DROPPED: "dropped", State.DONE: "settled"}


@dataclass(frozen=True, slots=True)
class Relative:
    """Another case: what it is and where it stands; `awaited` tells whether its end leads on in the other."""

    case: Case
    service: str
    status: str
    outcome: str
    awaited: bool

    @property
    def reference(self) -> str:
        return self.case.reference


@dataclass(frozen=True, slots=True)
class Unfiled:
    """An application that is to be filed with another service: on its way, failed and why, or given up.

    What was settled somebody has seen to otherwise.
    """

    service: str
    state: Filing
    reason: str


@dataclass(frozen=True, slots=True)
class Kin:
    """All cases that belong to one."""

    parent: Relative | None = None
    children: tuple[Relative, ...] = ()
    unfiled: tuple[Unfiled, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parent or self.children or self.unfiled)


@dataclass(frozen=True, slots=True)
class Line:
    """A relative as a page tells of it. `address` is empty where it may not be opened.

    `code` is its access code, where the page is the only receipt there is.
    """

    service: str
    about: str
    reference: str = ""
    status: str = ""
    outcome: str = ""
    address: str = ""
    code: str = ""
    failed: bool = False


def kin(case: Case, language: str) -> Kin:
    """Return the cases that belong to `case`; asks little of the database where there can be none."""
    opens, above = _opens(modules.definition(case.version)), origins.of(case)
    parent = _relative(above.parent, case, above, language) if above else None
    opened = Case.objects.filter(parent=case).select_related("version", "region", "applicant").order_by("pk")
    children = list(opened) if opens else []
    told = (
        _relative(child, child, Origin(case, child.parent_event, child.parent_effect), language)
        for child in children
    )
    unfiled = _unfiled(case, children, language) if opens else ()
    return Kin(parent, tuple(told), tuple(unfiled))


def access_code(child: Case) -> str:
    """Return the code that opens a case which nobody filed in person; "" where an answer of it does that.

    Whoever may see the case that opened it gets the code there, as others get it with their receipt.
    """
    if not child.proof_hash or proof.fact(modules.definition(child.version), child.answers):
        return ""
    return proof.access_code(child.submit_key)


def go_on(case: Case, module: Module, action: Action) -> tuple[str, ...]:
    """Say which applications go on by themselves when `action` ends the case that opened them."""
    ends = module.workflow.status(action.target(case.status)).kind == "final"
    if not ends or not _opens(module):
        return ()
    found = Case.objects.filter(parent=case, closed_at__isnull=True).order_by("pk")
    words = _("Application %(reference)s, which was filed from this one, goes on by itself.")
    return tuple(words % {"reference": reference} for reference in found.values_list("reference", flat=True))


def mistakes(row: EffectRun, language: str) -> tuple[str, ...]:
    """Return in words what was wrong with the application that an effect could not file."""
    offered = modules.installation(row.region, str(row.payload.get("module", "")))
    there = modules.definition(offered.version) if offered else None
    told = []
    for code, place, data in row.payload.get("found", ()):
        question = wrong.question_at(there, place) if there else None
        words = wrong.said(Problem(code, place, "error", data), question, language)
        told.append(f"{question.label.say(language)}: {words}" if question else words)
    return tuple(told)


def service(region: Region, key: str, language: str) -> str:
    """Return what the service `key` is called in `region`, the key when it is not there any more."""
    offered = modules.installation(region, key)
    return modules.definition(offered.version).title.say(language) if offered else key


def _opens(module: Module) -> bool:
    return any(effect.type == "case" for _pointer, effect, _action in places.effects(module))


def _relative(other: Case, child: Case, origin: Origin, language: str) -> Relative:
    module = modules.definition(other.version)
    status = history.public_title(module, other.status, language)
    waiting = child.closed_at is None and origin.parent.closed_at is None
    awaited = waiting and bool(origins.rule(origin).outcomes) and origins.waits(origin)
    return Relative(other, module.title.say(language), status, other.outcome, awaited)


def _unfiled(case: Case, children: list[Case], language: str) -> Iterator[Unfiled]:
    """Yield what was to be filed and is not: by the outbox, without what has become a case."""
    filed = {(child.parent_event, child.parent_effect) for child in children}
    for row in effects.of_case(case.region, case.pk).filter(type="case").order_by("pk"):
        at = outgoing.effect_of(row)
        if (row.event_n, at) not in filed:
            key = origins.rule(Origin(case, row.event_n, at)).module
            state = _STATES.get(EffectRun.State(row.state), "coming")
            yield Unfiled(service(case.region, key, language), state, row.reason)
