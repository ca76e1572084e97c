"""Expressions of XLSForm mean here what they mean there, also when an answer is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builder.xlsform.books import choices, counted, fields, q, run, told

LISTS = choices(yn=("y", "n"), ab=("a", "b"), codes=("1", "01", "07", "x"))
BEFORE = (
    q("integer", "age"),
    q("decimal", "len"),
    q("text", "name"),
    q("select_one yn", "yes"),
    q("select_multiple ab", "many"),
    q("date", "born"),
    q("acknowledge", "ok"),
    q("begin repeat", "kids"),
    q("text", "kid"),
    q("integer", "kid_age"),
    q("end repeat", ""),
    q("geopoint", "spot"),
    q("select_one codes", "code"),
    q("select_one ab or_other", "pick"),
    q("select_multiple ab or_other", "picks"),
    q("note", "say"),
)
AGE, NAME, YES, MANY, BORN = ({"var": key} for key in ("age", "name", "yes", "many", "born"))


def rule(text: str, column: str = "relevant", kind: str = "text") -> Any:
    """Return what becomes of a rule; a reason where nothing does."""
    made = run(*BEFORE, q(kind, "x", **{column: text}), choices=LISTS)
    wanted = {"relevant": "visible", "constraint": "check", "calculation": "calculate"}.get(column, column)
    reasons = [code for row, _, code in told(made) if row == len(BEFORE) + 2]
    item = fields(made).get("x", {})
    return item[wanted] if not reasons else reasons[0]


class TestRelevant:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("${age} >= 18", {">=": [AGE, 18]}),
            ("18 <= ${age}", {"<=": [18, AGE]}),
            ("${ age }>1.5", {">": [AGE, "1.5"]}),
            ("${age} > '3'", {">": [AGE, 3]}),
            ("${yes} = 'y'", {"==": [YES, "y"]}),
            ("selected(${yes}, 'y')", {"==": [YES, "y"]}),
            ("selected(${many}, \"a\")", {"in": ["a", MANY]}),
            ("${name} = ''", {"!": [{"answered": NAME}]}),
            ("normalize-space(${name}) = ''", {"!": [{"answered": NAME}]}),
            ("string-length(normalize-space(${name})) > 0", {"answered": NAME}),
            ("1 > string-length(normalize-space(${name}))", {"!": [{"answered": NAME}]}),
            ("${code} = 1", {"in": [{"var": "code"}, ["1", "01"]]}),
            ("${code} = 7", {"==": [{"var": "code"}, "07"]}),
            ("string-length(${many}) > 0", {"answered": MANY}),
            ("${pick} = 'other'", {"==": [{"var": "pick"}, "other"]}),
            ("selected(${picks}, 'other')", {"in": ["other", {"var": "picks"}]}),
            ("${code} = '01'", {"==": [{"var": "code"}, "01"]}),
            ("${many} != ''", {"answered": MANY}),
            ("${yes}", {"answered": YES}),
            ("${age}", {"!=": [AGE, 0]}),
            ("not(${yes} = 'y')", {"!": [{"default": [{"==": [YES, "y"]}, False]}]}),
            ("${yes} != 'y'", {"default": [{"!=": [YES, "y"]}, True]}),
            ("${ok} = 'OK'", {"var": "ok"}),
            ("${ok} = ''", {"!": [{"answered": {"var": "ok"}}]}),
            ("${age} > 1 and (${age} < 9 or ${yes}='n')",
             {"and": [{">": [AGE, 1]}, {"or": [{"<": [AGE, 9]}, {"==": [YES, "n"]}]}]}),
            ("/data/age = 3", {"==": [AGE, 3]}),
            ("../age = 3", {"==": [AGE, 3]}),
            ("${age} * 2 - 1 > 5", {">": [{"-": [{"*": [AGE, 2]}, 1]}, 5]}),
            ("${age} div 2 > 5", {">": [{"/": [AGE, 2, 10]}, 5]}),
            ("round(${len}, 1) = 2", {"==": [{"round": [{"var": "len"}, 1]}, 2]}),
            ("string-length(${name}) > 3", {">": [{"default": [{"length": [NAME]}, 0]}, 3]}),
            ("${born} < today()", {"<": [BORN, {"today": []}]}),
            ("${born} < date('2000-01-31')", {"<": [BORN, "2000-01-31"]}),
            ("${born} < now()", {"<=": [BORN, {"today": []}]}),
            ("today() - ${born} > 6570", {">": [{"days": [BORN, {"today": []}]}, 6570]}),
            ("count(${kids}) > 2", {">": [{"count": [{"var": "kids"}]}, 2]}),
            ("count(${kid}) > 2", {">": [{"count": [{"var": "kids"}]}, 2]}),
            ("coalesce(${age}, 0) > 1", {">": [{"default": [AGE, 0]}, 1]}),
            ("if(${yes} = 'y', ${age}, 0) > 1",
             {">": [{"if": [{"default": [{"==": [YES, "y"]}, False]}, AGE, 0]}, 1]}),
            ("selected(${yes}, 'y') = true()", {"==": [YES, "y"]}),
            ("min(${age}, 5) = 5", {"==": [{"min": [AGE, 5]}, 5]}),
        ],
    )  # fmt: skip
    def test_is_said_exactly(self, text: str, expected: Any) -> None:
        assert rule(text) == expected

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("${nobody} = 1", "reference.none"),
            ("${x} = 1", "reference.self"),
            ("${say} = 1", "reference.no_answer"),
            ("${kid_age} > 1", "reference.rows"),
            ("${spot} = '1 2'", "expression.thing"),
            ("${many} = 'a b'", "expression.option"),
            ("${yes} = 'perhaps'", "expression.option"),
            ("${yes} > 'y'", "expression.order"),
            ("${name} > 1", "expression.order"),
            ("${name} = 1", "expression.types"),
            ("string-length(normalize-space(${name})) > 3", "expression.made"),
            ("${age} = 'old'", "expression.types"),
            ("${age} = ${name}", "expression.types"),
            ("${name} + 1 = 2", "expression.numbers"),
            ("1 = 2", "expression.constant"),
            (". > 1", "expression.self"),
            ("selected-at(${many}, 0) = 'a'", "expression.selected_at"),
            ("indexed-repeat(${kid}, ${kids}, 1) = 'x'", "expression.rows_one"),
            ("pulldata('f', 'a', 'b', ${name}) = 1", "lookup.file"),
            ("position(..) = 1", "expression.rows_one"),
            ("regex(${name}, 'a+')", "expression.pattern"),
            ("instance('a')/root/item[name=${age}]/b = 1", "expression.lookup"),
            ("//age = 1", "expression.path"),
            ("${age} >", "expression.syntax"),
            ("((${age} = 1)", "expression.syntax"),
            ("selected(${many})", "expression.arguments"),
            ("${age} > now()", "expression.now"),
            ("${age} mod 2.5 = 1", "expression.whole"),
            ("once(${age}) = 1", "expression.once"),
            ("random() > 0.5", "expression.function"),
            ("(" * 60 + "${age}" + ")" * 60 + " = 1", "expression.long"),
            (" or ".join(f"${{age}} = {n}" for n in range(400)), "expression.long"),
            (" or ".join(f"${{age}} = {n}" for n in range(60)), "condition.long"),
            ("${name} = '" + "x" * 5000 + "'", "expression.long"),
        ],
    )
    def test_is_named_where_it_cannot_be_said(self, text: str, reason: str) -> None:
        assert rule(text) == reason

    def test_never_names_a_later_question(self) -> None:
        made = run(
            q("text", "a", relevant="${b} = 1 or ${c} = 1"),
            q("integer", "b", relevant="${a} = 'x'"),
            q("integer", "c", relevant="${b} = 1 and ${c} = 1"),
        )
        assert told(made) == [(2, "relevant", "reference.later"), (4, "relevant", "reference.self")]
        assert counted(made) == (1, 2, 0)

    def test_leaves_out_what_is_never_shown(self) -> None:
        made = run(q("text", "a"), q("text", "b", relevant="false()"), q("text", "c", relevant="${b} = 'x'"))
        assert told(made) == [(3, "relevant", "relevant.never"), (4, "relevant", "reference.refused")]

    def test_of_a_group_is_that_of_its_page(self) -> None:
        made = run(
            q("integer", "a"), q("begin group", "g", relevant="${a} = 1"), q("text", "b"), q("end group", "")
        )
        assert made.document is not None
        assert made.document["pages"][1]["visible"] == {"==": [{"var": "a"}, 1]}

    def test_knows_the_day_of_today(self) -> None:
        made = run(
            q("today", "t"), q("date", "d", relevant="${t} = ''"), q("date", "e", constraint=". <= ${t}")
        )
        assert fields(made)["e"]["check"] == {"<=": [{"var": "e"}, {"today": []}]}
        assert (3, "relevant", "expression.empty") in told(made)


class TestDemands:
    def test_become_settings_where_there_are_some(self) -> None:
        found = fields(
            run(
                q("integer", "a", constraint=". >= 1 and . < 10", constraint_message="1–9"),
                q("decimal", "b", constraint=". > 0 and . <= 5"),
                q("text", "c", constraint="string-length(.) >= 3 and string-length(.) <= 9"),
                q("text", "d", constraint="regex(., '^[0-9]{3}$')", constraint_message="Tiga angka"),
                q("select_multiple ab", "e", constraint="count-selected(.) = 2"),
                q("text", "f", constraint="string-length(.) <= 9", constraint_message="Singkat"),
                choices=LISTS,
            )
        )
        assert (found["a"]["minimum"], found["a"]["maximum"]) == (1, 9)
        assert found["a"]["messages"] == {"minimum": "1–9", "maximum": "1–9"}
        assert (found["b"]["check"], found["b"]["maximum"]) == ({">": [{"var": "b"}, 0]}, 5)
        assert (found["c"]["minLength"], found["c"]["maxLength"]) == (3, 9)
        assert (found["d"]["type"], found["d"]["pattern"]) == ("pattern", "[0-9]{3}")
        assert found["d"]["messages"] == {"format": "Tiga angka"}
        assert (found["e"]["minItems"], found["e"]["maxItems"]) == (2, 2)
        assert (found["f"]["check"], found["f"]["messages"]) == (
            {"<=": [{"length": [{"var": "f"}]}, 9]}, {"check": "Singkat"},
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("regex(., '(a+)+$|(?=x)')", "pattern.foreign"),
            ("regex(., '" + "a{400}" * 2 + "')", "pattern.foreign"),
            ("regex(., 'a') or . = 'b'", "expression.pattern"),
            ("not(regex(., '(A|B)[0-9]{2}'))", "pattern.negated"),
            ("not(regex(., '.*[0-9]{2}.*'))", "pattern.negated"),
            (". = ${later_page}", "reference.none"),
            ("false()", "expression.constant"),
        ],
    )
    def test_are_named_where_they_cannot_be_said(self, text: str, reason: str) -> None:
        assert rule(text, "constraint") == reason

    def test_may_name_what_stands_further_down_the_page(self) -> None:
        made = run(q("integer", "a", required="${b} = 1", constraint=". < ${b}"), q("integer", "b"))
        assert fields(made)["a"]["required"] == {"==": [{"var": "b"}, 1]}
        assert fields(made)["a"]["check"] == {"default": [{"<": [{"var": "a"}, {"var": "b"}]}, False]}
        assert counted(made) == (2, 0, 0)

    def test_hold_in_rows(self) -> None:
        made = run(
            q("integer", "max"),
            q("begin repeat", "r"),
            q("integer", "a", relevant="${max} > 1"),
            q("integer", "b", relevant="${a} > 1", constraint=". < ${a}"),
            q("end repeat", ""),
            q("calculate", "total", None, calculation="sum(${b})"),
        )
        found = fields(made)
        assert found["b"]["visible"] == {">": [{"var": "a"}, 1]}
        asked = {"default": [{">": [{"var": "a"}, 1]}, False]}
        assert found["total"]["calculate"]["if"][2] == {
            "sum": [{"var": "r"}, {"if": [asked, {"var": "b"}, 0]}]
        }
        assert counted(made) == (6, 0, 0), told(made)


class TestValues:
    @pytest.mark.parametrize(
        ("text", "kind", "expected"),
        [
            ("${age} + 1", "integer", {"+": [AGE, 1]}),
            ("${age} * 0.5", "number", {"*": [AGE, "0.5"]}),
            ("if(${age} > 17, 'adult', 'child')", "text",
             {"if": [{"default": [{">": [AGE, 17]}, False]}, "adult", "child"]}),
            ("${name}", "text", NAME),
            ("today()", "date", {"today": []}),
            ("${age} > 17", "boolean", {"default": [{">": [AGE, 17]}, False]}),
            ("count-non-empty(${name}, ${yes})", "integer",
             {"+": [{"if": [{"answered": NAME}, 1, 0]}, {"if": [{"answered": YES}, 1, 0]}]}),
        ],
    )  # fmt: skip
    def test_that_are_worked_out_have_the_type_of_their_formula(
        self, text: str, kind: str, expected: Any
    ) -> None:
        made = run(*BEFORE, q("calculate", "x", None, calculation=text), choices=LISTS)
        assert (fields(made)["x"]["type"], fields(made)["x"]["calculate"]) == (kind, expected)

    def test_that_cannot_be_worked_out_are_named_with_all_that_refers_to_them(self) -> None:
        made = run(q("calculate", "a", calculation="substr('a', 1)"), q("text", "b", relevant="${a} = 'x'"))
        assert told(made) == [(2, "calculation", "expression.made"), (3, "relevant", "reference.refused")]

    def test_begin_with_answers_and_formulas(self) -> None:
        made = run(
            q("text", "a", default="Tangerang"),
            q("integer", "b", default="5"),
            q("decimal", "c", default="1.50"),
            q("select_one ab", "d", default="b"),
            q("select_multiple ab", "e", default="b a"),
            q("date", "f", default="today()"),
            q("date", "g", default="2026-01-31"),
            q("text", "h", default="${a}", readonly="yes"),
            q("integer", "i", default="many"),
            q("select_one ab", "j", default="z"),
            q("image", "k", default="x.png"),
            q("text", "l", readonly="true()"),
            choices=LISTS,
        )
        found = fields(made)
        assert [found[key].get("default") for key in "abcdefghijkl"] == [
            *("Tangerang", 5, "1.5", "b", ["a", "b"], {"today": []}, "2026-01-31", {"var": "a"}),
            *(None, None, None, None),
        ]
        assert found["h"]["readOnly"] is True
        assert told(made) == [
            (10, "default", "default.wrong"),
            (11, "default", "default.wrong"),
            (12, "default", "default.wrong"),
            (13, "readonly", "readonly.empty"),
        ]

    def test_of_lists_depend_on_earlier_answers(self) -> None:
        rows = [
            *choices(prov=("p1", "_p2")),
            {"list_name": "kota", "name": "k1", "label": "K1", "prov": "p1"},
            {"list_name": "kota", "name": "k2", "label": "K2", "prov": "_p2", "note": "?"},
        ]
        made = run(
            q("select_one prov", "province"),
            q("select_one kota", "city", choice_filter="prov = ${province}"),
            q("select_one kota", "odd", choice_filter="prov = ${later}"),
            q("text", "t", choice_filter="prov = 'x'"),
            choices=rows,
        )
        assert made.document is not None
        assert made.document["datasets"]["kota"]["items"] == [
            {"value": "k1", "label": "K1", "prov": "p1"},
            {"value": "k2", "label": "K2", "prov": "p2"},
        ]
        assert fields(made)["city"]["filter"] == {"==": [{"column": "prov"}, {"var": "province"}]}
        assert told(made) == [
            (4, "choice_filter", "reference.none"),
            (5, "choice_filter", "filter.not_here"),
        ]


class TestLists:
    ROWS = (
        {"list_name": "kota", "name": "k1", "label": "K1", "prov": "p1"},
        {"list_name": "kota", "name": "k2", "label": "K2", "prov": "p2"},
    )

    def test_give_the_cell_of_the_chosen_row(self) -> None:
        made = run(
            q("select_one kota", "k"),
            q("text", "x", relevant="instance('kota')/root/item[name = ${k}]/prov = 'p2'"),
            choices=self.ROWS,
        )
        assert told(made) == []
        assert fields(made)["x"]["visible"] == {"==": [{"attr": [{"var": "k"}, "prov"]}, "p2"]}
        assert fields(made)["k"]["dataset"] == "kota"

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("instance('kota')/root/item[name = ${k}]/nowhere", "expression.lookup"),
            ("instance('other')/root/item[name = ${k}]/prov", "expression.lookup"),
            ("instance('kota')/root/item[prov = ${k}]/prov", "expression.lookup"),
            ("instance('kota')/root/item[1]/prov", "expression.path"),
            ("instance('kota')/prov", "expression.path"),
        ],
    )
    def test_of_which_more_cannot_be_said_are_named(self, path: str, reason: str) -> None:
        made = run(q("select_one kota", "k"), q("text", "x", relevant=f"{path} = 'p2'"), choices=self.ROWS)
        assert told(made) == [(3, "relevant", reason)]

    def test_outside_the_choices_are_read_with_their_filters(self) -> None:
        made = run(
            q("select_one ab", "a"),
            q("select_one_external desa", "d", choice_filter="kec = ${a}"),
            q("select_one_external nowhere", "e"),
            choices=LISTS,
            others={
                "external_choices": [
                    {
                        "list_name": "desa",
                        "name": f"d{number}",
                        "label": f"D{number}",
                        "kec": "ab"[number % 2],
                    }
                    for number in range(3)
                ]
            },
        )
        assert told(made) == [(4, "type", "list.none")]
        assert made.document is not None
        assert [item["value"] for item in made.document["datasets"]["desa"]["items"]] == ["d0", "d1", "d2"]
        assert fields(made)["d"]["filter"] == {"==": [{"column": "kec"}, {"var": "a"}]}
        assert sum(made.conversion.ledger.counted("external_choices").values()) == 3

    def test_that_are_searched_in_a_file_are_not_taken_for_those_of_the_sheet(self) -> None:
        made = run(
            q("text", "first"),
            q("select_one ab", "a", appearance="minimal search('desa.csv', 'matches', 'kec', ${first})"),
            q("select_one ab", "b", appearance="search"),
            choices=LISTS,
        )
        assert told(made) == [(3, "appearance", "type.search")]
        assert fields(made)["b"]["style"] == "select"


def test_a_first_answer_that_is_worked_out_once_is_worked_out_once() -> None:
    made = run(q("date", "a", default="once(today())"), q("calculate", "b", calculation="once(today())"))
    assert fields(made)["a"]["default"] == {"today": []}
    assert told(made) == [(3, "calculation", "expression.once")]


def test_marks_of_a_word_processor_are_plain_marks() -> None:
    assert rule("${name} = “x”") == rule("${name} = ‘x’") == {"==": [NAME, "x"]}
