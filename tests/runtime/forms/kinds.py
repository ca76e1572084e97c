"""One example of each kind of question: what is typed into it, what is refused, what is stored of it.

A kind without an example here fails the tests that ask every kind.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from playwright.sync_api import FilePayload

from schemas import fieldtypes
from schemas.definition import Field, Text
from schemas.fieldtypes import wording
from tests import samples

Parts = dict[str, Any]
"""What stands in the inputs of a question: part → text, list of texts, or file."""

SAYS_WHICH_WORDS = frozenset({"consent", "signature"})


@dataclass(frozen=True)
class Kind:
    """`typed` is what a person puts in, `answer` what is stored, `shown` what stands there when they return,
    and `english` what does in English.

    `wrong` is refused with a sentence; None where a page leaves nothing wrong to pick. `always` is another
    answer, for a question that is shown and not asked.
    """

    type: str
    typed: Parts = field(default_factory=dict)
    answer: Any = None
    wrong: Parts | None = None
    shown: Parts = field(default_factory=dict)
    english: Parts = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    always: Any = None

    @property
    def worked_out(self) -> bool:
        """Say whether a formula can give the answer to another question of the kind."""
        kind = fieldtypes.get(self.type)
        return kind.asked and kind.calculable and kind.value_type not in (None, "thing", "rows")

    def standing(self, language: str) -> Parts:
        """Return what stands in the inputs when the page is opened again."""
        return {**self.typed, **self.shown, **(self.english if language == "en" else {})}

    def question(self, key: str, label: str, english: str, **more: Any) -> dict[str, Any]:
        """Return a question of this kind as a document has it."""
        words = {"id": f"{label} {self.type}", "en": f"{english} {self.type}"}
        return {"key": key, "type": self.type, "label": words, **self.settings, **more}

    def stored(self, question: dict[str, Any]) -> Any:
        """Return the answer to `question`, with the digest of its words where it says which they are."""
        if self.type not in SAYS_WHICH_WORDS:
            return self.answer
        label = Text(tuple(question["label"].items()))
        return {**self.answer, "text": wording.of(Field(question["key"], self.type, label))}


def photo(name: str = "foto.jpg") -> FilePayload:
    """Make a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (24, 12), "#e4f1ec").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def no_photo(name: str = "palsu.jpg") -> FilePayload:
    """Make a file that is not what its name says."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": b"MZ not a picture at all"}


def day(text: str, start: str = "") -> Parts:
    """Return `17-8-1990` as the three inputs of a day."""
    return dict(zip((f"{start}day", f"{start}month", f"{start}year"), text.split("-"), strict=True))


def option(value: str, label: str, english: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "label": {"id": label, "en": english}, **more}


OPTIONS = [
    option("apel", "Buah apel", "An apple", help={"id": "Merah atau hijau.", "en": "Red or green."}),
    option("beri", "Buah beri", "A berry"),
    option("ceri", "Buah ceri", "A cherry"),
]
ROWS = [
    option("bersih", "Ruangnya bersih", "The room is clean"),
    option("cepat", "Antreannya cepat", "The queue is quick"),
]
INSIDE = {
    "key": "isi_baris",
    "type": "text",
    "label": {"id": "Isi baris", "en": "What is in it"},
    "required": True,
}
LIES = {"within": "36.71"}
VILLAGE = {"district": "36.71.01", "village": "36.71.01.1001"}

_ALL = (
    Kind(
        "address",
        {"street": "Jl. Merdeka 5", "rt": "3", "rw": "012", **VILLAGE, "postcode": "15111"},
        {"street": "Jl. Merdeka 5", "rt": "003", "rw": "012", "region": "36.71.01.1001", "postcode": "15111"},
        wrong={"street": "Jl. Merdeka 5", "rt": "tiga"},
        shown={"rt": "003"},
        settings=LIES,
        always={"street": "Jl. Tetap 1", "region": "36.71.09.1001"},
    ),
    Kind("boolean", {"": "no"}, False, always=True),
    Kind("choice", {"": "beri"}, "beri", settings={"options": OPTIONS}, always="apel"),
    Kind(
        "choices",
        {"": ["ceri", "apel"]},
        ["apel", "ceri"],
        wrong={"": ["apel", "beri", "ceri"]},
        settings={"options": OPTIONS, "maxItems": 2},
        always=["beri"],
    ),
    Kind("consent", {"": "yes"}, {"accepted": True}),
    Kind(
        "date",
        day("17-Agustus-1990"),
        "1990-08-17",
        wrong=day("31-2-1990"),
        shown=day("17-8-1990"),
        always="2026-12-31",
    ),
    Kind(
        "date_range",
        {**day("7-9-2026", "from_"), **day("9-9-2026", "to_")},
        {"from": "2026-09-07", "to": "2026-09-09"},
        wrong={**day("9-9-2026", "from_"), **day("7-9-2026", "to_")},
        always={"from": "2026-01-01", "to": "2026-12-31"},
    ),
    Kind(
        "datetime",
        {**day("7-9-2026"), "time": "1405"},
        "2026-09-07T14:05+07:00",
        wrong=day("7-9-2026"),
        shown={"time": "14.05"},
        english={"time": "14:05"},
        always="2026-12-31T08:00+07:00",
    ),
    Kind("email", {"": "siti@contoh.id"}, "siti@contoh.id", wrong={"": "siti@"}, always="dinas@contoh.id"),
    Kind("file", {"": photo("berkas.jpg")}, "berkas.jpg", wrong={"": no_photo()}),
    Kind("heading"),
    Kind(
        "image",
        settings={
            "image": {"data": samples.data_uri("PNG", 480, 200), "alt": {"id": "Kartu", "en": "A card"}}
        },
    ),
    Kind("integer", {"": "1.500"}, 1500, wrong={"": "dua"}, shown={"": "1500"}, always=12345),
    Kind(
        "location",
        {"landmark": "Depan SDN 3", **VILLAGE, "lat": "-6,1783", "lon": "106,6319"},
        {"landmark": "Depan SDN 3", "area": "36.71.01.1001", "lat": -6.1783, "lon": 106.6319},
        wrong={"landmark": "Depan SDN 3", "lat": "-600", "lon": "106,6319"},
        shown={"lat": "-6.1783", "lon": "106.6319"},
        settings=LIES,
        always={"landmark": "Alun-alun"},
    ),
    Kind(
        "longtext",
        {"": "Baris satu\nbaris dua"},
        "Baris satu\nbaris dua",
        wrong={"": "ab"},
        settings={"minLength": 5},
        always="Satu\nDua",
    ),
    Kind(
        "matrix",
        {"1": "beri", "2": "apel"},
        {"bersih": "beri", "cepat": "apel"},
        wrong={"1": "beri"},
        settings={"rows": ROWS, "options": OPTIONS},
        always={"bersih": "apel", "cepat": "apel"},
    ),
    Kind("metadata", answer="web", settings={"source": "channel"}),
    Kind("money", {"": "Rp1.500.000"}, 1500000, wrong={"": "mahal"}, shown={"": "1.500.000"}, always=25000),
    Kind(
        "nib",
        {"": "9120 0012 34567"},
        "9120001234567",
        wrong={"": "12"},
        shown={"": "9120001234567"},
        always="9120001234568",
    ),
    Kind(
        "nik",
        {"": "3671 0145 0788 0002"},
        "3671014507880002",
        wrong={"": "3671"},
        shown={"": "3671014507880002"},
        always="3671014507880003",
    ),
    Kind(
        "nip",
        {"": "198807052010011003"},
        "198807052010011003",
        wrong={"": "1" * 18},
        always="198807052010011004",
    ),
    Kind("nisn", {"": "0051234567"}, "0051234567", wrong={"": "1"}, always="0051234568"),
    Kind(
        "no_kk", {"": "3671010101200001"}, "3671010101200001", wrong={"": "1" * 16}, always="3671010101200002"
    ),
    Kind("note", settings={"help": {"id": "Isi dengan huruf biasa.", "en": "Write plainly."}}),
    Kind(
        "notice",
        settings={"tone": "warning", "help": {"id": "Nomor harus benar.", "en": "Numbers must be right."}},
    ),
    Kind(
        "npwp",
        {"": "01.300.066.6-091.000"},
        "0013000666091000",
        wrong={"": "12"},
        shown={"": "0013000666091000"},
        always="3671014107030001",
    ),
    Kind("number", {"": "1.234,5"}, "1234.5", wrong={"": "x"}, shown={"": "1234,5"}, always="12345.25"),
    Kind("office", {"": "sukasari"}, "sukasari", settings={"kinds": ["village"]}, always="sukasari"),
    Kind(
        "pattern",
        {"": "ab-1234"},
        "AB-1234",
        wrong={"": "x"},
        shown={"": "AB-1234"},
        settings={"pattern": "[A-Z]{2}-[0-9]{4}", "example": "XY-0000"},
        always="ZZ-9999",
    ),
    Kind("phone", {"": "0812-3456-7890"}, "+6281234567890", wrong={"": "12"}, always="+62215550123"),
    Kind("photo", {"": photo()}, "foto.jpg", wrong={"": no_photo()}),
    Kind(
        "plate", {"": "b1234xyz"}, "B 1234 XYZ", wrong={"": "1234"}, shown={"": "B 1234 XYZ"}, always="B 1 RI"
    ),
    Kind("postcode", {"": "15810"}, "15810", wrong={"": "15"}, always="15811"),
    Kind("rating", {"": "4"}, 4, always=5),
    Kind(
        "region",
        VILLAGE,
        "36.71.01.1001",
        wrong={"district": "36.71.01"},
        settings=LIES,
        always="36.71.09.1001",
    ),
    Kind(
        "repeat",
        {".0.isi_baris": "Baris pertama"},
        [{"isi_baris": "Baris pertama"}],
        settings={"fields": [INSIDE], "item": {"id": "Kotak", "en": "Box"}},
    ),
    Kind("signature", {"name": "Siti Aminah"}, {"name": "Siti Aminah"}),
    Kind("text", {"": "Siti"}, "Siti", wrong={"": "ab"}, settings={"minLength": 3}, always="Tetap"),
    Kind("time", {"": "14.05"}, "14:05", wrong={"": "25"}, english={"": "14:05"}, always="08:00"),
    Kind(
        "url",
        {"": "www.contoh.go.id"},
        "https://www.contoh.go.id",
        wrong={"": "javascript:alert(1)"},
        shown={"": "https://www.contoh.go.id"},
        always="https://contoh.id",
    ),
)
KINDS = {kind.type: kind for kind in _ALL}


def every() -> list[Kind]:
    """Return the example of each kind the format has; KeyError where one has none."""
    return [KINDS[kind.name] for kind in fieldtypes.all()]
