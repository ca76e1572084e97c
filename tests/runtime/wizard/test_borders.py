"""S T3, T6, T7, T8, T9, T11, T13 tried on forms: links, strange ids, guesses, old rights, twins, marks."""

from __future__ import annotations

import json
import math
import secrets
from typing import Any

import pytest

from runtime.cases import reference
from runtime.cases.models import Attachment, Case
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Membership, Region
from schemas import answers, parse
from schemas.fieldtypes import url
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.api.program import ANSWERS, Program, case_count
from tests.runtime.conftest import Village
from tests.runtime.wizard.forms import Applicant
from tests.schemas.corpus import small_module
from tests.schemas.test_validator import Listener, listener

__all__ = ["listener"]
SCHEMES = (
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)"),
    *("javascript://x.id/%0aalert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>"),
    *("data:x.id/svg", "file:///etc/passwd", "file://x.id/a", "ftp://x.id/a", "blob:https://x.id/1"),
    *("view-source:https://x.id", "jar:https://x.id!/a", "mailto:a@x.id", "tel:+6281", "ws://x.id/"),
    *("intent://x.id#Intent;end", "filesystem:https://x.id/a", "https:javascript:alert(1)", "//x.id@evil"),
    *("http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "https://x.id\\@evil.id/"),
)
GUESSES = 300


@pytest.fixture
def program(offered: Installation, client_on: ClientOn) -> Program:
    """A program without any account."""
    return Program(client_on(offered.region))


def _asking(*fields: dict[str, Any]) -> str:
    pages = permit.document()["pages"]
    pages[0]["fields"] += [{"label": {"id": field["key"]}, **field} for field in fields]
    return permit.as_text(pages=pages)


class TestLinks:
    @pytest.mark.parametrize("written", SCHEMES)
    def test_T3_of_other_schemes_are_no_answer_however_they_are_written(self, written: str) -> None:
        module = parse.check_value(small_module([{"key": "x", "type": "url", "label": "X"}])).module
        assert module is not None
        for given in (written, url.normalise(written)):
            (problem,) = answers.validate(module, {"x": given})
            assert problem.pointer == "/x"

    def test_T13_are_kept_and_never_followed(
        self, program: Program, offered: Installation, listener: Listener
    ) -> None:
        factories.installed(offered.region, _asking({"key": "laman", "type": "url"}), number=2)
        newer = Program(program.client, version=2)
        link = f"http://tangerang.localhost:{listener.server_port}/secret"
        assert newer.validate(ANSWERS | {"laman": link}).json()["valid"] is True
        assert newer.submit(ANSWERS | {"laman": link}).status_code == 201
        assert listener.hits == []


class TestStrangers:
    def test_T6_files_in_rows_are_all_ones_own_or_nothing_is_filed(
        self, program: Program, offered: Installation
    ) -> None:
        rows = {
            "key": "bukti",
            "type": "repeat",
            "item": {"id": "Bukti"},
            "fields": [{"key": "berkas", "type": "file", "label": {"id": "Berkas"}}],
        }
        factories.installed(offered.region, _asking(rows), number=2)
        newer = Program(program.client, version=2)
        own, strange = newer.upload("bukti.berkas").json(), newer.upload("bukti.berkas").json()
        mixed = [{"berkas": [own["file"]]}, {"berkas": [strange["file"]]}]
        token = {"Upload-Token": own["upload_token"]}
        refused = newer.submit(ANSWERS | {"bukti": mixed}, **token)
        assert refused.status_code == 422
        assert case_count() == 0
        with scope.everywhere("a test looks"):
            assert list(Attachment.objects.values_list("case", flat=True)) == [None, None]
        assert newer.submit(ANSWERS | {"bukti": mixed[:1]}, **token).status_code == 201

    def test_T7_cannot_guess_a_draft_an_upload_or_a_reference(
        self, program: Program, offered: Installation, client_on: ClientOn
    ) -> None:
        applicant, stranger = Applicant(client_on(offered.region)), client_on(offered.region)
        assert len(applicant.token) >= 43  # 256 random bits
        assert math.log2(len(reference.ALPHABET)) * reference.LETTERS >= 60
        for _ in range(GUESSES):
            guess = secrets.token_urlsafe(32)
            assert stranger.get(applicant.home.replace(applicant.token, guess)).status_code == 404
        answered = {program.upload(token=secrets.token_urlsafe(32)).status_code for _ in range(8)}
        assert answered <= {404, 422, 429}


class TestOldRights:
    def test_T8_end_with_the_role_at_the_next_request(self, desk: Village, client_on: ClientOn) -> None:
        case = desk.submit().reference
        clerk = client_on(desk.region, desk.clerk)
        saved = ("/desk/", f"/desk/cases/{case}/", f"/desk/cases/{case}/forward/")
        assert [clerk.get(path).status_code for path in saved] == [200, 200, 200]
        Membership.objects.filter(user=desk.clerk).delete()
        assert {clerk.get(path).status_code for path in saved} <= {302, 403, 404}
        assert "Siti" not in "".join(clerk.get(path).content.decode() for path in saved)


class TestTwins:
    CANARY = "kenaripertama"

    def test_T9_show_nothing_of_each_other(
        self, offered: Installation, poso: Region, client_on: ClientOn
    ) -> None:
        factories.installed(poso, permit.as_text())
        here = Applicant(client_on(offered.region))
        here.fill(name=self.CANARY)
        assert here.send().status_code == 302
        with scope.use(offered.region):
            filed = Case.objects.get()
        other = client_on(poso)
        there = Applicant(other)
        seen = [
            *(other.get(path) for path in ("/", "/services/", "/services/izin/", "/track/")),
            *(there.get(step) for step in ("data", "more", "review", "saved", "receipt")),
            *(other.get(here.home + step) for step in ("", "data/", "receipt/")),
            other.get(f"/track/{filed.reference}/", follow=True),
            other.post("/track/", {"reference": filed.reference, "proof": "2000-01-01"}),
            *(other.get(f"/api/v1/modules/izin{end}") for end in ("", "/1/schema", "/1/openapi.json")),
        ]
        for page in seen:
            content = b"".join(page.streaming_content) if page.streaming else page.content
            assert self.CANARY.encode() not in content
            assert filed.reference.encode() not in content or b"value=" in content


class TestMarks:
    SECRET = {"key": "rahasia", "type": "text", "privacy": "never_export"}

    def test_T11_never_export_can_come_from_no_earlier_case(self) -> None:
        document = small_module([{**self.SECRET, "label": "R", "prefill": {"previous": True}}])
        assert "prefill.sensitive" in {problem.code for problem in parse.check_value(document).problems}

    def test_T11_never_export_stands_in_no_page_link_or_mail_but_its_own(
        self, offered: Installation, client_on: ClientOn, mailoutbox: list[Any]
    ) -> None:
        factories.installed(offered.region, _asking(self.SECRET), number=2)
        applicant = Applicant(client_on(offered.region))
        applicant.fill(rahasia="kenari-rahasia", email="siti@contoh.go.id")
        sent = applicant.send()
        assert sent.status_code == 302
        assert "kenari" not in sent["Location"]
        assert b"kenari" not in applicant.get("receipt").content
        with scope.use(offered.region):
            case = Case.objects.get()
            texts = json.dumps(list(case.events.values_list("data", flat=True)), default=str)
        assert case.answers["rahasia"] == "kenari-rahasia"
        assert "kenari" not in texts
        assert "kenari" not in "".join(f"{mail.subject}{mail.body}" for mail in mailoutbox)
