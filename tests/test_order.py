"""The order of files: what prepares, what waits for nothing, the longest of the others."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests import order

ASKED = {
    "few_rows.py": ["db"],
    "rows.py": ["db"] * 9,
    "words.py": [""],
    "city.py": ["stack"],
    "cities.py": ["stack"] * 3,
    "pages.py": ["browser"] * 2,
    "builder/test_around_browser.py": ["db"],
}


def item(name: str, fixture: str) -> Any:
    return SimpleNamespace(
        path=order.TESTS / name, fixturenames=[fixture], get_closest_marker=lambda _name: None
    )


class TestLongestFirst:
    def test_begins_with_what_prepares_then_with_what_needs_nothing_prepared(self) -> None:
        items = [item(name, one) for name, asked in ASKED.items() for one in asked]
        config: Any = SimpleNamespace(workerinput={"workercount": 2})
        order.longest_first(config, items)
        assert list(dict.fromkeys(str(one.path.relative_to(order.TESTS)) for one in items)) == [
            "cities.py",
            "pages.py",
            "words.py",
            "builder/test_around_browser.py",
            "rows.py",
            "city.py",
            "few_rows.py",
        ]

    def test_leaves_the_order_alone_where_one_process_tries_all(self) -> None:
        items = [item("rows.py", "db"), item("city.py", "stack")]
        config: Any = SimpleNamespace()
        order.longest_first(config, items)
        assert [one.path.name for one in items] == ["rows.py", "city.py"]


class TestLong:
    @pytest.mark.parametrize("name", order.LONG)
    def test_is_a_file_that_there_is(self, name: str) -> None:
        assert (order.TESTS / name).exists()
