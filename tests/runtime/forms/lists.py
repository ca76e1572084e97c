"""Lists that questions choose from, small and large, in a document and of a region."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from runtime.datasets import reading, services
from runtime.datasets.models import Edition
from runtime.regions import scope
from runtime.regions.models import Region

DISTRICTS = ["Batuceper", "Benda", "Cibodas"]
MANY = 12_000

PARENT: dict[str, Any] = {
    "key": "kecamatan",
    "type": "choice",
    "label": {"id": "Kecamatan", "en": "District"},
    "options": [{"value": name.lower(), "label": name} for name in DISTRICTS],
}
BELONGS = {"==": [{"column": "kecamatan"}, {"var": "kecamatan"}]}
LARGE: dict[str, Any] = {
    "key": "jalan",
    "type": "choice",
    "label": {"id": "Jalan", "en": "Street"},
    "dataset": "daftar_jalan",
    "required": True,
}
INLINE: dict[str, Any] = {
    "key": "pasar",
    "type": "choice",
    "label": {"id": "Pasar", "en": "Market"},
    "dataset": "daftar_pasar",
    "filter": BELONGS,
    "required": True,
}
DATASETS: dict[str, Any] = {
    "daftar_jalan": {
        "source": "jalan",
        "edition": "2026",
        "columns": {"kecamatan": "text", "tarif": "money"},
    },
    "daftar_pasar": {
        "columns": {"kecamatan": "text"},
        "items": [
            {"value": "a", "label": "Pasar Anyar", "kecamatan": "benda"},
            {"value": "b", "label": "Pasar Baru", "kecamatan": "cibodas"},
            {"value": "c", "label": "Pasar Cimone", "kecamatan": "cibodas"},
        ],
    },
}


def used(*keys: str) -> dict[str, Any]:
    """Return the part of a document that names these lists."""
    return {"datasets": {key: DATASETS[key] for key in keys}}


def table(count: int = MANY, flower: str = "Melati") -> bytes:
    """Return a CSV of so many streets, divided among the districts in turn; each tenth is a garden."""
    lines = ["value,label,kecamatan,tarif:money"]
    for number in range(1, count + 1):
        kind = "Taman" if number % 10 == 0 else "Jalan"
        district = DISTRICTS[number % len(DISTRICTS)].lower()
        lines.append(f"S{number},{kind} {flower} {number},{district},{number * 1000}")
    return "\n".join(lines).encode()


def imported(region: Region, count: int = MANY, *, edition: str = "2026", flower: str = "Melati") -> Edition:
    """Keep the streets as an edition of the region."""
    with scope.use(region):
        return services.import_edition(
            region=region,
            key="jalan",
            title={"id": "Daftar jalan", "en": "Streets"},
            edition=edition,
            reading=reading.read(table(count, flower)),
            by=None,
            now=timezone.now(),
        )
