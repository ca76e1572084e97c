"""Judges what stands on a page by `schemas.walk`, and says at which place of the page each mistake is.

Rows that nobody touched are not judged, unless so many rows must be filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from runtime.forms.spots import Spot, leaves
from schemas.definition import Json, Page
from schemas.fieldtypes import repeat
from schemas.problems import Problem
from schemas.walk import Answers, Asked, Path, Walk

ValueOf = Callable[[Spot], Json]
Touched = Callable[[Spot], bool]
"""Tells whether anything was typed at a place, right or wrong."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is asked, by place; what is known in the end; and the mistakes, where () is the page itself."""

    asked: Mapping[Path, Asked]
    known: Answers
    problems: tuple[tuple[Path, Problem], ...]


def judge(
    page: Page, spots: tuple[Spot, ...], value_of: ValueOf, touched: Touched, walk: Walk, earlier: Answers
) -> Judged:
    """Walk what stands at `spots`, questions of `page`, after the `earlier` answers.

    Groups and the page itself are judged when all of their questions are among the spots.
    """
    fields = [spot.question for spot in spots]
    asked, _kept, known = walk.questions(fields, given(spots, value_of), earlier)
    counted = {spot.path: _counted(spot, touched, walk, known) for spot in _repeats(spots)}
    places = _Places(counted)
    judged, _kept, seen = walk.questions(fields, given(spots, value_of, counted), earlier)
    keys = {field.key for field in fields}
    groups = [group for group in page.groups if keys.issuperset(group.keys)]
    problems = [(places.of(problem), problem) for problem in walk.problems(judged, groups, seen)]
    if keys.issuperset(field.key for field in page.fields):
        problems.extend(((), problem) for problem in walk.page_check(page, judged, seen))
    return Judged(dict(_by_place(asked)), known, tuple(problems))


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
