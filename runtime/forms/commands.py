"""The buttons between the questions of a page: those beside rows, and those that bring another list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.forms import fields as registry
from runtime.forms import offering, rowcommand, spots
from runtime.forms.answerfield import values_of
from runtime.forms.rowcommand import RowCommand
from runtime.forms.spots import Spot
from schemas.definition import Json
from schemas.walk import Path

LIST = "_list"
CONTROLS = (rowcommand.COMMAND, LIST)


@dataclass(frozen=True, slots=True)
class ListCommand:
    """Asks for the next list of the question at `path`, or for what a search finds."""

    path: Path

    def apply(
        self, answers: dict[str, Json], typed: Mapping[str, Any]
    ) -> tuple[dict[str, Json], dict[str, Any]]:
        """Return answers and typed texts of the page as they are: the page comes back as it was typed."""
        return answers, dict(typed)

    @property
    def anchor(self) -> str:
        """Return the name of the question to look at afterwards."""
        return spots.named(self.path)


Command = RowCommand | ListCommand


def pressed(data: Any, places: Sequence[Spot], prefix: str) -> Command | None:
    """Return what the button that was pressed asks for; None for what no button of the page says."""
    for said in values_of(data, LIST)[-1:]:
        wanted = said.removeprefix(f"{prefix}-") if prefix else said
        return next((ListCommand(s.path) for s in spots.leaves(places) if s.posted == wanted), None)
    for said in values_of(data, rowcommand.COMMAND)[-1:]:
        repeats = {s.posted: (s.question, s.path) for s in spots.every(places) if s.is_repeat}
        return rowcommand.read(said, repeats)
    return None


def between(places: Sequence[Spot]) -> bool:
    """Say whether questions of a page have buttons of their own."""
    asked = [spot.question for spot in spots.every(places)]
    return any(registry.face(each.type).has_buttons or offering.applies(each) for each in asked)
