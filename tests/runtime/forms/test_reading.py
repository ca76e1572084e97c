"""What the browser reads in an input is what the server reads there, wherever the server takes it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from runtime.forms import fields
from runtime.forms.face import Circumstances, Refused
from schemas.definition import Field, Text
from tests.fuzz.browser import program

ASSETS = Path(__file__).parents[3] / "runtime" / "forms" / "assets"
AROUND = Circumstances(language="id", today=date(2026, 11, 24))
SCRIPT = """
import * as reading from "%s";
import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(0, "utf8"));
const trimmed = (typed) => (Array.isArray(typed) ? typed : typed.trim()); // as answers.js hands it over
console.log(JSON.stringify(cases.map(([name, typed]) => reading[name](trimmed(typed)))));
"""
READERS = {
    **dict.fromkeys(("nik", "nip", "nib", "nisn", "postcode"), "digits"),
    **dict.fromkeys(("integer", "number"), "decimal"),
    "time": "clockTime",
    "npwp": "taxNumber",
    "plate": "plate",
    "phone": "phone",
    "url": "webAddress",
    "date": "isoDate",
}
TYPED: dict[str, list[Any]] = {
    "time": [
        *("14.05", "14:05", "1405", "9", "9.30", "905", "23,59"),
        *("pukul 14.05 WIB", "2:05 pm", "12 am", "12.30 p.m."),
    ],
    "npwp": ["01.300.066.6-091.000", "3671 0141 0703 0001"],
    "nik": ["3671 0145 0788 0002", "3671.0145.0788.0002"],
    "nip": ["19880705 201001 1 003"],
    "nib": ["9120001234567"],
    "nisn": ["0051234567"],
    "postcode": ["15 810"],
    "plate": ["b1234xyz", "B-0123-XYZ", "ri 1"],
    "phone": [
        *("0812-3456-7890", "62 812 3456 7890", "+62 0812 3456 789"),
        *("(021) 555/0123", "0060123456789", "812 3456 789"),
    ],
    "url": ["www.contoh.go.id", "HTTP://Contoh.ID/A?b=é#c", "contoh.id:8080/a%20b", "https:/contoh.id"],
    "integer": ["1.000.000", "1000", "-3"],
    "number": ["1.234,5", "2,5", "1,234.5", "0.5"],
    "date": [["17", "8", "1990"], ["7", "September", "2026"], ["1", "Peb", "2024"]],
}


def server(kind: str, typed: Any) -> Any:
    """Return what the server makes of it, None when it refuses."""
    parts = dict(zip(("day", "month", "year"), typed, strict=True)) if kind == "date" else {"": typed}
    try:
        found = fields.face(kind).clean(Field("q", kind, Text(())), parts, AROUND)
    except Refused:
        return None
    return str(found)


def browser(cases: list[tuple[str, Any]]) -> list[Any]:
    """Read the same in JavaScript."""
    return in_node(
        SCRIPT % (ASSETS / "reading.js").as_uri(), [(READERS[kind], typed) for kind, typed in cases]
    )


def in_node(script: str, cases: Any) -> list[Any]:
    """Run a module in Node over the cases."""
    node = program()
    if node is None:
        pytest.skip("Node is not installed on this machine, so what the browser does is not compared.")
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


class TestReading:
    def test_agrees_on_what_people_type(self) -> None:
        cases = [(kind, typed) for kind, all_typed in TYPED.items() for typed in all_typed]
        wanted = [server(kind, typed) for kind, typed in cases]
        assert None not in wanted
        assert list(zip(cases, browser(cases), strict=True)) == list(zip(cases, wanted, strict=True))

    @settings(max_examples=10, deadline=None, phases=(Phase.generate,))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(set(READERS) - {"date", "number"})),
                st.text("0123456789.,:-/+ ()bBxXpamk", max_size=18),
            ),
            min_size=200,
            max_size=200,
        )
    )
    def test_agrees_on_whatever_the_server_takes(self, cases: list[tuple[str, str]]) -> None:
        for case, read in zip(cases, browser(cases), strict=True):
            wanted = server(*case)
            if wanted is not None and READERS[case[0]] == "decimal":
                assert Decimal(read) == Decimal(wanted), case
            else:
                assert wanted in (None, read), case


SPOKEN = """
import { spoken } from "%s";
import { readFileSync } from "node:fs";
globalThis.document = { documentElement: {} };
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(([lang, dataset, answer]) => {
  document.documentElement.lang = lang;
  return spoken(answer, { dataset });
})));
"""


class TestSpoken:
    """Worked-out answers are said in the browser as the server says them."""

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_says_money_and_times_alike(self, language: str) -> None:
        around = replace(AROUND, language=language)
        amounts = [
            (code, units) for code in ("IDR", "USD", "KWD", "JPY") for units in (0, 5, 1250, 125050, 10**9)
        ]
        cases, wanted = [], []
        for code, units in amounts:
            question, face = Field("q", "money", Text(()), settings={"currency": code}), fields.face("money")
            facts = {name: str(value) for name, value in face.facts(question).items()}
            cases.append((language, {"type": "money", **facts}, units))
            wanted.append(face.say(question, units, around))
        cases.append((language, {"type": "time"}, "14:05"))
        wanted.append(fields.face("time").say(Field("q", "time", Text(())), "14:05", around))
        assert in_node(SPOKEN % (ASSETS / "worked.js").as_uri(), cases) == wanted
