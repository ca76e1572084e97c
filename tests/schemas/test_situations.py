"""A few sets of answers stand for all: every one is right, and each rule is met both ways."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import pytest

from runtime.forms.journey import journey
from schemas import answers, expressions, parse, synthetic
from schemas.definition import Module
from schemas.expressions import UNKNOWN
from schemas.situations import situations
from tests.bounded import bounded
from tests.fuzz import modules
from tests.schemas.corpus import STARTERS, VALID, small_module
from tests.schemas.test_parse import many_conditions

TODAY = date(2026, 11, 25)


def guarded(when: Any, fields: list[dict[str, Any]]) -> Module:
    document = small_module(fields)
    document["workflow"]["actions"][0]["when"] = when
    document["workflow"]["actions"].append(
        {"key": "lain", "title": "Lain", "from": ["baru"], "to": "selesai", "who": {"role": "petugas"}}
    )
    return parse.load(json.dumps(document))


def values(module: Module) -> set[Any]:
    rule = module.workflow.actions[0].when
    assert rule is not None
    found = situations(module, module.filing_pages(), [rule], today=TODAY)
    return {expressions.evaluate(rule, given, today=TODAY, tables=module.tables) for given in found.answers}


NUMBER = {"key": "n", "type": "integer", "label": "N", "minimum": 0, "maximum": 9}
CHOICE = {
    "key": "c",
    "type": "choice",
    "label": "C",
    "required": True,
    "options": [{"value": value, "label": value} for value in "abc"],
}
BIRTH = {"key": "d", "type": "date", "label": "D", "required": True}


class TestSituations:
    @pytest.mark.parametrize("path", [*VALID, *STARTERS], ids=lambda path: path.stem)
    def test_fills_every_page_of_a_sound_service_rightly(self, path: Any) -> None:
        module = parse.load(path.read_bytes())
        rules = [action.when for action in module.workflow.actions if action.when]
        found = situations(module, module.filing_pages(), rules, today=TODAY)
        assert found.answers, found.unfilled
        for given in found.answers:
            walked = journey(module, given, today=TODAY, fresh=True)
            assert walked.complete, [step.problems for step in walked.steps]
            assert not answers.validate(module, walked.answers)

    @pytest.mark.parametrize(
        ("when", "wanted"),
        [
            ({">": [{"var": "n"}, 5]}, {True, False, UNKNOWN}),
            ({">": [{"var": "n"}, 9]}, {False, UNKNOWN}),
            ({"==": [{"var": "c"}, "b"]}, {True, False}),
            ({"and": [{"==": [{"var": "c"}, "b"]}, {">": [{"var": "n"}, 5]}]}, {True, False, UNKNOWN}),
            ({">=": [{"years": [{"var": "d"}, {"today": []}]}, 17]}, {True, False}),
            ({">": [{"+": [{"var": "n"}, 1]}, 5]}, {True, False, UNKNOWN}),
        ],
    )
    def test_meets_a_rule_in_every_way_it_can_be_met(self, when: Any, wanted: set[Any]) -> None:
        document = small_module([NUMBER, CHOICE, BIRTH])
        document["workflow"]["actions"][0]["when"] = when
        checked = parse.check_value(document)
        if checked.module is None:  # refused for being stuck: what it was refused for is tried elsewhere
            checked = parse.check_value(_with_a_way_out(document))
        assert checked.module is not None, checked.problems
        assert values(checked.module) == wanted

    def test_answers_no_question_that_is_hidden(self) -> None:
        hidden = {**NUMBER, "required": True, "visible": {"==": [{"var": "c"}, "b"]}}
        module = guarded({">": [{"var": "n"}, 5]}, [CHOICE, hidden])
        rule = module.workflow.actions[0].when
        assert rule is not None
        found = situations(module, module.filing_pages(), [rule], today=TODAY)
        assert {(given["c"] == "b") == ("n" in given) for given in found.answers} == {True}
        assert found.exact

    def test_tells_which_page_takes_no_answers(self) -> None:
        module = guarded(
            {">": [{"var": "n"}, 5]}, [{**NUMBER, "check": {"<": [{"+": [{"var": "n"}, 1]}, 0]}}]
        )
        optional = situations(module, module.filing_pages(), (), today=TODAY)
        assert optional.answers == ({},)
        module = guarded(
            {">": [{"var": "n"}, 5]},
            [{**NUMBER, "required": True, "check": {"<": [{"+": [{"var": "n"}, 1]}, 0]}}],
        )
        assert situations(module, module.filing_pages(), (), today=TODAY).unfilled == "isi"

    @pytest.mark.parametrize("kind", ["date", "integer", "number", "money"])
    def test_finds_answers_that_the_check_of_a_page_puts_in_order(self, kind: str) -> None:
        fields = [{"key": key, "type": kind, "label": key, "required": True} for key in ("dari", "sampai")]
        document = small_module(fields)
        document["pages"][0]["check"] = {"<": [{"var": "dari"}, {"var": "sampai"}]}
        module = parse.check_value(document).module
        assert module is not None
        found = situations(module, module.filing_pages(), (), today=TODAY)
        walked = journey(module, found.answers[0], today=TODAY, fresh=True)
        assert not [problem for step in walked.steps for problem in step.problems]

    def test_gives_random_forms_right_answers(self) -> None:
        random = Random(7)
        filled = 0
        for _ in range(60):
            module, _whole = modules.module(random)
            found = situations(module, module.filing_pages(), (), today=modules.TODAY)
            for given in found.answers:
                walked = journey(module, given, today=modules.TODAY, fresh=True)
                assert walked.complete
                filled += 1
        assert filled > 30

    def test_judges_a_guard_behind_many_conditions_within_bounds(self) -> None:
        document = json.loads(many_conditions())
        document["workflow"]["actions"][0]["when"] = {"==": [{"var": "q296"}, "a"]}
        with bounded():
            parse.check_value(document)


class TestAnswers:
    @pytest.mark.parametrize("path", [*VALID, *STARTERS], ids=lambda path: path.stem)
    def test_knows_a_right_answer_to_every_question(self, path: Any) -> None:
        module = parse.load(path.read_bytes())
        for _page, field in module.every_field():
            found = synthetic.answers(field, (), today=TODAY, tables=module.tables)
            assert found or field.type in ("heading", "note", "notice", "image"), field
            assert all(synthetic.right(field, value) for value in found)


def _with_a_way_out(document: dict[str, Any]) -> dict[str, Any]:
    document["workflow"]["actions"].append(
        {"key": "lain", "title": "Lain", "from": ["baru"], "to": "selesai", "who": {"role": "petugas"}}
    )
    return document


INCOME = {"key": "uang", "type": "money", "label": "Uang", "required": True}
RATED = {"if": [{"==": [{"var": "c"}, "c"]}, 700, {"if": [{"==": [{"var": "c"}, "b"]}, 40, 3]}]}
TARIFF = {"key": "uang", "type": "money", "label": "Uang", "calculate": RATED}
SUM = {"sum": [{"var": "isi"}, {"var": "uang"}]}


class TestRows:
    @pytest.mark.parametrize("fields", [[INCOME], [CHOICE, TARIFF]], ids=["asked", "worked-out"])
    @pytest.mark.parametrize("least", [1, 2])
    def test_add_up_to_both_sides_of_what_is_compared(self, fields: list[Any], least: int) -> None:
        rows = {"key": "isi", "type": "repeat", "label": "Isi", "fields": fields, "minItems": least}
        rows["required"] = True
        total = {"key": "total", "type": "money", "label": "Total", "calculate": SUM}
        assert {True, False} <= values(guarded({">": [{"var": "total"}, 500]}, [rows, total]))
