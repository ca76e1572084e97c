"""Nothing of a source is dropped silently: every keyword and every UI member is in one list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import schemareport
from builder.jsonschema.sweep import KNOWN
from schemas import parse
from tests import corpora
from tests.bounded import bounded
from tests.builder.jsonschema.accounts import missing
from tests.builder.jsonschema.conftest import converted

FOLDER = Path(schemareport.__file__).parent / "jsonschema"
REASON_AT = {
    "taken": 1,
    "partial": 1,
    "refused": 1,
    "look": 1,
    "Unsayable": 0,
    "Unreadable": 0,
    "_nothing": 0,
}
NAMES = st.sampled_from(["nama", "umur", "a/b", "~", "__proto__", "", "items", "properties", "ünï", "🙂"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-10, 10**20), st.text(max_size=5), st.just(0.5))
WORDS = sorted({*KNOWN, "dependentRequired", "$id", "$anchor", "x-own", "whatever"} - {"$ref"})


def _schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    by_name = st.dictionaries(NAMES, inner, max_size=3)
    several = st.lists(inner, max_size=3)
    names = st.lists(NAMES, max_size=2)
    types = st.sampled_from(["object", "array", "string", "number", "integer", "boolean", "null", "x"])
    usual = st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(types, st.lists(types, max_size=3)),
            "properties": by_name,
            "patternProperties": by_name,
            "required": names,
            "items": st.one_of(inner, several),
            "prefixItems": several,
            "anyOf": several,
            "oneOf": several,
            "allOf": several,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "dependentRequired": st.dictionaries(NAMES, names, max_size=2),
            "dependencies": st.dictionaries(NAMES, st.one_of(names, inner), max_size=2),
            "additionalProperties": inner,
            "contains": inner,
            "enum": st.lists(SCALARS, max_size=4),
            "const": SCALARS,
            "default": SCALARS,
            "pattern": st.sampled_from(["^[0-9]+$", "(", "a|b", "^a|b$", "(?=x)", "\\"]),
            "format": st.sampled_from(["date", "email", "uri", "date-time", "x"]),
            "minLength": st.integers(-1, 300),
            "maximum": st.one_of(st.integers(), st.just(1.5)),
            "multipleOf": st.sampled_from([0, 1, 0.01, 7]),
            "$ref": st.sampled_from(
                ["#", "#/properties/nama", "#/nowhere", "http://x/y", "#/$defs/a%20b", "{"]
            ),
            "$defs": by_name,
        },
    )
    odd = st.dictionaries(st.sampled_from(WORDS), st.one_of(SCALARS, inner, several), max_size=2)
    return st.one_of(usual, usual, odd, st.booleans(), SCALARS)


SCHEMAS = st.recursive(st.one_of(st.booleans(), st.just({"type": "string"})), _schemas, max_leaves=12)
UIS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "elements",
                    "scope",
                    "label",
                    "rule",
                    "options",
                    "ui:order",
                    "ui:widget",
                    "nama",
                    "items",
                ]
            ),
            st.one_of(
                inner,
                st.sampled_from(
                    ["Control", "Group", "VerticalLayout", "Categorization", "Category", "Label"]
                ),
                st.sampled_from(["#/properties/nama", "#", "#/properties/umur"]),
            ),
            max_size=4,
        ),
    ),
    max_leaves=10,
)


class TestReport:
    """The three lists together."""

    @pytest.mark.parametrize("corpus", corpora.NAMES)
    def test_names_every_part_of_the_forms_of_others(self, corpus: str) -> None:
        for form in corpora.forms(corpus):
            made = converted(form["schema"], form.get("uischema"))
            assert missing(made, form["schema"], form.get("uischema")) == [], form["name"]

    @settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(schema=SCHEMAS, ui=st.one_of(st.none(), UIS))
    def test_names_every_part_of_whatever_is_given(self, schema: Any, ui: Any) -> None:
        with bounded():
            made = converted(schema, ui)
        assert missing(made, schema, ui) == []
        schemareport.as_json(made)
        if made.document is not None:
            found = parse.check_value(made.document).problems
            assert [problem for problem in found if problem.blocks] == []

    def test_has_a_sentence_for_every_reason(self) -> None:
        codes = {code for file in FOLDER.glob("*.py") for code in _codes(ast.parse(file.read_text()))}
        assert len(codes) > 60
        assert codes - set(schemareport.SENTENCES) == set()
        assert set(schemareport.SENTENCES) - codes == {"order.visible", "order.required", "order.check"}


def _codes(tree: ast.AST) -> Iterator[str]:
    """Yield the reasons that a module of the import enters in a ledger."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        at = REASON_AT.get(name)
        if at is None or len(call.args) <= at:
            continue
        reason = call.args[at]
        for part in [reason.body, reason.orelse] if isinstance(reason, ast.IfExp) else [reason]:
            if isinstance(part, ast.Constant):
                yield str(part.value)
    for constant in ast.walk(tree):  # reasons that stand in tables
        if isinstance(constant, ast.Constant) and constant.value in schemareport.SENTENCES:
            yield str(constant.value)
