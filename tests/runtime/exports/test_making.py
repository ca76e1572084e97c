"""Files of applications: what is in them, of whom, in which form; nothing twice, none missing, no formula."""

from __future__ import annotations

import json
import re
import tracemalloc
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.cases import readable, selectors
from runtime.cases.models import Case, Task
from runtime.exports import asking, making
from runtime.exports.tables import Table
from runtime.exports.writing import as_csv, as_xlsx
from runtime.jobs import working
from runtime.jobs.models import Job
from runtime.regions import selectors as regions
from runtime.regions.models import Membership
from runtime.viewlog.models import Viewing
from schemas.exporting import Way
from tests import factories
from tests.runtime import exported
from tests.runtime.conftest import Village
from tests.runtime.exported import ILLNESS, NIK, SECRET
from tests.runtime.exported import filing as filing  # the fixture

FORMS = ("csv", "xlsx", "json")


def text_of(form: str, file: bytes, tmp: Any) -> str:
    """Return all that can be read in a file."""
    if form == "json":
        return file.decode()
    path = tmp / "file"
    path.write_bytes(file)
    with ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


class TestAnswers:
    @pytest.mark.parametrize("form", FORMS)
    def test_T11_cover_numbers_and_leave_out_special_kinds(
        self, filing: Village, form: str, tmp_path: Any
    ) -> None:
        exported.file_one(filing)
        told = text_of(form, exported.made(filing, form), tmp_path)
        assert "Siti" in told
        assert "••••0001" in told
        for hidden in (NIK, ILLNESS, SECRET, "secret"):
            assert hidden not in told

    @pytest.mark.parametrize("form", FORMS)
    def test_T11_never_hold_what_must_never_leave(self, filing: Village, form: str, tmp_path: Any) -> None:
        exported.file_one(filing)
        told = text_of(form, exported.made(filing, form, Way.WHOLE), tmp_path)
        assert NIK in told
        assert told.count(ILLNESS) >= 2
        assert SECRET not in told

    @pytest.mark.parametrize("form", FORMS)
    def test_of_a_recap_say_nothing_about_a_person(self, filing: Village, form: str, tmp_path: Any) -> None:
        case = exported.file_one(filing, name="Siti Rahayu")
        told = text_of(form, exported.made(filing, form, Way.RECAP), tmp_path)
        assert str(case.public_id) in told
        for hidden in (case.reference, "siti@", NIK, ILLNESS, SECRET, "1990-01-01", "Adi"):
            assert hidden not in told

    def test_stand_in_tables_with_a_table_for_each_repeat(self, filing: Village) -> None:
        case = exported.file_one(filing)
        found = exported.tables(exported.made(filing, way=Way.WHOLE))
        assert list(found) == [
            *("cases.csv", "children.csv", "children.vaccines.csv"),
            "columns.csv",
        ]
        heads, line = found["cases.csv"]
        told = dict(zip(heads, line, strict=True))
        assert told["case.reference"] == case.reference
        assert (told["reason"], told["reason.title"]) == ("a", "A")
        assert (told["village"], told["village.title"]) == (filing.office.key, filing.office.name)
        assert (told["born"], told["fee"], told["children"]) == ("1990-01-01", "15000", "2")
        assert told["case.filed"] == "2026-11-23T09:00+07:00"
        assert found["children.csv"][1] == [case.reference, "1", "Adi", ILLNESS, "1"]
        assert found["children.vaccines.csv"][1] == [case.reference, "1", "1", "Polio", "2020-02-03"]

    def test_keep_days_and_numbers_as_such_in_a_workbook(self, filing: Village) -> None:
        exported.file_one(filing)
        book = exported.workbook(exported.made(filing, "xlsx"))
        assert book.sheetnames == ["cases", "children", "children.vaccines", "Kolom"]
        heads, line = book["cases"].iter_rows()
        told = {head.value: cell.value for head, cell in zip(heads, line, strict=True)}
        assert told["born"].isoformat() == "1990-01-01T00:00:00"
        assert told["case.filed"].isoformat() == "2026-11-23T09:00:00"
        assert (told["fee"], told["age"]) == (15000, 30)
        assert ["cases", "born", "Born"] in [[c.value for c in row] for row in book["Kolom"].iter_rows()]

    def test_stand_nested_in_json_with_the_words_of_lists(self, filing: Village) -> None:
        case = exported.file_one(filing)
        told = json.loads(exported.made(filing, "json"))
        (one,) = told["cases"]
        assert (one["reference"], one["status.title"]) == (case.reference, "Diperiksa")
        assert one["answers"]["reason"] == {"value": "a", "label": "A"}
        assert one["answers"]["children"][0]["vaccines"] == [{"name": "Polio", "given": "2020-02-03"}]

    def test_keep_the_columns_of_every_version_once(self, filing: Village) -> None:
        exported.file_one(filing)
        newer = json.loads(exported.document())
        newer["pages"][0]["fields"] = [one for one in newer["pages"][0]["fields"] if one["key"] != "born"]
        newer["pages"][0]["fields"].append({"key": "extra", "type": "text", "label": {"id": "Tambahan"}})
        filing.version = factories.installed(filing.region, json.dumps(newer), 2).version
        filing.submit(answers=exported.answers(filing, born=None, extra="lebih"))
        heads, first, second = exported.tables(exported.made(filing))["cases.csv"]
        assert len(heads) == len(set(heads)) == len(first) == len(second)
        assert dict(zip(heads, first, strict=True))["born"] == "1990-01-01"
        assert dict(zip(heads, second, strict=True))["extra"] == "lebih"

    @pytest.mark.parametrize("form", FORMS)
    def test_of_no_case_at_all_make_a_file_all_the_same(
        self, filing: Village, form: str, tmp_path: Any
    ) -> None:
        assert "reason" in text_of(form, exported.made(filing, form), tmp_path)


