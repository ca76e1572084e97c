"""From a workbook to a document, to a workbook that pyxform takes, and to the same document again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder import xlsexport, xlsimport
from builder.xlsform import judge
from schemas import parse
from tests.builder.xlsform import making
from tests.builder.xlsform.books import book, choices, q, run
from tests.builder.xlsform.test_reference import BLOCKS, LISTS, numbered

Json = Any
NAMED = frozenset(("kind.today", "kind.place", "kind.barcode", "option.unused"))
"""What an import says of a question of this kind each time, however it came about."""
LOST = frozenset(("loss.service", "loss.place", "loss.decimals"))
"""What an export says of the service, and of settings that an import makes anew."""


QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without making a failing form smaller: one round takes too long to be tried a thousand times."""


def said(document: Json) -> Json:
    """Return pages and lists; a text in one language is the text, a list is what it offers."""
    lists = document.get("datasets", {})

    def plain(value: Json) -> Json:
        if isinstance(value, list):
            return [plain(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value and set(value) <= {"id", "en"}:
            texts = set(value.values())
            return texts.pop() if len(texts) == 1 else value
        made = {name: plain(one) for name, one in value.items() if name != "x-name"}
        match made.get("default"):
            case [{"!=": sides}, True] if len(made) == 1:  # an export says it in the other words
                return {"!": [{"default": [{"==": sides}, False]}]}
        if "dataset" in made and "filter" not in made:
            made["options"] = [
                {"value": one["value"], "label": plain(one["label"])}
                for one in lists[made.pop("dataset")]["items"]
            ]
        return made

    return plain(document["pages"])


def again(document: Json) -> tuple[Json, set[str], set[str]]:
    """Export and import once more; return the document, and what either way says is lost."""
    module = parse.check_value(document).module
    assert module is not None
    packed, exported = xlsexport.workbook(module)
    assert judge.converted(packed).refused == ""
    back = xlsimport.run(packed, language="id", judged=False)
    assert back.document is not None
    ledger = back.conversion.ledger
    told = {entry.reason for entry in [*ledger.of("refused"), *ledger.of("without")]}
    return back.document, {loss.reason for loss in exported.losses} - LOST, told - NAMED


class TestThereAndBackAgain:
    """Whatever an import or an export had to leave out, from the second document on nothing changes."""

    @pytest.mark.parametrize("seed", [*range(20), 286, 591, 656, 703, 900, 1120])
    def test_of_random_forms(self, seed: int) -> None:
        made = xlsimport.run(book(numbered(making.rows(seed)), LISTS), language="id", judged=False)
        if made.document is not None:
            second, _, _ = again(made.document)
            third, _, _ = again(second)
            assert third == second

    @pytest.mark.parametrize(
        "row",
        [
            q("range", "x", parameters="start=0 end=1 step=0.1"),
            q("calculate", "x", calculation="int(${a} div 2)"),
            q("calculate", "x", calculation="if(${a} > 5, 'a', if(${a} > 2, 'b', 'c'))"),
            q("calculate", "x", calculation="sum(${n})"),
            q("calculate", "x", calculation="coalesce(string-length(${t}), 0)"),
            q("text", "x", relevant="${a} = -3"),
            q("text", "x", relevant="sum(${n}) > 5"),
            q("text", "x", relevant="${m} != 'y'"),
            q("text", "x", constraint=". != ${t}"),
            q("select_multiple yn", "x", constraint="not(selected(., 'y') and count-selected(.) > 1)"),
            q("rank odd", "x"),
            q("select_one many", "x", choice_filter="col = ${t}"),
        ],
        ids=lambda row: " ".join(str(row[name]) for name in list(row) if name not in ("name", "label")),
    )
    def test_a_rule_does_not_grow(self, row: dict[str, Any]) -> None:
        before = [
            q("integer", "a"), q("text", "t"), q("select_multiple yn", "m"),
            q("begin repeat", "r"), q("integer", "n"), {"type": "end repeat"},
        ]  # fmt: skip
        second, _, _ = again(run(*before, row, choices=LISTS).document)
        third, _, _ = again(second)
        assert third == second

    def test_a_heading_comes_back_as_one(self) -> None:
        deep = [q("begin group", name, f"L {name}") for name in ("g", "h", "i")]
        made = run(*deep, q("text", "a"), *([{"type": "end group"}] * 3))
        second, _, _ = again(made.document)
        for document in (made.document, second):
            assert document is not None
            assert [one["type"] for one in document["pages"][0]["fields"][0]["fields"]] == ["heading", "text"]


class TestThereAndBack:
    @settings(max_examples=40, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
    @given(blocks=st.lists(BLOCKS, min_size=1, max_size=4))
    def test_pyxform_takes_it_and_the_document_is_the_same(self, blocks: list[list[dict[str, Any]]]) -> None:
        rows = numbered([row for block in blocks for row in block])
        made = xlsimport.run(book(rows, LISTS), language="id", judged=False)
        if made.document is None:
            return
        second, lost, told = again(made.document)
        if not lost and not told:
            assert said(second) == said(made.document)
        third, lost, told = again(second)
        if not lost and not told:
            assert said(third) == said(second)

    def test_keeps_what_is_noted_with_its_words(self) -> None:
        made = run(q("text", "a"), q("today", "t", "Tanggal", label__en="Date", hint="Hari ini"))
        second, lost, told = again(made.document)
        assert (lost, told) == (set(), set())
        assert said(second) == said(made.document)

    def test_keeps_lists_of_files_as_lists_of_the_workbook(self) -> None:
        survey = [q("select_one kec", "kec"), q("select_one desa", "desa", choice_filter="kec = ${kec}")]
        offered = [{**one, "kec": "a"} for one in choices(desa=("x", "y"))]
        made = run(*survey, choices=[*choices(kec=("a", "b")), *offered])
        second, lost, told = again(made.document)
        assert (lost, told) == (set(), set())
        assert second["datasets"] == made.document["datasets"]  # type: ignore[index]
