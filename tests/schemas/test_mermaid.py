"""The Mermaid text names each status and each way, and no title can speak Mermaid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schemas import diagram, parse
from schemas.definition import Module
from tests.schemas.corpus import STARTERS, VALID, small_module

WAY = re.compile(r"^    (s_[a-z0-9_]+|\[\*\]) --> (s_[a-z0-9_]+|\[\*\])(?:: .*)?$")
STATE = re.compile(r'^    state "([^"]*)" as s_([a-z0-9_]+)$')
OTHER = re.compile(r'^(?:---|stateDiagram-v2|title: "(?:[^"\\]|\\.)*"|    class(?:Def)? [\w ,:;-]+)$')
NOTE = re.compile(r"^    note right of s_[a-z0-9_]+$|^        [^\"<>{}%\[\]:*]+$|^    end note$")


def lines(module: Module, current: str = "") -> list[str]:
    return diagram.mermaid(module, "id", current).splitlines()


@pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
class TestMermaid:
    def test_names_each_status_once_and_each_way(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        told = lines(module)
        assert [found[2] for line in told if (found := STATE.match(line))] == [
            status.key for status in module.workflow.statuses
        ]
        ways = [(found[1], found[2]) for line in told if (found := WAY.match(line))]
        assert ("[*]", f"s_{module.workflow.start}") in ways
        for action in module.workflow.actions:
            assert {(f"s_{key}", f"s_{action.to or key}") for key in action.from_} <= set(ways)

    def test_says_nothing_else(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        assert [
            line for line in lines(module) if not any(p.match(line) for p in (WAY, STATE, NOTE, OTHER))
        ] == []


class TestTitles:
    def test_are_text_whatever_is_in_them(self) -> None:
        document = small_module([{"key": "a", "type": "text", "label": "A"}])
        evil = 'x" as s_b\n[*] --> s_c : %% <b>;#amp; {} --> é'
        document["title"] = document["workflow"]["statuses"][0]["title"] = evil
        document["workflow"]["actions"][0]["title"] = evil
        module = parse.check_value(document).module
        assert module is not None
        told = lines(module)
        assert [line for line in told if not any(p.match(line) for p in (WAY, STATE, NOTE, OTHER))] == []
        assert not any(sign in line for line in told if (STATE.match(line)) for sign in "<>%{}é")


class TestCurrent:
    def test_lights_one_status(self) -> None:
        module = parse.load(STARTERS[0].read_text(encoding="utf-8"))
        start = module.workflow.start
        assert [line for line in lines(module, start) if line.endswith(" current")] == [
            f"    class s_{start} current"
        ]
