"""The JSON Schema of the answers agrees with the rules, and `validate` says what is wrong and where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas import answers, parse, validator
from schemas.definition import Field, Module, Text
from schemas.fieldtypes import wording
from tests.schemas.corpus import ANSWERS, STARTERS, VALID, small_module

TODAY = date(2026, 11, 24)
OPTIONS = [{"value": value, "label": value} for value in "abc"]
FIELDS: list[dict[str, Any]] = [
    {"key": "n", "type": "integer", "label": "N", "minimum": -3, "maximum": 9},
    {"key": "m", "type": "money", "label": "M"},
    {"key": "b", "type": "boolean", "label": "B"},
    {"key": "c", "type": "choice", "label": "C", "options": OPTIONS},
    {"key": "s", "type": "choices", "label": "S", "options": OPTIONS},
    {"key": "t", "type": "text", "label": "T"},
    {"key": "d", "type": "date", "label": "D"},
    {"key": "z", "type": "number", "label": "Z"},
    {"key": "k", "type": "consent", "label": "K"},
]
VALUES: dict[str, Any] = {
    "n": st.integers(-3, 9),
    "m": st.sampled_from([0, 5, 10]),
    "b": st.booleans(),
    "c": st.sampled_from("abc"),
    "s": st.lists(st.sampled_from("abc"), min_size=1, unique=True),
    "t": st.sampled_from(["x", "y"]),
    "d": st.sampled_from(["2020-01-01", "2020-01-02"]),
    "z": st.sampled_from(["1", "1.0", "2.5"]),
    "k": st.just({"accepted": True, "text": wording.of(Field("k", "consent", Text((("id", "K"),))))}),
}


def var(key: str) -> dict[str, str]:
    return {"var": key}


EXACT_ATOMS: list[Any] = [
    *({op: [var("n"), limit]} for op in ("<", "<=", ">", ">=", "==", "!=") for limit in (2, "2.5")),
    {"<": [5, var("m")]},
    {"==": [var("c"), "a"]},
    {"!=": [var("c"), "a"]},
    {"in": [var("c"), ["a", "b"]]},
    {"in": [var("n"), [1, 2]]},
    {"in": ["a", var("s")]},
    {"==": [var("t"), "x"]},
    {"==": [var("d"), "2020-01-01"]},
    {"==": [var("b"), True]},
    var("b"),
    var("k"),
    {"==": [var("k"), False]},
    {"answered": var("d")},
    {"answered": var("z")},
    {"default": [var("b"), False]},
    {"<": [{"default": [var("n"), 7]}, 3]},
    {"!=": [{"default": [var("c"), "a"]}, "b"]},
    True,
]
OTHER_ATOMS: list[Any] = [
    {"<": [var("d"), "2020-01-02"]},
    {"<": [var("n"), var("m")]},
    {"==": [var("z"), 1]},
    {"<=": [var("d"), {"today": []}]},
]


def trees(atoms: list[Any]) -> Any:
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            st.builds(lambda args: {"and": args}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda args: {"or": args}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda arg: {"!": arg}, inner),
            st.builds(lambda a, b, c: {"if": [a, b, c]}, inner, inner, inner),
        ),
        max_leaves=5,
    )


def asking(*fields: dict[str, Any]) -> Module:
    module = parse.check_value(small_module(list(fields))).module
    assert module is not None
    return module


def module_of(**rules: Any) -> Module:
    """Return a module whose last question carries `rules`."""
    module = parsed(rules)
    assert module is not None
    return module


def module_with(name: str, rule: Any) -> Module:
    """Return the module of a rule that was made up; a rule that can never hold is passed over."""
    module = parsed({name: rule})
    assume(module is not None)
    assert module is not None
    return module


def parsed(rules: dict[str, Any]) -> Module | None:
    fields = [*FIELDS, {"key": "x", "type": "text", "label": "X", **rules}]
    return parse.check_value(small_module(fields)).module


def verdicts(module: Module, given_answers: dict[str, Any]) -> tuple[bool, bool, bool]:
    """Return (schema accepts, rules accept, schema claims to be exact)."""
    schema = answers.schema(module)
    validator.check_schema(schema)
    by_schema = not any(validator.errors(validator.build(schema), given_answers))
    by_rules = not answers.validate(module, given_answers, today=TODAY)
    return by_schema, by_rules, schema["x-exact"]


RULES = st.sampled_from(["visible", "required", "check"])
GIVEN = st.fixed_dictionaries({}, optional={**VALUES, "x": st.just("given")})


class TestSchema:
    def test_is_not_exact_about_what_has_to_be_looked_up(self) -> None:
        for kind, more in (
            ("office", {"kinds": ["village"]}), ("region", {}), ("address", {}), ("location", {}),
            ("file", {}), ("photo", {}),
        ):  # fmt: skip
            asked = {"key": "x", "type": kind, "label": "X", **more}
            module = parse.check_value(small_module([asked])).module
            assert module is not None
            schema = answers.schema(module)
            assert (schema["x-exact"], schema["x-rules"]) == (False, [{"field": "x", "rule": "exists"}]), kind

    @settings(deadline=None, max_examples=120)
    @given(trees(EXACT_ATOMS), RULES, GIVEN)
    def test_accepts_exactly_what_the_rules_accept_where_it_says_so(
        self, rule: Any, name: str, given_answers: dict[str, Any]
    ) -> None:
        module = module_with(name, rule)
        by_schema, by_rules, _ = verdicts(module, given_answers)
        assert answers.schema(module)["x-rules"] in ([], [{"field": "z", "rule": "verdict"}])
        assert by_schema == by_rules

    @settings(deadline=None, max_examples=100)
    @given(trees(EXACT_ATOMS + OTHER_ATOMS), RULES, GIVEN)
    def test_never_rejects_what_the_rules_accept(
        self, rule: Any, name: str, given_answers: dict[str, Any]
    ) -> None:
        by_schema, by_rules, exact = verdicts(module_with(name, rule), given_answers)
        assert by_schema or not by_rules
        if exact:
            assert by_schema == by_rules

    def test_lists_the_rules_it_cannot_say(self) -> None:
        module = module_of(check={"<": [var("n"), var("m")]})
        schema = answers.schema(module)
        assert {"field": "x", "rule": "check"} in schema["x-rules"]
        assert schema["x-exact"] is False

    @pytest.mark.parametrize("path", [*VALID, *STARTERS], ids=lambda path: path.stem)
    def test_is_sound_json_schema_for_every_shipped_module(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        validator.check_schema(answers.schema(module))
        for page in module.pages:
            validator.check_schema(answers.schema(module, [page]))


class TestNotAsked:
    """What a formula works out and the server notes is beside what a person answers."""

    FIELDS: tuple[dict[str, Any], ...] = (
        {"key": "n", "type": "integer", "label": "N"},
        {
            "key": "g",
            "type": "group",
            "label": "G",
            "required": True,
            "fields": [
                {"key": "t", "type": "text", "label": "T"},
                {"key": "dua", "type": "integer", "label": "Dua", "calculate": {"+": [var("n"), 1]}},
                {"key": "jalur", "type": "metadata", "label": "Jalur", "source": "channel"},
            ],
        },
        {"key": "loket", "type": "text", "label": "L", "visible": {"==": [var("jalur"), "desk"]}},
    )

    def test_does_not_answer_a_group_of_which_one_question_must_be_answered(self) -> None:
        built = asking(*self.FIELDS)
        found = answers.validate(built, {"n": 1}, today=TODAY, context={"jalur": "web"})
        assert [(problem.code, problem.pointer) for problem in found] == [("answers.group", "/t")]
        checker = validator.build(answers.schema(built))
        assert next(validator.errors(checker, {"n": 1, "dua": 2}), None) is not None
        assert next(validator.errors(checker, {"n": 1, "dua": 2, "t": "x"}), None) is None

    def test_leaves_a_group_alone_in_which_nobody_is_asked(self) -> None:
        group = {**self.FIELDS[1], "fields": self.FIELDS[1]["fields"][1:]}
        built = asking(self.FIELDS[0], group)
        assert answers.validate(built, {"n": 1}, today=TODAY) == ()
        assert next(validator.errors(validator.build(answers.schema(built)), {"n": 1}), None) is None

    def test_lets_a_schema_claim_no_exactness_and_refuse_no_answer_that_noted_facts_bring_up(self) -> None:
        built = asking(*self.FIELDS)
        given, facts = {"t": "x", "loket": "3"}, {"jalur": "desk"}
        assert answers.validate(built, given, today=TODAY, context=facts) == ()
        schema = answers.schema(built)
        assert next(validator.errors(validator.build(schema), given), None) is None
        assert {"field": "jalur", "rule": "metadata"} in schema["x-rules"]
        assert {"field": "loket", "rule": "visible"} in schema["x-rules"]


class TestValidate:
    @pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
    def test_finds_what_each_wrong_answer_says_it_has(self, path: Path) -> None:
        case = json.loads(path.read_text(encoding="utf-8"))
        document = small_module(case["fields"])
        document |= case.get("module", {})
        document["pages"][0] |= case.get("page", {})
        module = parse.check_value(document).module
        assert module is not None
        found = {
            *answers.validate(module, case["answers"]),
            *answers.validate(module, case["answers"], today=TODAY),
            *answers.hints(module, case["answers"]),
        }
        wanted = case["expect"]
        assert (wanted["code"], wanted["pointer"], wanted["severity"]) in {
            (problem.code, problem.pointer, problem.severity) for problem in found
        }
        if wanted["severity"] == "warning":
            assert not answers.validate(module, case["answers"])
        assert all("{" not in p.sentence(language) for p in found for language in ("id", "en"))

    def test_gives_the_same_refusals_with_and_without_the_day_for_plain_rules(self) -> None:
        module = module_of(visible={"==": [var("c"), "a"]}, required=True)
        for given_answers in ({"c": "a"}, {"c": "b", "x": "a"}, {"x": "a"}, {"c": "a", "x": "a"}, {"c": "b"}):
            plain = answers.validate(module, given_answers)
            dated = answers.validate(module, given_answers, today=TODAY)
            assert [(p.code, p.pointer) for p in plain] == [(p.code, p.pointer) for p in dated]

    def test_takes_earlier_answers_as_context_of_an_officers_page(self) -> None:
        module = parse.load(next(p for p in STARTERS if p.stem == "aduan-warga").read_text(encoding="utf-8"))
        page = module.page("hasil")
        assert page is not None
        work = {"tindakan": "Lampu sudah diganti."}
        needs_photo = answers.validate(
            module, work, [page], today=TODAY, context={"klasifikasi": "pengaduan"}
        )
        assert [(p.code, p.pointer) for p in needs_photo] == [("answers.required", f"/{page.fields[1].key}")]
        assert not answers.validate(module, work, [page], today=TODAY, context={"klasifikasi": "informasi"})
        assert not answers.validate(module, work, [page])

    @settings(deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from([field["key"] for field in FIELDS] + ["x", "q"]),
            st.recursive(
                st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
                lambda inner: st.one_of(
                    st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner)
                ),
                max_leaves=4,
            ),
        )
    )
    def test_never_raises(self, given_answers: dict[str, Any]) -> None:
        module = module_of(check={"==": [var("n"), 1]})
        for problem in answers.validate(module, given_answers, today=TODAY):
            assert problem.pointer.startswith("/")
