"""The proof finds every planted fault and passes every sound service; what it says can be trusted."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from runtime.workflow.proof import Proof, prove
from schemas import parse
from schemas.problems import SENTENCES, Problem
from tests.proof import faults, planting
from tests.proof.faults import FAULTS, Fault, planted
from tests.schemas.corpus import STARTERS, TESTS, VALID, small_module

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
HOSTS = (*STARTERS, TESTS / "definitions" / "valid" / "together.json")


def judged(document: dict[str, Any]) -> tuple[list[Problem], Proof | None]:
    """Return everything that is said of a document before it is published."""
    checked = parse.check_value(document)
    proof = prove(checked.module, now=NOW) if checked.module else None
    found = [finding.problem for finding in proof.findings] if proof else []
    return [*checked.problems, *found], proof


class TestProve:
    @pytest.mark.parametrize("path", [*VALID, *STARTERS], ids=lambda path: path.stem)
    def test_passes_every_sound_service(self, path: Path) -> None:
        proof = prove(parse.load(path.read_bytes()), now=NOW)
        assert proof.proven, [finding.as_json() for finding in proof.findings]
        assert not proof.statuses.missed
        assert not proof.actions.missed

    @pytest.mark.parametrize("host", HOSTS, ids=lambda path: path.stem)
    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
    def test_finds_the_fault_wherever_it_is_planted(self, fault: Fault, host: Path) -> None:
        sound = json.loads(host.read_text(encoding="utf-8"))
        before = {(one.code, one.pointer) for one in judged(sound)[0]}
        found, proof = judged(planted(sound, fault))
        fresh = {one.code for one in found if (one.code, one.pointer) not in before}
        assert fresh & set(fault.codes), fresh
        if fault.story:
            assert proof is not None
            assert not proof.proven
            told = next(one for one in proof.findings if one.problem.code in fault.codes)
            assert told.story["id"].startswith("Jika permohonan diajukan")
            assert told.story["en"].startswith("If an application is filed")

    def test_tells_the_shortest_story(self) -> None:
        host = json.loads(STARTERS[1].read_text(encoding="utf-8"))
        fault = next(fault for fault in FAULTS if fault.plant is faults.not_asked_on_the_way)
        _found, proof = judged(planted(host, fault))
        assert proof is not None
        told = next(one for one in proof.findings if one.problem.code == "proof.stuck")
        assert told.sentence("id").startswith(
            "Jika permohonan diajukan, lalu Petugas loket memilih “kilat_x”: Permohonan macet pada status"
        )

    def test_is_the_same_every_time_and_can_be_kept_as_json(self) -> None:
        module = parse.load(HOSTS[-1].read_bytes())
        first, second = (json.dumps(prove(module, now=NOW).as_json()) for _ in range(2))
        assert first == second
        assert json.loads(first)["proven"] is True

    def test_never_calls_proven_what_it_has_not_walked(self) -> None:
        module = parse.load(HOSTS[-1].read_bytes())
        proof = prove(module, now=NOW, most=20)
        assert not proof.proven
        assert not proof.faults
        assert "proof.too_many" in {finding.problem.code for finding in proof.findings}

    def test_is_not_proven_by_examples(self) -> None:
        document = small_module([{"key": key, "type": "integer", "label": key} for key in "ab"])
        document["workflow"]["actions"].append(
            {
                "key": "lain",
                "title": "Lain",
                "from": ["baru"],
                "to": "selesai",
                "who": {"role": "petugas"},
                "when": {">": [{"var": "a"}, {"var": "b"}]},
            }
        )
        module = parse.load(json.dumps(document))
        proof = prove(module, now=NOW)
        assert (proof.proven, proof.exact, proof.faults) == (False, False, ())


def advised(rule: dict[str, int], **rows: int) -> dict[str, Any]:
    """Return a service in which each office named in the rows is asked, and `rule` or a refusal follows."""
    office = {"key": "kantor", "type": "office", "label": "Kantor", "required": True, "kinds": ["agency"]}
    asked = {"key": "dinas", "type": "repeat", "label": "Dinas", "required": True, "fields": [office], **rows}
    document = small_module([asked])
    workflow = document["workflow"]
    outcomes = [{"key": key, "title": key, "counts": counts} for key, counts in planting.COUNTS[:2]]
    task = {"key": "saran", "title": "Saran", "role": "petugas", "outcomes": outcomes}
    (count,) = rule.values()
    workflow["statuses"][0] |= {
        "tasks": [task | {"where": {"each": "dinas"}}],
        "complete": [{"if": rule, "do": "jadi"}, {"if": {"unreachable": count}, "do": "gugur"}],
    }
    workflow["statuses"].append({"key": "tolak", "title": "Tolak", "kind": "final", "outcome": "refused"})
    workflow["actions"] = [
        {"key": key, "title": key, "from": ["baru"], "to": to, "who": "system"}
        for key, to in (("jadi", "selesai"), ("gugur", "tolak"))
    ]
    return document


class TestManyOffices:
    @pytest.mark.parametrize("rows", [{}, {"minItems": 5, "maxItems": 8}])
    def test_are_asked_as_many_as_the_rule_turns_on(self, rows: dict[str, int]) -> None:
        found, proof = judged(advised({"for": 5}, **rows))
        assert proof is not None
        assert (proof.proven, proof.rules.missed) == (True, ())
        assert "tasks.rule_idle" not in {one.code for one in found}

    def test_are_never_more_than_rows_can_name(self) -> None:
        found, _proof = judged(advised({"for": 5}, maxItems=4))
        assert {one.pointer for one in found if one.code == "tasks.too_many"} == {
            "/workflow/statuses/0/complete/0/if",
            "/workflow/statuses/0/complete/1/if",
        }

    def test_may_be_one_office_that_stands_in_every_row(self) -> None:
        document = advised({"for": 5}, minItems=5)
        document["workflow"]["statuses"][0]["complete"][1] = {"if": "any_against", "do": "gugur"}
        assert "tasks.uncovered" in {one.code for one in judged(document)[0]}


class TestDays:
    def test_waits_for_the_day_from_which_something_can_be_done(self) -> None:
        document = json.loads(STARTERS[1].read_text(encoding="utf-8"))
        faults.over_one_day(document)
        document["workflow"]["actions"][-1]["when"] = {">=": [{"today": []}, "2027-06-01"]}
        _found, proof = judged(document)
        assert proof is not None
        assert (proof.proven, proof.exact, proof.actions.missed) == (True, True, ())

    def test_tells_that_time_went_by(self) -> None:
        document = json.loads(STARTERS[1].read_text(encoding="utf-8"))
        faults.over_one_day(document)
        _found, proof = judged(document)
        assert proof is not None
        (told,) = proof.faults
        assert told.story["en"].endswith("chooses “buka_x”, then time goes by:")

    def test_counts_that_the_applicant_withdraws_as_no_movement(self) -> None:
        document = small_module([])
        action = document["workflow"]["actions"][0]
        action["when"] = {"==": [{"default": [{"var": "x"}, "a"]}, "b"]}
        document["pages"][0]["fields"] = [{"key": "x", "type": "text", "label": "X", "maxLength": 1}]
        document["workflow"]["actions"].append(
            {"key": "tarik", "title": "Tarik", "from": ["baru"], "to": "selesai", "who": "applicant"}
        )
        module = parse.understood(document)
        assert module is not None
        (found,) = prove(module, now=NOW).faults
        assert found.problem.code == "proof.stuck"


class TestFaults:
    def test_provoke_every_finding_there_is(self) -> None:
        told = {code for fault in FAULTS for code in fault.codes} | {"proof.too_many"}
        assert {code for code in SENTENCES if code.startswith("proof.")} <= told
        assert len(FAULTS) >= 30


class TestSilence:
    @pytest.mark.parametrize(
        "more",
        [
            {"legal_basis": planting.said("UU")},
            {"when": {"==": [{"default": [{"var": "hasil_x"}, "a"]}, "a"]}},
        ],
    )
    def test_is_none_where_a_law_or_an_officer_decides_on_the_detour(self, more: dict[str, Any]) -> None:
        document = json.loads(STARTERS[1].read_text(encoding="utf-8"))
        planting.officers_page(document, "telaah_x", [planting.officers_choice("hasil_x")])
        faults.silence_by_a_detour(document)
        document["workflow"]["actions"][-1].update(more)
        assert "clocks.silence" not in {one.code for one in judged(document)[0]}


class TestSmallScope:
    def test_says_of_every_small_workflow_what_trying_by_hand_says(self) -> None:
        count = broken = 0
        for document in small_workflows():
            found, proof = judged(document)
            blocked = any(one.blocks for one in found)
            assert blocked == bad_by_hand(document["workflow"]), (document["workflow"]["actions"], found)
            assert proof is None or proof.proven != blocked
            count += 1
            broken += blocked
        assert count > 1000
        assert 0 < broken < count


def small_workflows() -> Iterator[dict[str, Any]]:
    """Yield every workflow of two working statuses, an end and up to three actions."""
    base = small_module([])
    base["pages"][0]["fields"] = [{"key": "q", "type": "boolean", "label": "Q", "required": True}]
    base["workflow"]["statuses"].insert(1, {"key": "lagi", "title": "Lagi", "kind": "work"})
    yes, no = {"var": "q"}, {"!": {"var": "q"}}
    possible = [
        {"from": [from_], "to": to, "who": who, **({"when": when} if when else {})}
        for from_ in ("baru", "lagi")
        for to in ("baru", "lagi", "selesai")
        for who in ({"role": "petugas"}, "system")
        for when in (None, yes, no)
        if not (who == "system" and from_ == to)
    ]
    for number in (1, 2, 3):
        for chosen in itertools.combinations(possible, number):
            document = copy.deepcopy(base)
            document["workflow"]["actions"] = [
                {"key": f"a{at}", "title": f"A{at}", **made} for at, made in enumerate(chosen)
            ]
            yield document


def bad_by_hand(workflow: dict[str, Any]) -> bool:
    """Try both answers in a few lines of their own: is there a trap, a circle, or something never met?"""
    actions = workflow["actions"]
    met: set[str] = set()
    used: set[str] = set()
    for answer in (True, False):
        places, waiting = {"baru"}, ["baru"]
        edges: dict[str, set[str]] = {"baru": set(), "lagi": set(), "selesai": set()}
        while waiting:
            here = waiting.pop()
            open_ = [a for a in actions if here in a["from"] and holds(a, answer)]
            system = [a for a in open_ if a["who"] == "system"]
            for one in system[:1] or [a for a in open_ if a["who"] != "system"]:
                used.add(one["key"])
                edges[here].add(one["to"])
                if one["to"] not in places:
                    places.add(one["to"])
                    waiting.append(one["to"])
        met |= places
        for here in places:
            if "selesai" not in closure(edges, here):
                return True
    never = {"baru", "lagi", "selesai"} - met or {a["key"] for a in actions} - used
    return bool(never)


def holds(action: dict[str, Any], answer: bool) -> bool:
    return "when" not in action or (answer if action["when"] == {"var": "q"} else not answer)


def closure(edges: dict[str, set[str]], start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for one in edges[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found
