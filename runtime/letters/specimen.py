"""A letter to look at the letterhead with: typeset like every other, of invented words, marked as a draft."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext

from runtime.forms.face import Circumstances
from runtime.letters import gathering, typesetting
from runtime.letters.facts import Facts
from runtime.letters.typesetting import Shapeless, Unprintable
from runtime.regions import selectors as regions
from runtime.regions.models import Region
from schemas.definition import NO_TEXT, Letter, Module, Paragraph, Text, Workflow

__all__ = ["Shapeless", "Unprintable", "pdf"]


def pdf(region: Region, *, language: str, today: date) -> bytes:
    """Return a letter of the region's first office, else of its own. Raises as `typesetting.pdf`."""
    office = regions.offices(region).first() or region
    with translation.override(language):
        letter = Letter("specimen", _text(language, gettext("Sample letter")), _body(language))
        return typesetting.pdf(letter, _facts(office, region, letter, language, today))


def _body(language: str) -> tuple[Paragraph, ...]:
    return (
        Paragraph(
            _text(
                language,
                gettext(
                    "This page shows how the letterhead is printed. It is no letter and counts for nothing."
                ),
            )
        ),
        Paragraph(
            _text(
                language,
                gettext("Names, address and emblem above are those that letters of this office bear today."),
            )
        ),
    )


def _facts(office: Region, region: Region, letter: Letter, language: str, today: date) -> Facts:
    module = Module(1, letter.key, (language,), letter.title, NO_TEXT, "", "", (), Workflow("", (), (), ()))
    return Facts(
        module=module,
        answers={},
        around=Circumstances(language, today, region, module.tables),
        letterhead=gathering.letterhead(office),
        issued=today,
        place=gathering.place(office),
        said={"letter.number": gettext("Number of the letter")},
        draft=True,
    )


def _text(language: str, words: str) -> Text:
    return Text(((language, words),))
