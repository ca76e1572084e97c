"""The reference in docs/format tells the truth."""

from __future__ import annotations

import re

from schemas import digest, fieldtypes, parse
from schemas.expressions.tree import OPERATORS
from schemas.rules.messages import TOKENS
from schemas.rules.names import ACTIONS, PAGES
from schemas.rules.references import REGISTER_TOKENS
from tests.schemas.corpus import TESTS

TEXT = (TESTS.parent / "docs" / "format" / "README.md").read_text(encoding="utf-8")


class TestReference:
    def test_shows_an_example_without_any_finding(self) -> None:
        example = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
        assert len(example) == 1
        checked = parse.check(example[0])
        assert [(problem.code, problem.pointer) for problem in checked.problems] == []

    def test_names_each_field_type_with_its_settings(self) -> None:
        table = TEXT.partition("| `type` |")[2]
        for kind in fieldtypes.all():
            row = next(
                line for line in table.splitlines() if line.startswith("|") and f"`{kind.name}`" in line
            )
            assert all(setting in row for setting in kind.settings), kind.name

    def test_names_each_operator_place_and_reserved_key(self) -> None:
        conditions = TEXT.partition("## Conditions")[2].partition("## Workflow")[0]
        assert [name for name in OPERATORS if name not in conditions] == []
        assert [name for name in TOKENS | REGISTER_TOKENS if f"{{{name}}}" not in TEXT] == []
        assert [name for name in PAGES | ACTIONS if name not in TEXT] == []

    def test_names_each_property_of_the_format(self) -> None:
        words = set(re.findall(r"[A-Za-z_]+", TEXT))
        assert [name for name in digest.ORDER if name not in words] == []
