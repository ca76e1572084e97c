"""The editor reads rules as the server does, so that sample answers come to what citizens see."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.panel import editor
from runtime.forms import browser
from schemas import expressions, parse
from schemas.construct import kinds
from schemas.definition import Field, Module
from schemas.expressions import Expression, Scope
from tests.builder import edits

ASSETS = Path(editor.__file__).parent / "assets"
NODE = Path(sys.executable).parent / "node"
RULES = ("required", "check", "calculate", "default")

QUESTIONS: list[dict[str, Any]] = [
    {"key": "jenis", "type": "choice", "options": [{"value": "a"}, {"value": "b"}]},
    {"key": "sarana", "type": "choices", "options": [{"value": "tenda"}, {"value": "kursi"}]},
    {"key": "kelas", "type": "choice", "dataset": "kelas"},
    {"key": "luas", "type": "number"},
    {"key": "orang", "type": "integer"},
    {"key": "setuju", "type": "consent"},
    {"key": "ada", "type": "boolean"},
    {"key": "lahir", "type": "date"},
    {"key": "jam", "type": "time"},
    {"key": "temu", "type": "datetime"},
    {"key": "cuti", "type": "date_range"},
    {"key": "alamat", "type": "address"},
    {"key": "wilayah", "type": "region"},
    {"key": "nilai", "type": "matrix", "rows": [{"value": "mutu"}], "options": [{"value": "baik"}]},
    {"key": "nama", "type": "text"},
    {
        "key": "kios",
        "type": "repeat",
        "fields": [
            {"key": "orang", "type": "integer"},
            {"key": "ukuran", "type": "group", "fields": [{"key": "panjang", "type": "number"}]},
            {"key": "catatan", "type": "note"},
        ],
    },
]
LISTS = {"kelas": {"columns": {"tarif": "money", "sejak": "date"}, "items": [{"value": "x"}]}}


def v(key: str) -> dict[str, Any]:
    return {"var": key}


TREES: list[Any] = [
    {"==": [v("jenis"), "a"]},
    {"!": {"in": [v("jenis"), ["a", "b"]]}},
    {"in": ["tenda", v("sarana")]},
    {"and": [{">=": [v("luas"), "2.50"]}, {"<": [v("orang"), 7]}, v("setuju")]},
    {"or": [v("ada"), {"answered": [v("alamat")]}]},
    {"<=": [v("lahir"), {"today": []}]},
    {"<": ["2026-01-01", v("lahir")]},
    {">": [v("jam"), "07:30"]},
    {"==": [v("temu"), "2026-01-01T08:00+07:00"]},
    {"==": [{"attr": [v("cuti"), "from"]}, "2026-05-01"]},
    {"==": [{"attr": [v("alamat"), "district"]}, "36.71.01"]},
    {"==": [{"attr": [v("wilayah"), "province"]}, "36"]},
    {"==": [{"attr": [v("nilai"), "mutu"]}, "baik"]},
    {">": [{"attr": [v("kelas"), "tarif"]}, 1000]},
    {"!=": [{"attr": [v("kelas"), "label"]}, "X"]},
    {"==": [{"length": v("nama")}, 3]},
    {"some": [v("kios"), {">": [v("orang"), {"default": [v("luas"), 0]}]}]},
    {"every": [v("kios"), {"answered": v("panjang")}]},
    {">": [{"sum": [v("kios"), {"*": [v("orang"), v("panjang")]}]}, {"count": [v("kios")]}]},
    {"==": [{"if": [v("ada"), {"years": [v("lahir"), {"today": []}]}, {"-": [v("orang")]}]}, 1]},
    {"<": [{"round": [{"/": [v("luas"), 3, 2]}, 0]}, {"min": [v("luas"), v("orang"), "1.5"]}]},
    {"default": [{"==": [v("jenis"), "a"]}, False]},
    {">": [{"days": [v("lahir"), {"today": []}]}, 5]},
    {"==": [{"cat": [v("nama"), " ", v("luas"), v("lahir")]}, "x"]},
    {"!=": [{"join": [v("kios"), {"cat": [v("orang"), v("nama")]}, ", "]}, ""]},
    {"<": [{"least": [v("kios"), v("panjang")]}, {"most": [v("kios"), {"+": [v("orang"), v("luas")]}]}]},
]
"""Rules with every operator; those after them cannot be typed."""
WRONG: list[Any] = [
    {"==": [v("luas"), "dua"]},
    {"==": [v("nowhere"), 1]},
    {"<": [v("nama"), "b"]},
    v("luas"),
    {"+": [v("nama"), 1]},
    {"attr": [v("alamat"), "nothing"]},
    {"sum": [v("kios"), v("nama")]},
    {"regex": [v("nama"), "x"]},
    {"==": [{"cat": [v("setuju")]}, "x"]},
    {"==": [{"join": [v("kios"), v("orang"), 5]}, "x"]},
    {"==": [{"join": [v("kios"), v("ada"), ","]}, "x"]},
    {"==": [{"least": [v("kios"), v("nama")]}, "x"]},
    {"answered": ["a"]},
    5,
    None,
    [],
]


def held(module: Module) -> Iterator[tuple[Expression, tuple[str, ...]]]:
    """Yield the rules of a document with the repeats around them."""

    def within(
        fields: tuple[Field, ...], rows: tuple[str, ...]
    ) -> Iterator[tuple[Expression, tuple[str, ...]]]:
        for field in fields:
            for rule in (field.own_visible, *(getattr(field, name) for name in RULES)):
                if isinstance(rule, Expression):
                    yield rule, rows
            if isinstance(field.row.check, Expression):
                yield field.row.check, (*rows, field.key)
            yield from within(field.fields, (*rows, field.key))

    for page in module.pages:
        for rule in (page.visible, page.check):
            if isinstance(rule, Expression):
                yield rule, ()
        yield from within(page.fields, ())


def read(asked: list[dict[str, Any]], what: str = "typed(doc, node, more)") -> list[Any]:
    """Return what the editor makes of rules: `{doc, node, around, wants}` each."""
    script = f"""
        import {{ judged }} from "{ASSETS.as_uri()}/judging.js";
        import {{ typed }} from "{ASSETS.as_uri()}/typed.js";
        import {{ learn }} from "{ASSETS.as_uri()}/world.js";
        let sent = "";
        for await (const part of process.stdin) sent += part;
        const {{ told, asked }} = JSON.parse(sent);
        learn(told);
        console.log(JSON.stringify(asked.map(({{ doc, node, ...more }}) => {what})));
    """
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", script],
        input=json.dumps({"told": editor.catalogue(), "asked": asked}),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def verdict(found: expressions.Verdict) -> dict[str, bool] | None:
    seen = {"yes": found.can_be_true, "no": found.can_be_false, "open": found.can_be_unknown}
    return seen if found.proven else None


def ask(
    doc: dict[str, Any], node: Any, wants: str = "boolean", around: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {"doc": doc, "node": node, "around": list(around), "wants": wants}


class TestTyped:
    def test_agrees_with_the_server_on_every_rule_of_the_corpus(self):
        asked, expected = [], []
        for doc in edits.corpus():
            module = parse.check_value(doc).module
            assert module is not None
            for rule, rows in held(module):
                asked.append(ask(doc, rule.raw, rule.type, rows))
                expected.append(browser.node(rule.root))
        assert len(asked) > 20
        assert read(asked) == expected

    def test_judges_conditions_as_the_server_does(self):
        """Whether a condition can be true, be false, stay open; null where that is not proven."""
        asked, expected = [], []
        for doc in edits.corpus():
            module = parse.check_value(doc).module
            assert module is not None
            for rule, rows in held(module):
                if rule.type == "boolean":
                    asked.append(ask(doc, rule.raw, "boolean", rows))
                    expected.append(verdict(expressions.judge(rule, tables=module.tables)))
        scope = Scope.of(kinds.kinds(QUESTIONS, LISTS))
        doc = {"languages": ["id"], "datasets": LISTS, "pages": [{"key": "p", "fields": QUESTIONS}]}
        simple = [tree for tree in TREES if "kelas" not in json.dumps(tree)]
        for tree in simple:
            rule, _problems = expressions.parse(tree, "", scope)
            assert rule
            asked.append(ask(doc, tree))
            expected.append(verdict(expressions.judge(rule)))
        assert sum(one is not None for one in expected) > 10
        assert read(asked, "judged(doc, typed(doc, node, more), more)") == expected

    def test_agrees_with_the_server_on_every_operator(self):
        doc = {"languages": ["id"], "datasets": LISTS, "pages": [{"key": "p", "fields": QUESTIONS}]}
        scope = Scope.of(kinds.kinds(QUESTIONS, LISTS))
        parsed = [expressions.parse(tree, "", scope)[0] for tree in TREES]
        assert None not in parsed
        expected = [browser.node(one.root) for one in parsed if one]
        assert read([ask(doc, tree) for tree in TREES]) == expected

    def test_makes_nothing_of_what_the_server_refuses(self):
        doc = {"languages": ["id"], "datasets": LISTS, "pages": [{"key": "p", "fields": QUESTIONS}]}
        scope = Scope.of(kinds.kinds(QUESTIONS, LISTS))
        for tree in WRONG:
            assert expressions.parse(tree, "", scope)[0] is None, tree
        assert [
            tree for tree, made in zip(WRONG, read([ask(doc, tree) for tree in WRONG]), strict=True) if made
        ] == []
