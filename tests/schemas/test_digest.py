"""Equal documents have equal digests, and a file for people holds nothing but the document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import digest, structure
from tests.schemas.corpus import STARTERS, VALID

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.text(max_size=30)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(
            st.one_of(st.sampled_from(["key", "id", "en", "title", "x-a", "x-b"]), st.text(max_size=5)),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["format", "key", "languages", "x-z", "title"]), VALUES)


class TestPretty:
    @pytest.mark.parametrize("path", [*VALID, *STARTERS], ids=lambda path: path.stem)
    def test_leaves_a_shipped_file_as_it_is(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert digest.pretty(json.loads(text)) == text

    @given(DOCUMENTS)
    def test_changes_no_value(self, document: dict[str, Any]) -> None:
        assert json.loads(digest.pretty(document)) == document

    @given(DOCUMENTS)
    def test_is_stable(self, document: dict[str, Any]) -> None:
        text = digest.pretty(document)
        assert digest.pretty(json.loads(text)) == text

    def test_puts_languages_in_their_own_order(self) -> None:
        text = digest.pretty({"title": {"en": "b", "id": "a"}, "languages": ["id", "en"], "format": 1})
        assert text == '{"format": 1, "languages": ["id", "en"], "title": {"id": "a", "en": "b"}}\n'


class TestOf:
    @given(DOCUMENTS, st.randoms())
    def test_does_not_depend_on_the_order_of_names(self, document: dict[str, Any], random: Any) -> None:
        names = list(document)
        random.shuffle(names)
        assert digest.of({name: document[name] for name in names}) == digest.of(document)

    @given(DOCUMENTS, DOCUMENTS)
    def test_differs_when_documents_differ(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
        assert (digest.of(one) == digest.of(other)) == same

    def test_is_of_the_canonical_bytes(self) -> None:
        assert (
            digest.canonical({"key": "a", "format": 1, "x-ä": "é"})
            == '{"format":1,"key":"a","x-ä":"é"}'.encode()
        )
        assert digest.of_text('{"key": "a", "format": 1}') == digest.of({"format": 1, "key": "a"})

    def test_raises_on_text_that_is_no_document(self) -> None:
        for text in ("[1]", "{", '{"a": NaN}'):
            with pytest.raises(ValueError, match=r"\w"):
                digest.of_text(text)


class TestOrder:
    def test_knows_each_name_of_the_format(self) -> None:
        assert _names(list(structure.documents().values())) <= set(digest.ORDER)

    def test_names_each_only_once(self) -> None:
        assert len(set(digest.ORDER)) == len(digest.ORDER)


def _names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_names, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*map(_names, schema.values()))