class TestFormulas:
    @given(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
        st.sampled_from("=+-@\t\r＝＋－＠\n"),
    )
    @settings(max_examples=60)
    def test_T12_begin_no_cell_of_a_workbook_or_a_csv(self, words: str, sign: str) -> None:
        typed = sign + words + "x"
        table, into, packed = {"cases": Table("cases", {"a": typed})}, BytesIO(), BytesIO()
        as_xlsx(into, table, lambda: iter([{"cases": [{"a": typed}]}]))
        book = exported.workbook(into.getvalue())
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "inlineStr")
            assert cell.data_type != "f"
            if cell.value and str(cell.value).lstrip("\n\t\r").startswith(words + "x") and words:
                assert cell.quotePrefix
        as_csv(packed, table, lambda: iter([{"cases": [{"a": typed}]}]))
        with ZipFile(packed) as archive:
            told = archive.read("cases.csv").decode("utf-8-sig")
        for line in re.split(r"\r\n", told):
            assert not re.match(r'"?[=+\-@\t\r\n＝＋－＠]', line) or not line

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_T12_of_an_applicant_are_texts(self, filing: Village, form: str) -> None:
        exported.file_one(filing, name="=HYPERLINK(1)")
        file = exported.made(filing, form)
        if form == "csv":
            assert ";'=HYPERLINK(1);" in ";".join(exported.tables(file)["cases.csv"][1])
            return
        cells = [cell for row in exported.workbook(file)["cases"].iter_rows() for cell in row]
        (found,) = [cell for cell in cells if cell.value == "=HYPERLINK(1)"]
        assert (found.data_type, found.quotePrefix) == ("s", True)

    def test_are_no_reason_to_touch_a_negative_number_or_a_day(self, filing: Village) -> None:
        exported.file_one(filing, name="-5")
        assert "-5" in exported.tables(exported.made(filing))["cases.csv"][1]


