"""What the words of questions and answers tell, and when they are rightly left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import labels

KINDS = {
    "NIK pemohon": "nik",
    "Nomor KTP": "nik",
    "No. KK": "no_kk",
    "No. HP": "phone",
    "Phone number": "phone",
    "Alamat email": "email",
    "Tanggal lahir": "date",
    "Date of birth": "date",
    "Kode pos": "postcode",
    "Nomor polisi": "plate",
    "Penghasilan per bulan": "money",
    "Jumlah anak": "integer",
    "Number of children": "integer",
    "Luas tanah (m²)": "number",
    "Fotokopi KTP": "file",
    "Apakah Anda menyewa?": "boolean",
    "Apakah pernah dihukum dan masih berlaku?": "boolean",
    "Do you own it?": "boolean",
    **dict.fromkeys(
        (
            "Nama sesuai KTP",
            "NIK atau nomor paspor",
            "Nomor HP/WA",
            "Nomor telepon dan alamat",
            "Nomor surat",
            "Number of the permit",
            "Apakah jenis usaha Anda?",
            "Sumber penghasilan",
            "What is your age?",
            "Keterangan tanggal",
        ),
        "",
    ),
}
TWO = {
    "Tempat, tanggal lahir": ("Tempat lahir", "Tanggal lahir"),
    "Tempat/tgl lahir anak": ("Tempat lahir anak", "Tgl lahir anak"),
    "Nomor dan tanggal surat pengantar": ("Nomor surat pengantar", "Tanggal surat pengantar"),
    "Nama dan alamat sekolah": ("Nama sekolah", "Alamat sekolah"),
    "Place and date of birth": ("Place of birth", "Date of birth"),
    "Nama dan gelar": None,
    "Tempat lahir": None,
}
CONDITIONAL = {
    "Jika ya, sebutkan": True,
    "Nama usaha (jika ya)": True,
    "If not, why?": False,
    "Bila tidak, mengapa?": False,
    "Jika ada, nomor izin lama": None,
    "Nama usaha (jika ada)": None,
    "Jikalau": None,
}
NUMBERED = {
    "Nama anak ke-2": ("Nama anak", 2),
    "Saksi I": ("Saksi", 1),
    "Saksi kedua": ("Saksi", 2),
    "First child": ("child", 1),
    "Nama anak (2)": ("Nama anak", 2),
    "Anak": None,
    "Tahun 2024": None,
    "12": None,
}
SHARED = [
    ("0–10", "10–20", "10"),
    ("0-9", "10-20", None),
    ("10 s/d 20", "lebih dari 20", None),
    ("sampai 20", "minimal 20", "20"),
    ("kurang dari 5", "5 atau lebih", None),
    ("1–2 juta", "Rp 2.000.000 - Rp 3.000.000", "2000000"),
    ("> 3", "> 5", "5"),
    ("2020-2021", "2021-2022", None),
    ("08.00-10.00", "10.00-12.00", None),
    ("Kelas 1", "Kelas 1", None),
]


class TestWords:
    @pytest.mark.parametrize("words", KINDS)
    def test_ask_for_a_kind_or_for_none_that_is_certain(self, words: str) -> None:
        assert labels.wanted_kind(words) == KINDS[words]

    @pytest.mark.parametrize("words", TWO)
    def test_ask_two_things_at_once(self, words: str) -> None:
        assert labels.two_in_one(words) == TWO[words]

    @pytest.mark.parametrize("words", CONDITIONAL)
    def test_speak_to_some_people_only(self, words: str) -> None:
        assert labels.conditional(words) is CONDITIONAL[words]

    @pytest.mark.parametrize("words", NUMBERED)
    def test_are_one_of_several_alike(self, words: str) -> None:
        assert labels.numbered(words) == NUMBERED[words]

    def test_name_a_unit_or_not(self) -> None:
        assert labels.measured("Luas lahan")
        assert not labels.measured("Permukaan luas")
        assert labels.names_unit("dalam meter persegi")
        assert labels.names_unit("Luas (m²)")
        assert not labels.names_unit("Luas lahan milik sendiri")

    def test_end_alike(self) -> None:
        assert labels.common_end(["Nama anak", "Umur anak"]) == "Anak"
        assert labels.common_end(["Nama", "Umur"]) == "Nama"


PIECES = (
    "Anak",
    "ke-",
    "no. ",
    "İ",
    "ſecond",
    "٣",
    "²",
    "Rp",
    "juta",
    "> ",
    " - ",
    "dan",
    "jika ya, ",
    " ",
    "#",
    "1.5",
)


class TestAnyWords:
    @pytest.mark.parametrize("words", ["Nama İ", "Anak ſecond", "Anak ٣"])
    def test_have_a_number_or_none(self, words: str) -> None:
        found = labels.numbered(words)
        assert found is None or found[1] in {2, 3}

    @given(words=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=6).map("".join))
    def test_are_read_or_left_alone(self, words: str) -> None:
        labels.numbered(words)
        labels.wanted_kind(words)
        labels.two_in_one(words)
        labels.conditional(words)
        labels.names_unit(words)
        labels.measured(words)
        labels.span(words)


class TestSpans:
    @pytest.mark.parametrize(("first", "second", "value"), SHARED)
    def test_share_a_number_or_none(self, first: str, second: str, value: str | None) -> None:
        one, other = labels.span(first), labels.span(second)
        shared = one.shared(other) if one and other else None
        assert shared == (None if value is None else Decimal(value))
