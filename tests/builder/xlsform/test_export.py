"""What is exported pyxform converts, and an import of it asks the same under the same conditions."""

from __future__ import annotations

import io
import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import blank, xlsexport, xlsimport
from builder.xlsform import judge
from builder.xlsform.kindsout import KINDS
from schemas import fieldtypes, parse
from schemas.definition import Module
from schemas.expressions import holds

ROOT = Path(__file__).parents[3]
FILES = [
    *sorted((ROOT / "builder" / "starters").glob("*.json")),
    *sorted((ROOT / "tests" / "definitions" / "valid").glob("*.json")),
]
TODAY = date(2026, 11, 26)
ROLE = {"key": "officer", "title": {"id": "Petugas", "en": "Officer"}}


def module(fields: list[dict[str, Any]], **more: Any) -> Module:
    document = blank.document(key="uji", title="Uji", role=ROLE)
    document["pages"][0]["fields"] = fields
    checked = parse.check_value({**document, **more})
    assert checked.module is not None, [str(problem) for problem in checked.problems if problem.blocks]
    return checked.module


def again(made: Module) -> Module:
    """Export a service, let pyxform convert it, and import what was exported."""
    packed, _ = xlsexport.workbook(made)
    assert judge.converted(packed).refused == ""
    back = xlsimport.run(packed, language="id", judged=False)
    assert back.document is not None
    checked = parse.check_value(back.document)
    assert checked.module is not None
    return checked.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestServices:
    def test_are_converted_by_pyxform_and_come_back(self, path: Path) -> None:
        made = parse.load(path.read_bytes())
        packed, exported = xlsexport.workbook(made)
        verdict = judge.converted(packed)
        assert verdict.refused == ""
        back = xlsimport.run(packed, language="id", judged=False)
        assert back.document is not None
        assert back.conversion.ledger.counted("survey")["refused"] == 0
        lost = {loss.at for loss in exported.losses}
        for question in [one for page in made.filing_pages() for one in page.fields if one.key not in lost]:
            found = parse.check_value(back.document).module.field(question.key)  # type: ignore[union-attr]
            assert found is not None, question.key
            usual = {"notice": "note"}
            assert found.type == usual.get(question.type, question.type)
            assert [option.value for option in found.options] == [option.value for option in question.options]
            assert found.label == question.label

    def test_name_what_is_lost_in_words(self, path: Path) -> None:
        _, exported = xlsexport.workbook(parse.load(path.read_bytes()))
        for language in ("id", "en"):
            with translation.override(language):
                for line in xlsexport.lines(exported, language):
                    assert line.sentence
                    assert "{" not in line.sentence


def test_every_type_is_exported_or_written_otherwise() -> None:
    otherwise = {"matrix", "repeat", "date_range", "metadata"}
    assert {*KINDS, *otherwise} == {kind.name for kind in fieldtypes.all()}


class TestCells:
    def test_are_never_formulas(self) -> None:
        made = module([{"key": "a", "type": "text", "label": '=HYPERLINK("http://x")', "help": "+1 ${b}"}])
        packed, _ = xlsexport.workbook(made)
        sheet = openpyxl.load_workbook(io.BytesIO(packed))["survey"]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
        assert "+1 $ {b}" in [cell.value for row in sheet.iter_rows() for cell in row]
        assert judge.converted(packed).refused == ""

    def test_of_rows_have_names_of_their_own(self) -> None:
        made = module(
            [
                {"key": "a", "type": "integer", "label": "A"},
                {"key": "r", "type": "repeat", "label": "R", "fields": [
                    {"key": "a", "type": "integer", "label": "A"},
                    {"key": "b", "type": "integer", "label": "B", "visible": {">": [{"var": "a"}, 1]}},
                ]},
                {"key": "t", "type": "integer", "label": "T",
                 "calculate": {"sum": [{"var": "r"}, {"var": "a"}]}},
            ]
        )  # fmt: skip
        back = again(made)
        row = back.field("r").fields  # type: ignore[union-attr]
        assert [one.key for one in row] == ["r_a", "b"]
        assert row[1].visible is not None
        assert row[1].visible.raw == {">": [{"var": "r_a"}, 1]}

    def test_keep_cascades(self) -> None:
        made = module(
            [
                {"key": "prov", "type": "choice", "label": "P", "dataset": "prov"},
                {"key": "kota", "type": "choice", "label": "K", "dataset": "kota",
                 "filter": {"==": [{"column": "label_of"}, {"var": "prov"}]}},
            ],
            datasets={
                "prov": {"items": [{"value": "p1", "label": "P1"}]},
                "kota": {
                    "columns": {"label_of": "text"},
                    "items": [{"value": "k", "label": "K", "label_of": "p1"}],
                },
            },
        )  # fmt: skip
        back = again(made)
        filtered = back.field("kota")
        assert filtered is not None
        assert filtered.filter is not None
        assert filtered.filter.raw == {"==": [{"column": "label_of"}, {"var": "prov"}]}


