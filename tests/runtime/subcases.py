"""Two services of which one asks the other: a permit for an event, and the opinion it waits for."""

from __future__ import annotations

from typing import Any

from tests.runtime.permit import text

OFFICER = {"role": "petugas"}


def _status(key: str, title: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "title": text(title), "kind": kind, **more}


def _action(key: str, title: str, from_: str, to: str, who: Any = None, **more: Any) -> dict[str, Any]:
    return {"key": key, "title": text(title), "from": [from_], "to": to, "who": who or OFFICER, **more}


def _service(key: str, title: str, fields: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    due = {"amount": 3, "unit": "working_days"}
    finals = [
        _status("terbit", "Terbit", "final", outcome="granted"),
        _status("ditolak", "Ditolak", "final", outcome="refused"),
        _status("batal", "Dibatalkan", "final", outcome="withdrawn"),
    ]
    return {
        "format": 1,
        "key": key,
        "languages": ["id"],
        "title": text(title),
        "applicant": {"name": "nama"},
        "pages": [{"key": "isian", "title": text("Isian"), "fields": fields}],
        "workflow": {
            "start": "periksa",
            "roles": [{"key": "petugas", "title": text("Petugas")}],
            "statuses": [_status("periksa", "Diperiksa", "work", due=due), *finals],
            "actions": [
                _action("setujui", "Setujui", "periksa", "terbit"),
                _action("tolak", "Tolak", "periksa", "ditolak", ask={"comment": "required"}),
                _action("tarik", "Batalkan", "periksa", "batal", "applicant"),
            ],
        },
    } | more


def _name() -> dict[str, Any]:
    return {"key": "nama", "type": "text", "label": text("Nama"), "required": True, "privacy": "personal"}


def opinion() -> dict[str, Any]:
    """Return the service that is asked; it can be opened again by right."""
    most = {"key": "jumlah", "type": "integer", "label": text("Jumlah orang"), "required": True}
    fields = [
        _name(),
        {**most, "maximum": 500},
        {"key": "denah", "type": "file", "label": text("Denah")},
        {"key": "lokasi", "type": "location", "label": text("Lokasi")},
    ]
    made = _service("rekomendasi", "Rekomendasi teknis", fields)
    again = _action("buka_lagi", "Buka lagi", "ditolak", "periksa", legal_basis=text("UU 30/2014"))
    made["workflow"]["actions"].append(again)
    return made


def effect(**more: Any) -> dict[str, Any]:
    answers = {
        "nama": {"var": "nama"},
        "jumlah": {"+": [{"var": "tamu"}, 10]},
        "denah": {"var": "denah"},
        "lokasi": {"var": "lokasi"},
    }
    ways = {"granted": "lanjut", "refused": "gagal", "withdrawn": "gagal", "expired": "gagal"}
    return {"case": "rekomendasi", "answers": answers, "outcomes": ways} | more


def event_permit(**more: Any) -> dict[str, Any]:
    """Return the service that asks: `minta` opens the other case and waits; `more` changes the effect."""
    fields = [
        _name(),
        {"key": "tamu", "type": "integer", "label": text("Jumlah tamu"), "required": True},
        {"key": "denah", "type": "file", "label": text("Denah")},
        {"key": "lokasi", "type": "location", "label": text("Lokasi")},
    ]
    made = _service("izin-acara", "Izin acara", fields)
    workflow = made["workflow"]
    workflow["statuses"].insert(1, _status("menunggu", "Menunggu rekomendasi", "wait"))
    workflow["actions"] += [
        _action("minta", "Minta rekomendasi", "periksa", "menunggu", effects=[effect(**more)]),
        _action("lanjut", "Rekomendasi terbit", "menunggu", "periksa", "system"),
        _action("gagal", "Rekomendasi tidak terbit", "menunggu", "ditolak", "system"),
        _action("tanpa", "Lanjut tanpa rekomendasi", "menunggu", "periksa"),
        _action("urung", "Batalkan", "menunggu", "batal", "applicant"),
    ]
    return made
