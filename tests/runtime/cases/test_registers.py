"""Registers: own and shared series of numbers, and the book that every number stands in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from runtime.cases import numbering, registerbook
from runtime.cases.models import Case, RegisterEntry
from runtime.modules.models import ModuleVersion
from schemas.definition import Register, Text
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village

TITLE = Text((("id", "Surat keluar"),))
OWN = Register("izin", TITLE, "{number}/{year}")
SHARED = Register("keluar", TITLE, "470/{number}", shared=True)


def other_service(desk: Village) -> ModuleVersion:
    document: dict[str, Any] = json.loads(permit.as_text())
    return factories.installed(desk.region, json.dumps(document | {"key": "izin-lain"})).version


def case_of(desk: Village, version: ModuleVersion | None = None) -> Case:
    return desk.submit(**({"version": version} if version else {})).case


class TestNumbers:
    def test_are_counted_by_each_service_alone(self, desk: Village) -> None:
        one, two = case_of(desk), case_of(desk, other_service(desk))
        taken = [numbering.take(case=case, register=OWN, now=desk.now) for case in (one, two, one)]
        assert taken == ["1/2026", "1/2026", "2/2026"]

    def test_of_a_shared_register_are_one_series_of_all_services(self, desk: Village) -> None:
        one, two = case_of(desk), case_of(desk, other_service(desk))
        taken = [numbering.take(case=case, register=SHARED, now=desk.now) for case in (one, two, one)]
        assert taken == ["470/1", "470/2", "470/3"]

    def test_that_were_not_kept_leave_no_line_and_no_gap(self, desk: Village) -> None:
        case = case_of(desk)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            numbering.take(case=case, register=SHARED, now=desk.now)
            raise ZeroDivisionError
        assert not RegisterEntry.objects.exists()
        assert numbering.take(case=case, register=SHARED, now=desk.now) == "470/1"


class TestBook:
    def test_holds_the_number_of_a_signed_case(self, desk: Village) -> None:
        case = case_of(desk)
        desk.forward(case.reference)
        desk.perform(case.reference, "sign", desk.head)
        (entry,) = registerbook.entries(desk.region)
        case.refresh_from_db()
        assert (entry.number, entry.case, entry.letter, entry.n) == (case.number, case, "", 1)

    def test_is_read_by_year_in_the_zone_of_the_region_and_by_office(self, desk: Village) -> None:
        case = case_of(desk)
        eve = desk.now.replace(month=12, day=31, hour=23, minute=30)
        numbering.take(case=case, register=SHARED, now=eve, letter="surat")
        numbering.take(case=case, register=SHARED, now=eve + timedelta(hours=1))
        assert registerbook.years(desk.region) == [2027, 2026]
        assert [entry.letter for entry in registerbook.entries(desk.region, year=2026)] == ["surat"]
        assert list(registerbook.offices(desk.region)) == [desk.office]
        assert not registerbook.entries(desk.region, office=desk.region.pk)
