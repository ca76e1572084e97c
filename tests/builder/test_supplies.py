"""Lists that a service chooses from must be in its region before it is published, and stay from then on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from builder import problems, services, supplies
from builder.models import Module
from runtime.datasets import services as datasets
from runtime.datasets.models import Edition
from runtime.effects import registry
from runtime.modules import services as installations
from runtime.modules.models import Installation, ModuleVersion
from runtime.outside import services as outside
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import parse
from schemas.definition import EffectType
from schemas.problems import Problem
from tests import factories
from tests.runtime.forms import lists
from tests.runtime.forms.asking import document
from tests.runtime.forms.lists import LARGE
from tests.runtime.subcases import event_permit, opinion

VALID_FOLDER = Path(__file__).parents[1] / "definitions" / "valid"
AREA: dict[str, Any] = {"key": "asal", "type": "region", "label": "Asal"}
TEXT = document([LARGE], **lists.used("daftar_jalan"))


@pytest.fixture
def here(tangerang: Region) -> Iterator[Region]:
    with scope.use(tangerang):
        yield tangerang


def found(region: Region, text: str = TEXT) -> tuple[Problem, ...]:
    module = parse.check(text).module
    assert module is not None
    return tuple(supplies.missing(module, region))


def places(region: Region, text: str = TEXT) -> list[tuple[str, str]]:
    told = found(region, text)
    said = problems.described(told, json.loads(text))
    assert all("{" not in one["sentence"] and one["tab"] == "questions" for one in said)
    assert all(problem.severity == "error" for problem in told)
    return [(problem.code, problem.pointer) for problem in told]


class TestMissing:
    def test_tells_a_list_that_the_region_does_not_see(self, here: Region, poso: Region) -> None:
        lists.imported(poso, 3)
        assert places(here) == [(supplies.NO_LIST, "/datasets/daftar_jalan/edition")]

    def test_tells_an_edition_that_is_not_there(self, here: Region) -> None:
        lists.imported(here, 3, edition="2025")
        assert places(here) == [(supplies.NO_LIST, "/datasets/daftar_jalan/edition")]

    def test_is_content_with_what_a_region_above_shares(self, here: Region) -> None:
        province = factories.tenant("banten", kind=Region.Kind.PROVINCE)
        here.parent = province
        here.save()
        lists.imported(province, 3)
        assert places(here) == []

    def test_tells_a_column_that_is_not_there_or_of_another_type(self, here: Region) -> None:
        lists.imported(here, 3)
        assert places(here) == []
        used = lists.used("daftar_jalan")
        used["datasets"]["daftar_jalan"] = {
            **used["datasets"]["daftar_jalan"],
            "columns": {"tarif": "text", "luas": "number", "kecamatan": "text"},
        }
        place = "/datasets/daftar_jalan/columns"
        assert places(here, document([LARGE], **used)) == [
            (supplies.OTHER_COLUMN, f"{place}/tarif"),
            (supplies.OTHER_COLUMN, f"{place}/luas"),
        ]

    def test_tells_questions_for_areas_while_no_areas_are_loaded(self, here: Region) -> None:
        rows = {"key": "kota", "type": "repeat", "label": "Kota", "fields": [AREA]}
        text = document([AREA | {"key": "lahir"}, rows])
        assert [code for code, _place in places(here, text)] == [supplies.NO_AREAS] * 2
        factories.areas()
        assert places(here, text) == []


class TestPublish:
    def test_is_refused_without_the_list_and_stores_nothing(self, here: Region, clerk: User) -> None:
        with pytest.raises(services.NotReady) as refused:
            services.import_document(text=TEXT, region=here, user=clerk, now=timezone.now(), publish_now=True)
        assert [problem.code for problem in refused.value.problems] == [supplies.NO_LIST]
        assert not Installation.objects.exists()
        assert not Module.objects.exists()

    def test_keeps_the_edition_for_good(self, here: Region, clerk: User) -> None:
        edition = lists.imported(here, 3)
        services.import_document(text=TEXT, region=here, user=clerk, now=timezone.now())
        assert Edition.objects.get().used_at is None
        services.publish(module=Module.objects.get(), user=clerk, now=timezone.now())
        assert Edition.objects.get().used_at is not None
        with pytest.raises(datasets.Refused, match="tetap disimpan"):
            datasets.delete_edition(region=here, edition=edition)

    def test_does_not_take_a_later_edition_for_the_one_it_names(self, here: Region, clerk: User) -> None:
        lists.imported(here, 3)
        services.import_document(text=TEXT, region=here, user=clerk, now=timezone.now(), publish_now=True)
        later = lists.imported(here, 5, edition="2027")
        datasets.delete_edition(region=here, edition=later)
        assert [edition.name for edition in Edition.objects.all()] == ["2026"]

    def test_is_refused_by_the_runtime_too(self, here: Region) -> None:
        with pytest.raises(installations.ListMissing):
            installations.install(region=here, document=TEXT, number=1, now=timezone.now())
        assert not ModuleVersion.objects.exists()


class TestEditor:
    def test_tells_the_clerk_before_publishing(
        self, here: Region, clerk: User, client_on: Callable[..., Client]
    ) -> None:
        module = services.import_document(text=TEXT, region=here, user=clerk, now=timezone.now())
        address = reverse("builder_check", args=[module.pk])
        answer = client_on(here, clerk).post(address, TEXT, content_type="application/json")
        codes = {problem["code"]: problem for problem in answer.json()["problems"]}
        assert "tidak memiliki daftar “jalan” edisi “2026”" in codes[supplies.NO_LIST]["sentence"]
        assert codes[supplies.NO_LIST]["target"]["key"] == "jalan"


class TestOutgoing:
    def test_can_carry_out_every_effect_that_a_document_can_name(self) -> None:
        assert set(get_args(EffectType)) <= set(registry.types())

    def test_tells_a_connection_and_a_gateway_that_the_region_lacks(
        self, here: Region, settings: Any
    ) -> None:
        text = (VALID_FOLDER / "effects.json").read_text(encoding="utf-8")

        def told() -> list[tuple[str, str]]:
            return [(one.code, one.pointer) for one in found(here, text) if "no_service" not in one.code]

        place = "/workflow/actions/0/effects"
        assert told() == [
            ("effects.no_gateway", f"{place}/1/via"),
            ("effects.not_here", f"{place}/2/webhook"),
        ]
        said = problems.described(found(here, text), json.loads(text))
        assert all("{" not in one["sentence"] and one["tab"] == "workflow" for one in said)
        for name, kind in (("Keuangan", "webhook"), ("WA", "whatsapp")):
            outside.add(
                region=here, name=name, kind=kind, address="https://a.example/", token="", now=timezone.now()
            )
        assert told() == []


class TestOtherServices:
    def test_that_are_asked_must_be_open_here_take_what_is_brought_and_not_lead_back(
        self, here: Region
    ) -> None:
        def told(**more: Any) -> list[tuple[str, str]]:
            asking = event_permit(**more)
            known = found(here, json.dumps(asking))
            said = problems.described(known, asking)
            assert all("{" not in one["sentence"] and one["tab"] == "workflow" for one in said)
            return [(one.code, one.pointer) for one in known if one.code.startswith("effects.")]

        place = "/workflow/actions/3/effects/0"
        assert told() == [("effects.no_service", f"{place}/case")]
        factories.installed(here, json.dumps(opinion()))
        assert told() == []
        assert told(answers={"nama": "Siti", "luas": 3}) == [
            ("effects.no_question", f"{place}/answers/luas"),
            ("effects.unanswered_there", f"{place}/answers"),
        ]
        asked = opinion()
        back = {"case": "izin-acara", "answers": {"nama": {"var": "nama"}, "tamu": 1}}
        asked["workflow"]["actions"][0]["effects"] = [back]
        factories.installed(here, json.dumps(asked), 2)
        assert told() == [("effects.circle", f"{place}/case")]
        with scope.use(here):
            installations.close(region=here, key="rekomendasi")
        assert told() == [("effects.no_service", f"{place}/case")]
