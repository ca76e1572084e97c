"""Judges what stands on a page by `schemas.walk`, and says at which place of the page each mistake is.

Rows that nobody touched are not judged, unless so many rows must be filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from runtime.forms.spots import Row, Spot
from schemas.definition import Json, Page
from schemas.fieldtypes import repeat
from schemas.problems import Problem
from schemas.walk import Answers, Asked, Path, Walk

ValueOf = Callable[[Spot], Json]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is asked, by place; what is known in the end; and the mistakes, where () is the page itself."""

    asked: Mapping[Path, Asked]
    known: Answers
    problems: tuple[tuple[Path, Problem], ...]


def judge(page: Page, spots: tuple[Spot, ...], value_of: ValueOf, walk: Walk, earlier: Answers) -> Judged:
    """Walk what stands at `spots`, questions of `page`, after the `earlier` answers.

    Groups and the page itself are judged when all of their questions are among the spots.
    """
    fields = [spot.question for spot in spots]
    asked, _kept, known = walk.questions(fields, given(spots, value_of), earlier)
    touched = {spot.path: _touched(spot, value_of, walk, known) for spot in _repeats(spots)}
    places = _Places(touched)
    judged, _kept, seen = walk.questions(fields, given(spots, value_of, touched), earlier)
    keys = {field.key for field in fields}
    groups = [group for group in page.groups if keys.issuperset(group.keys)]
    problems = [(places.of(problem), problem) for problem in walk.problems(judged, groups, seen)]
    if keys.issuperset(field.key for field in page.fields):
        problems.extend(((), problem) for problem in walk.page_check(page, judged, seen))
    return Judged(dict(_by_place(asked)), known, tuple(problems))


def given(
    spots: Iterable[Spot], value_of: ValueOf, touched: Mapping[Path, list[int]] | None = None
) -> dict[str, Json]:
    """Return the answers that stand at `spots`; of a repeat only the `touched` rows, if they are told."""
    found = {}
    for spot in spots:
        value = value_of(spot)
        if spot.is_repeat:
            rows = spot.rows if touched is None else [spot.rows[at] for at in touched[spot.path]]
            value = [given(row.spots, value_of, touched) for row in rows]
        if value not in (None, []):
            found[spot.question.key] = value
    return found


def _repeats(spots: Iterable[Spot]) -> Iterator[Spot]:
    for spot in spots:
        if spot.is_repeat:
            yield spot
            for row in spot.rows:
                yield from _repeats(row.spots)


def _touched(spot: Spot, value_of: ValueOf, walk: Walk, known: Answers) -> list[int]:
    """Return the numbers of the rows that count: those with anything in them, and as many as must be."""
    field = spot.question
    needed = max(repeat.least(field), 1 if walk.holds(field.required, known) else 0)
    full = [at for at, row in enumerate(spot.rows) if not _blank(row, value_of)]
    empty = [at for at in range(len(spot.rows)) if at not in full]
    return sorted([*full, *empty[: max(0, needed - len(full))]])


def _blank(row: Row, value_of: ValueOf) -> bool:
    return not given(row.spots, value_of)


class _Places:
    """Finds the place on the page for the path of a problem, which counts only the rows that were judged."""

    def __init__(self, touched: Mapping[Path, list[int]]) -> None:
        self.touched = touched

    def of(self, problem: Problem) -> Path:
        place: Path = ()
        for part in problem.pointer.split("/")[1:]:
            if part.isdigit() and place in self.touched:
                place = (*place, self.touched[place][int(part)])
            else:
                place = (*place, part)
        return place


def _by_place(asked: Iterable[Asked]) -> Iterator[tuple[Path, Asked]]:
    for each in asked:
        yield each.path, each
        for row in each.rows:
            yield from _by_place(row)