class TestNames:
    def test_T2_of_files_given_by_applicants_are_cells_and_nothing_else(self, filing: Village) -> None:
        case = exported.file_one(filing)
        hostile = '../../"=cmd|x\u202egpj.exe\r\n' + "a" * 300
        paper = [{"id": "x", "name": hostile, "size": 1, "type": "image/jpeg", "sha256": "0" * 64}]
        Case.objects.filter(pk=case.pk).update(answers={**case.answers, "paper": paper})
        job = exported.finish(filing, exported.ask(filing, "xlsx"))
        assert re.fullmatch(r"izin-berkas-2026-11-23\.xlsx", job.name)
        cells = [
            cell for row in exported.workbook(exported.content(job))["cases"].iter_rows() for cell in row
        ]
        assert any(str(cell.value).startswith("../../") for cell in cells)


class TestRights:
    def test_are_those_to_open_each_single_case(self, filing: Village) -> None:
        for _one in range(3):
            exported.file_one(filing)
        filing.forward(Case.objects.order_by("pk")[0].reference)
        filing.perform(Case.objects.order_by("pk")[1].reference, "park", filing.clerk)
        other = factories.office(filing.region, "desa-lain")
        stranger = factories.staff("head", other, "lain")
        factories.staff("clerk", other, "loket-lain")
        above = factories.staff("head", filing.region, "atasan")
        exported.file_one(filing, village="desa-lain")
        seen = {}
        for user in (filing.clerk, filing.head, stranger, above):
            held = regions.at_desk(filing.region, user)
            every = readable.filed(filing.region, exported.KEY)
            found = readable.openable(every, filing.region, exported.KEY, held)
            singly = {
                case.pk
                for case in every
                if selectors.case_for_officer(filing.region, user, case.reference) is not None
            }
            assert {case.pk for case in found} == singly
            seen[user] = len(singly)
            assert (
                set(readable.opened_as(list(every.select_related("version")), filing.region, held)) == singly
            )
        assert list(seen.values()) == [3, 2, 0, 1]

    def test_leave_out_cases_of_other_offices(self, filing: Village) -> None:
        mine = exported.file_one(filing)
        other = factories.office(filing.region, "desa-lain")
        factories.staff("clerk", other, "lain")
        exported.file_one(filing, village="desa-lain")
        told = json.loads(exported.made(filing, "json"))
        assert [one["reference"] for one in told["cases"]] == [mine.reference]

    def test_T8_end_with_the_post(self, filing: Village) -> None:
        exported.file_one(filing)
        ready, waiting = exported.finish(filing, exported.ask(filing)), exported.ask(filing)
        assert asking.may_have(ready)
        Membership.objects.filter(user=filing.clerk).delete()
        assert not asking.may_have(ready)
        assert exported.finish(filing, waiting).why == "rights"

    def test_to_all_cases_without_personal_data_are_an_administrators(self, filing: Village) -> None:
        case = exported.file_one(filing)
        chief = factories.staff("administrator", filing.region, "pengelola")
        told = json.loads(exported.made(filing, "json", Way.RECAP, user=chief, posts=(), every=True))
        assert [one["id"] for one in told["cases"]] == [str(case.public_id)]
        nobody = exported.ask(filing, "json", Way.RECAP, posts=(), every=True)
        assert exported.finish(filing, nobody).why == "rights"

    def test_without_any_post_are_none(self, filing: Village) -> None:
        exported.file_one(filing)
        assert exported.finish(filing, exported.ask(filing, posts=())).why == "rights"


class TestChosen:
    def test_are_cases_by_day_and_end(self, filing: Village) -> None:
        case = exported.file_one(filing)
        today = date(2026, 11, 23)

        def count(**more: Any) -> int:
            return exported.finish(filing, exported.ask(filing, **more)).done

        assert count(since=today, until=today) == count(state="open") == 1
        assert count(since=today + timedelta(days=1)) == count(until=today - timedelta(days=1)) == 0
        Case.objects.filter(pk=case.pk).update(closed_at=filing.now, outcome="granted")
        assert count(state="granted") == count(state="closed") == 1
        assert count(state="open") == count(state="refused") == 0

    def test_are_no_more_than_one_file_may_hold(self, filing: Village, monkeypatch: Any) -> None:
        exported.file_one(filing)
        monkeypatch.setattr(asking, "MOST", 0)
        job = exported.finish(filing, exported.ask(filing))
        assert (job.state, job.why) == (Job.State.FAILED, "many")


