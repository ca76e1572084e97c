"""What a question reads is what its format allows: faces and field types never drift apart."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from runtime.forms import fields
from runtime.forms.face import Circumstances
from runtime.forms.pageform import page_form
from runtime.forms.uploads import Accepted
from runtime.regions.models import Region
from schemas import answers, fieldtypes, parse
from tests import factories, samples
from tests.runtime import permit

TODAY = date(2026, 11, 24)
OPTIONS = [{"value": "a", "label": {"id": "A"}}, {"value": "b", "label": {"id": "B"}}]
SETTINGS: dict[str, dict[str, Any]] = {
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS},
    "matrix": {"rows": [{"value": "r1", "label": "R1"}, {"value": "r2", "label": "R2"}], "options": OPTIONS},
    "office": {"kinds": ["village"]},
    "number": {"places": 2},
    "money": {"currency": "IDR"},
    "rating": {"max": 5},
    "pattern": {"pattern": "[A-Z]{2}-[0-9]{4}"},
    "metadata": {"source": "channel"},
    "repeat": {"fields": [{"key": "n", "type": "text", "label": {"id": "N"}}]},
    "image": {"image": {"data": samples.PICTURE, "alt": {"id": "Peta"}}},
}


def picture() -> SimpleUploadedFile:
    """Make a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG")
    return SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")


POSTED: dict[str, dict[str, Any]] = {
    "text": {"q": "Siti"},
    "longtext": {"q": "Satu\r\ndua"},
    "email": {"q": "siti@contoh.id"},
    "phone": {"q": "0812-3456-7890"},
    "nik": {"q": "3671 0145 0788 0002"},
    "no_kk": {"q": "3671 0145 0788 0002"},
    "integer": {"q": "1.500"},
    "number": {"q": "2,50"},
    "money": {"q": "Rp1.500.000,-"},
    "boolean": {"q": "no"},
    "consent": {"q": "yes"},
    "date": {"q-day": "17", "q-month": "Agustus", "q-year": "1990"},
    "choice": {"q": "b"},
    "choices": {"q": ["b", "a"]},
    "office": {"q": "karawaci"},
    "location": {"q-landmark": "Depan SDN 3", "q-lat": "-6,1783", "q-lon": "106.6319"},
    "file": {"q": picture},
    "photo": {"q": picture},
    "rating": {"q": "4"},
    "url": {"q": "www.contoh.go.id/layanan"},
    "pattern": {"q": "ab-1234"},
    "npwp": {"q": "01.300.066.6-091.000"},
    "nip": {"q": "19880705 201001 1 003"},
    "nib": {"q": "9120 0012 34567"},
    "nisn": {"q": "0051234567"},
    "plate": {"q": "b1234xyz"},
    "postcode": {"q": "15810"},
    "time": {"q": "14.05"},
    "datetime": {"q-day": "7", "q-month": "sep", "q-year": "2026", "q-time": "1405"},
    "date_range": {
        "q-from_day": "7",
        "q-from_month": "9",
        "q-from_year": "2026",
        "q-to_day": "9",
        "q-to_month": "9",
        "q-to_year": "2026",
    },
    "region": {
        "q-province": "36",
        "q-regency": "36.71",
        "q-district": "36.71.01",
        "q-village": "36.71.01.1001",
    },
    "address": {
        "q-street": "Jl. Merdeka 5",
        "q-rt": "3",
        "q-province": "72",
        "q-regency": "72.02",
        "q-district": "72.02.09",
        "q-village": "72.02.09.2001",
    },
    "heading": {},
    "matrix": {"q-1": "b", "q-2": "a"},
    "repeat": {},
    "metadata": {},
    "note": {},
    "signature": {"q-name": "Siti Aminah", "q-strokes": "M10 20L30 40"},
    "notice": {},
    "image": {},
}


def one_question(kind: str) -> Any:
    """Return a service whose filing pages ask one question of a type."""
    question = {"key": "q", "type": kind, "label": {"id": "Q"}, **SETTINGS.get(kind, {})}
    pages = [{"key": "data", "title": {"id": "Data"}, "fields": [question]}]
    pages.append(next(page for page in permit.document()["pages"] if page["key"] == "check"))
    document = permit.document(pages=pages, applicant={})
    document["workflow"]["office"] = "q" if kind == "office" else None
    if kind != "office":
        del document["workflow"]["office"]
        for role in document["workflow"]["roles"]:
            role["where"] = "region"
    document["workflow"]["actions"] = [
        {key: value for key, value in action.items() if key != "when"}
        for action in document["workflow"]["actions"]
    ]
    return parse.check_value(document)


@pytest.mark.django_db
class TestEveryFieldType:
    def test_has_an_example_here(self) -> None:
        assert set(POSTED) == {kind.name for kind in fieldtypes.all()}

    @pytest.mark.parametrize("kind", sorted(POSTED))
    def test_reads_an_answer_its_own_format_allows(self, kind: str, village: Region) -> None:
        factories.areas()
        checked = one_question(kind)
        assert checked.module is not None, checked.problems
        module = checked.module
        page = module.filing_pages()[0]
        typed = {name: value() if callable(value) else value for name, value in POSTED[kind].items()}
        typed = {name: village.key if kind == "office" else value for name, value in typed.items()}
        listed = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
        face, around = fields.face(kind), Circumstances(language="id", today=TODAY, region=village.tenant)
        if not face.has_answer:
            return
        answer = face.clean(page.fields[0], face.read(lambda name: listed.get(name, []), "q"), around)
        if face.takes_files:
            answer = [item.described() for item in answer if isinstance(item, Accepted)]
        assert answers.validate(module, {"q": answer}, [page]) == ()
        assert face.say(page.fields[0], answer, around)


class TestLocation:
    @pytest.mark.django_db
    def test_with_coordinates_can_be_given_on_a_page(self, village: Region) -> None:
        module = one_question("location").module
        page = module.filing_pages()[0]
        form = page_form(
            module, page, answers={}, language="id", region=village, today=TODAY, data=POSTED["location"]
        )
        assert form.is_valid(), form.errors
        assert form.answers() == {"q": {"landmark": "Depan SDN 3", "lat": -6.1783, "lon": 106.6319}}
