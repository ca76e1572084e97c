"""CSV files beside a workbook become its lists; what is missing, damaged or harmful is said in a sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from builder import xlsimport, xlsreport
from builder.xlsform import bundle
from builder.xlsimport import Import
from schemas import parse
from tests.builder.xlsform.books import book, choices, fields, q, told

VILLAGES = b"kode;nama;kecamatan\n01;Sukasari;babakan\n02;Babakan;babakan\n03;Cipete;pinang\n"
FORM = [
    q("select_one kec", "kec", "Kecamatan"),
    q("select_one_from_file Desa.csv", "desa", "Desa", parameters="value=kode label=nama",
      choice_filter="kecamatan = ${kec}"),
]  # fmt: skip
LISTS = choices(kec=("babakan", "pinang"))


def given(survey: list[dict[str, Any]], *more: tuple[str, bytes], name: str = "form.xlsx") -> Import:
    return xlsimport.run(bundle.packed([(name, book(survey, LISTS)), *more]), language="id", judged=False)


def archived(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


class TestLists:
    def test_become_those_of_the_form(self) -> None:
        made = given(FORM, ("desa.csv", VILLAGES))
        assert told(made) == []
        assert made.document is not None
        assert fields(made)["desa"]["dataset"] == "desa"
        assert fields(made)["desa"]["filter"] == {"==": [{"column": "kecamatan"}, {"var": "kec"}]}
        listed = made.document["datasets"]["desa"]
        assert listed["columns"] == {"kecamatan": "text"}
        assert listed["items"][0] == {"value": "01", "label": "Sukasari", "kecamatan": "babakan"}
        assert [row for sheet, row in made.conversion.ledger.rows if sheet == "desa.csv"] == [2, 3, 4]
        assert not [problem for problem in parse.check_value(made.document).problems if problem.blocks]

    def test_that_are_missing_are_named_with_the_file(self) -> None:
        made = given(FORM)
        assert told(made) == [(3, "type", "type.file")]
        [entry] = [one for one in made.conversion.ledger.of("refused") if one.sheet == "survey"]
        with translation.override("en"):
            assert "the file “Desa.csv”. Choose this file, too" in xlsreport.sentence(entry)

    def test_without_the_column_for_the_value_are_named(self) -> None:
        made = given([q("select_one_from_file desa.csv", "d")], ("desa.csv", VILLAGES))
        assert told(made) == [(2, "type", "type.file_column")]

    def test_of_questions_with_the_same_file_and_other_columns_are_two(self) -> None:
        survey = [
            q("select_one_from_file desa.csv", "a", parameters="value=kode label=nama"),
            q("select_multiple_from_file desa.csv", "b", parameters="value=nama label=kode"),
        ]
        made = given(survey, ("desa.csv", VILLAGES))
        assert [option["label"] for option in fields(made)["a"]["options"]] == [
            "Sukasari",
            "Babakan",
            "Cipete",
        ]
        assert [option["label"] for option in fields(made)["b"]["options"]] == ["01", "02", "03"]

    def test_of_external_choices_may_stand_in_a_file(self) -> None:
        content = b"list_name,name,label,kec\ndesa,a,Desa A,babakan\ndesa,b,Desa B,pinang\n"
        survey = [FORM[0], q("select_one_external desa", "d", choice_filter="kec = ${kec}")]
        made = given(survey, ("itemsets.csv", content))
        assert told(made) == []
        assert fields(made)["d"]["filter"] == {"==": [{"column": "kec"}, {"var": "kec"}]}

    def test_that_nothing_uses_are_named(self) -> None:
        made = given([q("text", "a")], ("desa.csv", VILLAGES), ("foto.jpg", b"\xff\xd8\xff"))
        assert {(one.sheet, one.reason) for one in made.conversion.ledger.of("look")} >= {
            ("desa.csv", "file.unused"), ("foto.jpg", "file.other"),
        }  # fmt: skip

    def test_that_are_too_long_lead_to_the_lists_of_the_region(self) -> None:
        rows = "".join(f"{at},Desa {at}\n" for at in range(1001))
        made = given([q("select_one_from_file d.csv", "d")], ("d.csv", f"name,label\n{rows}".encode()))
        assert told(made) == [(2, "type", "list.long")]


class TestLookups:
    RULE = "pulldata('kepala', 'camat', 'kec', ${kec})"
    HEADS = b"kec,camat\nbabakan,Ani\npinang,Budi\n"

    def test_are_cells_of_the_chosen_row(self) -> None:
        survey = [FORM[0], q("calculate", "camat", "Camat", calculation=self.RULE)]
        made = given(survey, ("kepala.csv", self.HEADS))
        assert told(made) == []
        assert fields(made)["camat"]["calculate"] == {"attr": [{"var": "kec"}, "kepala_camat_kec"]}
        assert made.document is not None
        assert [item["kepala_camat_kec"] for item in made.document["datasets"]["kec"]["items"]] == [
            "Ani",
            "Budi",
        ]

    @pytest.mark.parametrize(
        ("rule", "code"),
        [
            ("pulldata('lain', 'camat', 'kec', ${kec})", "lookup.file"),
            ("pulldata('kepala', 'lurah', 'kec', ${kec})", "lookup.column"),
            ("pulldata('kepala', 'camat', 'kec', ${t})", "lookup.answer"),
            ("pulldata('kepala', 'camat', 'kec')", "expression.lookup"),
        ],
    )
    def test_that_cannot_be_say_why(self, rule: str, code: str) -> None:
        survey = [FORM[0], q("text", "t"), q("text", "x", relevant=f"{rule} = 'Ani'")]
        assert told(given(survey, ("kepala.csv", self.HEADS))) == [(4, "relevant", code)]


class TestArchives:
    def test_are_taken_with_folders_and_what_programs_leave_behind(self) -> None:
        content = archived(
            {"media/form.xlsx": book(FORM, LISTS), "media/desa.csv": VILLAGES, "__MACOSX/x.csv": b"?"}
        )
        made = xlsimport.run(content, language="id", judged=False)
        assert "desa" in fields(made)
        assert made.conversion.whole

    @pytest.mark.parametrize(
        ("parts", "code"),
        [
            ({"a.csv": VILLAGES}, "zip.none"),
            ({"a.xlsx": book(FORM), "b.xlsx": book(FORM)}, "zip.books"),
            ({"a.xlsx": book(FORM), "b.csv": b"0" * 6_000_000}, "zip.large"),
            ({"a.xlsx": book(FORM), "/b.csv": b"x"}, "zip.unsafe"),
            ({"a.xlsx": book(FORM), "../b.csv": b"x"}, "zip.unsafe"),
            ({"a.xlsx": book(FORM), **{f"f{at}.csv": b"a\n1\n" for at in range(31)}}, "zip.many"),
            ({"a.xlsx": book(FORM), "b.csv": b'a\n"x'}, "file.list"),
            ({"a.xlsx": book(FORM), "b.csv": b"name\n" + b"x\n" * 25_001}, "file.list_rows"),
        ],
    )
    def test_that_cannot_be_taken_are_refused_in_a_sentence(self, parts: dict[str, bytes], code: str) -> None:
        made = xlsimport.run(archived(parts), language="id", judged=False)
        assert made.unreadable is not None
        assert made.unreadable.code == code
        for language in ("id", "en"):
            with translation.override(language):
                assert "{" not in xlsreport.unreadable(made.unreadable)

    def test_that_are_locked_are_refused(self) -> None:
        content = bytearray(archived({"a.csv": b"name\n1"}))
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.find(mark) + at] |= 1
        made = xlsimport.run(bytes(content), language="id", judged=False)
        assert made.unreadable is not None
        assert made.unreadable.code == "zip.locked"


def test_the_command_takes_the_files_of_the_media_folder(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(book(FORM, LISTS))
    (tmp_path / "form-media").mkdir()
    (tmp_path / "form-media" / "desa.csv").write_bytes(VILLAGES)
    (tmp_path / "all.zip").write_bytes(archived({"f.xlsx": book(FORM, LISTS), "desa.csv": VILLAGES}))
    out = io.StringIO()
    call_command("xlsform", "report", str(tmp_path), stdout=out)
    lines = [line for line in out.getvalue().splitlines() if "\tparsed\t" in line]
    assert [line.split("\t")[0] for line in lines] == ["all.zip", "form.xlsx"]
    assert all("rows 2: 2 whole, 0 without, 0 not taken" in line for line in lines)


class TestSearched:
    """`search('file')` in the appearance: one row of the choices stands for all rows of the file."""

    ROW = ({"list_name": "desa", "name": "kode", "label": "nama"},)

    def searched(self, written: str, rows: Any = ROW, files: Any = (("desa.csv", VILLAGES),)) -> Import:
        survey = [FORM[0], q("text", "t"), q("select_one desa", "desa", "Desa", appearance=written)]
        form = book(survey, [*LISTS, *rows])
        return xlsimport.run(bundle.packed([("form.xlsx", form), *files]), language="id", judged=False)

    @pytest.mark.parametrize(
        ("written", "wanted"),
        [
            ("search('desa')", None),
            ("minimal search('desa', 'matches', 'kecamatan', ${kec})",
             {"==": [{"column": "kecamatan"}, {"var": "kec"}]}),
            ("search(\"Desa.csv\", 'matches', 'kecamatan', ${kec}, 'nama', ${t})",
             {"and": [{"==": [{"column": "kecamatan"}, {"var": "kec"}]},
                      {"==": [{"column": "nama"}, {"var": "t"}]}]}),
        ],
    )  # fmt: skip
    def test_offers_what_is_found(self, written: str, wanted: Any) -> None:
        made = self.searched(written)
        assert told(made) == []
        asked = fields(made)["desa"]
        assert asked.get("filter") == wanted
        assert made.document is not None
        listed = asked["options"] if wanted is None else made.document["datasets"][asked["dataset"]]["items"]
        assert [(one["value"], one["label"]) for one in listed][:2] == [("01", "Sukasari"), ("02", "Babakan")]
        assert not made.conversion.ledger.of("refused")
        assert not [problem for problem in parse.check_value(made.document).problems if problem.blocks]

    @pytest.mark.parametrize(
        ("written", "more", "reason"),
        [
            ("search('desa', 'contains', 'nama', ${t})", {}, "search.how"),
            ("search('desa', 'matches', ${t}, ${t})", {}, "search.how"),
            ("search('desa', 'matches', 'nama')", {}, "search.how"),
            ("search(${t})", {}, "expression.arguments"),
            ("search('desa'", {}, "expression.syntax"),
            ("search('desa')", {"files": ()}, "type.search"),
            (
                "search('desa')",
                {"rows": (*ROW, {"list_name": "desa", "name": "x", "label": "X"})},
                "search.mixed",
            ),
            (
                "search('desa')",
                {"rows": ({"list_name": "desa", "name": "x", "label": "y"},)},
                "type.file_column",
            ),
        ],
    )
    def test_what_cannot_be_searched_is_named(self, written: str, more: Any, reason: str) -> None:
        assert told(self.searched(written, **more)) == [(4, "appearance", reason)]
