"""What people type becomes a canonical answer, or a sentence that helps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from runtime.forms import fields
from runtime.forms.face import Circumstances, Refused
from schemas import fieldtypes
from schemas.definition import Field, Option, Text
from schemas.fieldtypes import wording

AROUND = Circumstances(language="id", today=date(2026, 11, 24))
YES_NO = (Option("a", Text((("id", "A"),))), Option("b", Text((("id", "B"),))))


def question(kind: str, **settings: Any) -> Field:
    """Make a field of a type."""
    return Field(key="q", type=kind, label=Text((("id", "Q"),)), options=YES_NO, settings=settings)


def read(kind: str, typed: Any, **settings: Any) -> Any:
    """Return the answer for what was typed."""
    parts = typed if isinstance(typed, dict) else {"": typed}
    return fields.face(kind).clean(question(kind, **settings), parts, AROUND)


class TestRegistry:
    """One face per field type, found by folder."""

    def test_has_a_face_and_a_template_for_every_type_of_the_format(self) -> None:
        from django.template.loader import get_template

        assert set(fields.faces()) == {kind.name for kind in fieldtypes.all()}
        for face in fields.faces().values():
            get_template(face.template)


@pytest.mark.django_db
class TestClean:
    """Reading, type by type."""

    @pytest.mark.parametrize(
        ("kind", "typed", "answer"),
        [
            ("phone", "0812-3456-7890", "+6281234567890"),
            ("phone", "62 812 3456 7890", "+6281234567890"),
            ("phone", "(021) 555 0123", "+62215550123"),
            ("nik", "3671 0145 0788 0002", "3671014507880002"),
            ("integer", "1.000.000", 1000000),
            ("integer", "-3", -3),
            ("number", "1.234,50", "1234.5"),
            ("number", "2,5", "2.5"),
            ("number", "0,00", "0"),
            ("money", "Rp1.500.000,-", 1500000),
            ("money", "1500000", 1500000),
            ("money", "Rp 7.500,00", 7500),
            ("date", {"day": "5", "month": "7", "year": "1988"}, "1988-07-05"),
            ("date", {"day": "05", "month": "Agustus", "year": "1988"}, "1988-08-05"),
            ("choice", "a", "a"),
            ("choices", ["b", "a"], ["a", "b"]),
            ("boolean", "no", False),
            ("rating", "4", 4),
            (
                "location",
                {"landmark": "Depan SDN 3", "lat": "-6,1783", "lon": "106.6319"},
                {"landmark": "Depan SDN 3", "lat": -6.1783, "lon": 106.6319},
            ),
            (
                "location",
                {"landmark": "Katulistiwa", "lat": "-0,00000001", "lon": "109.123456789"},
                {"landmark": "Katulistiwa", "lat": 0.0, "lon": 109.1234568},
            ),
        ],
    )
    def test_gives_a_canonical_answer(self, kind: str, typed: Any, answer: Any) -> None:
        found = read(kind, typed)
        assert found == answer
        assert type(found) is type(answer)

    @pytest.mark.parametrize(
        ("kind", "typed", "code"),
        [
            ("phone", "12", "phone.format"),
            ("phone", "٠٨١٢٣٤٥٦٧٨٩٠", "phone.format"),
            ("nik", "36710145078800", "nik.length"),
            ("nik", "3671014507880OO2", "nik.digits"),
            ("integer", "1,5", "integer.format"),
            ("integer", "1,000", "integer.format"),
            ("number", "dua", "number.format"),
            ("number", "NaN", "number.format"),
            ("number", "1e400", "number.format"),
            ("money", "-5", "number.small"),
            ("date", {"day": "31", "month": "2", "year": "2020"}, "date.unreal"),
            ("date", {"day": "1", "month": "2", "year": "88"}, "date.year"),
            ("date", {"day": "1", "month": "", "year": "1988"}, "date.part"),
            ("email", "nama@contoh", "email.format"),
            ("choice", "c", "option.unknown"),
            ("choices", ["a", "zz"], "option.unknown"),
            ("boolean", "maybe", "option.unknown"),
            ("rating", "6", "option.unknown"),
            ("rating", "٤", "option.unknown"),
            ("location", {"landmark": "", "lat": "-6", "lon": "106"}, "location.landmark"),
            ("location", {"landmark": "x", "lat": "-96", "lon": "106"}, "location.coordinates"),
            ("location", {"landmark": "x", "lat": "-6", "lon": ""}, "location.coordinates"),
        ],
    )
    def test_refuses_what_cannot_be_an_answer(self, kind: str, typed: Any, code: str) -> None:
        with pytest.raises(Refused) as refused:
            read(kind, typed)
        assert refused.value.code == code

    def test_refuses_a_text_that_is_too_long(self) -> None:
        with pytest.raises(Refused):
            read("text", "x" * 6, maxLength=5)

    @pytest.mark.parametrize("kind", ["phone", "money", "number", "date", "location", "integer"])
    def test_reads_back_what_it_shows(self, kind: str) -> None:
        examples: dict[str, Any] = {
            "phone": "+6281234567890",
            "money": 1234567,
            "number": "1234.5",
            "date": "1988-07-05",
            "location": {"landmark": "x", "lat": -0.000001, "lon": 106.0},
            "integer": 1234567,
        }
        face = fields.face(kind)
        shown = face.show(question(kind), examples[kind], AROUND)
        assert face.clean(question(kind), shown, AROUND) == examples[kind]

    def test_keeps_an_agreement_with_the_words_that_were_agreed_to(self) -> None:
        agreed = read("consent", "yes")
        assert agreed == {"accepted": True, "text": wording.of(question("consent"))}
        face = fields.face("consent")
        assert face.show(question("consent"), agreed, AROUND) == {"": "yes"}
        assert face.show(question("consent"), {**agreed, "text": "0123456789ab"}, AROUND) == {"": ""}
        assert face.cells(question("consent"), agreed) == {"": "yes", "text": agreed["text"]}

    def test_says_coordinates_as_maps_write_them(self) -> None:
        place = {"landmark": "Pasar", "lat": -6.1783, "lon": 106.0}
        assert fields.face("location").say(question("location"), place, AROUND) == "Pasar (-6.1783, 106)"

    @pytest.mark.parametrize(
        ("lat", "lon", "part"), [("-600", "106", "lat"), ("-6", "", "lon"), ("-6", "106", ""), ("", "", "")]
    )
    def test_leads_to_the_coordinate_that_is_wrong(self, lat: str, lon: str, part: str) -> None:
        typed = {"landmark": "Pasar", "lat": lat, "lon": lon}
        assert fields.face("location").lead(question("location"), typed) == part
        assert fields.face("location").lead(question("location"), {**typed, "landmark": ""}) == ""

    def test_hides_all_but_the_last_digits_of_a_masked_number(self) -> None:
        assert fields.face("nik").mask("3671014507880002") == "••••••••••••0002"
