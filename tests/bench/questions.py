"""Thirty questions, once as a module document and once as rows of the peer's form page."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

MOST = 1_000_000  # what the answer to q3 may be for a step to be taken
OPTIONS = ["Merah", "Kuning", "Hijau", "Biru"]
# (our type, the peer's type, an answer as our form posts it, an answer as the peer's form posts it)
KINDS: list[tuple[str, str, dict[str, Any], Any]] = [
    ("text", "singleline", {"": "Jalan Melati 4"}, "Jalan Melati 4"),
    ("email", "email", {"": "warga@contoh.id"}, "warga@contoh.id"),
    ("date", "date", {"-day": "17", "-month": "8", "-year": "1990"}, "1990-08-17"),
    ("integer", "number", {"": "12"}, "12"),
    ("number", "number", {"": "12,5"}, "12.5"),
    ("choice-select", "dropdown", {"": "hijau"}, "Hijau"),
    ("choice-radio", "radio", {"": "biru"}, "Biru"),
    ("choices", "checkboxes", {"": ["merah", "biru"]}, ["Merah", "Biru"]),
    ("longtext", "multiline", {"": "Dua baris\nketerangan."}, "Dua baris\nketerangan."),
    ("boolean", "checkbox", {"": "yes"}, "on"),
]


CANONICAL: dict[str, Any] = {
    "text": "Jalan Melati 4",
    "email": "warga@contoh.id",
    "date": "1990-08-17",
    "integer": 12,
    "number": "12.5",
    "choice-select": "hijau",
    "choice-radio": "biru",
    "choices": ["merah", "biru"],
    "longtext": "Dua baris\nketerangan.",
    "boolean": True,
}


def canonical_answers(count: int = 30) -> dict[str, Any]:
    """Return the answers as they are stored."""
    return {key: CANONICAL[kind] for key, kind, *_ in questions(count)}


def questions(count: int = 30) -> list[tuple[str, str, str, dict[str, Any], Any]]:
    """Return (key, our type, peer's type, our answer, peer's answer) for `count` questions."""
    return [(f"q{n}", *KINDS[n % len(KINDS)]) for n in range(count)]


def field(key: str, kind: str) -> dict[str, Any]:
    """Return one question of the module document."""
    type_, _, style = kind.partition("-")
    made: dict[str, Any] = {"key": key, "type": type_, "label": f"Pertanyaan {key}", "required": True}
    if type_ == "boolean":
        made["required"] = False
    if type_ in {"choice", "choices"}:
        made["options"] = [{"value": word.lower(), "label": word} for word in OPTIONS]
    if style:
        made["style"] = style
    return made


def document(count: int = 30) -> dict[str, Any]:
    """Return a module with one page of `count` questions and five approval steps."""
    steps = [f"langkah{n}" for n in range(1, 6)]
    path = [*steps, "selesai"]
    return {
        "format": 1,
        "key": "ukur",
        "languages": ["id"],
        "title": "Ukur",
        "summary": "Layanan untuk mengukur.",
        "category": "letters",
        "icon": "document",
        "pages": [
            {
                "key": "isi",
                "title": "Isian",
                "fields": [field(key, kind) for key, kind, *_ in questions(count)],
            }
        ],
        "workflow": {
            "start": steps[0],
            "roles": [{"key": "officer", "title": "Petugas", "where": "region"}],
            "statuses": [
                *({"key": step, "title": step.title(), "kind": "work"} for step in steps),
                {"key": "selesai", "title": "Selesai", "kind": "final", "outcome": "granted"},
                {"key": "ditolak", "title": "Ditolak", "kind": "final", "outcome": "refused"},
            ],
            "actions": [
                *(_action(f"lanjut{n}", [step], after) for n, (step, after) in enumerate(pairwise(path), 1)),
                _action("tolak", steps, "ditolak"),
            ],
        },
    }


def _action(key: str, before: list[str], after: str) -> dict[str, Any]:
    made = {"key": key, "title": key.title(), "from": before, "to": after, "who": {"role": "officer"}}
    if after == "ditolak":
        return {**made, "ask": {"comment": "required"}, "tone": "refuse"}
    return {**made, "when": {"<=": [{"var": "q3"}, MOST]}, "tone": "advance"}
