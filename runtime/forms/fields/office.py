"""One of the region's offices: a village, a district, an agency."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.forms.face import Choice, Circumstances
from runtime.forms.fields.choice import ChoiceFace
from runtime.regions import selectors
from schemas.definition import Field


@dataclass(frozen=True)
class OfficeFace(ChoiceFace):
    """The list is the region's own: an office of another region is not on it."""

    def choices(self, question: Field, around: Circumstances) -> tuple[Choice, ...]:
        if around.region is None:
            return ()
        offices = selectors.offices(around.region, question.settings.get("kinds", ()))
        return tuple(Choice(office.key, office.name) for office in offices)


FACE = OfficeFace("office", grouped=True, control="govuk-select", regional=True)
