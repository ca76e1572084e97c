"""Every service of the repository can be tried out to an end, and the run becomes a story that comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from runtime.regions import calendar, scope
from runtime.regions.models import Region
from runtime.tryout import asking, coverage, desks, recording, telling
from runtime.workflow import story, verdict
from schemas import parse
from schemas.definition import Module
from tests.runtime import committee
from tests.runtime.tryout import walking

ROOT = Path(__file__).resolve().parents[3]
SERVICES = [
    *sorted((ROOT / "builder" / "starters").glob("*.json")),
    *sorted((ROOT / "tests" / "definitions" / "valid").glob("*.json")),
]


def read(path: Path) -> Module:
    module = parse.check(path.read_text(encoding="utf-8")).module
    assert module is not None
    return module


@pytest.fixture(autouse=True)
def in_region(tangerang: Region):
    with scope.use(tangerang):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
class TestEveryService:
    def test_is_tried_out_to_an_end_and_recorded(self, path: Path, tangerang: Region) -> None:
        module = read(path)
        trial = walking.to_the_end(walking.filed(module, tangerang))
        assert trial.status.kind == "final"
        told = {"key": "coba", "title": {"id": "Coba"}, **recording.recorded(trial)}
        document = json.loads(path.read_text(encoding="utf-8"))
        checked = parse.check_value({**document, "stories": [told]})
        assert checked.module is not None, checked.problems
        (found,) = verdict.verdicts(checked.module, calendar.of(tangerang))
        assert found.came_out, [problem.sentence("en") for problem in found.problems]

    def test_tells_what_happened_and_what_was_not_tried(self, path: Path, tangerang: Region) -> None:
        module = read(path)
        trial = walking.to_the_end(walking.filed(module, tangerang))
        lines = telling.lines(trial)
        assert len(lines) >= 1 + trial.steps - sum("case" in step for step in trial.told.get("steps", ()))
        assert all(line.what and line.status for line in lines)
        tried = coverage.gone(trial.player)
        tried.add(coverage.of_stories(module, tangerang))
        for tally in coverage.tallies(module, tried, "id"):
            assert 0 <= tally.tried <= tally.count
        assert trial.status.key in tried.statuses
        assert story.run(trial.module, trial.told, trial.calendar, whole=True).snapshot == trial.snapshot


class TestTallies:
    def test_tell_actions_of_one_name_apart_by_their_stage(self) -> None:
        document = json.loads(SERVICES[1].read_text(encoding="utf-8"))
        first, second, *others = document["workflow"]["actions"]
        second["title"] = first["title"]
        second["from"] = [
            next(s["key"] for s in document["workflow"]["statuses"] if s["key"] != first["from"][0])
        ]
        document["workflow"]["actions"] = [first, second, *others]
        module = parse.check_value(document).module
        assert module is not None
        (said,) = [
            one.untried for one in coverage.tallies(module, coverage.Gone(), "id") if one.kind == "actions"
        ]
        name = first["title"]["id"]
        stage = {one["key"]: one["title"]["id"] for one in document["workflow"]["statuses"]}
        assert [one for one in said if one.endswith(name)] == [
            f"{stage[first['from'][0]]}: {name}",
            f"{stage[second['from'][0]]}: {name}",
        ]
        assert len(set(said)) == len(said)


STARTERS = sorted((ROOT / "builder" / "starters").glob("*.json"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
class TestEveryBranch:
    def test_of_a_starter_is_reached_by_what_a_test_run_offers(self, path: Path, tangerang: Region) -> None:
        module = read(path)
        tried = walking.everywhere(module, tangerang)
        never = {
            tally.kind: tally.untried for tally in coverage.tallies(module, tried, "id") if tally.untried
        }
        assert never == {}
        assert sum(tally.count for tally in coverage.tallies(module, tried, "id")) > 30


@pytest.mark.django_db
class TestSeveralPeople:
    def test_lets_the_next_person_of_a_role_decide(self, tangerang: Region) -> None:
        module = parse.check(committee.as_text()).module
        assert module is not None
        trial = walking.filed(module, tangerang)
        for wanted, by in [("minta_saran", "petugas"), ("suara", "panitia"), ("suara", "panitia#2")]:
            role = by.partition("#")[0]
            offer = next(one for one in desks.desk(trial, role).offers if one.action.key == wanted)
            assert (offer.by, offer.refused) == (by, "")
            trial = walking.on(trial, asking.by_example(trial, offer))
        assert asking.refusal(trial) == ""
        assert any(line.by.endswith(" 2") for line in telling.lines(trial))
