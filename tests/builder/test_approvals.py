"""The ways of approval a service starts from: sound, proven, walked to their end, fitted to the region."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from builder import blank
from builder.approvals import catalogue, filling
from builder.models import Module
from builder.panel import editor
from runtime import preview
from runtime.regions import calendar, scope
from runtime.regions.models import Region, Role, User
from runtime.workflow import story
from schemas import parse
from tests.builder import ways
from tests.builder.conftest import ROLE
from tests.builder.test_panel import NODE

ADD = "/admin/services/add/"


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Yield every text of a description."""
    if isinstance(value, dict) and "id" in value:
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


def walk(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return who does what until the application is granted, as the steps of a story."""
    workflow = document["workflow"]
    statuses = {one["key"]: one for one in workflow["statuses"]}
    at, steps = workflow["start"], list[dict[str, Any]]()
    while statuses[at]["kind"] == "work":
        advance = next(a for a in workflow["actions"] if a["from"] == [at] and a["tone"] == "advance")
        voices = [task for task in statuses[at].get("tasks", ()) if "outcomes" in task]
        for task in voices:
            for seat in range(task.get("seats", 1)):
                steps.append({"by": f"{task['role']}#{seat + 1}", "do": task["key"], "outcome": "agree"})
                steps[-1] |= filled(task["outcomes"][0].get("page"))
        if voices and "for" in statuses[at]["complete"][0]["if"]:
            steps = steps[: len(steps) - voices[0]["seats"] + statuses[at]["complete"][0]["if"]["for"]]
        if not voices:
            steps.append({"by": advance["who"]["role"], "do": advance["key"]})
            steps[-1] |= filled(advance.get("ask", {}).get("page"))
        if "person" in advance.get("ask", {}):
            steps[-1]["person"] = statuses[advance["to"]]["tasks"][0]["role"]
        at = advance["to"]
        steps[-1]["then"] = {"status": at}
    return steps


def filled(page: str | None) -> dict[str, Any]:
    """Return what a step of a story says of the page that is filled in at it."""
    return {"answers": ways.ANSWERS[page]} if page else {}


@pytest.mark.parametrize("key", ways.FITS)
class TestPaths:
    def test_have_no_fault_and_are_proven_whole(self, key: str):
        checked = parse.check(json.dumps(ways.service(key)))
        assert checked.problems == ()
        assert checked.module is not None
        proof = preview.proof(checked.module, on=date(2026, 3, 2))
        assert (proof.proven, proof.findings) == (True, ())
        found = proof.as_json()
        assert [found[what]["missed"] for what in ("statuses", "actions", "outcomes", "rules")] == [[]] * 4

    def test_lead_to_granted_through_the_engine(self, key: str):
        document = ways.service(key)
        steps = walk(document)
        told = {
            "key": "jalan",
            "title": {"id": "Jalan", "en": "Way"},
            "at": "2026-03-16T09:00",
            "answers": {"email": "siti@contoh.id"},
            "steps": steps,
        }
        module = parse.check(json.dumps({**document, "stories": [told]})).module
        assert module is not None
        (verdict,) = preview.stories(module)
        assert verdict.problems == ()
        player = story.run(module, told, calendar.Shelf("Asia/Jakarta", 0).calendar(), whole=True)
        assert player.played.differences == []
        assert player.snapshot.status == "granted"
        said = {name: answer for step in steps for name, answer in step.get("answers", {}).items()}
        assert dict(player.snapshot.officer_answers) == said
        assert {page["key"] for page in document["pages"][1:]} == {
            page for page, answers in ways.ANSWERS.items() if answers.keys() & said.keys()
        }

    def test_let_every_application_end_in_every_way(self, key: str):
        workflow = ways.path(key)["workflow"]
        ends = {one["outcome"] for one in workflow["statuses"] if one["kind"] == "final"}
        assert ends == {"granted", "refused", "withdrawn", "expired"}
        refusals = [
            one for one in workflow["actions"] if one.get("to") == "refused" and one["who"] != "system"
        ]
        assert refusals
        assert all(one["ask"]["comment"] == "required" for one in refusals)
        assert any(one.get("ask", {}).get("corrections") for one in workflow["actions"])

    def test_are_written_in_every_language(self, key: str):
        found = [*texts(catalogue.path(key.partition("+")[0])), *texts(ways.path(key)["pages"])]
        assert found
        assert all(set(text) == {"id", "en"} and all(text.values()) for text in found)


class TestReadyPages:
    def test_are_all_asked_for_and_can_stand_in_one_service(self):
        ready = catalogue.pages()
        assert set(ready) == {page["key"] for path in ways.paths() for page in path["pages"]}
        keys = [field["key"] for page in ready.values() for field in page["fields"]]
        assert sorted(keys) == sorted(set(keys))
        assert set(ways.ANSWERS) == set(ready)

    def test_hold_nothing_that_another_page_would_have_to_know(self):
        for key, page in catalogue.pages().items():
            assert set(page) == {"key", "title", "fields"}
            inside = {field["key"] for field in page["fields"]}
            named = set(re.findall(r'"var": "(\w+)"', json.dumps(page)))
            assert named <= inside, key
            assert not any("fields" in field for field in page["fields"])

    def test_are_asked_once_in_a_way_and_optional_steps_are_one_officers(self):
        for path in catalogue.paths():
            asked = [one["page"] for step in path["steps"] for one in filling.voices(step) if "page" in one]
            assert len(asked) == len(set(asked)) > 1
            assert not any(
                "panel" in step or step.get("number") for step in path["steps"] if "optional" in step
            )


class TestSwitches:
    def test_leave_services_without_fault_that_are_proven(self, tmp_path: Path):
        sample = tmp_path / "sample.json"
        told = {"document": ways.asking(blank.document(key="x", title="X", role=ROLE))}
        sample.write_text(json.dumps({**told, "parts": editor.parts(), "paths": ways.paths()}))
        done = subprocess.run(
            [str(NODE), str(Path(__file__).parent / "js" / "switched.js")],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={"RAKIT_PANEL_SAMPLE": str(sample)},
        )
        assert done.returncode == 0, done.stderr[-2000:]
        wrong = {name: faults(service) for name, service in json.loads(done.stdout).items()}
        assert len(wrong) > 60
        assert {name: found for name, found in wrong.items() if found} == {}


def faults(service: dict[str, Any]) -> list[str]:
    """Return what is said against a service, also that it is not proven."""
    checked = parse.check(json.dumps(service))
    found = [f"{one.code} {one.pointer}" for one in checked.problems]
    if checked.module is None:
        return found
    proof = preview.proof(checked.module, on=date(2026, 3, 2))
    return [*found, *(one.problem.code for one in proof.findings), *([] if proof.proven else ["not proven"])]


class TestInARegion:
    def test_take_the_officers_that_the_region_has(self, in_tangerang: Region):
        Role.objects.create(region=in_tangerang, key="loket", title={"id": "Petugas loket", "en": "Desk"})
        Role.objects.create(region=in_tangerang, key="village_head", title={"id": "Kepala desa"})
        path = catalogue.path("kelurahan")
        assert path is not None
        roles = catalogue.made(path, in_tangerang)["workflow"]["roles"]
        assert [role["key"] for role in roles] == ["loket", "section_head", "village_head"]
        assert [role["title"]["id"] for role in roles] == ["Petugas loket", "Kepala seksi", "Kepala desa"]

    def test_are_offered_to_the_editor(self, module: Module, client_on, clerk: User):
        client = client_on(module.region, clerk)
        offered = client.get(reverse("builder_approvals")).json()["paths"]
        assert [one["key"] for one in offered] == ways.KEYS
        assert offered[0]["variants"][""]["steps"][2]["who"] == [{"id": "Lurah", "en": "Head of the village"}]
        assert [one["key"] for one in offered[0]["options"]] == ["neighbourhood", "secretary"]
        whole = offered[0]["variants"]["neighbourhood+secretary"]
        assert [one["who"][0]["id"] for one in whole["steps"]] == [
            "Ketua RT/RW",
            "Petugas loket",
            "Kepala seksi",
            "Sekretaris kelurahan",
            "Lurah",
        ]
        assert len(json.dumps(offered)) < 120_000

    def test_begin_a_service(self, tangerang: Region, client_on, clerk: User):
        client = client_on(tangerang, clerk)
        sent = client.post(ADD, {"title": "Izin Usaha", "approval": "ptsp"})
        assert sent.status_code == 302
        with scope.use(tangerang):
            document = json.loads(Module.objects.get().document)
        assert document["workflow"] == {**ways.path("ptsp")["workflow"]}
        assert [one["key"] for one in document["messages"]] == [
            "received",
            "correction",
            "granted",
            "refused",
            "declined",
            "reminder",
        ]

    @pytest.mark.parametrize(
        ("approval", "ticked", "fit"),
        [
            ("kelurahan", ["kelurahan:secretary"], "kelurahan+secretary"),
            ("kelurahan", ["kelurahan:secretary", "kelurahan:neighbourhood"], ways.FITS[3]),
            ("ptsp", ["kelurahan:secretary"], "ptsp"),
        ],
    )
    def test_begin_a_service_with_the_steps_that_are_ticked(
        self, tangerang: Region, client_on, clerk: User, approval: str, ticked: list[str], fit: str
    ):
        client_on(tangerang, clerk).post(ADD, {"title": "Izin", "approval": approval, "steps": ticked})
        with scope.use(tangerang):
            document = json.loads(Module.objects.get().document)
        assert document["workflow"] == ways.path(fit)["workflow"]

    def test_refuse_a_step_nobody_offers(self, tangerang: Region, client_on, clerk: User):
        sent = {"title": "Izin", "approval": "kelurahan", "steps": ["ptsp:secretary"]}
        page = client_on(tangerang, clerk).post(ADD, sent).content.decode()
        assert "Pilih salah satu alur persetujuan" in page
        with scope.use(tangerang):
            assert not Module.objects.exists()

    @pytest.mark.parametrize("way", ["gone", "ptsp\x00", "\ud800", "<script>", "x" * 5000])
    def test_refuse_a_way_nobody_offers(self, tangerang: Region, client_on, clerk: User, way: str):
        client = client_on(tangerang, clerk)
        sent = client.post(ADD, {"title": "Izin", "approval": way.encode("utf-8", "replace")})
        assert sent.status_code == 200
        assert "Pilih salah satu alur persetujuan" in sent.content.decode()
        assert "<script>x" not in sent.content.decode()
        with scope.use(tangerang):
            assert not Module.objects.exists()

    def test_are_all_shown_before_a_service_is_begun(self, tangerang: Region, client_on, clerk: User):
        page = client_on(tangerang, clerk).get(ADD).content.decode()
        for one in catalogue.paths():
            assert one["title"]["id"] in page
        assert "Peserta musyawarah kelurahan" in page
