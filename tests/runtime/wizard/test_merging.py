"""Two windows on one draft, as values: no change is lost unseen, and none is told that did not happen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.wizard.merging import Clash, Posted, Seen, Sheet, changed_since, last_changes, merged

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
BLANK = Sheet({}, {}, {}, 0)


def save(sheet: Sheet, seen: Seen | None, **answers: Any) -> tuple[Sheet, tuple[Clash, ...]]:
    given = {key: value for key, value in answers.items() if value is not None}
    return merged(sheet, Posted(asked=list(answers), answers=given), seen=seen, at=NOW)


class TestSeen:
    @pytest.mark.parametrize(
        "mark", ["", "3", "x.00000000", "3.0000000g", "3.00000000x", "-1.00000000", "٣.00000000"]
    )
    def test_reads_only_what_a_page_writes(self, mark: str) -> None:
        assert Seen.read(mark) is None
        assert Seen.read("3.00c0ffee") == Seen(3, "00c0ffee")
        assert str(Seen(3, "00c0ffee")) == "3.00c0ffee"


class TestMerged:
    """One window after the other."""

    old, other = Seen(0, "aaaaaaaa"), Seen(0, "bbbbbbbb")

    def test_keeps_what_an_older_page_did_not_touch(self) -> None:
        first, _none = save(BLANK, self.other, name="Siti", age=30)
        kept, clashes = save(first, self.old, name=None, age=None)
        assert kept.answers == {"name": "Siti", "age": 30}
        assert clashes == (Clash("name", False, "Siti"), Clash("age", False, 30))

    def test_lets_the_last_save_win_and_says_what_it_replaced(self) -> None:
        first, _none = save(BLANK, self.other, name="Siti")
        second, clashes = save(first, self.old, name="Budi")
        assert second.answers == {"name": "Budi"}
        assert clashes == (Clash("name", True, "Siti"),)

    def test_lets_no_page_that_has_gone_overwrite_another_window(self) -> None:
        first, _none = save(BLANK, self.other, name="Siti")
        page = Posted(["name", "age"], {"name": "Budi", "age": 30}, leaving=True)
        kept, clashes = merged(first, page, seen=self.old, at=NOW)
        assert kept.answers == {"name": "Siti", "age": 30}
        assert clashes == (Clash("name", False, "Siti"),)

    def test_says_nothing_when_both_say_the_same(self) -> None:
        first, _none = save(BLANK, self.other, name="Siti")
        assert save(first, self.old, name="Siti") == (first, ())

    def test_does_not_take_ones_own_saves_for_another_window(self) -> None:
        sheet = BLANK
        for name in ("S", "Si", "Sit", "Siti"):
            sheet, clashes = save(sheet, self.old, name=name)
            assert clashes == ()
        assert sheet.revision == 4

    def test_tells_each_change_once(self) -> None:
        sheet, _none = save(BLANK, self.other, name="Siti")
        sheet, told = save(sheet, self.old, name="B")
        sheet, again = save(sheet, self.old, name="Bu")
        assert (len(told), again) == (1, ())

    def test_takes_a_default_that_nobody_touched_for_untouched(self) -> None:
        first, _none = save(BLANK, self.other, town="Poso")
        page = Posted(asked=["town"], answers={"town": "Palu"}, defaults={"town": "Palu"})
        kept, clashes = merged(first, page, seen=self.old, at=NOW)
        assert kept.answers == {"town": "Poso"}
        assert clashes == (Clash("town", False, "Poso"),)

    def test_takes_what_stood_there_from_the_start_for_untouched(self) -> None:
        begun = Sheet({"name": "Siti"}, {}, {}, 0)
        first, _none = save(begun, self.other, name="Siti Aminah")
        kept, clashes = save(first, self.old, name="Siti")
        assert kept.answers == {"name": "Siti Aminah"}
        assert [clash.mine for clash in clashes] == [False]

    def test_adds_and_takes_away_files_beside_another_window(self) -> None:
        one, two, three = ({"id": name} for name in "123")
        start = Sheet({"paper": [one]}, {}, {}, 0)
        first, _none = merged(
            start, Posted(["paper"], {"paper": [two]}, files={"paper": 3}), seen=self.other, at=NOW
        )
        page = Posted(["paper"], {"paper": [three]}, files={"paper": 3}, gone={"paper:1"})
        second, clashes = merged(first, page, seen=self.old, at=NOW)
        assert second.answers == {"paper": [two, three]}
        assert clashes == ()
        only = Posted(["paper"], {"paper": [one]}, files={"paper": 1})
        assert merged(second, only, seen=None, at=NOW)[0].answers == {"paper": [one]}

    def test_names_what_was_changed_since(self) -> None:
        sheet, _none = save(BLANK, self.other, name="Siti", age=30)
        sheet, _none = save(sheet, self.other, age=31)
        assert changed_since(sheet.log, 1) == ("age",)
        assert last_changes(sheet.log, ["name", "age", "town"]) == {
            "name": [1, "bbbbbbbb"],
            "age": [2, "bbbbbbbb"],
        }

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["aaaaaaaa", "bbbbbbbb", "cccccccc"]),
                st.sampled_from(["name", "age"]),
                st.sampled_from([None, "1", "2", "3"]),
            ),
            max_size=25,
        )
    )
    def test_never_loses_an_answer_unseen(self, saves: list[tuple[str, str, str | None]]) -> None:
        """F10: whatever the order, an answer of another window goes only with a word about it."""
        sheet = BLANK
        for window, key, value in saves:
            before = sheet
            sheet, clashes = save(sheet, Seen(0, window), **{key: value})
            last = before.log[key][-1][3] if key in before.log else window
            if sheet.answers.get(key) != before.answers.get(key) and last != window:
                assert [(clash.key, clash.mine) for clash in clashes] == [(key, True)]
            assert {k: v for k, v in sheet.answers.items() if k != key} == {
                k: v for k, v in before.answers.items() if k != key
            }
