"""Rows of every type become questions, or are named with the reason why not."""

from __future__ import annotations

from typing import Any

import pytest

from schemas import parse
from tests.builder.xlsform.books import choices, counted, fields, q, run, told

AB = choices(ab=("a", "b"))


class TestTypes:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("text", {"type": "text"}),
            ("integer", {"type": "integer"}),
            ("decimal", {"type": "number", "places": 6}),
            ("date", {"type": "date"}),
            ("time", {"type": "time"}),
            ("dateTime", {"type": "datetime"}),
            ("note", {"type": "note"}),
            ("image", {"type": "photo"}),
            ("file", {"type": "file"}),
            ("acknowledge", {"type": "consent"}),
            ("select_one ab", {"type": "choice"}),
            ("select_multiple ab", {"type": "choices"}),
            ("Select_One ab", {"type": "choice"}),
            ("range", {"type": "integer", "minimum": 1, "maximum": 10}),
        ],
    )
    def test_take_a_row_whole(self, written: str, expected: dict[str, Any]) -> None:
        made = run(q("text", "first"), q(written, "x"), choices=AB)
        assert counted(made) == (2, 0, 0), told(made)
        assert expected.items() <= fields(made)["x"].items()

    @pytest.mark.parametrize(
        ("written", "kind", "reason"),
        [
            ("geopoint", "location", "kind.place"),
            ("barcode", "text", "kind.barcode"),
            ("today", "metadata", "kind.today"),
            ("rank ab", "matrix", "rank.places"),
        ],
    )
    def test_take_a_row_without_something(self, written: str, kind: str, reason: str) -> None:
        made = run(q("text", "first"), q(written, "x"), choices=AB)
        assert told(made) == [(3, "type", reason)]
        assert fields(made)["x"]["type"] == kind

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("geotrace", "type.lines"),
            ("geoshape", "type.lines"),
            ("audio", "type.sound"),
            ("video", "type.sound"),
            ("xml-external", "type.outside"),
            ("csv-external", "type.outside"),
            ("select_one_from_file desa.csv", "type.file"),
            ("select_one_external desa", "list.none"),
            ("select_multiple_from_file x.csv", "type.file"),
            ("select_one ${anak}", "list.answers"),
            ("select_one nowhere", "list.none"),
            ("deviceid", "type.device"),
            ("start", "type.moment"),
            ("end", "type.moment"),
            ("username", "type.device"),
            ("audit", "type.device"),
            ("hidden", "hidden.empty"),
            ("calculate", "calculate.none"),
            ("begin loop over ab", "type.old"),
            ("textt", "type.near"),
            ("", "type.none"),
        ],
    )
    def test_name_what_cannot_be_asked(self, written: str, reason: str) -> None:
        made = run(q("text", "first"), q(written, "x"), choices=AB)
        assert [code for _, _, code in told(made)] == [reason]
        assert counted(made) == (1, 0, 1)
        assert list(fields(made)) == ["first"]

    def test_give_a_range_its_bounds_and_steps(self) -> None:
        made = run(
            q("range", "a", parameters="start=0 end=10 step=5"),
            q("range", "b", parameters="start=0.5, end=2; step=0.5"),
            q("range", "stars", parameters="start=1 end=5", appearance="rating"),
            q("range", "bad", parameters="start=a"),
        )
        found = fields(made)
        assert (found["a"]["minimum"], found["a"]["maximum"]) == (0, 10)
        assert "round" in str(found["a"]["check"])
        assert found["b"]["type"] == "number"
        assert {">=": [{"var": "b"}, "0.5"]} in found["b"]["check"]["and"]
        assert (found["stars"]["type"], found["stars"]["max"]) == ("rating", 5)
        assert told(made) == [(5, "parameters", "range.wrong")]

    def test_ask_for_the_other_answer_in_words(self) -> None:
        made = run(
            q("select_one ab or_other", "x", "Warna"), q("select_multiple ab or_other", "y"), choices=AB
        )
        found = fields(made)
        assert [option["value"] for option in found["x"]["options"]] == ["a", "b", "other"]
        assert found["x_other"]["visible"] == {"==": [{"var": "x"}, "other"]}
        assert found["x_other"]["label"] == "Warna – lainnya apa?"
        assert found["y_other"]["visible"] == {"in": ["other", {"var": "y"}]}

    def test_show_a_hidden_value(self) -> None:
        made = run(q("text", "a"), q("hidden", "h", default="42"), q("hidden", "g", calculation="1 + 1"))
        assert fields(made)["h"] | {"label": ""} == {
            "key": "h", "type": "text", "label": "", "default": "42", "readOnly": True,
        }  # fmt: skip
        assert fields(made)["g"]["calculate"] == {"+": [1, 1]}
        assert told(made) == [(3, "type", "hidden.shown")]

    def test_keep_lists_of_a_thousand_and_name_longer_ones(self) -> None:
        names = [f"n{number}" for number in range(10_000)]
        made = run(
            q("select_one good", "x"),
            q("select_one long", "y"),
            choices=choices(good=names[:1000], long=names),
        )
        assert len(fields(made)["x"]["options"]) == 1000
        assert told(made) == [(3, "type", "list.long")]
        assert made.conversion.ledger.counted("choices") == {"whole": 1000, "without": 0, "refused": 10_000}

    def test_keep_the_names_of_options_that_cannot_be_values(self) -> None:
        rows = choices(x=("_a", "Ä/1", "ok"))
        found = fields(run(q("select_one x", "x"), q("text", "y", relevant="${x} = '_a'"), choices=rows))
        assert [(o["value"], o.get("x-name")) for o in found["x"]["options"]] == [
            ("a", "_a"), ("a1", "Ä/1"), ("ok", None),
        ]  # fmt: skip
        assert found["y"]["visible"] == {"==": [{"var": "x"}, "a"]}


