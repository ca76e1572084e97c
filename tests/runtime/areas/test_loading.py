"""The list of areas comes in whole or not at all, and what an edition dropped keeps its name."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from runtime.areas import loading, selectors
from runtime.areas.models import Area, AreaEdition
from schemas import areacodes
from tests import factories

PACKAGE = Path(__file__).parents[3] / "node_modules" / "idn-area-data"
CSV = {
    "provinces": "code,name\n36,Banten\n",
    "regencies": "code,province_code,name\n36.71,36,Kota Tangerang\n",
    "districts": "code,regency_code,name\n36.71.01,36.71,Tangerang\n",
    "villages": 'code,district_code,name\n36.71.01.1001,36.71.01,"Suka""rasa"\n',
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "package.json").write_text(json.dumps({"name": "idn-area-data", "version": "9.9.9"}))
    for name, text in CSV.items():
        (tmp_path / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def _load(package: Path) -> str:
    output = StringIO()
    call_command("areas", "load", "--from", str(package), stdout=output)
    return output.getvalue()


@pytest.mark.django_db
class TestLoad:
    def test_takes_the_installed_package_whole(self) -> None:
        listed = loading.read(PACKAGE)
        levels = [areacodes.level(code) for code in listed.areas]
        assert [levels.count(level) for level in areacodes.LEVELS] == [38, 514, 7285, 83762]
        assert listed.areas["36.71.01.1001"] == "Sukarasa"
        assert listed.areas["35.29.22"] == "Ra'as"
        assert not [name for name in listed.areas.values() if '"' in name or "’" in name]

    def test_makes_an_edition(self, package: Path) -> None:
        assert _load(package) == "idn-area-data 9.9.9: 4 wilayah dimuat.\n"
        assert AreaEdition.objects.get().count == 4
        assert Area.objects.get(code="36.71.01.1001").name == "Suka'rasa"
        assert Area.objects.get(code="36.71.01.1001").parent == "36.71.01"

    def test_does_not_load_the_same_content_twice(self, package: Path) -> None:
        _load(package)
        assert "sudah dimuat" in _load(package)
        assert AreaEdition.objects.count() == 1

    def test_numbers_another_content_of_the_same_name(self, package: Path) -> None:
        _load(package)
        for version in ("A", "B"):
            (package / "data" / "provinces.csv").write_text(f"code,name\n36,Banten {version}\n")
            _load(package)
        names = list(AreaEdition.objects.values_list("name", flat=True))
        assert names == ["idn-area-data 9.9.9 (3)", "idn-area-data 9.9.9 (2)", "idn-area-data 9.9.9"]

    @pytest.mark.parametrize(
        ("file", "text", "said"),
        [
            (
                "villages",
                CSV["villages"] + "36.71.01.1001,36.71.01,Lagi\n",
                "villages.csv:3: Kode",
            ),
            ("villages", "code,district_code,name\n36.71.02.1001,36.71.02,X\n", "tidak termasuk dalam"),
            ("districts", "code,regency_code,name\n367101,36.71,X\n", "districts.csv:2: “367101” bukan kode"),
            ("provinces", "code,name\n36,\n", "36 tidak punya nama"),
            ("provinces", "kode;nama\n36;Banten\n", "provinces.csv:2: “” bukan kode"),
        ],
    )
    def test_refuses_a_list_with_a_fault(self, package: Path, file: str, text: str, said: str) -> None:
        (package / "data" / f"{file}.csv").write_text(text, encoding="utf-8")
        with pytest.raises(CommandError, match=r"Tidak ada yang diubah\.") as refused:
            _load(package)
        assert said in str(refused.value)
        assert not AreaEdition.objects.exists()

    def test_refuses_bytes_that_are_no_text(self, package: Path) -> None:
        (package / "data" / "regencies.csv").write_bytes(b"code,name\n36.71,\xff\xfe\n")
        with pytest.raises(CommandError, match=r"regencies\.csv tidak dapat dibaca"):
            _load(package)

    def test_says_where_the_package_was_looked_for(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=str(tmp_path)):
            _load(tmp_path)

    def test_lists_the_editions(self, package: Path) -> None:
        _load(package)
        output = StringIO()
        call_command("areas", "list", stdout=output)
        assert output.getvalue() == f"idn-area-data 9.9.9\t4\t{timezone.now():%Y-%m-%d}\n"


@pytest.mark.django_db
class TestSelectors:
    def test_have_nothing_without_an_edition(self) -> None:
        assert selectors.current() is None
        assert selectors.children("") == ()
        assert selectors.path("36.71") == ()
        assert not selectors.exists("36")

    def test_list_what_lies_in_an_area_by_name(self) -> None:
        factories.areas()
        assert selectors.children("") == (("36", "Banten"), ("72", "Sulawesi Tengah"))
        assert selectors.children("36.71") == (("36.71.09", "Cibodas"), ("36.71.01", "Tangerang"))
        assert selectors.children("36.71.01.1001") == ()

    def test_tell_villages_of_one_name_apart_by_their_path(self) -> None:
        factories.areas()
        one, other = selectors.path("36.71.01.1002"), selectors.path("72.02.01.1001")
        assert one[-1][1] == other[-1][1] == "Sukaasih"
        assert [name for _code, name in one] == ["Banten", "Kota Tangerang", "Tangerang", "Sukaasih"]
        assert other[1] == ("72.02", "Kabupaten Poso")

    def test_follow_a_new_edition_at_once(self) -> None:
        factories.areas()
        assert selectors.children("72.02.01") == (("72.02.01.1001", "Sukaasih"),)
        factories.areas({"72.02.01.1002": "Kayamanya"}, name="next")
        assert ("72.02.01.1002", "Kayamanya") in selectors.children("72.02.01")

    def test_keep_the_name_of_what_an_edition_dropped(self) -> None:
        factories.areas({"36.71.09.1001": "Lama"}, name="oldest")
        factories.areas()
        factories.areas({"36.71.09.1001": None}, name="newest")
        assert not selectors.exists("36.71.09.1001")
        assert selectors.path("36.71.09.1001")[-1] == ("36.71.09.1001", "Uwung Jaya")

    def test_name_no_code_that_never_was(self) -> None:
        factories.areas()
        assert selectors.path("36.71.99") == (("36", "Banten"), ("36.71", "Kota Tangerang"))
        assert selectors.path("'; DROP TABLE") == ()
