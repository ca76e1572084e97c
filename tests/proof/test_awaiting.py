"""What a case waits for: in a proof the other one may end in each way, in a story as it is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from runtime.regions.calendar import Shelf
from runtime.workflow import verdict
from runtime.workflow.proof import Proof, prove
from schemas import parse
from tests.runtime.subcases import OFFICER, event_permit, opinion

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
ASKED = {"by": "petugas", "do": "minta", "then": {"status": "menunggu", "effects": ["case:rekomendasi"]}}
ENDS = {"case": "rekomendasi", "outcome": "granted"}


def proof(document: dict[str, Any], *, without: tuple[str, ...] = (), **more: Any) -> Proof:
    """Prove the document without some of its actions, with other properties in the rest."""
    workflow = document["workflow"]
    workflow["actions"] = [
        one | more.get(one["key"], {}) for one in workflow["actions"] if one["key"] not in without
    ]
    return prove(parse.load(json.dumps(document)), now=NOW)


def stuck(found: Proof) -> list[tuple[str, str]]:
    return [(one.problem.data["name"], one.story["id"]) for one in found.faults]


class TestProof:
    def test_meets_every_end_and_lets_officers_go_on(self) -> None:
        for document in (event_permit(), opinion()):
            found = proof(document)
            assert found.proven, [one.as_json() for one in found.findings]
            assert not found.actions.missed

    def test_finds_an_end_after_which_nobody_can_go_on(self) -> None:
        few = {"when": {">": [{"var": "tamu"}, 100]}}
        found = proof(event_permit(outcomes={"granted": "lanjut"}), without=("gagal",), tanpa=few)
        ((status, told),) = stuck(found)
        assert status == "menunggu"
        assert told.endswith(
            "lalu Petugas memilih “Minta rekomendasi”, "
            "lalu permohonan yang diajukan lewat “Minta rekomendasi” selesai: ditolak:"
        )

    def test_finds_a_way_into_waiting_on_which_nothing_was_asked(self) -> None:
        document = event_permit()
        wait = {"key": "tunggu", "title": "Tunggu", "from": ["periksa"], "to": "menunggu", "who": OFFICER}
        document["workflow"]["actions"].append(wait)
        ((status, told),) = stuck(proof(document, without=("tanpa",)))
        assert (status, "memilih “Tunggu”" in told) == ("menunggu", True)

    def test_knows_that_what_was_dropped_never_ends(self) -> None:
        def pausing(**more: Any) -> Proof:
            document = event_permit(**more)
            workflow = document["workflow"]
            workflow["statuses"].append({"key": "jeda", "title": "Jeda", "kind": "work"})
            for key, from_, to in (("berhenti", "menunggu", "jeda"), ("lagi", "jeda", "menunggu")):
                workflow["actions"].append(
                    {"key": key, "title": key, "from": [from_], "to": to, "who": OFFICER}
                )
            both = {"from": ["menunggu", "jeda"]}
            return proof(document, without=("tanpa",), lanjut=both, gagal=both)

        assert pausing().proven
        found = pausing(**{"while": ["menunggu"]})
        assert {name for name, _story in stuck(found)} == {"menunggu", "jeda"}


class TestStory:
    def play(self, *steps: dict[str, Any]) -> verdict.Verdict:
        told = {"key": "satu", "title": "Satu", "at": "2026-03-16T09:00", "answers": {"tamu": 3}}
        document = {**event_permit(), "stories": [{**told, "steps": [ASKED, *steps]}]}
        (found,) = verdict.verdicts(parse.load(json.dumps(document)), Shelf("Asia/Jakarta", 0).calendar())
        return found

    def test_goes_on_when_the_other_application_ends(self) -> None:
        found = self.play({**ENDS, "then": {"status": "periksa", "done": ["lanjut"]}})
        assert found.came_out, found.as_json()
        assert [(one.by, one.action) for one in found.played.happened[-2:]] == [
            ("rekomendasi", "granted"),
            ("system", "lanjut"),
        ]

    def test_says_when_the_end_comes_too_late_or_is_not_waited_for(self) -> None:
        alone = {"by": "petugas", "do": "tanpa"}
        late, none = ({**ENDS, "then": {"refused": why}} for why in ("wrong_status", "not_awaited"))
        assert self.play(alone, late, none).came_out
        (told,) = self.play(alone, ENDS).problems
        assert told.code == "told.refused"
        assert "permohonan yang diajukan lewat “Minta rekomendasi”: dikabulkan" in told.sentence("id")
