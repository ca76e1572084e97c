"""Filing from another program: once, judged by the server, under a key of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.api.filing import forget_keys
from runtime.api.models import IdempotencyKey
from runtime.cases.models import Attachment, Case
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import permit
from tests.runtime.api.program import ANSWERS, Program, case_count, key

TIMES = 50


def only_case() -> Case:
    with scope.everywhere("a test looks"):
        found: Case = Case.objects.select_related("version").get()
    return found


class TestSubmit:
    def test_files_and_gives_the_receipt(self, program: Program) -> None:
        answer = program.submit(ANSWERS, **{"Accept-Language": "en"})
        assert answer.status_code == 201
        receipt, case = answer.json(), only_case()
        assert receipt["reference"] == case.reference
        assert (receipt["module"], receipt["version"]) == ("izin", 1)
        assert answer["Location"] == receipt["links"]["status"]
        assert (case.answers, case.language, case.applicant) == (ANSWERS, "en", None)

    def test_opens_the_status_page_with_what_the_receipt_says(
        self, program: Program, client_on: Callable[..., Any], offered: Installation
    ) -> None:
        receipt = program.submit(ANSWERS).json()
        citizen = client_on(offered.region)
        path = receipt["links"]["status"].removeprefix("http://tangerang.localhost")
        assert receipt["reference"] in citizen.get(path).content.decode()
        proof = {"reference": receipt["reference"], "proof": receipt["access_code"]}
        opened = citizen.post("/track/", proof)
        assert opened.status_code == 302
        assert citizen.get(opened["Location"]).status_code == 200

    def test_names_the_answer_that_proves_when_there_is_no_code(
        self, program: Program, offered: Installation
    ) -> None:
        document = permit.document()
        document["applicant"] = {"name": "name", "proof": "name"}
        factories.installed(offered.region, permit.as_text(applicant=document["applicant"]), number=2)
        receipt = Program(program.client, version=2).submit(ANSWERS).json()
        assert (receipt["access_code"], receipt["proof"]) == (None, "name")

    def test_refuses_wrong_answers_with_pointers_and_stores_nothing(self, program: Program) -> None:
        refused = program.submit({"age": "x", "status": "done"})
        assert refused.status_code == 422
        assert refused["Content-Type"] == "application/problem+json"
        body = refused.json()
        assert (body["type"], body["status"]) == ("urn:rakit:problem:answers", 422)
        found = {(error["pointer"], error["code"]) for error in body["errors"]}
        assert found == {
            ("/age", "answers.type"),
            ("/status", "answers.unknown"),
            ("/name", "answers.required"),
        }
        assert case_count() == 0

    @pytest.mark.parametrize("value", ["", "short", "x" * 65, "a b" * 10, "a" * 20 + "\u00e9"])
    def test_refuses_a_key_that_cannot_be_one(self, program: Program, value: str) -> None:
        refused = program.post("submissions", ANSWERS, **{"Idempotency-Key": value})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == "Idempotency-Key"
        assert program.post("submissions", ANSWERS).status_code == 422

    def test_is_never_kept_by_a_cache_t27(self, program: Program) -> None:
        for answer in (program.submit(ANSWERS), program.validate(ANSWERS), program.submit({})):
            assert "no-store" in answer["Cache-Control"]

    def test_knows_no_session_t38(
        self, program: Program, client_on: Callable[..., Any], offered: Installation, citizen: User
    ) -> None:
        browser = client_on(offered.region, citizen, enforce_csrf_checks=True)
        answer = Program(browser).submit(ANSWERS, Origin="https://jahat.example")
        assert answer.status_code == 201
        assert only_case().applicant is None
        assert not answer.cookies


class TestRepeat:
    def test_gives_the_same_receipt(self, program: Program) -> None:
        same = key()
        first, again = program.submit(ANSWERS, same), program.submit(ANSWERS, same)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert first["Location"] == again["Location"]
        assert case_count() == 1

    def test_gives_it_whatever_has_happened_since(self, program: Program, offered: Installation) -> None:
        same = key()
        first = program.submit(ANSWERS, same)
        with scope.use(offered.region):
            Installation.objects.update(state="paused")
        forget_keys(timezone.now() + timedelta(days=31))
        assert program.submit(ANSWERS, same).json() == first.json()

    def test_with_other_answers_is_refused(self, program: Program) -> None:
        same = key()
        program.submit(ANSWERS, same)
        refused = program.submit(ANSWERS | {"name": "Budi"}, same)
        assert refused.status_code == 422
        assert refused.json()["type"] == "urn:rakit:problem:key-reused"
        assert case_count() == 1

    def test_may_use_the_key_of_a_refused_one(self, program: Program) -> None:
        same = key()
        assert program.submit({}, same).status_code == 422
        assert program.submit(ANSWERS, same).status_code == 201

    def test_of_a_key_in_another_region_is_another_application(
        self, program: Program, poso: Region, client_on: Callable[..., Any]
    ) -> None:
        factories.installed(poso, permit.as_text())
        answers = {name: value for name, value in ANSWERS.items() if name != "village"}
        same = key()
        first = program.submit(answers, same).json()
        other = Program(client_on(poso)).submit(answers, same)
        assert other.status_code == 201
        assert other.json()["reference"] != first["reference"]

    def test_keeps_neither_key_nor_answers_beside_the_case(self, program: Program) -> None:
        same = key()
        program.submit(ANSWERS, same)
        with scope.everywhere("a test looks"):
            row = IdempotencyKey.objects.get()
            assert same not in f"{row.key}{row.request}{only_case().submit_key}"
            assert forget_keys(timezone.now() + timedelta(days=29)) == 0
            assert forget_keys(timezone.now() + timedelta(days=31)) == 1


class TestOffered:
    @pytest.mark.parametrize("state", ["paused", "closing"])
    def test_not_while_the_service_takes_none(
        self, program: Program, offered: Installation, state: str
    ) -> None:
        with scope.use(offered.region):
            Installation.objects.update(state=state)
        refused = program.submit(ANSWERS)
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:rakit:problem:not-taken")
        assert program.upload().status_code == 409
        assert case_count() == 0

    def test_not_when_its_steps_lead_round_in_circles(
        self, program: Program, offered: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("runtime.workflow.engine.MOST_HOPS", 0)
        refused = program.submit(ANSWERS)
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:rakit:problem:circle")
        assert case_count() == 0
        monkeypatch.undo()
        assert program.submit(ANSWERS).status_code == 201

    def test_may_finish_what_began_before_the_service_was_closing(
        self, program: Program, offered: Installation
    ) -> None:
        stored = program.upload().json()
        with scope.use(offered.region):
            Installation.objects.update(state="closing")
        answer = program.submit(
            ANSWERS | {"paper": [stored["file"]]}, **{"Upload-Token": stored["upload_token"]}
        )
        assert answer.status_code == 201

    def test_takes_a_replaced_version_as_long_as_a_draft_lives(
        self, program: Program, offered: Installation
    ) -> None:
        factories.installed(offered.region, permit.as_text(), number=2)
        assert program.submit(ANSWERS).status_code == 201
        assert only_case().version.number == 1
        with scope.use(offered.region):
            published = timezone.now() - timedelta(days=8)
            ModuleVersion.objects.filter(number=2).update(published_at=published)
        refused = program.submit(ANSWERS)
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:rakit:problem:replaced")
        assert Program(program.client, version=2).submit(ANSWERS).status_code == 201


class TestServerDecides:
    """T10 and T28: whatever is sent, what is stored is the server's own judgement."""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.dictionaries(
            st.sampled_from(
                ["name", "age", "reason", "detail", "village", "complete", "status", "version_id", "id"]
            ),
            st.one_of(
                st.sampled_from(["a", "b", "sukasari", "Siti", 30, 5, None, True, [], {}]),
                st.text(max_size=5),
                st.integers(),
            ),
        )
    )
    def test_over_visibility_and_unknown_names_t10_t28(
        self, program: Program, settings: Any, answers: dict[str, Any]
    ) -> None:
        settings.RAKIT_LIMITS = dict.fromkeys(settings.RAKIT_LIMITS, 10_000)
        valid = program.validate(answers).status_code == 200 and program.validate(answers).json()["valid"]
        answer = program.submit(answers)
        assert answer.status_code in ({201} if valid else {400, 422})
        if valid:
            with scope.everywhere("a test looks"):
                case = Case.objects.get(reference=answer.json()["reference"])
            assert case.answers == answers
            assert set(answers) <= {"name", "age", "reason", "detail", "village"}
            assert ("detail" in answers) == (answers.get("reason") == "b")

    @pytest.mark.parametrize("name", ["region", "reference", "submit_key", "applicant", "_row", "__class__"])
    def test_over_names_of_its_own_columns_t28(self, program: Program, name: str) -> None:
        refused = program.submit(ANSWERS | {name: 1})
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == [f"/{name}"]


