"""Judges what stands on a page by `schemas.walk`, and says at which place of the page each mistake is.

Rows that nobody touched are not judged, unless so many rows must be filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from runtime.forms.spots import Spot, leaves
from schemas.definition import Field, Json, Page
from schemas.fieldtypes import repeat
from schemas.problems import Problem
from schemas.walk import Answers, Asked, Path, Walk

ValueOf = Callable[[Spot], Json]
Touched = Callable[[Spot], bool]
"""Tells whether anything was typed at a place, right or wrong."""


@dataclass(frozen=True)
class Judged:
    """What stands at `spots` of a page, after the `earlier` answers; worked out when somebody asks, and once.

    `chosen` are the keys of the questions that the form is about, offered now or not: groups and the page
    itself are judged when all of their questions are among them.
    """

    page: Page
    spots: tuple[Spot, ...]
    value_of: ValueOf
    touched: Touched
    walk: Walk
    earlier: Answers
    chosen: frozenset[str]

    @cached_property
    def asked(self) -> Mapping[Path, Asked]:
        """Return what is asked, by its place."""
        return dict(_by_place(self._walked[0]))

    @property
    def known(self) -> Mapping[str, Json]:
        """Return the answers known at the end of the page."""
        return self._walked[2]

    @cached_property
    def problems(self) -> tuple[tuple[Path, Problem], ...]:
        """Return the mistakes with their places, where () is the page itself."""
        asked, _kept, known = self._walked
        repeats = list(_repeats(self.spots))
        counted = {spot.path: _counted(spot, self.touched, self.walk, known) for spot in repeats}
        if repeats:
            answers = given(self.spots, self.value_of, counted)
            asked, _kept, known = self.walk.questions(self._fields, answers, self.earlier)
        places = _Places(counted)
        groups = [group for group in self.page.groups if self.chosen.issuperset(group.keys)]
        problems = [(places.of(problem), problem) for problem in self.walk.problems(asked, groups, known)]
        if self.chosen.issuperset(field.key for field in self.page.fields):
            problems.extend(((), problem) for problem in self.walk.page_check(self.page, asked, known))
        return tuple(problems)

    @cached_property
    def _walked(self) -> tuple[tuple[Asked, ...], dict[str, Json], dict[str, Json]]:
        return self.walk.questions(self._fields, given(self.spots, self.value_of), self.earlier)

    @property
    def _fields(self) -> list[Field]:
        return [spot.question for spot in self.spots]


def given(
    spots: Iterable[Spot], value_of: ValueOf, counted: Mapping[Path, list[int]] | None = None
) -> dict[str, Json]:
    """Return the answers that stand at `spots`; of a repeat only the `counted` rows, if they are told."""
    found = {}
    for spot in spots:
        value = value_of(spot)
        if spot.is_repeat:
            rows = spot.rows if counted is None else [spot.rows[at] for at in counted[spot.path]]
            value = [given(row.spots, value_of, counted) for row in rows]
        if value not in (None, []):
            found[spot.question.key] = value
    return found


def _repeats(spots: Iterable[Spot]) -> Iterator[Spot]:
    for spot in spots:
        if spot.is_repeat:
            yield spot
            for row in spot.rows:
                yield from _repeats(row.spots)


def _counted(spot: Spot, touched: Touched, walk: Walk, known: Answers) -> list[int]:
    """Return the numbers of the rows that count: those with anything in them, and as many as must be."""
    full = [at for at, row in enumerate(spot.rows) if any(map(touched, leaves(row.spots)))]
    needed = repeat.needed(spot.question, len(full), required=walk.holds(spot.question.required, known))
    empty = [at for at in range(len(spot.rows)) if at not in full]
    return sorted([*full, *empty[: max(0, needed - len(full))]])


class _Places:
    """Finds the place on the page for the path of a problem, which counts only the rows that were judged."""

    def __init__(self, counted: Mapping[Path, list[int]]) -> None:
        self.counted = counted

    def of(self, problem: Problem) -> Path:
        place: Path = ()
        for part in problem.pointer.split("/")[1:]:
            if part.isdigit() and place in self.counted:
                place = (*place, self.counted[place][int(part)])
            else:
                place = (*place, part)
        return place


def _by_place(asked: Iterable[Asked]) -> Iterator[tuple[Path, Asked]]:
    for each in asked:
        yield each.path, each
        for row in each.rows:
            yield from _by_place(row)