class TestStructure:
    def test_makes_pages_groups_and_headings_of_groups(self) -> None:
        made = run(
            q("begin group", "p", "Halaman"),
            q("begin_group", "g", "Kelompok"),
            q("begin group", "d", "Dalam", relevant="${a} = 1"),
            q("text", "x"),
            q("end group", ""),
            q("end_group", ""),
            q("end group", ""),
        )
        assert made.document is not None
        [page] = made.document["pages"]
        assert (page["title"], page["fields"][0]["type"]) == ("Halaman", "group")
        assert [(item["type"], item["label"]) for item in page["fields"][0]["fields"]] == [
            ("heading", "Dalam"), ("text", "L"),
        ]  # fmt: skip
        assert told(made) == [(4, "relevant", "reference.none"), (4, "type", "group.deep")]

    def test_gives_the_condition_of_a_deep_group_to_what_stands_in_it(self) -> None:
        made = run(
            q("integer", "a"),
            q("begin group", "p"),
            q("begin group", "g"),
            q("begin group", "d", relevant="${a} = 1"),
            q("text", "x", relevant="${a} < 9"),
            q("end group", ""),
            q("end group", ""),
            q("end group", ""),
        )
        found = fields(made)
        assert found["d"]["visible"] == {"==": [{"var": "a"}, 1]}
        assert found["x"]["visible"] == {"and": [{"==": [{"var": "a"}, 1]}, {"<": [{"var": "a"}, 9]}]}

    def test_repeats_two_levels_and_names_the_third(self) -> None:
        made = run(
            q("begin repeat", "r1"),
            q("text", "a"),
            q("begin repeat", "r2"),
            q("text", "b"),
            q("begin repeat", "r3"),
            q("text", "c"),
            q("end repeat", ""),
            q("end repeat", ""),
            q("end repeat", ""),
        )
        assert told(made) == [(6, "type", "repeat.deep"), (7, "type", "inside"), (8, "type", "inside")]
        assert fields(made)["r2"]["fields"][0]["key"] == "b"
        assert counted(made) == (6, 0, 3)

    def test_closes_what_is_not_closed(self) -> None:
        made = run(
            q("end group", ""),
            q("begin group", "g"),
            q("begin repeat", "r"),
            q("text", "a"),
            q("end group", ""),
        )
        assert told(made) == [(2, "type", "group.never_begun"), (4, "type", "group.open")]
        assert fields(made)["r"]["fields"][0]["key"] == "a"

    def test_leaves_out_what_is_empty_or_switched_off(self) -> None:
        made = run(
            q("begin group", "g"),
            q("text", "a", disabled="yes"),
            q("end group", ""),
            q("text", "b"),
        )
        assert told(made) == [(3, "disabled", "row.disabled"), (2, "type", "group.empty")]

    def test_takes_the_first_of_two_rows_with_one_name(self) -> None:
        made = run(q("integer", "a"), q("text", "a"), q("text", "b", relevant="${a} > 1"), q("text", "1-x.y"))
        found = fields(made)
        assert list(found) == ["a", "a_2", "b", "q_1_xy"]
        assert found["b"]["visible"] == {">": [{"var": "a"}, 1]}
        assert found["a_2"]["x-name"] == "a"
        assert told(made) == [(3, "name", "name.twice")]

    def test_takes_as_many_questions_as_there_may_be(self) -> None:
        made = run(*(q("text", f"n{number}") for number in range(450)))
        assert counted(made) == (300, 0, 150)
        assert made.document is not None
        assert parse.check_value(made.document).module is not None
        assert [len(page["fields"]) for page in made.document["pages"]] == [90, 90, 90, 30]

    def test_repeats_as_often_as_is_said(self) -> None:
        made = run(
            q("integer", "n"),
            q("begin repeat", "three", repeat_count="3"),
            q("text", "a"),
            q("end repeat", ""),
            q("begin repeat", "some", repeat_count="${n} + 1"),
            q("text", "b"),
            q("end repeat", ""),
            q("begin repeat", "many", repeat_count="101"),
            q("text", "c"),
            q("end repeat", ""),
        )
        found = fields(made)
        assert (found["three"]["minItems"], found["three"]["maxItems"]) == (3, 3)
        assert found["some"]["check"] == {"==": [{"count": [{"var": "some"}]}, {"+": [{"var": "n"}, 1]}]}
        assert told(made) == [(6, "repeat_count", "repeat.counted"), (9, "repeat_count", "repeat.many")]