@pytest.mark.django_db(transaction=True)
class TestFiftyTimes:
    """T25 and F9: fifty equal posts at once."""

    @pytest.mark.parametrize("with_file", [False, True])
    def test_is_one_case_one_mail_and_one_receipt_t25(
        self, program: Program, client_on: Callable[..., Any], tangerang: Region, with_file: bool
    ) -> None:
        answers, headers = ANSWERS | {"email": "siti@contoh.id"}, {}
        if with_file:
            stored = program.upload().json()
            answers, headers = answers | {"paper": [stored["file"]]}, {"Upload-Token": stored["upload_token"]}
        same, ready = key(), Barrier(TIMES)

        def send(_number: int) -> tuple[int, str]:
            try:
                ready.wait(30)
                answer = Program(client_on(tangerang)).submit(answers, same, **headers)
                return answer.status_code, answer.content.decode()
            finally:
                connection.close()

        with ThreadPoolExecutor(TIMES) as pool:
            answered = list(pool.map(send, range(TIMES)))
        assert sorted({status for status, _body in answered}) == [200, 201]
        assert len({body for _status, body in answered}) == 1
        assert [status for status, _body in answered].count(201) == 1
        with scope.everywhere("a test counts"):
            assert Case.objects.count() == 1
            assert IdempotencyKey.objects.count() == 1
            assert Attachment.objects.filter(case__isnull=False).count() == int(with_file)
            assert Case.objects.get().events.count() == 1
        assert len(mail.outbox) <= 1
