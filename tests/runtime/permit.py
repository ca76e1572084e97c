"""A small complete service for tests: check, send back, sign with a number, remind, lapse, withdraw."""

from __future__ import annotations

import json
from typing import Any

from schemas import parse
from schemas.definition import Module

ADULT = {">=": [{"var": "age"}, 17]}


def text(words: str) -> dict[str, str]:
    return {"id": words}


def _mail(message: str, to: Any = "applicant") -> dict[str, Any]:
    return {"mail": message, "to": to}


def _pages() -> list[dict[str, Any]]:
    data = [
        {"key": "name", "type": "text", "label": text("Nama"), "required": True},
        {"key": "email", "type": "email", "label": text("Email")},
        {"key": "age", "type": "integer", "label": text("Umur"), "required": True},
        {"key": "village", "type": "office", "label": text("Kelurahan"), "kinds": ["village"]},
        {
            "key": "reason",
            "type": "choice",
            "label": text("Alasan"),
            "options": [{"value": "a", "label": text("A")}, {"value": "b", "label": text("B")}],
        },
    ]
    more = [
        {
            "key": "detail",
            "type": "text",
            "label": text("Rincian"),
            "required": True,
            "visible": {"==": [{"var": "reason"}, "b"]},
        },
        {"key": "paper", "type": "file", "label": text("Berkas"), "maxItems": 3},
        {"key": "hint", "type": "note", "label": text("Catatan")},
    ]
    check = [
        {"key": "complete", "type": "boolean", "label": text("Lengkap"), "required": True},
        {"key": "score", "type": "integer", "label": text("Nilai")},
    ]
    return [
        {"key": "data", "title": text("Data"), "fields": data},
        {"key": "more", "title": text("Lainnya"), "fields": more},
        {"key": "check", "title": text("Pemeriksaan"), "for": "clerk", "fields": check},
    ]


def _statuses() -> list[dict[str, Any]]:
    return [
        {
            "key": "review",
            "title": text("Diperiksa"),
            "kind": "work",
            "due": {"amount": 1, "unit": "working_days"},
            "edit": ["clerk"],
        },
        {"key": "fix", "title": text("Perbaikan"), "kind": "applicant"},
        {
            "key": "sign",
            "title": text("Tanda tangan"),
            "kind": "work",
            "due": {"amount": 4, "unit": "working_hours"},
        },
        {"key": "done", "title": text("Selesai"), "kind": "final", "outcome": "granted"},
        {"key": "refused", "title": text("Ditolak"), "kind": "final", "outcome": "refused"},
        {"key": "withdrawn", "title": text("Dibatalkan"), "kind": "final", "outcome": "withdrawn"},
        {"key": "expired", "title": text("Kedaluwarsa"), "kind": "final", "outcome": "expired"},
    ]


def _actions() -> list[dict[str, Any]]:
    clerk, head = {"role": "clerk"}, {"role": "head"}
    return [
        {
            "key": "forward",
            "title": text("Teruskan"),
            "from": ["review"],
            "to": "sign",
            "who": clerk,
            "ask": {"page": "check"},
            "effects": [_mail("to_sign", head)],
            "tone": "advance",
        },
        {
            "key": "send_back",
            "title": text("Minta perbaikan"),
            "from": ["review"],
            "to": "fix",
            "who": clerk,
            "ask": {"comment": "required", "corrections": True},
            "effects": [_mail("fix")],
            "tone": "return",
        },
        {
            "key": "answer",
            "title": text("Kirim perbaikan"),
            "from": ["fix"],
            "to": "review",
            "who": "applicant",
            "ask": {"answers": True},
            "tone": "advance",
        },
        {
            "key": "sign",
            "title": text("Tanda tangani"),
            "from": ["sign"],
            "to": "done",
            "who": head,
            "when": ADULT,
            "changes": [{"number": "letters"}],
            "effects": [_mail("done")],
            "tone": "advance",
        },
        {
            "key": "refuse",
            "title": text("Tolak"),
            "from": ["sign"],
            "to": "refused",
            "who": head,
            "ask": {"comment": "required"},
            "tone": "refuse",
        },
        {
            "key": "remind",
            "title": text("Ingatkan"),
            "from": ["sign"],
            "to": "sign",
            "who": "system",
            "after": {"amount": 1, "unit": "days"},
            "effects": [_mail("to_sign", head)],
        },
        {
            "key": "lapse_sign",
            "title": text("Lewat waktu"),
            "from": ["sign"],
            "to": "expired",
            "who": "system",
            "after": {"amount": 90, "unit": "days"},
        },
        {
            "key": "lapse",
            "title": text("Lewat waktu"),
            "from": ["fix"],
            "to": "expired",
            "who": "system",
            "after": {"amount": 10, "unit": "days"},
        },
        {
            "key": "withdraw",
            "title": text("Batalkan"),
            "from": ["review", "fix", "sign"],
            "to": "withdrawn",
            "who": "applicant",
        },
    ]


def document(**changes: Any) -> dict[str, Any]:
    """Return the document; `changes` replace top-level properties."""
    office = "office"
    return {
        "format": 1,
        "key": "izin",
        "languages": ["id"],
        "title": text("Surat Izin"),
        "summary": text("Izin untuk uji coba."),
        "category": "letters",
        "icon": "document",
        "applicant": {"name": "name", "email": "email"},
        "pages": _pages(),
        "workflow": {
            "start": "review",
            "office": "village",
            "roles": [
                {"key": "clerk", "title": text("Petugas loket"), "where": office},
                {"key": "head", "title": text("Lurah"), "where": office},
            ],
            "statuses": _statuses(),
            "actions": _actions(),
            "registers": [
                {
                    "key": "letters",
                    "title": text("Surat keluar"),
                    "pattern": "470/{number}/{office}/{month_roman}/{year}",
                    "scope": "office",
                    "reset": "year",
                    "digits": 3,
                }
            ],
            "filed": [_mail("received")],
        },
        "messages": [
            {"key": key, "subject": text(f"{key}: {{reference}}"), "body": text("{status} {note} {link}")}
            for key in ("received", "fix", "to_sign", "done")
        ],
    } | changes


def as_text(**changes: Any) -> str:
    return json.dumps(document(**changes))


def module(**changes: Any) -> Module:
    return parse.load(as_text(**changes))


def answers(**changes: Any) -> dict[str, Any]:
    """Return a complete application; a change to None leaves the question out."""
    given = {"name": "Siti", "email": "siti@contoh.id", "age": 30, "reason": "a"} | changes
    return {key: value for key, value in given.items() if value is not None}