class TestLog:
    def test_has_a_row_for_each_case_of_the_file(self, filing: Village) -> None:
        cases = [exported.file_one(filing) for _one in range(3)]
        exported.made(filing)
        rows = Viewing.objects.order_by("pk")
        assert [(row.case_id, row.did, row.purpose, row.role) for row in rows] == [
            (case.pk, "exported", "export", "clerk") for case in cases
        ]

    def test_says_when_numbers_are_in_full(self, filing: Village) -> None:
        exported.file_one(filing)
        exported.made(filing, way=Way.WHOLE)
        assert [row.did for row in Viewing.objects.order_by("pk")] == ["exported", "revealed"]

    def test_has_none_of_a_recap(self, filing: Village) -> None:
        exported.file_one(filing)
        exported.made(filing, way=Way.RECAP)
        assert not Viewing.objects.exists()


class TestKilled:
    @pytest.mark.parametrize("form", FORMS)
    def test_in_the_middle_goes_on_with_no_case_twice_and_none_missing(
        self, filing: Village, form: str, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(making, "AT_ONCE", 2)
        cases = [exported.file_one(filing) for _one in range(5)]
        job, now = exported.ask(filing, form), filing.now + timedelta(hours=1)
        working.work(job, now=now)
        assert job.done == 2

        def dies(*_given: Any, **_more: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(working.Job.objects, "filter", dies, raising=False)
            with pytest.raises(SystemExit):
                working.work(job, now=now)
        job.refresh_from_db()
        with monkeypatch.context() as patch:
            patch.setattr(making.viewlog.Viewing.objects, "bulk_create", dies, raising=False)
            with pytest.raises(SystemExit):  # the part is stored, its rows are not
                working.work(job, now=now + working.LEASE * 2)
        job.refresh_from_db()
        assert job.done == 2
        working.work(job, now=now + working.LEASE * 5, patience=60, hand_over=True)
        told = text_of_references(form, exported.content(job))
        assert told == [case.reference for case in cases]
        assert [row.case_id for row in Viewing.objects.order_by("pk")] == [case.pk for case in cases]


def text_of_references(form: str, file: bytes) -> list[str]:
    if form == "json":
        return [one["reference"] for one in json.loads(file)["cases"]]
    if form == "csv":
        return [line[0] for line in exported.tables(file)["cases.csv"][1:]]
    return [row[0].value for row in list(exported.workbook(file)["cases"].iter_rows())[1:]]


class TestLarge:
    COUNT = 10_000

    @pytest.mark.once
    def test_T39_is_made_with_bounded_queries_and_memory(self, filing: Village) -> None:
        exported.crowd(filing, self.COUNT)
        assert Task.objects.count() == self.COUNT
        for form in FORMS:
            job, now = exported.ask(filing, form), filing.now + timedelta(hours=1)
            with CaptureQueriesContext(connection) as first:
                working.work(job, now=now)
            with CaptureQueriesContext(connection) as second:
                working.work(job, now=now)
            assert job.done == 2 * making.AT_ONCE
            assert len(second) <= len(first) <= 30
            exported.finish(filing, job)
            assert (job.state, job.done) == (Job.State.DONE, self.COUNT)
            assert len(set(text_of_references(form, exported.content(job)))) == self.COUNT

    @pytest.mark.parametrize("write", [as_csv, as_xlsx])
    def test_is_put_together_line_by_line(self, write: Any, tmp_path: Any) -> None:
        def peak(count: int) -> int:
            lines = ({"cases": [{"a": f"{number}", "b": ["n", "5"]}]} for number in range(count))
            with (tmp_path / "file").open("wb") as into:
                tracemalloc.start()
                write(into, {"cases": Table("cases", {"a": "A", "b": "B"})}, lambda: lines)
                found = tracemalloc.get_traced_memory()[1]
                tracemalloc.stop()
            return found

        peak(10)
        assert peak(5_000) < 2 * peak(500)
