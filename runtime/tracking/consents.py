"""What an applicant agreed to or signed in a case: when, in which words, whether it can be withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from runtime.cases.changes import Changed, changes
from runtime.cases.selectors import Case
from runtime.modules import selectors as modules
from runtime.regions.models import Region
from runtime.workflow import consenting
from schemas.definition import Field, Module, Text

SAID = ("consent", "signature")


@dataclass(frozen=True, slots=True)
class Consent:
    """One statement of a case as it stood. While it holds, `withdrawn_at` is empty."""

    case: Case
    question: Field
    given_at: datetime | None
    withdrawn_at: datetime | None
    revocable: bool

    @property
    def service(self) -> Text:
        """What the service is called."""
        return modules.definition(self.case.version).title


def of_case(case: Case) -> tuple[Consent, ...]:
    """Return the statements of the case in the order of its form, those that were withdrawn as well."""
    return of_cases(case.region, [case])


def of_cases(region: Region, found: Iterable[Case]) -> tuple[Consent, ...]:
    """Return the same of several cases of `region`; asks the database once."""
    listed = list(found)
    found_changes = changes(region, [case.pk for case in listed])
    return tuple(
        consent
        for case in listed
        for consent in _of(case, modules.definition(case.version), found_changes.get(case.pk, []))
    )


def _of(case: Case, module: Module, changed: list[Changed]) -> Iterator[Consent]:
    may = {field.key for field in consenting.revocable(module)}
    for question in (field for page in module.filing_pages() for field in page.fields):
        if question.type not in SAID:
            continue
        times = [one for one in changed if question.key in one.keys]
        given = [one.at for one in times if one.action != consenting.WITHDRAW]
        withdrawn = [
            one.at for one in times if one.action == consenting.WITHDRAW and one.keys[0] == question.key
        ]
        holds = bool(case.answers.get(question.key))
        if holds or withdrawn:
            yield Consent(
                case=case,
                question=question,
                given_at=given[-1] if given else None,
                withdrawn_at=None if holds else withdrawn[-1],
                revocable=holds and question.key in may,
            )
