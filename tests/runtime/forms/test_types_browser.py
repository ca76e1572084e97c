"""Every type that is typed in, in a real browser: empty, wrong and filled, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import samples
from tests.runtime.forms.asking import Asked

pytestmark = pytest.mark.browser


def asked(kind: str, label: str, english: str, **more: Any) -> dict[str, Any]:
    words = {"id": label, "en": english}
    return {
        "key": f"q_{kind}" if "key" not in more else more.pop("key"),
        "type": kind,
        "label": words,
        **more,
    }


MUST = {"required": True}
PICTURE = {"data": samples.data_uri("PNG", 480, 200), "alt": {"id": "Kartu", "en": "A card"}}
SHOWN = [
    asked(
        "heading", "Identitas", "Identity", help={"id": "Siapkan kartu Anda.", "en": "Have your cards ready."}
    ),
    asked(
        "notice",
        "Nomor harus sesuai kartu",
        "Numbers must match the card",
        tone="warning",
        help={"id": "Nomor yang salah memperlambat permohonan.", "en": "Wrong numbers slow things down."},
    ),
    asked("notice", "Gratis", "Free of charge", tone="success", key="q_free"),
    asked("notice", "Jam buka 08.00–16.00", "Open 8 to 4", key="q_open"),
    asked("image", "Letak nomor", "Where the number is", image=PICTURE),
    asked("note", "Catatan", "Note", help={"id": "Isi dengan huruf biasa.", "en": "Write plainly."}),
]
TYPED: list[tuple[dict[str, Any], dict[str, str], dict[str, str], Any]] = [
    # question, what is typed wrongly, what is typed, what is stored
    (asked("text", "Nama", "Name", **MUST), {"": ""}, {"": "Siti"}, "Siti"),
    (asked("longtext", "Alamat", "Address", **MUST), {"": ""}, {"": "Jl. Melati 3"}, "Jl. Melati 3"),
    (asked("email", "Email", "E-mail"), {"": "siti@"}, {"": "siti@contoh.id"}, "siti@contoh.id"),
    (
        asked("phone", "Nomor WhatsApp", "WhatsApp number", mobile=True),
        {"": "021 5550123"},
        {"": "0812-3456-7890"},
        "+6281234567890",
    ),
    (asked("nik", "NIK", "NIK"), {"": "3671"}, {"": "3671 0145 0788 0002"}, "3671014507880002"),
    (
        asked("no_kk", "Nomor KK", "Family card number"),
        {"": "1" * 16},
        {"": "3671010101200001"},
        "3671010101200001",
    ),
    (asked("npwp", "NPWP", "NPWP"), {"": "12"}, {"": "01.300.066.6-091.000"}, "0013000666091000"),
    (asked("nip", "NIP", "NIP"), {"": "1" * 18}, {"": "19880705 201001 1 003"}, "198807052010011003"),
    (asked("nib", "NIB", "NIB"), {"": "x"}, {"": "9120001234567"}, "9120001234567"),
    (asked("nisn", "NISN", "NISN"), {"": "1"}, {"": "0051234567"}, "0051234567"),
    (asked("plate", "Nomor polisi", "Number plate"), {"": "1234"}, {"": "b1234xyz"}, "B 1234 XYZ"),
    (asked("postcode", "Kode pos", "Postal code"), {"": "15"}, {"": "15810"}, "15810"),
    (
        asked("url", "Situs web", "Web site"),
        {"": "javascript:alert(1)"},
        {"": "www.contoh.go.id"},
        "https://www.contoh.go.id",
    ),
    (
        asked("pattern", "Nomor izin", "Licence", pattern="[A-Z]{2}-[0-9]{4}", example="AB-1234"),
        {"": "x"},
        {"": "ab-1234"},
        "AB-1234",
    ),
    (asked("integer", "Jumlah anak", "Children"), {"": "dua"}, {"": "1.500"}, 1500),
    (asked("number", "Luas", "Area"), {"": "x"}, {"": "2,5"}, "2.5"),
    (asked("money", "Penghasilan", "Income"), {"": "x"}, {"": "Rp1.500.000"}, 1500000),
    (
        asked("money", "Biaya perjalanan", "Travel costs", key="q_usd", currency="USD"),
        {"": "1,005"},
        {"": "1.250,50"},
        125050,
    ),
    (
        asked("date", "Tanggal lahir", "Date of birth"),
        {"day": "31", "month": "2", "year": "1990"},
        {"day": "17", "month": "Agustus", "year": "1990"},
        "1990-08-17",
    ),
    (asked("time", "Jam buka", "Opens at"), {"": "25"}, {"": "14.05"}, "14:05"),
    (
        asked("datetime", "Waktu acara", "When it begins"),
        {"day": "7", "month": "9", "year": "2026"},
        {"day": "7", "month": "9", "year": "2026", "time": "1405"},
        "2026-09-07T14:05+07:00",
    ),
    (
        asked("date_range", "Lama cuti", "Leave"),
        {
            "from_day": "9",
            "from_month": "9",
            "from_year": "2026",
            "to_day": "7",
            "to_month": "9",
            "to_year": "2026",
        },
        {
            "from_day": "7",
            "from_month": "9",
            "from_year": "2026",
            "to_day": "9",
            "to_month": "9",
            "to_year": "2026",
        },
        {"from": "2026-09-07", "to": "2026-09-09"},
    ),
]


def fill(page: Any, question: dict[str, Any], parts: dict[str, str]) -> None:
    for part, text in parts.items():
        name = f"{question['key']}-{part}" if part else question["key"]
        page.locator(f"[name='{name}']").fill(text)


class TestTypedQuestions:
    """One page with all of them, as a citizen meets it."""

    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
    def test_are_refused_with_a_sentence_and_then_taken(
        self, ask: Callable[..., Asked], language: str, javascript: bool
    ) -> None:
        questions = [*SHOWN, *(question for question, *_rest in TYPED)]
        page = ask(questions, javascript=javascript, language=language)
        page.name = f"types-{language}-{'script' if javascript else 'plain'}"
        if javascript and language == "id":
            page.judge()
        for question, wrong, _right, _stored in TYPED:
            fill(page.page, question, wrong)
        page.go_on()
        said = page.page.locator(".govuk-error-summary__list a").all_inner_texts()
        assert len(said) == len(TYPED), said
        if javascript:
            page.judge()
        for question, _wrong, right, _stored in TYPED:
            fill(page.page, question, right)
        if javascript and language == "id":
            page.judge()
        page.go_on()
        page.is_reviewed("Siti")
        assert page.answers() == {question["key"]: stored for question, _wrong, _right, stored in TYPED}
