"""The builder's door into the runtime: what a definition will look like. Saves nothing.

The same arrows as for a real application, over no answers at all: page → form, answers → summary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from runtime.cases import selectors as cases
from runtime.datasets import tables
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.summary import SummaryPage, summary
from runtime.letters import resolving, samples, typesetting
from runtime.modules.models import ModuleVersion
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.registers import catalogue
from runtime.wizard import drafts
from runtime.workflow import proof as proofs
from runtime.workflow import renewing, verdict
from schemas import diagram as diagrams
from schemas import standard as standards
from schemas.definition import Json, Letter, Module, Page
from schemas.standard import ServiceStandard

Unprintable = typesetting.Unprintable
Shapeless = typesetting.Shapeless
Proof = proofs.Proof
Verdict = verdict.Verdict
Renewed = renewing.Renewed
MOST_STATES = proofs.MOST_STATES
# What the steps can be taken along as: type of the content, ending of the file's name.
DRAWINGS = {
    "svg": ("image/svg+xml", "svg"),
    "bpmn": ("application/xml", "bpmn"),
    "mermaid": ("text/plain", "mmd"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter as pictures of its pages, and where in its body something is not printed, such as "2"."""

    pages: list[bytes]
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class Running:
    """How many applications are under way on a version of a service, and how many are being filled in."""

    number: int
    cases: int
    drafts: int


def running(region: Region, key: str, *, now: datetime) -> list[Running]:
    """Return the versions of a service that applications still use, newest first."""
    open_, begun = cases.open_by_version(region), drafts.begun_by_version(region, now)
    versions = ModuleVersion.objects.filter(region=region, key=key).order_by("-number")
    found = (
        Running(number, open_.get(pk, 0), begun.get(pk, 0))
        for pk, number in versions.values_list("pk", "number")
    )
    return [one for one in found if one.cases or one.drafts]


def page(module: Module, page: Page, *, region: Region, language: str, today: date) -> PageForm:
    """Return the empty form of a page, as an applicant or an officer meets it; words hold sample answers."""
    here = tables.in_region(module, region.pk)
    form = page_form(here, page, answers={}, language=language, region=region, today=today)
    form.wording.samples = _samples(here, today, language)
    return form


def review(module: Module, *, region: Region, language: str) -> list[SummaryPage]:
    """Return the questions that apply when nothing has been answered, as the check before sending."""
    here = tables.in_region(module, region.pk)
    said = _samples(here, timezone.localdate(), language)
    return summary(here, {}, language=language, region=region, samples=said)


def _samples(module: Module, today: date, language: str) -> dict[str, Json]:
    """Return invented answers to be said in words of the form, none where no words say any."""
    fills = any(field.chipped for _page, field in module.every_field())
    fills = fills or any(page.chipped or any(group.chipped for group in page.groups) for page in module.pages)
    with translation.override(language):
        return samples.answers(module, today, language) if fills else {}


def letter(module: Module, letter: Letter, *, region: Region, language: str, today: date) -> list[bytes]:
    """Return a picture (PNG) of each page of a letter, with invented answers and the word draft across."""
    return drawn(module, letter, region=region, language=language, today=today).pages


def drawn(
    module: Module,
    letter: Letter,
    *,
    region: Region,
    language: str,
    today: date,
    story: str = "",
    seconds: float = typesetting.SECONDS,
) -> Drawn:
    """Return the same with what is not printed; the answers of a story where one is named.

    Raises `Unprintable`.
    """
    here = tables.in_region(module, region.pk)
    known = samples.facts(here, letter, region=region, language=language, today=today, story=story)
    return Drawn(typesetting.pictures(letter, known, seconds=seconds), resolving.left_out(letter, known))


def letter_file(
    module: Module,
    letter: Letter,
    *,
    region: Region,
    language: str,
    today: date,
    story: str = "",
    seconds: float = typesetting.SECONDS,
) -> bytes:
    """Return the letter as PDF, as it would be issued but for the word draft. Raises `Unprintable`."""
    here = tables.in_region(module, region.pk)
    known = samples.facts(here, letter, region=region, language=language, today=today, story=story)
    return typesetting.pdf(letter, known, seconds=seconds)


def standard(module: Module, *, language: str) -> ServiceStandard:
    """Return what the public page of the service promises."""
    return standards.describe(module, language)


def registers(region: Region, *, language: str) -> list[dict[str, Any]]:
    """Return the outside registers the region is connected to: key, title, values, what they are asked by."""
    return [
        {
            "key": register.key,
            "title": register.name(language),
            "values": register.values,
            "asked": register.asked,
        }
        for register in catalogue.registers(region)
    ]


def diagram(module: Module, *, language: str) -> str:
    """Return the way of an application as SVG."""
    return diagrams.svg(module, language)


def proof(module: Module, *, on: date, most: int = MOST_STATES) -> Proof:
    """Walk every way through the service on the morning of the day `on`, at most so many states."""
    morning = datetime.combine(on, time(9), tzinfo=timezone.get_current_timezone())
    return proofs.prove(module, now=morning, most=most)


def stories(module: Module, *, region: Region | None = None) -> tuple[Verdict, ...]:
    """Play the stories of the service by the calendar of `region`, else by the state's."""
    works = calendar.of(region) if region else calendar.Shelf(settings.TIME_ZONE, 0).calendar()
    return verdict.verdicts(module, works)


def renewed(module: Module, at: int, *, region: Region) -> Renewed | None:
    """Tell the story number `at` anew as the service is now; None where its application is not taken."""
    return renewing.renew(module, at, calendar.of(region))


def drawing(module: Module, form: str, *, language: str) -> str:
    """Return the way of an application for other tools: `svg` with lanes, `bpmn`, else `mermaid`."""
    draw = {"svg": diagrams.swimlane, "bpmn": diagrams.bpmn}.get(form, diagrams.mermaid)
    return draw(module, language)
