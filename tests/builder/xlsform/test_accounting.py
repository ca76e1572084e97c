"""Whatever stands in a workbook: each row ends in one class, and what is made is sound."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import xlsimport, xlsreport
from builder.xlsform import judge, typenames
from builder.xlsform.ledger import OUTCOMES
from runtime.datasets.findings import SENTENCES as OF_FILES
from schemas import parse
from tests.builder.xlsform.books import book, choices, fill, q, run, saved, told

NAMES = ("a", "b", "c", "kids", "Ä x", "a.b-c", "")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
ATOMS = st.sampled_from(
    ("${a}", "${b}", "${c}", "${nobody}", ".", "1", "0.5", "'x'", "''", "today()", "now()",
     "count(${kids})", "sum(${b})", "selected(${c}, 'y')", "position(..)", "/data/a", "true()", "../b")
)  # fmt: skip
RULES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format,
            inner,
            st.sampled_from(("=", "!=", "<", ">=", "and", "or", "+", "-", "div", "mod")),
            inner,
        ),
        st.builds("not({})".format, inner),
        st.builds("if({}, {}, {})".format, inner, inner, inner),
        st.builds("coalesce({}, {})".format, inner, inner),
        st.builds("int({})".format, inner),
    ),
    max_leaves=6,
)
TYPES = st.sampled_from(
    (*sorted(typenames.PLAIN), *sorted(typenames.NOT_ASKED), "select_one yn", "select_multiple yn or_other",
     "rank yn", "select_one nowhere", "begin group", "end group", "begin repeat", "end repeat",
     "begin loop over yn", "?", "")
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {"type": TYPES, "name": st.sampled_from(NAMES), "label": WORDS},
    optional={
        "label::English (en)": WORDS,
        "hint": WORDS,
        "required": st.one_of(st.sampled_from(("yes", "no")), RULES),
        "relevant": st.one_of(RULES, WORDS),
        "constraint": RULES,
        "constraint_message": WORDS,
        "calculation": RULES,
        "default": st.one_of(WORDS, RULES),
        "readonly": st.sampled_from(("yes", "no", "${a} = 1")),
        "choice_filter": st.one_of(RULES, st.just("col = ${c}"), st.just("selected(${c}, name)")),
        "repeat_count": st.sampled_from(("3", "0", "${a}", "x")),
        "appearance": st.sampled_from(("multiline", "minimal", "signature", "w4 quick")),
        "parameters": st.sampled_from(("start=1 end=5", "randomize=true", "?")),
        "media::image": st.just("a.png"),
        "bind::x": st.just("1"),
        "disabled": st.sampled_from(("", "yes")),
    },
)
OFFERED = [
    {"list_name": "yn", "name": "y", "label": "Ya", "col": "y"},
    {"list_name": "yn", "name": "n", "label": None, "col": "n", "media::image": "x.png"},
    {"list_name": "yn", "name": "y", "label": "again"},
    {"list_name": "", "name": "z"},
    {"list_name": "unused", "name": "z", "label": "Z"},
]


class TestEveryRow:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=st.lists(ROWS, max_size=14))
    def test_is_in_exactly_one_class_and_what_is_made_passes_the_check(
        self, rows: list[dict[str, Any]]
    ) -> None:
        made = run(*rows, choices=OFFERED)
        assert made.unreadable is None
        ledger = made.conversion.ledger
        written = [
            number
            for number, row in enumerate(rows, 2)
            if any(str(cell or "").strip() for cell in row.values())
        ]
        assert [row for sheet, row in ledger.rows if sheet == "survey"] == written
        counts = ledger.counted("survey")
        assert sum(counts.values()) == len(written)
        told_of = {
            kind: {e.row for e in ledger.of(kind) if e.sheet == "survey"} for kind in ("refused", "without")
        }
        assert len(told_of["refused"]) == counts["refused"]
        assert len(told_of["without"] - {1}) == counts["without"]
        assert sum(ledger.counted("choices").values()) == len(OFFERED)
        for language in ("id", "en"):
            with translation.override(language):
                for entry in ledger.entries:
                    assert "{" not in xlsreport.place(ledger, entry).split("(")[0]
                    assert xlsreport.sentence(entry)
        if made.document is not None:
            problems = parse.check_value(made.document).problems
            assert [problem for problem in problems if problem.blocks] == []
        else:
            assert counts["whole"] + counts["without"] == 0 or not any(
                row["type"] for row in rows if "end" not in row["type"]
            )

    @settings(max_examples=25, deadline=None)
    @given(
        cells=st.lists(
            st.lists(st.one_of(st.none(), WORDS, st.integers(), st.floats(), st.booleans()), max_size=6),
            max_size=8,
        )
    )
    def test_may_be_any_cells_at_all(self, cells: list[list[Any]]) -> None:
        workbook = openpyxl.Workbook()
        for row in cells:
            workbook.active.append(row)
        made = xlsimport.run(saved(workbook), language="en", judged=True)
        assert made.unreadable is None or xlsreport.unreadable(made.unreadable)
        assert made.document is None or parse.check_value(made.document).module is not None


class TestReasons:
    def test_all_have_sentences(self) -> None:
        folder = Path(judge.__file__).parent
        said = {*xlsreport.SENTENCES, *xlsreport.UNREADABLE, *OF_FILES}
        for path in folder.glob("*.py"):
            if path.name in ("speak.py", "export.py", "kindsout.py"):
                continue
            for code in re.findall(r'"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")):
                assert code in said or code == "x.y", f"{path.name}: {code}"

    @pytest.mark.parametrize("outcome", OUTCOMES)
    def test_are_counted(self, outcome: str) -> None:
        made = run(q("text", "a"), q("barcode", "b"), q("start", "s"))
        assert made.conversion.ledger.counted("survey")[outcome] == 1  # type: ignore[index]
        assert xlsreport.reasons(made.conversion.ledger) == {"type.moment": 1, "kind.barcode": 1}


class TestTexts:
    def test_are_taken_in_both_languages(self) -> None:
        made = run(
            {"type": "text", "name": "a",
             "label::Bahasa Indonesia (id)": "Nama", "label::English (en)": "Name",
             "hint::English (en)": "In full", "label::Français (fr)": "Nom"},
            settings=[
                {
                    "form_title": "Izin <script>alert(1)</script>",
                    "default_language": "English (en)",
                    "version": 3,
                }
            ],
        )  # fmt: skip
        assert made.document is not None
        assert made.document["languages"] == ["en", "id"]
        assert made.document["pages"][0]["fields"][0]["label"] == {"en": "Name", "id": "Nama"}
        assert made.document["title"]["id"] == "Izin <script>alert(1)</script>"
        assert told(made) == [(1, "label", "language.other")]

    def test_of_an_unknown_language_stand_in_the_language_of_the_clerk(self) -> None:
        made = run({"type": "text", "name": "a", "label::Français (fr)": "Nom"})
        assert made.document is not None
        assert (made.document["languages"], made.document["pages"][0]["fields"][0]["label"]) == (
            ["id"],
            "Nom",
        )

    def test_hold_the_answers_that_are_given_before(self) -> None:
        asked = q("text", "b", "Umur ${nama}?", hint="Halo ${ nama }", guidance_hint="(${nama})")
        made = run(q("text", "nama", "Nama Anda"), asked)
        assert made.document is not None
        found = made.document["pages"][0]["fields"][1]
        assert (found["label"], found["help"]) == ("Umur {nama}?", "Halo {nama}\n({nama})")
        assert found["chips"] is True
        assert told(made) == []
        assert made.conversion.whole

    def test_show_the_name_of_a_question_where_its_answer_cannot_stand(self) -> None:
        made = run(
            q("text", "nama", "Nama Anda"),
            q("image", "foto", "Foto ${nama}"),
            q("text", "b", "${nama}, ${lain}, ${foto} dan ${nanti}?"),
            q("text", "c", "{x} ${nama}"),
            q("acknowledge", "d", "Saya ${nama}"),
            q("text", "nanti", "Nanti"),
        )
        assert made.document is not None
        labels = [field["label"] for field in made.document["pages"][0]["fields"]]
        assert labels[1:5] == [
            "Foto {nama}",
            "{nama}, “Lain”, “Foto” dan “Nanti”?",
            "{x} “Nama Anda”",
            "Saya “Nama Anda”",
        ]
        assert told(made) == [(row, "label", "text.reference") for row in (4, 5, 6)]

    def test_hold_the_answers_of_their_own_row_and_of_none_outside(self) -> None:
        made = run(
            q("text", "nama", "Nama"),
            q("begin_repeat", "anak", "Anak ${nama}"),
            q("text", "panggilan", "Nama anak"),
            q("integer", "umur", "Umur ${panggilan}, anak ${nama}"),
            {"type": "end_repeat"},
            q("text", "z", "Teman ${panggilan}"),
        )
        assert made.document is not None
        fields = [field for page in made.document["pages"] for field in page["fields"]]
        rows = next(field for field in fields if field["key"] == "anak")
        assert (rows["label"], rows["chips"]) == ("Anak {nama}", True)
        assert rows["fields"][1]["label"] == "Umur {panggilan}, anak {nama}"
        assert told(made) == [(7, "label", "text.reference")]

    def test_of_heads_in_any_writing_are_found(self) -> None:
        row = {"TYPE": "select one yn", "Name": "a", "Label:English": "A",
               "Relevance": "true()", "Bind::Required": "yes",
               "Foo": "?", "media::image": "x.png", "bind::oc:itemgroup": "z"}  # fmt: skip
        workbook = openpyxl.Workbook()
        fill(workbook.active, [row])
        workbook.active.title = " Survey "
        fill(workbook.create_sheet("CHOICES"), [{"List Name": "yn", "Value": "y", "Caption": "Yes"}])
        made = xlsimport.run(saved(workbook), language="id", judged=False)
        assert made.document is not None
        field = made.document["pages"][0]["fields"][0]
        assert (field["type"], field["required"]) == ("choice", True)
        assert [code for _, _, code in told(made)] == ["column.media", "column.foreign"]
        assert "column.unknown" in {entry.reason for entry in made.conversion.ledger.entries}


def test_a_large_form_is_taken_whole() -> None:
    rows = [q("text", f"n{number}", f"Pertanyaan {number} – ñ 你好 🙂") for number in range(299)]
    content = book([*rows, q("select_one many", "last")], choices(many=[f"o{n}" for n in range(1000)]))
    made = xlsimport.run(content, language="id")
    assert made.conversion.whole
    assert made.verdict.refused == ""
