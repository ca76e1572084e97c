"""Nobody opens a case by its reference alone, nor by trying."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from runtime.cases import proof, services
from runtime.cases.models import Case, ProofAttempt
from runtime.cases.outcomes import Receipt
from runtime.cases.reference import generate
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village

ADDRESS = "203.0.113.9"


def open_case(desk: Village, reference: str, answer: str, address: str = ADDRESS) -> Case | None:
    return services.open_with_proof(
        region=desk.region, reference=reference, answer=answer, address=address, now=desk.now
    )


def has_lookalikes(receipt: Receipt) -> bool:
    return bool(set(receipt.access_code or "") & set("01"))


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("0812-3456-7890", "+6281234567890"),
            ("17/8/1945", "1945-08-17"),
            ("17 08 1945", "1945-08-17"),
            ("17 Agustus 1945", "1945-08-17"),
            ("17 August 1945", "1945-08-17"),
            ("17-agt-1945", "1945-08-17"),
            ("  SITI@Contoh.ID ", "siti@contoh.id"),
            ("3671 0123 4567 8901", "3671012345678901"),
        ],
    )
    def test_forgives_how_a_fact_is_written(self, typed: str, stored: str) -> None:
        assert proof.normalise(typed) == proof.normalise(stored)

    def test_keeps_different_facts_apart(self) -> None:
        assert proof.normalise("1945-08-17") != proof.normalise("1945-08-18")
        assert proof.normalise("081234567890") != proof.normalise("081234567891")
        assert proof.normalise("17 Agustus 1945") != proof.normalise("17 September 1945")
        assert proof.normalise("17 Xyz 1945") == "17xyz1945"


class TestOpenWithProof:
    def test_needs_both_facts(self, desk: Village) -> None:
        receipt = desk.submit()
        assert receipt.access_code is not None
        assert open_case(desk, receipt.reference, receipt.access_code) == receipt.case
        assert open_case(desk, receipt.reference, "wrong") is None
        assert open_case(desk, receipt.reference, "") is None
        assert open_case(desk, generate("TNG"), receipt.access_code) is None

    def test_forgives_lookalikes_in_an_access_code(self, desk: Village) -> None:
        receipt = next(found for _ in range(200) if (found := desk.submit()) and has_lookalikes(found))
        code = receipt.access_code or ""
        for wrong in (code.replace("0", "O").replace("1", "I"), code.replace("0", "o").replace("1", "l")):
            assert wrong != code
            assert open_case(desk, receipt.reference, wrong) == receipt.case
        assert open_case(desk, receipt.reference, code[:-1] + ("2" if code[-1] != "2" else "3")) is None

    @pytest.mark.parametrize("name", ["—", "...", "?!"])
    def test_falls_back_to_a_code_where_the_answer_holds_nothing_to_retype(
        self, desk: Village, name: str
    ) -> None:
        applicant = {"name": "name", "email": "email", "proof": "name"}
        version = factories.installed(desk.region, permit.as_text(key="lain", applicant=applicant)).version
        receipt = desk.submit(version=version, answers=permit.answers(name=name, village=desk.office.key))
        assert receipt.access_code
        assert open_case(desk, receipt.reference, receipt.access_code) == receipt.case
        assert open_case(desk, receipt.reference, name) is None

    def test_is_locked_for_one_address_after_ten_wrong_tries_and_open_to_others(self, desk: Village) -> None:
        receipt = desk.submit()
        for n in range(10):
            assert open_case(desk, receipt.reference, f"wrong{n}") is None
        with pytest.raises(services.TooManyAttempts):
            open_case(desk, receipt.reference, receipt.access_code or "")
        assert open_case(desk, receipt.reference, receipt.access_code or "", "198.51.100.1") == receipt.case

    def test_is_locked_for_an_address_that_tries_many_cases(self, desk: Village) -> None:
        receipt = desk.submit()
        for _ in range(30):
            open_case(desk, generate("TNG"), "x")
        with pytest.raises(services.TooManyAttempts):
            open_case(desk, receipt.reference, receipt.access_code or "")
        assert open_case(desk, receipt.reference, receipt.access_code or "", "198.51.100.1")

    def test_is_locked_for_everybody_after_a_hundred_wrong_tries_a_day(self, desk: Village) -> None:
        receipt = desk.submit()
        for n in range(100):
            assert open_case(desk, receipt.reference, f"wrong{n}", f"203.0.113.{n}") is None
            desk.now += timedelta(minutes=10)
        with pytest.raises(services.TooManyAttempts):
            open_case(desk, receipt.reference, receipt.access_code or "", "198.51.100.1")
        desk.now += timedelta(hours=24)
        assert open_case(desk, receipt.reference, receipt.access_code or "") == receipt.case

    def test_does_not_stay_locked_by_knocking_on(self, desk: Village) -> None:
        receipt = desk.submit()
        for n in range(10):
            open_case(desk, receipt.reference, f"wrong{n}")
        for _ in range(40):
            desk.now += timedelta(minutes=1)
            with pytest.raises(services.TooManyAttempts):
                open_case(desk, receipt.reference, "wrong")
        desk.now += timedelta(minutes=21)
        assert open_case(desk, receipt.reference, receipt.access_code or "") == receipt.case

    def test_does_not_lock_those_who_know(self, desk: Village) -> None:
        receipt = desk.submit()
        for _ in range(100):
            assert open_case(desk, receipt.reference, receipt.access_code or "")

    def test_stores_neither_address_nor_reference(self, desk: Village) -> None:
        receipt = desk.submit()
        open_case(desk, receipt.reference, "wrong")
        stored = " ".join(ProofAttempt.objects.values_list("subject", flat=True))
        assert ADDRESS not in stored
        assert receipt.reference not in stored

    def test_still_opens_after_the_secret_key_was_changed(self, desk: Village) -> None:
        with override_settings(SECRET_KEY="old"):
            receipt = desk.submit()
        with override_settings(SECRET_KEY="new"):
            assert open_case(desk, receipt.reference, receipt.access_code or "") is None
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"]):
            assert open_case(desk, receipt.reference, receipt.access_code or "")
