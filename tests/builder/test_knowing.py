"""What the profile says already is named once, and only where it is asked of the applicant."""

from __future__ import annotations

from typing import Any

import pytest

from builder import knowing, problems
from schemas import parse
from schemas.rules.prefill import PROFILE
from tests.builder.conftest import document


def suggested(*fields: dict[str, Any]) -> dict[str, str]:
    made = document()
    made["pages"][0]["fields"] = [{"key": f"q{at}", **field} for at, field in enumerate(fields)]
    checked = parse.check_value(made)
    assert checked.module is not None, checked.problems
    return {one.data["name"]: one.data["fact"] for one in knowing.suggestions(checked.module)}


def asks(label: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": {"id": label}, **more}


class TestSuggestions:
    @pytest.mark.parametrize(
        ("label", "kind", "fact"),
        [
            ("Nama lengkap sesuai KTP", "text", "name"),
            ("Nama pemohon", "text", "name"),
            ("NIK", "nik", "nik"),
            ("Nomor Kartu Keluarga", "no_kk", "no_kk"),
            ("Tempat lahir", "text", "birth_place"),
            ("Tanggal lahir", "date", "birth_date"),
            ("Pekerjaan", "text", "occupation"),
            ("Nomor HP Anda", "phone", "phone"),
            ("Alamat email", "email", "email"),
            ("Alamat rumah", "address", "address"),
        ],
    )
    def test_name_what_the_profile_says(self, label: str, kind: str, fact: str) -> None:
        assert suggested(asks(label, kind)) == {"q0": fact}
        assert kind in PROFILE[fact]

    @pytest.mark.parametrize(
        "field",
        [
            asks("Nama ibu kandung"),
            asks("Nama usaha"),
            asks("NIK anak", "nik"),
            asks("Alamat usaha", "longtext"),
            asks("Pekerjaan", "integer"),
            asks("NIK", "nik", prefill={"profile": "nik"}),
            asks("Nama", prefill={"previous": True}),
            asks("Nama", default="Siti"),
        ],
        ids=lambda field: field["label"]["id"],
    )
    def test_leave_others_alone(self, field: dict[str, Any]) -> None:
        assert suggested(field) == {}

    def test_name_each_fact_once_and_none_that_is_taken_already(self) -> None:
        assert suggested(asks("NIK", "nik"), asks("NIK pemohon", "nik")) == {"q0": "nik"}
        assert suggested(asks("NIK pemohon", "nik", prefill={"profile": "nik"}), asks("NIK", "nik")) == {}


class TestAnImportedDraft:
    def test_is_told_what_the_profile_says(self) -> None:
        made = document()
        made["pages"][0]["fields"] = [{"key": "q0", **asks("Tanggal lahir", "date")}]
        told = [words for _place, words in problems.mistakes(made) if "Tanggal lahir" in words]
        assert len(told) == 1
        assert "profil" in told[0]
        made["pages"][0]["fields"][0]["prefill"] = {"profile": "birth_date"}
        assert not [words for _place, words in problems.mistakes(made) if "Tanggal lahir" in words]
