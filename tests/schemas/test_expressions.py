"""The expression language: the corpus shared with the browser, and laws that hold for every tree."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import expressions, parse
from schemas.expressions import UNKNOWN, Expression, Kind, Scope
from tests.schemas.corpus import EXPRESSIONS, STARTERS, Rows, kind_of

TODAY = date(2026, 11, 24)
KINDS = {
    "n1": Kind("number"),
    "n2": Kind("number"),
    "d1": Kind("date"),
    "b1": Kind("boolean"),
    "b2": Kind("boolean"),
    "t1": Kind("text"),
    "c1": Kind("text", frozenset({"a", "b", "c"})),
    "m1": Kind("choices", frozenset({"a", "b", "c"})),
}
ATOMS: list[Any] = [
    *({op: [{"var": "n1"}, limit]} for op in ("<", "<=", ">", ">=", "==", "!=") for limit in (0, 5, "2.5")),
    *({op: [{"var": "c1"}, value]} for op in ("==", "!=") for value in "abc"),
    {"in": [{"var": "c1"}, ["a", "b"]]},
    {"in": ["a", {"var": "m1"}]},
    {"in": ["b", {"var": "m1"}]},
    {"var": "b1"},
    {"answered": {"var": "n1"}},
    {"answered": {"var": "m1"}},
    {"default": [{"var": "b1"}, True]},
    {"<": [{"default": [{"var": "n1"}, 7]}, 3]},
    {"<": [{"var": "d1"}, "2026-11-24"]},
    {"==": [{"var": "t1"}, "x"]},
    {"<": [{"var": "n1"}, {"var": "n2"}]},
    {">": [{"+": [{"var": "n1"}, {"*": [{"var": "n2"}, "1.5"]}]}, {"/": [{"var": "n1"}, {"var": "n2"}, 3]}]},
    {">": [{"length": {"var": "t1"}}, 2]},
    {">=": [{"years": [{"var": "d1"}, {"today": []}]}, 17]},
]
RULES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.builds(lambda args: {"and": args}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda args: {"or": args}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda arg: {"!": arg}, inner),
        st.builds(lambda a, b, c: {"if": [a, b, c]}, inner, inner, inner),
    ),
    max_leaves=6,
)
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
SENSIBLE: dict[str, Any] = {
    "n1": st.one_of(st.integers(-10, 10), st.sampled_from(["2.5", "2.50", "-0.0", "1e5"])),
    "n2": st.one_of(st.integers(-10, 10), st.sampled_from(["0.0", "0.1"])),
    "d1": st.dates(TODAY - timedelta(9000), TODAY + timedelta(3)).map(lambda day: day.isoformat()),
    "b1": st.booleans(),
    "b2": st.booleans(),
    "t1": st.sampled_from(["x", "y", "", " ", "😀😀😀"]),
    "c1": st.sampled_from("abc"),
    "m1": st.lists(st.sampled_from("abc"), unique=True, max_size=3),
}
ANSWERS = st.fixed_dictionaries({}, optional={key: st.one_of(SENSIBLE[key], JUNK) for key in KINDS})


STARTER: Path = next(path for path in STARTERS if path.stem == "surat-domisili")
MODULE = parse.load(STARTER.read_text(encoding="utf-8"))


NUMBER = {"default": [{"cat": [{"days": [{"var": "tanggal_lahir"}, {"today": []}]}]}, ""]}


def parsed(rule: Any, kinds: dict[str, Kind] = KINDS, wants: Any = "boolean") -> Expression:
    expression, problems = expressions.parse(rule, "", Scope.of(kinds), wants=wants)
    assert expression is not None, problems
    return expression


def cases(*, refused: bool) -> list[Any]:
    found = []
    for path in EXPRESSIONS:
        corpus = json.loads(path.read_text(encoding="utf-8"))
        for at, case in enumerate(corpus["cases"]):
            if ("refused" in case) == refused:
                found.append(pytest.param(corpus, case, id=f"{path.stem}-{at}"))
    return found


def kinds_of(corpus: Any) -> dict[str, Kind]:
    return {key: kind_of(told) for key, told in corpus["fields"].items()}


def expected(told: Any) -> tuple[Any, Any]:
    """Return the wanted type and value of a corpus entry."""
    if isinstance(told, dict) and "number" in told:
        return "number", Decimal(told["number"])
    if isinstance(told, dict) and "time" in told:
        return "time", time.fromisoformat(told["time"])
    if isinstance(told, dict):
        return "date", date.fromisoformat(told["date"])
    return None, UNKNOWN if told == "unknown" else told


class TestCorpus:
    @pytest.mark.parametrize(("corpus", "case"), cases(refused=False))
    def test_gives_the_value_both_evaluators_must_give(self, corpus: Any, case: Any) -> None:
        wants, value = expected(case["is"])
        tried = [wants] if wants else ["boolean", "number", "date", "time", "text"]
        found = [
            expressions.parse(case["rule"], "", Scope.of(kinds_of(corpus)), wants=want)[0] for want in tried
        ]
        expression = next(one for one in found if one is not None)
        today = date.fromisoformat(corpus["today"])
        tables = Rows(corpus.get("tables", {}))
        result = expressions.evaluate(expression, case["answers"], today=today, tables=tables)
        assert (type(result), result) == (type(value), value)

    @pytest.mark.parametrize(("corpus", "case"), cases(refused=True))
    def test_refuses_the_rule_with_the_code(self, corpus: Any, case: Any) -> None:
        expression, problems = expressions.parse(case["rule"], "/p", Scope.of(kinds_of(corpus)))
        assert expression is None
        assert [problem.code for problem in problems] == [case["refused"]]
        assert problems[0].pointer.startswith("/p")


class TestParse:
    @settings(deadline=None)
    @given(JUNK)
    def test_never_raises(self, rule: Any) -> None:
        expression, problems = expressions.parse(rule, "", Scope.of(KINDS))
        assert (expression is None) == bool(problems)

    def test_is_not_harmed_by_a_tower(self) -> None:
        rule: Any = True
        for _ in range(50_000):
            rule = {"!": rule}
        assert expressions.parse(rule, "", Scope.of(KINDS))[1][0].code in (
            "expression.depth",
            "expression.nodes",
        )
        nested: Any = []
        for _ in range(50_000):
            nested = [nested]
        assert (
            expressions.parse({"in": [{"var": "c1"}, nested]}, "", Scope.of(KINDS))[1][0].code
            == "expression.depth"
        )

    def test_tells_a_later_question_from_an_unknown_one(self) -> None:
        scope = Scope(KINDS, frozenset({"b1"}))
        assert expressions.parse({"var": "b2"}, "", scope)[1][0].code == "expression.later"
        assert expressions.parse({"var": "b9"}, "", scope)[1][0].code == "references.field"


class TestEvaluate:
    @settings(deadline=None, max_examples=150)
    @given(RULES, ANSWERS)
    def test_is_total(self, rule: Any, answers: dict[str, Any]) -> None:
        assert expressions.evaluate(parsed(rule), answers, today=TODAY) in (True, False, UNKNOWN)

    @given(RULES, ANSWERS)
    def test_obeys_the_laws_of_not_and_or(self, rule: Any, answers: dict[str, Any]) -> None:
        def value(tree: Any) -> Any:
            return expressions.evaluate(parsed(tree), answers, today=TODAY)

        plain = value(rule)
        assert value({"!": {"!": rule}}) is plain
        assert value({"and": [rule, rule]}) is plain
        assert value({"or": [rule, True]}) is True
        assert value({"and": [rule, False]}) is False
        assert value({"!": {"or": [rule, {"var": "b2"}]}}) is value(
            {"and": [{"!": rule}, {"!": {"var": "b2"}}]}
        )

    @settings(deadline=None)
    @given(RULES, ANSWERS, ANSWERS)
    def test_reads_only_what_it_names(
        self, rule: Any, answers: dict[str, Any], others: dict[str, Any]
    ) -> None:
        expression = parsed(rule)
        named = {key: answers[key] for key in expressions.names(expression) if key in answers}
        unnamed = {key: value for key, value in others.items() if key not in expressions.names(expression)}
        whole = expressions.evaluate(expression, answers, today=TODAY)
        assert expressions.evaluate(expression, {**unnamed, **named}, today=TODAY) is whole

    def test_holds_only_when_definitely_true(self) -> None:
        rule = parsed({"<": [{"var": "n1"}, 18]})
        assert not expressions.holds(rule, {}, today=TODAY)
        assert not expressions.fails(rule, {}, today=TODAY)
        assert expressions.holds(rule, {"n1": 17}, today=TODAY)
        assert expressions.fails(rule, {"n1": 18}, today=TODAY)


class TestJudge:
    @settings(deadline=None, max_examples=80)
    @given(RULES, st.lists(ANSWERS, min_size=5, max_size=20))
    def test_is_never_contradicted(self, rule: Any, many: list[dict[str, Any]]) -> None:
        expression = parsed(rule)
        verdict = expressions.judge(expression)
        results = {expressions.evaluate(expression, answers, today=TODAY) for answers in many}
        assert not (verdict.never and True in results)
        assert not (verdict.always and results != {True})
        assert not (verdict.never_false and False in results)

    @pytest.mark.parametrize(
        ("rule", "finding"),
        [
            ({"and": [{"<": [{"var": "n1"}, 3]}, {">": [{"var": "n1"}, 5]}]}, "never"),
            ({"and": [{"<": [{"var": "n1"}, 5]}, {">": [{"var": "n1"}, 3]}]}, ""),
            ({"and": [{"==": [{"var": "c1"}, "a"]}, {"==": [{"var": "c1"}, "b"]}]}, "never"),
            ({"or": [{"answered": {"var": "n1"}}, {"!": {"answered": {"var": "n1"}}}]}, "always"),
            ({"in": [{"var": "c1"}, ["a", "b", "c"]]}, "never_false"),
            ({"and": [{"in": ["a", {"var": "m1"}]}, {"in": ["b", {"var": "m1"}]}]}, ""),
            ({"and": [{"<": [{"var": "d1"}, "2020-01-01"]}, {">=": [{"var": "d1"}, "2020-01-01"]}]}, "never"),
            ({"<": [{"var": "n1"}, {"var": "n1"}]}, ""),
            (False, "never"),
        ],
    )
    def test_finds_what_can_never_or_must_always_be(self, rule: Any, finding: str) -> None:
        verdict = expressions.judge(parsed(rule))
        assert [name for name in ("never", "always", "never_false") if getattr(verdict, name)][:1] == (
            [finding] if finding else []
        )


class TestExplain:
    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ({"==": [{"var": "jenis"}, "usaha"]}, "Surat ini menerangkan domisili … adalah Usaha"),
            ({"<": [{"var": "tanggal_lahir"}, {"today": []}]}, "Tanggal lahir sebelum hari ini"),
            (
                {
                    "and": [
                        {"answered": {"var": "email"}},
                        {"or": [{"!": {"var": "benar"}}, {"var": "benar"}]},
                    ]
                },
                "Alamat email diisi dan (Pernyataan {0} tidak dijawab ya atau Pernyataan {0} dijawab ya)",
            ),
            (
                {">=": [{"years": [{"var": "tanggal_lahir"}, {"today": []}]}, 17]},
                "Jumlah tahun penuh dari Tanggal lahir sampai hari ini paling sedikit 17",
            ),
            (
                {"<": [{"days": [{"var": "tanggal_lahir"}, "2026-05-03"]}, 3]},
                "Jumlah hari dari Tanggal lahir sampai 2026-05-03 (hari terakhir tidak dihitung) "
                "kurang dari 3",
            ),
            (
                {"<": [{"*": [{"+": [{"days": [{"var": "tanggal_lahir"}, "2026-05-03"]}, 1]}, 3]}, 9]},
                "(jumlah hari dari Tanggal lahir sampai 2026-05-03 (hari terakhir ikut dihitung)) × 3 "
                "kurang dari 9",
            ),
            (
                {"!=": [{"cat": [{"default": [{"var": "email"}, ""]}, " / ", NUMBER]}, "x"]},
                "Teks gabungan dari Alamat email, “ / ”, jumlah hari dari Tanggal lahir sampai hari ini "
                "bukan “x”",
            ),
        ],
    )
    def test_speaks_with_the_labels_people_know(self, rule: Any, said: str) -> None:
        document = json.loads(STARTER.read_text(encoding="utf-8"))
        document["pages"][6]["fields"][0]["label"] = {"id": "Pernyataan {0}", "en": "Statement {0}"}
        document["pages"][6]["fields"][0].update(required=True)
        module = parse.check_value(document).module
        assert module is not None
        kinds = {
            "jenis": Kind("text"),
            "tanggal_lahir": Kind("date"),
            "email": Kind("text"),
            "benar": Kind("boolean"),
        }
        assert expressions.explain(parsed(rule, kinds), module, "id") == said

    @given(RULES, st.sampled_from(["id", "en", "fr"]))
    def test_has_words_for_every_rule(self, rule: Any, language: str) -> None:
        assert expressions.explain(parsed(rule), MODULE, language)


class TestSimplify:
    """A shorter form of the same meaning."""

    @pytest.mark.parametrize(
        ("rule", "short"),
        [
            ({"*": [{"var": "n1"}, {"+": [2, 3]}]}, {"*": [{"var": "n1"}, 5]}),
            ({"*": [{"var": "n1"}, {"round": [3, 2]}]}, {"*": [{"var": "n1"}, {"round": [3, 2]}]}),
        ],
    )
    def test_keeps_zeros_that_count_as_digits(self, rule: Any, short: Any) -> None:
        parsed, problems = expressions.parse(rule, "", Scope.of(KINDS), wants="number")
        assert parsed is not None, problems
        assert expressions.simplify(parsed, Scope.of(KINDS)).raw == short
