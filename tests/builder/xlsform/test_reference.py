"""What pyxform finds in a workbook stands in the document, or the report says that it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import xlsexport
from schemas import parse
from tests.builder.xlsform.books import book, choices, fields, q, run, told
from tests.builder.xlsform.reference import unnamed

ROOT = Path(__file__).parents[3]
SERVICES = [
    *sorted((ROOT / "builder" / "starters").glob("*.json")),
    *sorted((ROOT / "tests" / "definitions" / "valid").glob("*.json")),
]
LISTS = [
    {"list_name": "yn", "name": "y", "label": "Ya", "label::English (en)": "Yes", "col": "a"},
    {"list_name": "yn", "name": "n", "label": "Tidak", "label::English (en)": "No", "col": "b"},
    *(
        {**one, "label::English (en)": f"En {one['name']}"}
        for one in choices(many=[f"m{n}" for n in range(25)])
    ),
    {"list_name": "odd", "name": "1", "label": "Satu"},
    {"list_name": "odd", "name": "Dua_Tiga", "label": "Dua"},
]
TYPES = (
    "text", "integer", "decimal", "date", "time", "dateTime", "note", "image", "file", "geopoint", "barcode",
    "acknowledge", "range", "calculate", "select_one yn", "select_multiple yn", "select_one many",
    "select_multiple odd", "rank odd", "select_one yn or_other", "geotrace", "audio", "today", "start",
    "deviceid", "hidden",
)  # fmt: skip
RULES = st.sampled_from(
    ("${q0} = 1", "${q1} = 'x' and ${q2} != ''", "selected(${q1}, 'y')", "position(..) > 2", "true()",
     "pulldata('a', 'b', 'c', ${q0}) = 'x'", "string-length(${q0}) > 2 or ${q3} > 4", "once(1)", "${q0} = ")
)  # fmt: skip
CONSTRAINTS = st.sampled_from(
    (". > 3", ". >= 3 and . <= 9", "regex(., '[a-z]+')", "string-length(.) < 9", "count-selected(.) <= 2",
     ". <= today()", ". != ${q0}", ". > 3 or ${q1} = 'y'", "selected(., 'y')", ". = position(..)")
)  # fmt: skip
COLUMNS: dict[str, Any] = {
    "label::English (en)": st.just("E"),
    "label::Bahasa Indonesia (id)": st.just("I"),
    "label::Français (fr)": st.just("F"),
    "hint": st.just("H"),
    "hint::English (en)": st.just("HE"),
    "guidance_hint": st.just("G"),
    "required": st.one_of(st.sampled_from(("yes", "no", "true()")), RULES),
    "required_message": st.just("R"),
    "relevant": RULES,
    "constraint": CONSTRAINTS,
    "constraint_message": st.just("C"),
    "constraint_message::English (en)": st.just("CE"),
    "calculation": st.sampled_from(("1 + 1", "${q0} * 2", "concat(${q0}, 'x')", "if(${q0} = 1, 2, 3)")),
    "default": st.sampled_from(("x", "3", "2026-01-01", "y", "today()", "m3")),
    "read_only": st.sampled_from(("yes", "no", "${q0} = 1")),
    "choice_filter": st.sampled_from(("col = ${q0}", "col = 'a'", "name != ${q1}")),
    "media::image": st.just("a.png"),
    "appearance": st.sampled_from(("minimal", "multiline", "w4")),
}
QUESTIONS = st.fixed_dictionaries({"type": st.sampled_from(TYPES)}, optional=COLUMNS)
BLOCKS = st.recursive(
    QUESTIONS.map(lambda one: [one]),
    lambda inner: st.builds(
        lambda kind, more, parts: [
            {**more, "type": f"begin {kind}"},
            *(row for part in parts for row in part),
            {"type": f"end {kind}"},
        ],
        st.sampled_from(("group", "repeat")),
        st.fixed_dictionaries(
            {}, optional={name: COLUMNS[name] for name in ("relevant", "hint", "label::English (en)")}
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give rows names and words that tell them apart."""
    made = []
    for at, row in enumerate(rows):
        texts = {head: f"{text}{at}" for head, text in row.items() if _is_text(head)}
        ends = row["type"].startswith("end")
        named = {} if ends else {"name": f"q{at}", "label": f"L{at}"}
        made.append({"type": row["type"], **named, **row, **texts})
    return made


def _is_text(head: str) -> bool:
    return head.split("::")[0] in ("label", "hint", "guidance_hint", "required_message", "constraint_message")


class TestNothingIsLostSilently:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(blocks=st.lists(BLOCKS, min_size=1, max_size=5))
    def test_of_any_form(self, blocks: list[list[dict[str, Any]]]) -> None:
        rows = numbered([row for block in blocks for row in block])
        assert unnamed(book(rows, LISTS)) in ([], None)

    def test_of_two_columns_in_one_language(self) -> None:
        both = {"label::Bahasa Indonesia (id)": "Nama", "label::English (en)": "Name"}
        content = book([q("text", "a", "Nama lengkap", **both), q("text", "b", "Umur")])
        assert unnamed(content) == []
        made = run(q("text", "a", "Nama lengkap", **both))
        assert told(made) == [(2, "label", "text.second")]
        assert fields(made)["a"]["label"] == {"id": "Nama", "en": "Name"}

    def test_of_words_without_a_language_beside_english_ones(self) -> None:
        made = run(q("text", "a", "Nama", label__en="Name"), language="en")
        assert fields(made)["a"]["label"] == {"id": "Nama", "en": "Name"}
        assert told(made) == []

    def test_of_groups_in_groups(self) -> None:
        rows = [
            *(q("begin group", name, f"L {name}", hint=f"H {name}") for name in ("g", "h", "i")),
            q("text", "a"),
            *([{"type": "end group"}] * 3),
        ]
        assert unnamed(book(rows)) == []
        assert fields(run(*rows))["i"]["help"] == "H i"

    def test_of_rows_with_nothing_to_answer(self) -> None:
        rows = [
            q("text", "a"), q("begin group", "g"), q("begin repeat", "r"), q("note", "n"),
            {"type": "end repeat"}, {"type": "end group"},
        ]  # fmt: skip
        assert unnamed(book(rows)) == []
        reasons = {row: code for row, _, code in told(run(*rows))}
        assert reasons == {3: "group.empty", 4: "not_possible", 5: "inside"}

    @pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
    def test_of_a_form_that_was_exported(self, path: Path) -> None:
        packed, _ = xlsexport.workbook(parse.load(path.read_bytes()))
        assert unnamed(packed) == []
