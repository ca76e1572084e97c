"""What authors of forms get wrong most often, one question or page at a time: never an error.

`data` holds what the editor needs to put it right: the kind, the words of two questions, a key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from schemas import fieldtypes, labels
from schemas.definition import Field, Module, Option, Page, Text
from schemas.problems import Problem, warning
from schemas.rules import places

TYPED = {
    "text": None,
    "integer": frozenset({"nik", "no_kk", "phone", "npwp", "nip", "nib", "nisn", "postcode"}),
}
"""Which kinds are looked for in which; a number loses the zeros it begins with."""
LONG_PAGE = 20
KINDS: Mapping[str, Mapping[str, str]] = {
    "nik": {"id": "NIK", "en": "NIK"},
    "no_kk": {"id": "Nomor KK", "en": "Family card number"},
    "phone": {"id": "Nomor telepon", "en": "Phone number"},
    "email": {"id": "Email", "en": "E-mail"},
    "npwp": {"id": "NPWP", "en": "NPWP"},
    "nip": {"id": "NIP", "en": "NIP"},
    "nib": {"id": "NIB", "en": "NIB"},
    "nisn": {"id": "NISN", "en": "NISN"},
    "plate": {"id": "Nomor polisi", "en": "Number plate"},
    "postcode": {"id": "Kode pos", "en": "Postal code"},
    "date": {"id": "Tanggal", "en": "Date"},
    "money": {"id": "Uang", "en": "Money"},
    "integer": {"id": "Angka bulat", "en": "Whole number"},
    "number": {"id": "Angka desimal", "en": "Number with decimals"},
    "file": {"id": "Dokumen", "en": "Document"},
    "boolean": {"id": "Ya atau tidak", "en": "Yes or no"},
}


def problems(module: Module) -> Iterator[Problem]:
    for pointer, _page, field in places.fields(module):
        if is_asked(field):
            yield from _words(field, pointer)
            yield from _answers(field, pointer)
    for pointer, page in places.pages(module):
        if page.for_ == "applicant":
            yield from _long(page, pointer)
            yield from _twice(page)


def is_asked(field: Field) -> bool:
    """Tell whether a person is asked this question."""
    return field.type not in fieldtypes.UNASKED and not field.shown_only


def said(text: Text) -> Iterator[str]:
    """Yield the words of a text in each of its languages."""
    yield from (words for _language, words in text.values if words)


def _words(field: Field, pointer: str) -> Iterator[Problem]:
    """What the words of a question ask for against what it takes."""
    parts = two_parts(field)
    if parts:
        yield warning("pitfalls.two", pointer, name=field.key, parts=parts)
        return
    wanted = _wanted(field)
    if wanted:
        yield warning("pitfalls.typed", pointer, name=field.key, wanted=KINDS[wanted], kind=wanted)
    measured = field.type in {"integer", "number"} and any(map(labels.measured, said(field.label)))
    if measured and not any(map(labels.names_unit, (*said(field.label), *said(field.help)))):
        yield warning("pitfalls.unit", pointer, name=field.key)


def _wanted(field: Field) -> str:
    if field.type not in TYPED or field.dataset or field.calculate is not None:
        return ""
    known = TYPED[field.type]
    found = next(filter(None, map(labels.wanted_kind, said(field.label))), "")
    return found if known is None or found in known else ""


def two_parts(field: Field) -> list[list[object]]:
    """Return kind and words of the two questions a text asks as one, empty for any other."""
    if field.type not in {"text", "longtext"} or field.chipped:  # the words offered would lose the answers
        return []
    told = {language: two for language, words in field.label.values if (two := labels.two_in_one(words))}
    if not told:
        return []
    ways = [{language: two[at] for language, two in told.items()} for at in (0, 1)]
    kinds = [next(filter(None, map(labels.wanted_kind, way.values())), field.type) for way in ways]
    return [[kind, way] for kind, way in zip(kinds, ways, strict=True)]


def _answers(field: Field, pointer: str) -> Iterator[Problem]:
    """Answers that say the same, or that one applicant fits twice."""
    if field.dataset or not field.options:
        return
    seen: dict[str, Option] = {}
    for option in field.options:
        before = seen.setdefault(labels.even(option.label.say()), option)
        if before is not option and option.label:
            yield warning(
                "pitfalls.same_answer", f"{pointer}/options", name=field.key, answer=option.label.say()
            )
    spans = [(option.label.say(), labels.span(option.label.say())) for option in field.options]
    ranges = [(words, span) for words, span in spans if span is not None]
    if field.type != "choice" or len(ranges) < 2 or len(ranges) < len(spans) - 1:
        return
    for (first, one), (second, other) in combinations(ranges, 2):
        number = one.shared(other)
        if number is not None:
            yield warning(
                "pitfalls.overlap",
                f"{pointer}/options",
                name=field.key,
                first=first,
                second=second,
                value=f"{number:f}",
            )
            return


def _long(page: Page, pointer: str) -> Iterator[Problem]:
    asked = [field for field in page.fields if is_asked(field)]
    if len(asked) > LONG_PAGE:
        yield warning("pitfalls.long_page", pointer, name=page.key, count=len(asked), half=_half(page, asked))


def _half(page: Page, asked: list[Field]) -> str:
    """Return the question or group (with #) to divide a page at: a group or heading near its middle."""
    middle = asked[len(asked) // 2]
    starts = {group.keys[0]: f"#{group.key}" for group in page.groups if group.keys}
    starts |= {field.key: field.key for field in page.fields if not field.group and field.type == "heading"}
    order = [field.key for field in page.fields]
    found = min(starts, key=lambda key: abs(order.index(key) - order.index(middle.key)), default="")
    if found and len(page.fields) // 4 < order.index(found) < len(page.fields) * 3 // 4:
        return starts[found]
    free = [field.key for field in page.fields if not field.group and field.key != order[0]]
    return min(free, key=lambda key: abs(order.index(key) - order.index(middle.key)), default="")


def _twice(page: Page) -> Iterator[Problem]:
    """The same words twice under one heading, for the same people: one of them is asked in vain."""
    seen: dict[tuple[object, ...], Field] = {}
    heading = ""
    for field in page.fields:
        heading = field.key if field.type == "heading" else heading
        if not is_asked(field):
            continue
        when = None if field.visible is None else str(field.visible.raw)
        mark = (labels.plain(field.label.say()), field.group, heading, when)
        before = seen.setdefault(mark, field) if field.label else field
        if before is not field:
            yield warning("pitfalls.twice", field.at, name=field.key)
