"""The sheets of the look: what a name looks like is said in one place."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from runtime import look

SHEETS = sorted((Path(look.__file__).parent / "assets").glob("_*.scss"))
ALONE = re.compile(r"^\.([a-z][\w-]*) \{$", re.MULTILINE)


class TestSheets:
    def test_say_what_a_name_looks_like_in_one_of_them(self) -> None:
        """Two parts of a page that share a name by chance get the looks of both."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for sheet in SHEETS:
            for name in sorted(set(ALONE.findall(sheet.read_text(encoding="utf-8")))):
                found[name].append(sheet.name)
        assert len(found) > 100
        assert {name: places for name, places in found.items() if len(places) > 1} == {}
