"""Definitions made to cost: deep, wide, long, repeated, referring, multiplying."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.schemas.corpus import small_module

Change = Callable[[dict[str, Any]], None]


def _field(**more: Any) -> dict[str, Any]:
    return {"key": "x", "type": "text", "label": "X", **more}


def _with(**rules: Any) -> str:
    choice = {"key": "c", "type": "choice", "label": "C", "options": [{"value": "a", "label": "A"}]}
    return json.dumps(small_module([choice, {"key": "n", "type": "integer", "label": "N"}, _field(**rules)]))


def _changed(change: Change) -> str:
    whole = small_module([_field()])
    change(whole)
    return json.dumps(whole)


def _tower(operator: str, height: int, inside: Any) -> Any:
    for _ in range(height):
        inside = {operator: [inside]}
    return inside


def _fields(count: int) -> list[dict[str, Any]]:
    return [{"key": f"q{n}", "type": "text", "label": "Q"} for n in range(count)]


def _cross(count: int) -> str:
    """Return a document in which every question depends on all before it."""
    fields = _fields(count)
    for number, field in enumerate(fields[1:], 1):
        field["visible"] = {"or": [{"answered": {"var": f"q{n}"}} for n in range(number)][-50:]}
    whole = small_module([])
    whole["pages"] = [
        {"key": f"p{n}", "title": "P", "fields": fields[n * 100 : (n + 1) * 100]} for n in range(count // 100)
    ]
    return json.dumps(whole)


def _statuses(count: int) -> str:
    whole = small_module([_field()])
    flow = whole["workflow"]
    flow["statuses"] += [{"key": f"s{n}", "title": "S", "kind": "work"} for n in range(count)]
    keys = [status["key"] for status in flow["statuses"] if status["kind"] == "work"]
    flow["actions"] = [
        {"key": f"a{n}", "title": "A", "from": keys, "to": keys[n % len(keys)], "who": {"role": "petugas"}}
        for n in range(count)
    ]
    return json.dumps(whole)


WIDE_OR = {"or": [{"==": [{"var": "c"}, "a"]}] * 50}
DOCUMENTS: dict[str, str] = {
    "a million brackets": "[" * 1_000_000,
    "deep lists": '{"format": 1, "x-a": ' + "[" * 10_000 + "]" * 10_000 + "}",
    "deep objects": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "one byte too many": '{"x-a": "' + "a" * 1_000_000 + '"}',
    "many values": '{"x-a": [' + ",".join(["1"] * 45_000) + "]}",
    "many names": "{" + ",".join(f'"x-{n}": 1' for n in range(40_001)) + "}",
    "a name doubled often": "{" + ",".join(['"format": 1'] * 60_000) + "}",
    "a number of 900,000 digits": '{"format": ' + "9" * 900_000 + "}",
    "a huge exponent": '{"format": 1e400}',
    "a tiny exponent": '{"format": 1e-999999999}',
    "NaN": '{"format": NaN}',
    "escapes all the way": '{"x-a": "' + "\\u0041" * 160_000 + '"}',
    "halves of letters": '{"x-a": "' + "\\ud800" * 160_000 + '"}',
    "a text of 900,000 letters": _changed(lambda d: d.update(title="a" * 900_000)),
    "a key of 900,000 letters": _changed(lambda d: d.update(key="a" * 900_000)),
    "10,000 languages": _changed(lambda d: d.update(languages=[f"x{n}" for n in range(10_000)])),
    "10,000 pages": _changed(lambda d: d.update(pages=[{"key": "p", "title": "P", "fields": []}] * 10_000)),
    "5,000 questions on a page": _changed(lambda d: d["pages"][0].update(fields=_fields(5_000))),
    "5,000 times the same question": _changed(lambda d: d["pages"][0].update(fields=[_field()] * 5_000)),
    "3,000 options": _with(type="choice", options=[{"value": f"v{n}", "label": "V"} for n in range(3_000)]),
    "5,000 actions": _changed(lambda d: d["workflow"].update(actions=d["workflow"]["actions"] * 5_000)),
    "a rule like a tower": _with(visible=_tower("!", 15, {"answered": {"var": "c"}})),
    "a rule too tall to read": _with(visible=_tower("!", 400, True)),
    "a rule as wide as a street": _with(visible={"or": [WIDE_OR] * 20}),
    "a rule of 20,000 numbers": _with(check={"in": [{"var": "n"}, list(range(20_000))]}),
    "products of products": _with(check={"<": [{"*": [{"*": [{"var": "n"}] * 50}] * 50}, 1]}),
    "a constant of 900,000 digits": _with(check={"<": [{"var": "n"}, "9" * 900_000]}),
    "an unknown operator": _with(visible={"__import__": ["os"]}),
    "a reference to a file": _changed(lambda d: d.update({"$ref": "file:///etc/passwd"})),
    "a reference to a host": _with(**{"$ref": "http://127.0.0.1:9/x.json"}),
    "a reference to itself": _with(visible={"$ref": "#/pages/0/fields/2/visible"}),
    "a pattern for ever": _with(type="pattern", pattern="(a+)+$(?=b)"),
    "10,000 roles": _changed(
        lambda d: d["workflow"].update(roles=[{"key": f"r{n}", "title": "R"} for n in range(10_000)])
    ),
    "every question on all before it": _cross(300),
    "every status to every status": _statuses(100),
}
