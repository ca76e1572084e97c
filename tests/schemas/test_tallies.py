"""Every tally of a panel is counted out, and what is left open is named."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from schemas import parse
from schemas.definition import Tally
from schemas.problems import Problem
from schemas.tally import Count, holds
from tests.schemas.corpus import small_module

VOTES = (("setuju", "for"), ("tolak", "against"), ("abstain", "abstain"))


def panel(complete: list[dict[str, Any]], seats: int = 3, votes: int = 2) -> dict[str, Any]:
    """Return a service in which a panel decides after the clerk has looked."""
    document = small_module([{"key": "nama", "type": "text", "label": "Nama"}])
    outcomes = [{"key": key, "title": key.title(), "counts": counts} for key, counts in VOTES[:votes]]
    task = {"key": "suara", "title": "Suara", "role": "petugas", "seats": seats, "outcomes": outcomes}
    status = {"key": "sidang", "title": "Sidang", "kind": "work", "tasks": [task], "complete": complete}
    refused = {"key": "ditolak", "title": "Ditolak", "kind": "final", "outcome": "refused"}
    document["workflow"]["statuses"] += [status, refused]
    document["workflow"]["actions"][0]["to"] = "sidang"
    for key, to in (("jadi", "selesai"), ("gugur", "ditolak")):
        document["workflow"]["actions"].append(
            {"key": key, "title": key.title(), "from": ["sidang"], "to": to, "who": "system"}
        )
    return document


def found(document: dict[str, Any], family: str = "tasks.") -> list[Problem]:
    return [one for one in parse.check_value(document).problems if one.code.startswith(family)]


class TestTallies:
    @pytest.mark.parametrize("seats", [1, 2, 3, 5])
    def test_finds_exactly_the_tallies_that_counting_by_hand_finds(self, seats: int) -> None:
        rules: list[dict[str, Any]] = [
            {"if": "all_for", "do": "jadi"},
            {"if": "any_against", "do": "gugur"},
            {"if": "all_decided", "do": "gugur"},
            {"if": {"for": 1}, "do": "jadi"},
            {"if": {"for": (seats + 1) // 2}, "do": "jadi"},
            {"if": {"against": (seats + 1) // 2}, "do": "gugur"},
            {"if": {"unreachable": (seats + 1) // 2}, "do": "gugur"},
        ]
        for chosen in itertools.chain(*(itertools.combinations(rules, n) for n in (1, 2))):
            codes = {one.code for one in found(panel(list(chosen), seats, votes=3))}
            assert ("tasks.uncovered" in codes) == open_by_hand(list(chosen), seats), chosen

    def test_tells_the_tally(self) -> None:
        (problem,) = found(panel([{"if": {"for": 2}, "do": "jadi"}, {"if": {"against": 3}, "do": "gugur"}]))
        assert dict(problem.data) == {"name": "sidang", "yes": 1, "no": 2, "none": 0}
        assert "1 orang setuju, 2 tidak setuju" in problem.sentence("id")

    def test_lets_an_officer_who_can_act_take_the_place_of_a_rule(self) -> None:
        document = panel([{"if": {"for": 2}, "do": "jadi"}, {"if": {"against": 3}, "do": "gugur"}])
        document["workflow"]["actions"].append(
            {"key": "a", "title": "A", "from": ["sidang"], "to": "selesai", "who": {"role": "petugas"}}
        )
        assert not found(document)

    def test_takes_no_conditional_rule_for_a_cover(self) -> None:
        named = {"answered": {"var": "nama"}}
        document = panel(
            [{"if": "all_decided", "do": "jadi", "when": named}, {"if": "any_against", "do": "gugur"}]
        )
        assert [one.code for one in found(document)] == ["tasks.uncovered"]

    def test_leaves_more_markings_than_can_be_counted_to_the_proof(self) -> None:
        document = panel([{"if": "any_against", "do": "gugur"}], seats=15, votes=3)
        task = document["workflow"]["statuses"][-2]["tasks"][0]
        document["workflow"]["statuses"][-2]["tasks"] = [{**task, "key": f"t{n}"} for n in range(4)]
        assert not found(document)

    def test_says_nothing_of_a_last_resort(self) -> None:
        most = [{"if": {"for": 2}, "do": "jadi"}, {"if": {"unreachable": 2}, "do": "gugur"}]
        assert not found(panel([*most, {"if": "all_decided", "do": "gugur"}]))
        idle = found(panel([*most, {"if": {"against": 2}, "do": "gugur"}]))
        assert [(one.code, one.severity) for one in idle] == [("tasks.rule_idle", "warning")]


def open_by_hand(rules: list[dict[str, Any]], seats: int) -> bool:
    """Tell whether some final tally fulfils none of the rules."""
    for yes, no in itertools.product(range(seats + 1), repeat=2):
        if yes + no <= seats and not any(
            holds(tally(rule["if"]), Count(yes, no, seats - yes - no)) for rule in rules
        ):
            return True
    return False


def tally(told: Any) -> Tally:
    if isinstance(told, str):
        return Tally(told)  # type: ignore[arg-type]
    ((kind, count),) = json.loads(json.dumps(told)).items()
    return Tally(kind, count)
