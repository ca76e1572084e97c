"""Right answers that nobody gave: one for each kind of question, and those around the constants of rules.

For trying a service out before anybody uses it. Every answer is judged before it is given, so that a kind
of which nothing is known here has no answer instead of a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from schemas import fieldtypes, shapes
from schemas.definition import Field, Json, Tables
from schemas.expressions import Node, points
from schemas.fieldtypes import wording

PERSON = "3671010101900001"
FILE_ID = "0a0b0c0d-0000-4000-8000-000000000001"
AREA = "36.71.01.1001"
LEVELS = {"province": 1, "regency": 2, "district": 3, "village": 4}
WORDS = ("Contoh", "a", "contoh jawaban yang lebih panjang dari biasanya", "1", "A1", "ABC", "123456")
MOST = 60
MOST_VARIED = 8

_FIXED: Mapping[str, tuple[Json, ...]] = {
    "boolean": (True, False),
    "date": ("2001-02-03", "2026-11-24", "1950-01-01", "2040-01-01"),
    "date_range": ({"from": "2026-01-01", "to": "2026-01-02"},),
    "datetime": ("2026-11-24T08:00+07:00",),
    "email": ("contoh@contoh.id",),
    "location": ({"lat": -6.2, "lon": 106.6}, {"area": AREA}, {"landmark": "pasar"}),
    "longtext": WORDS,
    "nib": ("1234567890123",),
    "nik": (PERSON, "3671014101900002"),
    "nip": ("198501012010011001",),
    "nisn": ("0012345678",),
    "no_kk": ("3671010101100001",),
    "npwp": (PERSON, "0012345678901000"),
    "office": ("kantor",),
    "pattern": WORDS,
    "phone": ("+6281234567890", "+62215551234"),
    "plate": ("B 1234 XYZ",),
    "postcode": ("15111",),
    "text": WORDS,
    "time": ("08:00", "23:59"),
    "url": ("https://contoh.id/",),
}


def right(field: Field, value: Json) -> bool:
    """Tell whether `value` alone is an answer to the question; rules are judged elsewhere."""
    return shapes.well_formed(field, value) and not fieldtypes.get(field.type).verdict(field, value)


def answers(field: Field, rules: Sequence[Node], *, today: date, tables: Tables) -> list[Json]:
    """Return right answers to the question, the plainest first; `rules` are the conditions that read it."""
    found: list[Json] = []
    told = (
        *_plain(field, today, tables),
        *_around(field, rules, today),
        *_varying(field, rules, today, tables),
    )
    for value in islice((value for value in told if right(field, value)), 4 * MOST):
        if value not in found:
            found.append(value)
    return found[:MOST]


def rows(field: Field, offices: Iterable[int], *, today: date, tables: Tables) -> list[Json]:
    """Return right answers to a repeat that name so many offices, the last again where rows must be more."""
    row, least = _row(field, today, tables), max(1, field.settings.get("minItems", 1))
    found = (
        [_varied(field, row, min(at, number - 1)) for at in range(max(number, least))] for number in offices
    )
    return [made for made in found if right(field, made)]


def _plain(field: Field, today: date, tables: Tables) -> Iterator[Json]:
    maker = _MADE.get(field.type)
    if field.dataset and not field.options:
        yield from (["contoh"], "contoh")
    elif field.options and field.type != "matrix":
        values = [option.value for option in field.options][:MOST]
        fewest = max(1, field.settings.get("minItems", 1)) if field.type == "choices" else 1
        yield from (
            values if field.type == "choice" else (values[at : at + fewest] for at in range(len(values)))
        )
    elif field.type == "repeat":
        yield from _rows(field, today, tables)
    elif maker is not None:
        yield from maker(field)
    else:
        yield from _texts(field, _FIXED.get(field.type, ()))
        example = field.settings.get("example")
        yield from example.values() if isinstance(example, dict) else [example] if example else []


def _texts(field: Field, fixed: tuple[Json, ...]) -> Iterator[Json]:
    """Yield fixed answers, texts also as long as they must be."""
    yield from fixed
    if field.type in ("text", "longtext"):
        least = field.settings.get("minLength", 1)
        yield from (word * (1 + least // len(word)) for word in ("contoh ", "a"))
        yield "a" * least


def _rows(field: Field, today: date, tables: Tables) -> Iterator[Json]:
    """Yield so many rows as there must be, of plain answers, and one more."""
    row, least = _row(field, today, tables), max(1, field.settings.get("minItems", 1))
    yield from ([_varied(field, row, at) for at in range(count)] for count in (least, least + 1, least + 2))


def _varying(field: Field, rules: Sequence[Node], today: date, tables: Tables) -> Iterator[Json]:
    """Yield rows that differ in one answer, also where a constant is compared with their sum only."""
    if field.type != "repeat" or not rules:
        return
    row, least = _row(field, today, tables), max(1, field.settings.get("minItems", 1))
    nodes = [node for rule in rules for node in rule.walk()]
    constants = {node.value for node in nodes if node.op == "literal" and isinstance(node.value, Decimal)}
    whole = sorted(int(number) for number in constants if number == number.to_integral_value())[:MOST_VARIED]
    for inner in field.fields:
        if inner.calculate is not None or inner.key not in row:
            continue
        counted = inner.type in ("integer", "money", "number")
        sums = (
            near for number in whole for step in (0, 1, -1) for near in (number + step, str(number + step))
        )
        values = [
            *answers(inner, rules, today=today, tables=tables)[: 3 * MOST_VARIED],
            *(value for value in (sums if counted else ()) if right(inner, value)),
        ]
        for value in values:
            yield [_varied(field, {**row, inner.key: value}, at) for at in range(least)]


def _row(field: Field, today: date, tables: Tables) -> dict[str, Json]:
    row = {}
    for inner in field.fields:
        first = next(iter(answers(inner, (), today=today, tables=tables)), None)
        if first is not None and inner.calculate is None:
            row[inner.key] = first
    return row


def _varied(field: Field, row: Mapping[str, Json], at: int) -> dict[str, Json]:
    """Return a row that names another office than the rows before it."""
    offices = {inner.key for inner in field.fields if inner.type == "office"}
    return {key: f"{value}{at or ''}" if key in offices else value for key, value in row.items()}


def _numbers(field: Field) -> Iterator[Json]:
    low, high = field.settings.get("minimum"), field.settings.get("maximum")
    for bound in (1, low, high, 0, 5, 1000, 100_000):
        if isinstance(bound, (int, str)):
            yield from (bound, str(bound))


def _file(field: Field) -> Iterator[Json]:
    for name, kind in (
        ("contoh.pdf", "application/pdf"),
        ("contoh.jpg", "image/jpeg"),
        ("contoh.png", "image/png"),
    ):
        one = {"id": FILE_ID, "name": name, "size": 1000, "type": kind, "sha256": "ab" * 32}
        least = max(1, field.settings.get("minItems", 1))
        yield [{**one, "id": f"{FILE_ID[:-2]}{at:02}"} for at in range(least)]


def _area(field: Field) -> str:
    code = AREA.split(".")[: LEVELS.get(field.settings.get("level", "village"), 4)]
    within = str(field.settings.get("within", "") or "").split(".")
    if within != [""]:
        code = [*within, *("01", "01", "01", "1001")[len(within) :]][: len(code)]
    return ".".join(code)


_MADE: Mapping[str, Callable[[Field], Iterator[Json]]] = {
    "address": lambda f: iter([{"street": "Jl. Contoh 1", "region": _area(f)}]),
    "consent": lambda f: iter([{"accepted": True, "text": wording.of(f)}]),
    "file": _file,
    "integer": _numbers,
    "matrix": lambda f: iter([_filled_matrix(f)]),
    "metadata": lambda f: iter(["contoh"]),
    "money": _numbers,
    "number": _numbers,
    "photo": _file,
    "rating": _numbers,
    "region": lambda f: iter([_area(f)]),
    "signature": lambda f: iter([{"name": "Contoh", "text": wording.of(f)}]),
}


def _filled_matrix(field: Field) -> dict[str, Json]:
    rows: Any = field.settings.get("rows", ())
    first = field.options[0].value if field.options else ""
    return {row["value"]: first for row in rows}


def _around(field: Field, rules: Sequence[Node], today: date) -> Iterator[Json]:
    """Yield answers at and beside the constants that the rules compare this question with."""
    for rule in rules:
        nodes = list(rule.walk())
        own = next((node for node in nodes if node.op == "var" and node.name == field.key), None)
        if own is None:
            continue
        for point in islice(points.around(own, nodes), MOST):
            if point not in (None, [{}]):
                yield point
        constants = [node.value for node in nodes if node.op == "literal" and isinstance(node.value, Decimal)]
        for number in constants[:8]:
            yield from _near(own, number, today)


def _near(variable: Node, number: Decimal, today: date) -> Iterator[Json]:
    if variable.type == "number":
        for step in (0, 1, -1):
            near = number + step
            yield from (
                (int(near), format(near, "f")) if near == near.to_integral_value() else (format(near, "f"),)
            )
            yield int(number) + step
    elif variable.type == "date" and 0 <= number <= 30_000 and number == int(number):
        for day in (-1, 0, 1):
            if number <= 150:
                yield (_years_before(today, int(number)) + timedelta(days=day)).isoformat()
            yield (today + timedelta(days=int(number) + day)).isoformat()
            yield (today - timedelta(days=int(number) + day)).isoformat()


def _years_before(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # the 29th of February
        return date(today.year - years, 3, 1)
