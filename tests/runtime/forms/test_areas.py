"""Areas are chosen list by list: read as far as they hang together, said with their whole path."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from runtime.forms import cascade, fields
from runtime.forms.cascade import Cascade
from runtime.forms.face import Circumstances, Refused
from runtime.regions.models import Region
from schemas.definition import Field, Text
from tests import factories

VILLAGE = {"province": "36", "regency": "36.71", "district": "36.71.01", "village": "36.71.01.1001"}
BEGUN = {"province": "36", "regency": "36.71"}
INSIDE = "Tangerang, Kota Tangerang, Banten"


def asked(kind: str = "region", **settings: Any) -> Field:
    return Field("q", kind, Text((("id", "Tempat tinggal"),)), settings=settings)


@pytest.fixture
def around(tangerang: Region) -> Circumstances:
    factories.areas()
    return Circumstances("id", date(2026, 11, 24), tangerang)


def refused(question: Field, typed: dict[str, str], around: Circumstances) -> tuple[str, str]:
    with pytest.raises(Refused) as found:
        fields.face(question.type).clean(question, typed, around)
    return found.value.code, fields.face(question.type).lead(question, typed)


class TestRegion:
    def test_gives_the_code_of_the_deepest_level(self, around: Circumstances) -> None:
        face = fields.face("region")
        assert face.clean(asked(), VILLAGE, around) == "36.71.01.1001"
        assert face.clean(asked(level="district"), VILLAGE, around) == "36.71.01"
        assert face.clean(asked(within="36.71"), {"district": "36.71.01", "village": "36.71.01.1001"}, around)

    @pytest.mark.parametrize(
        ("typed", "missing"),
        [
            ({"province": "72"}, "regency"),
            ({**VILLAGE, "village": ""}, "village"),
            ({**VILLAGE, "province": "72"}, "regency"),
            ({**VILLAGE, "district": "36.71.09"}, "village"),
            ({**VILLAGE, "village": "36.71.01.9999"}, "village"),
            ({**VILLAGE, "village": "36.71.01"}, "village"),
            ({"province": "x"}, "province"),
            ({"village": "36.71.01.1001"}, "province"),
        ],
    )
    def test_asks_for_the_first_list_that_does_not_hold(
        self, typed: dict[str, str], missing: str, around: Circumstances
    ) -> None:
        assert refused(asked(), typed, around) == (f"region.{missing}", missing)

    def test_never_lets_anybody_out_of_the_area_it_is_asked_in(self, around: Circumstances) -> None:
        typed = {"province": "72", "regency": "72.02", "district": "72.02.01", "village": "72.02.01.1001"}
        assert refused(asked(within="36.71"), typed, around) == ("region.district", "district")

    def test_takes_the_beginning_for_no_answer(self, around: Circumstances) -> None:
        face = fields.face("region")
        assert face.show(asked(), None, around) == {**BEGUN, "district": "", "village": ""}
        assert face.clean(asked(), BEGUN, around) is None
        assert face.clean(asked(level="regency"), BEGUN, around) == "36.71"

    def test_begins_nowhere_when_the_site_lies_elsewhere(self, around: Circumstances) -> None:
        assert fields.face("region").show(asked(within="72"), None, around) == {
            "regency": "",
            "district": "",
            "village": "",
        }

    def test_shows_an_answer_again(self, around: Circumstances) -> None:
        face = fields.face("region")
        assert face.show(asked(), "36.71.01.1001", around) == VILLAGE
        assert face.show(asked(level="district", within="36.71"), "36.71.01", around) == {
            "district": "36.71.01"
        }

    def test_is_said_with_its_whole_path(self, around: Circumstances) -> None:
        face = fields.face("region")
        assert face.say(asked(), "36.71.01.1002", around) == f"Sukaasih, {INSIDE}"
        assert (
            face.say(asked(), "72.02.01.1001", around)
            == "Sukaasih, Poso Kota, Kabupaten Poso, Sulawesi Tengah"
        )
        assert face.say(asked(), "72.02.09.2001", around).startswith("Uelene'e, ")
        assert face.say(asked(), "99.99.99.9999", around) == "99.99.99.9999"
        assert face.cells(asked(), "36.71") == {"": "36.71", "name": "Kota Tangerang, Banten"}

    def test_keeps_the_name_of_what_a_newer_list_dropped(self, around: Circumstances) -> None:
        factories.areas({"36.71.01.1001": None}, name="newer")
        assert refused(asked(), VILLAGE, around)[0] == "region.village"
        assert fields.face("region").say(asked(), "36.71.01.1001", around).startswith("Sukarasa, ")

    def test_says_when_no_list_is_loaded(self, tangerang: Region) -> None:
        nowhere = Circumstances("id", date(2026, 11, 24), tangerang)
        assert refused(asked(), {"province": "72"}, nowhere)[0] == "region.none"


class TestCascade:
    def test_opens_lists_down_to_the_first_without_a_choice(self, around: Circumstances) -> None:
        drawn = Cascade(asked(), {"province": "36", "regency": "36.71"}, "q")
        assert [each.open for each in drawn.lists] == [True, True, True, False]
        assert drawn.lists[2].options == (("36.71.09", "Cibodas"), ("36.71.01", "Tangerang"))
        assert drawn.lists[1].chosen == "36.71"

    def test_forgets_what_no_longer_holds(self, around: Circumstances) -> None:
        drawn = Cascade(asked(), {**VILLAGE, "province": "72"}, "q")
        assert [each.open for each in drawn.lists] == [True, True, False, False]
        assert drawn.lists[1].options == (("72.02", "Kabupaten Poso"),)
        assert drawn.lists[1].chosen == ""

    def test_says_what_the_button_shows(self, around: Circumstances) -> None:
        with translation.override("id"):
            assert Cascade(asked(), {}, "q").button == "Tampilkan daftar kabupaten/kota"
            assert Cascade(asked(), BEGUN, "q").button == "Tampilkan daftar kelurahan/desa"
            assert Cascade(asked(), VILLAGE, "q").button == "Tampilkan daftar untuk pilihan ini"

    def test_names_the_area_around_and_the_source(self, around: Circumstances) -> None:
        drawn = Cascade(asked(within="36.71"), {}, "q")
        assert drawn.inside == "Kota Tangerang, Banten"
        assert drawn.source == "areas"
        assert [each.id for each in drawn.lists] == ["id_q-district", "id_q-village"]


ADDRESS = {"street": " Jl. Merdeka 5 ", "rt": "3", "rw": "12", "hamlet": "Kampung Baru", "postcode": "15 111"}


class TestAddress:
    def test_keeps_each_part_in_its_form(self, around: Circumstances) -> None:
        found = fields.face("address").clean(asked("address"), {**ADDRESS, **VILLAGE}, around)
        assert found == {
            "street": "Jl. Merdeka 5",
            "rt": "003",
            "rw": "012",
            "hamlet": "Kampung Baru",
            "postcode": "15111",
            "region": "36.71.01.1001",
        }

    def test_is_said_as_on_an_envelope(self, around: Circumstances) -> None:
        face = fields.face("address")
        answer = face.clean(asked("address"), {**ADDRESS, **VILLAGE}, around)
        area = f"Sukarasa, {INSIDE} 15111"
        assert (
            face.say(asked("address"), answer, around)
            == f"Jl. Merdeka 5, RT 003 RW 012, Kampung Baru, {area}"
        )
        assert (
            face.letter(asked("address"), answer, around)
            == f"Jl. Merdeka 5\nRT 003 RW 012, Kampung Baru, {area}"
        )
        assert face.cells(asked("address"), answer)["region_name"] == f"Sukarasa, {INSIDE}"
        short = {"street": "Jl. A", "region": "36.71.01.1001"}
        assert face.say(asked("address"), short, around) == f"Jl. A, Sukarasa, {INSIDE}"

    def test_shows_an_answer_again(self, around: Circumstances) -> None:
        face = fields.face("address")
        answer = face.clean(asked("address"), {**ADDRESS, **VILLAGE}, around)
        assert face.clean(asked("address"), face.show(asked("address"), answer, around), around) == answer

    @pytest.mark.parametrize(
        ("change", "code", "part"),
        [
            ({"street": ""}, "address.street", "street"),
            ({"street": "x" * 201}, "text.long", "street"),
            ({"hamlet": "x" * 101}, "text.long", "hamlet"),
            ({"rt": "3a"}, "address.number", "rt"),
            ({"rw": "1234"}, "address.number", "rw"),
            ({"postcode": "1511"}, "address.postcode", "postcode"),
            ({"postcode": "01511"}, "address.postcode", "postcode"),
            ({"village": ""}, "region.village", "village"),
        ],
    )
    def test_names_the_part_that_is_wrong(
        self, change: dict[str, str], code: str, part: str, around: Circumstances
    ) -> None:
        assert refused(asked("address"), {**ADDRESS, **VILLAGE, **change}, around) == (code, part)

    def test_takes_untouched_lists_for_no_answer(self, around: Circumstances) -> None:
        assert fields.face("address").clean(asked("address"), BEGUN, around) is None
        assert refused(asked("address"), {**VILLAGE}, around)[0] == "address.street"


class TestLocation:
    def test_keeps_the_village_beside_the_landmark(self, around: Circumstances) -> None:
        face = fields.face("location")
        typed = {"landmark": "Depan SDN 3", "district": "36.71.01", "village": "36.71.01.1001"}
        assert face.clean(asked("location"), typed, around) == {
            "landmark": "Depan SDN 3",
            "area": "36.71.01.1001",
        }
        assert face.clean(asked("location"), {**typed, "village": ""}, around)["area"] == "36.71.01"
        assert "area" not in face.clean(asked("location"), {"landmark": "Depan SDN 3"}, around)

    def test_asks_inside_the_region_of_the_site(self, around: Circumstances) -> None:
        face = fields.face("location")
        drawn = face.live(asked("location"), {}, around, "q", False)
        assert [each.id for each in drawn.lists] == ["id_q-district", "id_q-village"]
        elsewhere = {"landmark": "Pasar", "district": "72.02.01"}
        assert "area" not in face.clean(asked("location"), elsewhere, around)

    def test_loses_no_village_without_a_landmark(self, around: Circumstances) -> None:
        assert fields.face("location").clean(asked("location"), {"district": ""}, around) is None
        assert refused(asked("location"), {"district": "36.71.01"}, around)[0] == "location.landmark"

    def test_says_and_shows_both(self, around: Circumstances) -> None:
        face, answer = fields.face("location"), {"landmark": "Pasar", "area": "36.71.01.1001"}
        assert face.say(asked("location"), answer, around) == f"Pasar, Sukarasa, {INSIDE}"
        assert face.clean(asked("location"), face.show(asked("location"), answer, around), around) == answer

    def test_does_without_lists_where_none_are_loaded(self, tangerang: Region) -> None:
        nowhere = Circumstances("id", date(2026, 11, 24), tangerang)
        assert fields.face("location").clean(asked("location"), {"landmark": "Pasar"}, nowhere) == {
            "landmark": "Pasar"
        }
        assert cascade.said("") == ""
