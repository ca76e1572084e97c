"""The sample citizen of a test run: their office, what is known of them, what registers say about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import cycle
from typing import Literal, get_args

from django.http import QueryDict

from runtime.cases.selectors import Verification
from runtime.forms.face import Circumstances
from runtime.forms.given import Given
from runtime.inbox import marks
from runtime.inbox.marks import Mark as Mark
from runtime.profiles import selectors as profiles
from runtime.regions import selectors as regions
from runtime.regions.models import Region
from runtime.registers import catalogue
from runtime.wizard import lookups, offers
from runtime.wizard.lookups import Said
from runtime.workflow import example
from schemas import synthetic
from schemas.definition import Field, Json, Module
from schemas.lookups import Lookup
from schemas.lookups import lookups as every_lookup
from schemas.rules.prefill import SENSITIVE

Answers = Mapping[str, Json]
Register = Literal["found", "missing", "down"]
REGISTER: tuple[Register, ...] = get_args(Register)


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who applies: the key of their `office`, whether they have a profile, what registers do when asked."""

    office: str = ""
    profile: bool = False
    register: Register = "found"


ANYBODY = Citizen()


class Known:
    """What is known of the citizen while they fill in `answers`; read by the code of the wizard."""

    def __init__(
        self,
        module: Module,
        region: Region,
        citizen: Citizen,
        answers: Answers,
        *,
        today: date,
        language: str,
    ) -> None:
        self.module, self.region, self.citizen, self.answers = module, region, citizen, answers
        self.today, self.language = today, language
        self.around = Circumstances(language=language, today=today, region=region, tables=module.tables)

    @cached_property
    def registers(self) -> dict[str, Said]:
        """Return what each register said that can be asked by the answers."""
        asked = every_lookup(self.module.filing_pages()).items()
        return {
            one.id: Said(state=self.citizen.register, by=facts, values=self._values(facts, fields), asked=1)
            for one, fields in asked
            if (facts := one.facts(self.answers)) is not None
        }

    def given(self, fields: Iterable[Field]) -> dict[str, Given]:
        """Return what stands in questions before anybody types: from the profile, and from registers."""
        asked = tuple(fields)
        first = self._offered
        offered = {
            field.key: Given(value=first[field.key]["value"], words=offers.words(first[field.key]))
            for field in asked
            if field.key in first and field.key not in self.answers
        }
        told = lookups.given(self, asked, self.around)
        return offered | {key: replace(one, button=None) for key, one in told.items()}

    def news(self, shown: Iterable[str], before: Known) -> list[str]:
        """Return what registers said since `before` about questions `shown` that have no answer yet."""
        pages = every_lookup(self.module.filing_pages()).items()
        waiting = {key for key in shown if self.answers.get(key) is None}
        return [
            lookups.sentence(self, one, self.registers[one.id], self.module, self.language)
            for one, fields in pages
            if one.id in self.registers and lookups.said(before, one) != self.registers[one.id]
            if waiting & {field.key for field in fields}
        ]

    def marks(self) -> dict[str, Mark]:
        """Return what officers read beside each answer that a register can confirm."""
        found, state = lookups.findings(self, self.answers, self.module), Verification.State
        states = {"taken": state.TAKEN, "different": state.DIFFERENT, "absent": state.ABSENT}
        return {
            field.key: marks.mark(states.get(found.get(field.key, ""), state.PENDING), self._name(one))
            for one, fields in every_lookup(self.module.filing_pages()).items()
            for field in fields
            if field.key in self.answers
        }

    def _name(self, asked: Lookup) -> str:
        return catalogue.name(self.region, asked.register, self.language)

    def _values(self, facts: Answers, fields: tuple[Field, ...]) -> dict[str, Json]:
        """Return what the register answers: right examples beside the facts it is asked by."""
        if self.citizen.register != "found":
            return {}
        made = example.filed(self.module, {}, today=self.today)
        names = {(field.prefill or {})["value"]: made.get(field.key) for field in fields}
        return {name: value for name, value in names.items() if value is not None}

    @cached_property
    def _offered(self) -> dict[str, offers.Offer]:
        if not self.citizen.profile:
            return {}
        facts = _examples(profiles.definition(), self.today)
        earlier = {
            field.key: value
            for field, value in _each(self.module, self.today)
            if field.privacy not in SENSITIVE
        }
        return offers.fitting(
            self.module, facts=facts, earlier=earlier, query=QueryDict(), around=self.around
        )


def asks_registers(module: Module) -> bool:
    """Say whether a question is filled in by a register."""
    return bool(every_lookup(module.filing_pages()))


def is_prefilled(module: Module) -> bool:
    """Say whether a question is filled in from the profile or the last application."""
    asked = (field.prefill or {} for page in module.filing_pages() for field in page.fields)
    return any({"profile", "previous"} & set(prefill) for prefill in asked)


def offices(module: Module, region: Region) -> list[Region]:
    """Return the offices the citizen may belong to, by the question that decides; none where none does."""
    field = module.field(module.workflow.office) if module.workflow.office else None
    return list(regions.offices(region, field.settings.get("kinds", ()))) if field else []


def placed(
    module: Module, fields: Iterable[Field], answers: Answers, region: Region, citizen: Citizen
) -> dict[str, Json]:
    """Return examples in which offices are offices of the region, in rows a different one each.

    The question that decides about the case names that of the citizen.
    """
    found = dict(answers)
    for field in fields:
        if field.key not in found:
            continue
        first = citizen.office if field.key == module.workflow.office else ""
        if field.type == "office":
            found[field.key] = _office(field, found[field.key], region, first)
        elif any(inner.type == "office" for inner in field.fields):
            found[field.key] = _rows(field, found[field.key], region)
    return found


def _office(field: Field, value: Json, region: Region, first: str) -> Json:
    keys = _keys(field, region)
    return first if first in keys else value if value in keys or not keys else keys[0]


def _rows(field: Field, rows: Json, region: Region) -> Json:
    if not isinstance(rows, list):
        return rows
    turns = {inner.key: cycle(_keys(inner, region)) for inner in field.fields if inner.type == "office"}
    return [
        {**row, **{key: next(turn, row[key]) for key, turn in turns.items() if key in row}} for row in rows
    ]


def _keys(field: Field, region: Region) -> list[str]:
    return list(regions.offices(region, field.settings.get("kinds", ())).values_list("key", flat=True))


def _examples(module: Module, today: date) -> dict[str, Json]:
    return {field.key: value for field, value in _each(module, today)}


def _each(module: Module, today: date) -> Iterator[tuple[Field, Json]]:
    """Yield each question with a right example of an answer."""
    for _page, field in module.fields():
        told = synthetic.answers(field, [], today=today, tables=module.tables)
        if told:
            yield field, told[0]
