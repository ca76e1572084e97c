"""Two services of which one asks the other: a permit for an event, and the opinion it waits for."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from runtime.cases import services
from runtime.cases.models import Case
from runtime.cases.outcomes import Performed
from runtime.effects import services as effects
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime.conftest import NOW
from tests.runtime.permit import text

_keys = itertools.count(1)

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


@dataclass
class Two:
    """A region that offers both services, and the officer of both."""

    region: Region
    officer: User
    asking: Installation

    def file(self, **answers: Any) -> Case:
        given = {"nama": "Siti", "tamu": 30} | answers
        receipt = services.submit_case(
            region=self.region,
            version=self.asking.version,
            answers={key: value for key, value in given.items() if value is not None},
            language="id",
            submit_key=f"draft{next(_keys)}",
            draft_token="draft",
            now=NOW,
        )
        return receipt.case

    def do(self, case: Case, action: str, **more: Any) -> Performed:
        who: dict[str, Any] = {"actor_user": self.officer} | more
        return services.perform(
            region=self.region,
            case_reference=case.reference,
            action=action,
            key=f"k{next(_keys)}",
            now=NOW,
            **who,
        )

    def asked(self, **answers: Any) -> tuple[Case, Case]:
        """Return a case that waits, and the one it opened."""
        parent = self.file(**answers)
        self.do(parent, "minta")
        effects.run_due(now=NOW)
        return Case.objects.get(pk=parent.pk), Case.objects.get(parent=parent)

    def withdraw(self, case: Case, action: str) -> Performed:
        return self.do(case, action, actor_user=None, applicant=True)


def offer(region: Region, document: dict[str, Any]) -> Installation:
    return factories.installed(region, json.dumps(document))


@pytest.fixture
def two(tangerang: Region) -> Iterator[Two]:
    offer(tangerang, opinion())
    made = Two(tangerang, factories.staff("petugas", tangerang, "petugas"), offer(tangerang, event_permit()))
    with scope.use(tangerang):
        yield made
