"""A draft is proven before it is published, what was found is told in words, and the result stays."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from builder import problems, proofs, services
from builder.models import Module, Release
from runtime.regions.models import Region, User
from schemas.problems import error
from tests.builder.conftest import document, text
from tests.proof import faults
from tests.schemas.corpus import STARTERS


def trapped() -> str:
    """Return a service in which one of the officers' ways ends nowhere."""
    made = document()
    faults.not_asked_on_the_way(made)
    return text(made)


class TestPublish:
    def test_keeps_the_proof_with_the_release(self, module: Module, in_tangerang: Region, clerk: User):
        services.publish(module=module, user=clerk, now=timezone.now())
        kept = Release.objects.get().proof
        assert kept is not None
        assert kept["proven"] is True
        assert kept["statuses"]["missed"] == []
        with override("id"):
            assert proofs.summary(kept).startswith(f"Terbukti: {kept['states']} keadaan")

    def test_refuses_a_service_in_which_a_case_gets_stuck_and_tells_the_story(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.save_document(module=module, document=trapped(), user=clerk)
        with pytest.raises(services.NotReady) as refused:
            services.publish(module=module, user=clerk, now=timezone.now())
        assert not Release.objects.exists()
        with override("id"):
            (told,) = problems.described(refused.value.problems, json.loads(trapped()))
        assert told["sentence"].startswith("Jika permohonan diajukan, lalu ")
        assert "“kilat_x”: Permohonan macet pada status “tahap_x”" in told["sentence"]
        assert (told["tab"], told["target"]["kind"]) == ("workflow", "statuses")


def with_story(*, then: dict[str, object]) -> str:
    """Return a sound service with a story whose only step is to come out as `then` says."""
    made = document()
    taken = next(one for one in made["workflow"]["actions"] if one["tone"] == "refuse")
    step = {"by": made["workflow"]["roles"][0]["key"], "do": taken["key"], "then": then}
    title = {"id": "Ditolak", "en": "Refused"}
    made["stories"] = [{"key": "tolak", "title": title, "at": "2026-03-16T09:00", "steps": [step]}]
    return text(made)


class TestStories:
    def test_hinder_publishing_when_one_comes_out_otherwise_and_say_at_which_step(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        otherwise = with_story(then={"status": "granted"})
        services.save_document(module=module, document=otherwise, user=clerk)
        with pytest.raises(services.NotReady) as refused, override("id"):
            services.publish(module=module, user=clerk, now=timezone.now())
        assert not Release.objects.exists()
        with override("id"):
            (told,) = problems.described(refused.value.problems, json.loads(otherwise))
        assert told["sentence"].startswith("Langkah 1 (")
        assert "diharapkan status “" in told["sentence"]
        assert "ternyata “" in told["sentence"]
        assert (told["tab"], told["target"]["kind"]) == ("publish", "stories")

    def test_are_kept_with_the_release_and_travel_with_it(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        sound = with_story(then={"status": "refused", "tasks": []})
        services.save_document(module=module, document=sound, user=clerk)
        release = services.publish(module=module, user=clerk, now=timezone.now())
        assert release is not None
        assert [one["came_out"] for one in release.proof["stories"]] == [True]
        with override("id"):
            assert "Semua cerita (1)" in proofs.summary(release.proof)
        assert services.export(module=module, number=1).decode() == sound

    def test_of_another_calendar_are_worth_a_look_and_nothing_more(
        self, module: Module, in_tangerang: Region, clerk: User
    ):
        services.save_document(
            module=module, document=with_story(then={"deadline": "2026-03-17"}), user=clerk
        )
        assert services.publish(module=module, user=clerk, now=timezone.now()) is not None

    def test_are_listed_in_the_editor_with_what_they_came_to(self, module: Module, client_on, clerk: User):
        client = client_on(module.region, clerk)
        url = reverse("builder_check", args=[module.pk])
        body = with_story(then={"status": "granted"})
        answer = client.post(url, body, content_type="application/json").json()
        (story,) = answer["stories"]
        assert (story["came_out"], story["differences"][0]["found"]) == (False, "refused")
        assert story["differences"][0]["sentence"] in {one["sentence"] for one in answer["problems"]}
        assert story["renewed"]["then"][-1] == {"status": "refused"}
        assert (story["renewed"]["lost"], story["renewed"]["ends"]) == (0, "")
        (changed,) = story["renewed"]["changed"]
        assert changed["what"] == "status"
        assert changed["expected"] != changed["found"]


class TestCheck:
    def test_lists_the_finding_with_its_place_and_says_how_much_was_tried(
        self, module: Module, client_on, clerk: User
    ):
        client = client_on(module.region, clerk)
        url = reverse("builder_check", args=[module.pk])
        answer = client.post(url, trapped(), content_type="application/json").json()
        found = [problem for problem in answer["problems"] if problem["code"] == "proof.stuck"]
        assert [problem["target"]["key"] for problem in found] == ["tahap_x"]
        assert answer["proof"] == ""
        answer = client.post(url, text(document()), content_type="application/json").json()
        assert answer["proof"].startswith(("Terbukti", "Proven"))


class TestCommand:
    def test_proves_a_starter_and_prints_json(self) -> None:
        out = StringIO()
        call_command("prove", str(STARTERS[0]), "--json", stdout=out)
        report = json.loads(out.getvalue())
        assert report["proven"] is True
        assert report["actions"]["seen"] == report["actions"]["of"]

    def test_ends_with_one_when_it_is_not_proven(self, tmp_path: Path) -> None:
        file = tmp_path / "izin.json"
        file.write_text(trapped(), encoding="utf-8")
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("prove", str(file), stdout=out)
        assert ended.value.code == 1
        assert "proof.stuck" in out.getvalue()
        assert out.getvalue().rstrip().endswith("not proven")

    def test_ends_with_one_on_a_document_with_errors(self, tmp_path: Path) -> None:
        file = tmp_path / "izin.json"
        file.write_text('{"format": 1}', encoding="utf-8")
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("prove", str(file), "--json", stdout=out)
        assert json.loads(out.getvalue())["problems"]


class TestWords:
    def test_of_a_status_are_not_those_of_a_message_with_the_same_key(self) -> None:
        told = document()
        key = next(one["key"] for one in told["workflow"]["statuses"] if one["kind"] == "applicant")
        assert key in {message["key"] for message in told["messages"]}
        problem = error("workflow.unreachable", "/workflow/statuses/1", name=key)
        with override("id"):
            (said,) = problems.described((problem,), told)
        assert "Menunggu perbaikan" in said["sentence"]

    def test_are_not_lost_on_a_service_that_asks_nothing_yet(self) -> None:
        empty = document()
        empty["pages"][0]["fields"] = []
        assert proofs.of(json.dumps(empty)) is None