NUMBER, WORD, CHOICE, MANY, FLAG = ({"var": key} for key in ("n", "w", "c", "m", "f"))
QUESTIONS: list[dict[str, Any]] = [
    {"key": "n", "type": "integer", "label": "N"},
    {"key": "w", "type": "text", "label": "W"},
    {"key": "c", "type": "choice", "label": "C", "options": [{"value": v, "label": v} for v in "xyz"]},
    {"key": "m", "type": "choices", "label": "M", "options": [{"value": v, "label": v} for v in "xyz"]},
    {"key": "f", "type": "consent", "label": "F"},
]
NUMBERS = st.recursive(
    st.one_of(st.just(NUMBER), st.integers(-3, 3)),
    lambda inner: st.one_of(
        st.builds(lambda a, b: {"+": [a, b]}, inner, inner),
        st.builds(lambda a, b: {"-": [a, b]}, inner, inner),
        st.builds(lambda a, b: {"default": [a, b]}, st.just(NUMBER), inner),
    ),
    max_leaves=3,
)
COMPARED = st.one_of(
    st.builds(lambda op, a: {op: [NUMBER, a]}, st.sampled_from(("==", "!=", "<", "<=", ">", ">=")), NUMBERS),
    st.builds(lambda op, v: {op: [CHOICE, v]}, st.sampled_from(("==", "!=")), st.sampled_from("xyz")),
    st.builds(lambda v: {"in": [v, MANY]}, st.sampled_from("xyz")),
    st.builds(
        lambda v: {"in": [CHOICE, v]}, st.lists(st.sampled_from("xyz"), min_size=1, max_size=2, unique=True)
    ),
    st.builds(lambda v: {"answered": v}, st.sampled_from((NUMBER, WORD, CHOICE, MANY, FLAG))),
    st.just(FLAG),
    st.just({"==": [WORD, "it's"]}),
    st.just({"==": [{"default": [WORD, "none"]}, "none"]}),
)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.builds(lambda a: {"!": [a]}, inner),
        st.builds(lambda op, a, b: {op: [a, b]}, st.sampled_from(("and", "or")), inner, inner),
        st.builds(lambda a, b: {"default": [a, b]}, inner, st.booleans()),
    ),
    max_leaves=4,
)
ANSWERS = [
    {key: value for key, value in zip("nwcmf", values, strict=True) if value is not None}
    for values in itertools.product(
        (None, -1, 0, 2),
        (None, "none", "it's"),
        (None, "x", "z"),
        (None, ["x"], ["y", "z"]),
        (None, {"accepted": True, "text": "0" * 12}),
    )
]


class TestConditions:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(rule=CONDITIONS)
    def test_hold_for_the_same_answers_after_export_and_import(self, rule: Any) -> None:
        document = blank.document(key="uji", title="Uji", role=ROLE)
        document["pages"][0]["fields"] = [
            *QUESTIONS,
            {"key": "last", "type": "text", "label": "L", "visible": rule},
        ]
        checked = parse.check_value(document)
        if checked.module is None:
            return  # never or always true: no document
        packed, exported = xlsexport.workbook(checked.module)
        assert "loss.rule" not in {loss.reason for loss in exported.losses}, json.dumps(rule)
        back = xlsimport.run(packed, language="id", judged=False)
        assert back.document is not None
        before, after = checked.module.field("last"), parse.check_value(back.document).module
        assert before is not None
        assert before.visible is not None
        assert after is not None
        mine = after.field("last")
        reasons = {entry.reason for entry in back.conversion.ledger.entries}
        if mine is None:
            assert "relevant.never" in reasons
            assert not any(holds(before.visible, answers, today=TODAY) for answers in ANSWERS)
            return
        if mine.visible is None:
            told = {"expression.constant", "condition.long", "expression.long"}
            always = all(holds(before.visible, answers, today=TODAY) for answers in ANSWERS)
            assert always or reasons & told, rule
            return
        for answers in ANSWERS:
            wanted = holds(before.visible, answers, today=TODAY)
            assert holds(mine.visible, answers, today=TODAY) is wanted, (rule, mine.visible.raw, answers)


class TestWords:
    def test_refer_to_answers_and_come_back_with_them(self) -> None:
        name = {"key": "nama", "type": "text", "label": "Nama"}
        rows = {
            "key": "anak",
            "type": "repeat",
            "label": "Anak {nama}",
            "chips": True,
            "fields": [name, {"key": "umur", "type": "integer", "label": "Umur {nama}", "chips": True}],
        }
        work = {"key": "kerja", "type": "text", "label": "Kerja {nama}?", "help": "{nama}", "chips": True}
        plain = {"key": "kode", "type": "text", "label": "Kode {nama} ${nama}"}
        made = module([name, work, rows, plain])
        packed, _ = xlsexport.workbook(made)
        sheet = openpyxl.load_workbook(io.BytesIO(packed))["survey"]
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert {"Kerja ${nama}?", "Anak ${nama}", "Umur ${anak_nama}", "Kode {nama} $ {nama}"} <= cells
        found = again(made)
        asked = found.field("kerja")
        assert asked is not None
        assert asked.chipped["label"].say("id") == "Kerja {nama}?"
        assert asked.chipped["help"].say("id") == "{nama}"
