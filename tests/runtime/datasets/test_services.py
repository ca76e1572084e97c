"""Editions come in whole, are shared downward only, and stay once they are used."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from runtime.datasets import reading, selectors, services, writing
from runtime.datasets.models import Dataset, Edition, Row, Upload
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.bounded import bounded

KELAS = b"value;label;label:en;tarif:money;buka:boolean\nA;Kelas A;Class A;15000;ya\nB;Ke'las B;;10000;\n"


@pytest.fixture
def banten(tangerang: Region) -> Region:
    """The province above the city, with a site of its own."""
    province = factories.tenant("banten", kind=Region.Kind.PROVINCE, name="Provinsi Banten", code="36")
    Region.objects.filter(pk=tangerang.pk).update(parent=province)
    tangerang.refresh_from_db()
    return province


def imported(region: Region, content: bytes = KELAS, key: str = "kelas", edition: str = "2026") -> Edition:
    with scope.use(region):
        return services.import_edition(
            region=region,
            key=key,
            title={"id": "Kelas makam", "en": "Grave classes"},
            edition=edition,
            reading=reading.read(content),
            by=None,
            now=timezone.now(),
        )


@pytest.fixture
def here(tangerang: Region) -> Iterator[Region]:
    with scope.use(tangerang):
        yield tangerang


class TestImportEdition:
    def test_stores_rows_in_order_with_labels_and_cells(self, here: Region) -> None:
        edition = imported(here)
        assert (edition.number, edition.count, edition.types) == (1, 2, {"tarif": "money", "buka": "boolean"})
        one, two = selectors.rows(edition)
        assert (one.value, one.label, one.cells) == (
            "A",
            {"id": "Kelas A", "en": "Class A"},
            {"tarif": 15000, "buka": True},
        )
        assert (two.value, two.cells) == ("B", {"tarif": 10000})

    def test_numbers_editions_and_leaves_older_ones_alone(self, here: Region) -> None:
        first = imported(here)
        second = imported(here, b"value,label\nC,Kelas C\n", edition="2027")
        assert (second.number, second.dataset_id) == (2, first.dataset_id)
        assert [row.value for row in selectors.rows(first)] == ["A", "B"]
        assert Edition.objects.get(pk=first.pk).digest != second.digest

    def test_gives_the_same_content_the_same_digest(self, here: Region) -> None:
        assert imported(here).digest == imported(here, KELAS.replace(b";", b","), edition="b").digest

    def test_stores_nothing_of_a_file_with_a_mistake(self, here: Region) -> None:
        with pytest.raises(services.Refused) as refused:
            imported(here, b"value,label\nA,x\nA,y\n")
        assert refused.value.name == "file"
        assert not Dataset.objects.exists()
        assert not Row.objects.exists()

    @pytest.mark.parametrize(
        ("key", "edition", "name"),
        [
            ("Kelas", "1", "key"),
            ("1a", "1", "key"),
            ("x" * 41, "1", "key"),
            ("a", "", "edition"),
            ("a", "a b", "edition"),
        ],
    )
    def test_refuses_names_that_are_not_sound(self, here: Region, key: str, edition: str, name: str) -> None:
        with pytest.raises(services.Refused) as refused:
            imported(here, key=key, edition=edition)
        assert refused.value.name == name
        assert not Dataset.objects.exists()

    def test_never_takes_the_place_of_an_edition(self, here: Region) -> None:
        imported(here)
        with pytest.raises(services.Refused, match="sudah ada"):
            imported(here, b"value,label\nC,Kelas C\n")
        assert Row.objects.count() == 2

    def test_never_hides_an_edition_from_above(self, banten: Region, tangerang: Region) -> None:
        imported(banten)
        with pytest.raises(services.Refused, match="Provinsi Banten"):
            imported(tangerang)
        assert imported(tangerang, edition="kota").number == 1

    def test_takes_twelve_thousand_rows_and_finds_among_them(self, here: Region) -> None:
        lines = [f"k{n};Usaha nomor {n};{n * 1000}" for n in range(12_000)]
        content = "\n".join(["value;label;tarif:money", *lines]).encode()
        with bounded():
            edition = imported(here, content)
        with bounded():
            found = selectors.search(edition, "NOMOR 1199")
        assert {row.value for row in found} == {"k1199", "k11199", *(f"k1199{n}" for n in range(10))}
        assert len(selectors.search(edition, "usaha")) == selectors.MOST_FOUND


class TestShare:
    def test_shows_a_dataset_to_the_regions_below(
        self, banten: Region, tangerang: Region, poso: Region
    ) -> None:
        edition = imported(banten)
        with scope.use(tangerang):
            assert [str(dataset) for dataset in selectors.datasets(tangerang)] == ["Kelas makam"]
            seen = selectors.edition(tangerang, "kelas", "2026")
            assert seen == edition
            assert selectors.row(edition, "A") is not None
            assert [row.value for row in selectors.search(edition, "kelas b")] == ["B"]
        with scope.use(poso):
            assert selectors.datasets(poso) == []
            assert selectors.edition(poso, "kelas", "2026") is None
            assert selectors.visible_edition(poso, edition.pk) is None

    def test_never_shows_a_dataset_upward(self, banten: Region, tangerang: Region) -> None:
        imported(tangerang)
        with scope.use(banten):
            assert selectors.datasets(banten) == []
            assert selectors.edition(banten, "kelas", "2026") is None

    def test_prefers_what_is_the_regions_own(self, banten: Region, tangerang: Region) -> None:
        own = imported(tangerang)
        imported(banten)
        with scope.use(tangerang):
            assert selectors.edition(tangerang, "kelas", "2026") == own

    def test_leaves_the_scope_as_it_was(self, banten: Region, tangerang: Region) -> None:
        imported(banten)
        with scope.use(tangerang):
            selectors.datasets(tangerang)
            assert scope.current() == str(tangerang.pk)
            assert not Dataset.objects.exists()


class TestDelete:
    def test_removes_an_edition_that_no_service_used(self, here: Region) -> None:
        services.delete_edition(region=here, edition=imported(here))
        assert not Dataset.objects.exists()
        assert not Row.objects.exists()

    def test_keeps_the_dataset_while_it_has_others(self, here: Region) -> None:
        kept, gone = imported(here), imported(here, edition="b")
        services.delete_edition(region=here, edition=gone)
        assert list(Edition.objects.all()) == [kept]

    def test_refuses_one_that_was_used_also_from_below(self, banten: Region, tangerang: Region) -> None:
        edition = imported(banten)
        with scope.use(tangerang):
            assert services.use(region=tangerang, key="kelas", edition="2026", now=timezone.now())
            assert not services.use(region=tangerang, key="kelas", edition="2030", now=timezone.now())
        with scope.use(banten), pytest.raises(services.Refused, match="tetap disimpan"):
            services.delete_edition(region=banten, edition=edition)
        with scope.use(banten):
            assert Edition.objects.get().used_at is not None

    def test_cannot_reach_the_edition_of_another_region(self, here: Region, poso: Region) -> None:
        edition = imported(here)
        with scope.use(poso), pytest.raises(Edition.DoesNotExist):
            services.delete_edition(region=poso, edition=edition)


class TestSearch:
    def test_ignores_capitals_accents_apostrophes_and_order(self, here: Region) -> None:
        edition = imported(here, "value,label\nA,Café Ma'u\nB,Lain\n".encode())
        for words in ("cafe", "MAU", "ma’u café", "  a "):
            assert selectors.search(edition, words)[0].value == "A", words
        assert selectors.search(edition, "tidak ada") == []

    def test_takes_signs_of_patterns_as_they_are(self, here: Region) -> None:
        edition = imported(here, b"value,label\nA,Satu_dua\nB,Satuxdua\n")
        assert [row.value for row in selectors.search(edition, "u_d")] == ["A"]
        assert len(selectors.search(edition, "%")) == 2

    def test_can_ask_for_cells(self, here: Region) -> None:
        edition = imported(here)
        assert [row.value for row in selectors.search(edition, "", cells={"tarif": [10000]})] == ["B"]
        assert [row.value for row in selectors.search(edition, "", cells={"buka": [True]})] == ["A"]
        assert selectors.search(edition, "", cells={"buka": []}) == []
        assert selectors.count(edition, "", cells={"tarif": [10000, 15000]}) == 2

    def test_can_ask_for_columns_called_like_operators(self, here: Region) -> None:
        edition = imported(here, b"value,label,in,gt\nA,Satu,x,1\nB,Dua,y,2\n")
        found = selectors.search(edition, "", cells={"in": ["y"], "gt": [2]})
        assert [row.value for row in found] == ["B"]
        assert selectors.search(edition, "", cells={"in": ["y"], "gt": [1]}) == []


class TestKeepUpload:
    def test_keeps_one_file_for_each_person(self, here: Region, clerk: User, head: User) -> None:
        for person, name in ((clerk, "a.csv"), (head, "b.csv"), (clerk, "c.csv")):
            services.keep_upload(
                region=here,
                user=person,
                dataset=None,
                title="x",
                edition="1",
                filename=name,
                content=KELAS,
                now=timezone.now(),
            )
        assert sorted(Upload.objects.values_list("filename", flat=True)) == ["b.csv", "c.csv"]
        upload = selectors.upload(here, clerk)
        assert upload is not None
        assert bytes(upload.content) == KELAS


class TestFreeKey:
    def test_is_made_of_the_title_and_not_taken(self, here: Region) -> None:
        assert services.free_key(here, "Kelas Makam (2026)") == "kelas_makam_2026"
        assert services.free_key(here, "2026 ???") == "data"
        imported(here)
        assert services.free_key(here, "Kelas") == "kelas_2"


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "kelas.csv"
        path.write_bytes(KELAS)
        return path

    def _run(self, *words: str) -> str:
        output = StringIO()
        call_command("dataset", *words, stdout=output, stderr=output)
        return output.getvalue()

    def _import(self, file: Path, *more: str) -> str:
        names = ("--key", "kelas", "--title", "Kelas makam", "--edition", "2026")
        return self._run("import", str(file), "--region", "tangerang", *names, *more)

    def test_imports_lists_and_exports(self, tangerang: Region, file: Path, tmp_path: Path) -> None:
        assert self._import(file) == "Kelas makam, edisi 2026: 2 baris disimpan.\n"
        assert self._run("list", "--region", "tangerang") == "kelas\t2026\t2\ttangerang\tKelas makam\n"
        out = self._run("export", "kelas", "--region", "tangerang")
        assert out == (
            "\ufeffvalue;label:id;label:en;tarif:money;buka:boolean\r\n"
            "A;Kelas A;Class A;15000;ya\r\nB;Ke'las B;;10000;\r\n"
        )
        again = reading.read(out.encode())
        with scope.use(tangerang):
            assert Edition.objects.get().digest == again.digest

    def test_reports_and_stores_nothing(self, tangerang: Region, file: Path) -> None:
        file.write_text("value,label\nA,x\nA,y\n")
        with pytest.raises(CommandError, match="Ada 1 hal yang harus diperbaiki"):
            self._import(file)
        with scope.use(tangerang):
            assert not Dataset.objects.exists()

    def test_takes_types_of_columns(self, tangerang: Region, file: Path) -> None:
        file.write_text("value,label,tarif\nA,x,15000\n")
        self._import(file, "--column", "tarif=money")
        assert "tarif:money" in self._run("export", "kelas", "--region", "tangerang", "--edition", "2026")

    def test_says_what_is_not_there(self, tangerang: Region, file: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="Tidak ada daerah"):
            self._run("list", "--region", "x")
        with pytest.raises(CommandError, match="tidak dapat dibaca"):
            self._import(tmp_path / "tiada.csv")
        with pytest.raises(CommandError, match="tidak punya daftar pilihan"):
            self._run("export", "kelas", "--region", "tangerang")
        self._import(file)
        with pytest.raises(CommandError, match="sudah ada"):
            self._import(file)
        with pytest.raises(CommandError, match="tidak punya daftar pilihan"):
            self._run("export", "kelas", "--region", "tangerang", "--edition", "2030")


class TestLines:
    @pytest.mark.parametrize("text", ["=1+1", "+62", "-x", "@x", "＝1"])
    def test_guard_what_a_spreadsheet_would_run(self, text: str) -> None:
        """Threat T12: formula injection."""
        assert writing.guarded(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["a", "-5", "-5.5", "", "1=1"])
    def test_leave_the_rest_alone(self, text: str) -> None:
        assert writing.guarded(text) == text

    def test_come_back_without_the_guard(self, here: Region) -> None:
        edition = imported(here, b"value,label\nA,=HYPERLINK(1)\n")
        out = "".join(writing.lines(edition))
        assert ";'=HYPERLINK(1)" in out
        assert reading.read(out.encode()).digest == edition.digest
