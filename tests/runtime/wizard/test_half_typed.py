"""Questions of several inputs, filled in by half: saved unseen, drawn again, and nothing typed is missing."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from itertools import combinations
from typing import Any

import pytest

from runtime.forms.face import part_name
from runtime.regions.models import Region
from tests import factories
from tests.runtime.forms.asking import document
from tests.runtime.wizard.forms import Applicant

VILLAGE = {"province": "72", "regency": "72.02", "district": "72.02.01", "village": "72.02.01.1001"}
NEAR = {"district": "36.71.01", "village": "36.71.01.1001"}  # a place lies where the site's region is
FAR = {level: VILLAGE[level] for level in ("regency", "district", "village")}
DAY = {"day": "31", "month": "Feb", "year": "20"}
TYPED: dict[str, dict[str, str]] = {
    "location": {**NEAR, "landmark": "Dekat pasar", "lat": "-6.17", "lon": "106.63"},
    "location far away": {**FAR, "landmark": "Dekat danau"},
    "region": VILLAGE,
    "address": {**VILLAGE, "street": "Gang 4", "rt": "3", "rw": "x", "hamlet": "Kulon", "postcode": "15"},
    "date": DAY,
    "datetime": {**DAY, "time": "25"},
    "date_range": {f"{end}_{part}": text for end in ("from", "to") for part, text in DAY.items()},
    "phone": {"": "0812"},
    "money": {"": "1.5x"},
}
LISTS = tuple(VILLAGE)


def subsets(parts: dict[str, str]) -> list[dict[str, str]]:
    """Return every way to fill in some parts; lists are chosen from the top, as they open."""
    free = [part for part in parts if part not in LISTS]
    lists = [part for part in LISTS if part in parts]
    chains = [lists[:depth] for depth in range(len(lists) + 1)]
    few = [chosen for count in range(min(len(free), 4) + 1) for chosen in combinations(free, count)]
    wanted = [(*chain, *some) for chain in chains for some in few]
    return [{part: parts[part] for part in some} for some in wanted if some]


@pytest.mark.django_db
class TestHalfTyped:
    @pytest.fixture(autouse=True)
    def areas(self) -> None:
        factories.areas()

    @pytest.mark.parametrize("kind", sorted(TYPED))
    @pytest.mark.parametrize("rows", [False, True], ids=["alone", "in a row"])
    def test_questions_are_drawn_as_they_were_left(
        self, kind: str, rows: bool, tangerang: Region, client_on: Callable[..., Any]
    ) -> None:
        asked: dict[str, Any] = {"key": "hal", "type": kind.split()[0], "label": {"id": "Hal", "en": "Thing"}}
        if kind == "location far away":
            asked["within"] = "72"
        around = {"key": "baris", "type": "repeat", "label": {"id": "Baris", "en": "Row"}, "fields": [asked]}
        factories.installed(tangerang, document([around if rows else asked]))
        citizen = Applicant(client_on(tangerang), "kecil")
        name = "baris.0.hal" if rows else "hal"
        for parts in subsets(TYPED[kind])[:: 3 if rows else 1]:
            posted = {part_name(name, part): text for part, text in parts.items()}
            marker = {"_row": ["baris.0"]} if rows else {}
            saved = citizen.client.post(f"{citizen.at('isi')}autosave/", {**posted, **marker})
            assert saved.json()["saved"]
            drawn = Inputs(citizen.get("isi").content.decode()).texts
            for input_, text in posted.items():
                assert _alike(drawn.get(input_, ""), text), (parts, drawn)


class Inputs(HTMLParser):
    """Reads name → text of all inputs and lists of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.list = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "input":
            self.texts[about.get("name") or ""] = about.get("value") or ""
        elif tag == "select":
            self.list = about.get("name") or ""
        elif tag == "option" and "selected" in about:
            self.texts[self.list] = about.get("value") or ""


def _alike(drawn: str, typed: str) -> bool:
    """Say whether two texts are the same but for how numbers are written."""
    return drawn == typed or drawn.replace(" ", "").lstrip("0") == typed.replace(" ", "").lstrip("0")
