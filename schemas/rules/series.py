"""Questions that are copied with a number instead of being asked as entries: “Anak 1”, “Anak 2”, “Anak 3”;
and pages copied so.

Source: of five civil servants one could build a repeat of several questions (GOV.UK Forms, 2024-08).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas import labels
from schemas.definition import Field, Group, Json, Module, Page, Text
from schemas.problems import Problem, warning
from schemas.rules import places
from schemas.rules.pitfalls import is_asked

Thing = Field | Group | Page

NEVER = {"choice", "choices", "rating", "consent", "signature", "matrix", "repeat"}
"""Kinds that are numbered for other reasons: preferences in order, statements, signatures."""

FEW = 3
"""From how many on a single question should be entries; two lines of an address should not."""


def problems(module: Module) -> Iterator[Problem]:
    yield from _pages(module)
    for page in module.pages:
        if page.for_ == "applicant":
            yield from _groups(page)
            yield from _questions(page)


@dataclass(frozen=True, slots=True)
class Series:
    """Things from 1 on that are alike but for their number, and their words without it."""

    words: dict[str, str]
    things: tuple[Thing, ...]


def _pages(module: Module) -> Iterator[Problem]:
    """Pages that differ by their number alone, and in what they ask by nothing but numbers."""
    pages = [(pointer, page) for pointer, page in places.pages(module) if page.for_ == "applicant"]
    pointers = {page.key: pointer for pointer, page in pages}
    for series in _alike((page.title, page) for _pointer, page in pages):
        asked = [_asked(page) for page in series.things if isinstance(page, Page)]
        if asked[0] and all(one == asked[0] for one in asked):
            first = series.things[0].key
            data: dict[str, Json] = {
                "words": series.words,
                "pages": [page.key for page in series.things],
                "labels": _without_number(series.things[0]),
            }
            yield warning("pitfalls.numbered_page", pointers[first], name=first, count=len(asked), **data)


def _without_number(page: Thing) -> dict[str, Json]:
    """Return by key the words of the questions of a page whose number stands for the page."""
    return {
        field.key: {language: counted[0] for language, counted in told.items() if counted}
        for field in (page.fields if isinstance(page, Page) else ())
        if is_asked(field) and not field.chipped
        for told in [{language: labels.numbered(said) for language, said in field.label.values if said}]
        if told and all(told.values())
    }


def _asked(page: Page) -> list[tuple[str, str]]:
    """Return the questions of a page by kind and words, without the number that tells copies apart."""
    return [(field.type, _unnumbered(field.label)) for field in page.fields if is_asked(field)]


def _unnumbered(text: Text) -> str:
    words = next((said for _language, said in text.values if said), "")
    counted = labels.numbered(words)
    return labels.plain(counted[0] if counted else words)


def _groups(page: Page) -> Iterator[Problem]:
    """Groups that differ by their number alone, and in what they ask not at all."""
    kinds = {field.key: field.type for field in page.fields}
    for series in _alike((group.label, group) for group in page.groups):
        asked = [
            [kinds.get(key) for key in group.keys] for group in series.things if isinstance(group, Group)
        ]
        if asked[0] and all(one == asked[0] for one in asked):
            yield _told([series])


def _questions(page: Page) -> Iterator[Problem]:
    """Questions that do; those with the same numbers in one place belong to one kind of entry."""
    places: dict[str, list[Field]] = defaultdict(list)
    for field in page.fields:
        if is_asked(field) and field.type not in NEVER:
            places[field.group].append(field)
    for fields in places.values():
        together: dict[int, list[Series]] = defaultdict(list)
        for series in _alike((field.label, field) for field in fields):
            if len({one.type for one in series.things if isinstance(one, Field)}) == 1:
                together[len(series.things)].append(series)
        for count, several in together.items():
            if count >= FEW or len(several) > 1:
                yield _told(several)


def _alike(things: Iterable[tuple[Text, Thing]]) -> Iterator[Series]:
    """Yield what is the same but for its number, from 1 on; other words would lose answers within them."""
    found: dict[str, list[tuple[int, Thing]]] = defaultdict(list)
    words: dict[str, dict[str, str]] = {}
    for text, thing in things:
        if thing.chipped:
            continue
        told = {language: labels.numbered(said) for language, said in text.values if said}
        stems = {language: counted[0] for language, counted in told.items() if counted}
        first = next(iter(told.values()), None)
        if first is not None and len(stems) == len(told):
            found[labels.plain(first[0])].append((first[1], thing))
            words.setdefault(labels.plain(first[0]), stems)
    for stem, counted in found.items():
        numbers = [number for number, _thing in counted]
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            yield Series(words[stem], tuple(thing for _number, thing in counted))


def _told(several: list[Series]) -> Problem:
    """Return the warning at the first: `kept` are asked in each entry as `labels`, `gone` are the copies."""
    first = several[0].things[0]
    assert not isinstance(first, Page), "pages are told apart from what is on them"
    languages = [language for language in several[0].words if all(language in one.words for one in several)]
    shared = {language: labels.common_end([one.words[language] for one in several]) for language in languages}
    data: dict[str, Json] = {
        "words": shared,
        "kept": [_name(one.things[0]) for one in several],
        "labels": [dict(one.words) for one in several],
        "gone": [_name(thing) for one in several for thing in one.things[1:]],
    }
    return warning("pitfalls.numbered", first.at, name=first.key, count=len(several[0].things), **data)


def _name(thing: Thing) -> str:
    return f"#{thing.key}" if isinstance(thing, Group) else thing.key
