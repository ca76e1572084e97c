"""A service with votes: two agencies advise, a committee of three votes, its head may object, clocks run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from schemas import parse
from schemas.definition import Field, Module
from schemas.fieldtypes import wording

FILE = Path(__file__).resolve().parents[1] / "definitions" / "valid" / "together.json"


def as_text() -> str:
    """Return the document."""
    return FILE.read_text(encoding="utf-8")


@cache
def module() -> Module:
    """Return the definition."""
    made = parse.check(as_text()).module
    assert made is not None
    return made


def answers(**changes: Any) -> dict[str, Any]:
    """Return an application that is complete; `None` leaves an answer out."""
    given: dict[str, Any] = {
        "nama": "Siti",
        "email": "siti@contoh.id",
        "lahir": "1990-01-02",
        "jenis": "baru",
        "jumlah": 3,
        "wilayah": "kelurahan",
        "setuju": {"accepted": True, "text": wording.of(_consent())},
    }
    return {key: value for key, value in (given | changes).items() if value is not None}


def _consent() -> Field:
    field = module().field("setuju")
    assert field is not None
    return field
