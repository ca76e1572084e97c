"""The service standard follows from the document."""

from __future__ import annotations

import pytest

from schemas import parse, standard
from schemas.definition import Duration, Module
from tests.schemas.corpus import STARTERS, VALID


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return {path.stem: parse.load(path.read_text(encoding="utf-8")) for path in [*STARTERS, *VALID]}


class TestDescribe:
    def test_takes_the_plain_way_to_the_granted_end(self, modules: dict[str, Module]) -> None:
        steps = standard.describe(modules["surat-domisili"], "id").steps
        assert [step.status for step in steps] == [
            "pemeriksaan",
            "paraf_kasi",
            "tanda_tangan",
            "siap_diambil",
            "selesai",
        ]
        assert steps[0].who == ("Petugas loket",)
        assert steps[0].title == "Berkas sedang diperiksa"

    def test_sums_the_promised_times_and_rounds_up(self, modules: dict[str, Module]) -> None:
        assert standard.describe(modules["surat-domisili"], "id").total == Duration(3, "working_days")

    def test_does_not_count_the_time_that_waits_for_the_applicant(self, modules: dict[str, Module]) -> None:
        assert standard.describe(modules["aduan-warga"], "id").total == Duration(26, "working_days")

    def test_lists_the_files_with_their_conditions_in_words(self, modules: dict[str, Module]) -> None:
        documents = standard.describe(modules["surat-domisili"], "en").documents
        by_label = {document.label: document for document in documents}
        assert by_label["Identity card (KTP-el)"].required
        assert by_label["Identity card (KTP-el)"].condition == ""
        assert not by_label["Letter from RT/RW"].required
        assert by_label["Notarial deed"].condition == (
            "This letter states the domicile of … is one of An organisation, A political party"
        )

    def test_promises_nothing_where_no_time_is_given(self, modules: dict[str, Module]) -> None:
        described = standard.describe(modules["smallest"], "id")
        assert described.total is None
        assert [step.status for step in described.steps] == ["baru", "selesai"]
