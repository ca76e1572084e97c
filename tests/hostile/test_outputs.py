"""T2: whatever applicants and officers write stays words in lists, search, print, messages and file names."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Callable
from email import message_from_string, policy
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from runtime.cases import services
from runtime.cases.models import Attachment
from runtime.forms import uploads
from runtime.inbox.models import SavedView
from runtime.regions.models import User
from schemas.definition import Field, Text
from tests import factories
from tests.conftest import ClientOn
from tests.hostile.payloads import PAYLOADS, PLAIN
from tests.hostile.skeleton import Skeleton
from tests.runtime import permit
from tests.runtime.conftest import Village

Pages = dict[str, str]
NAMES = (
    'a"; filename="b.exe',
    "a'; x=y.pdf",
    "surat\r\nSet-Cookie: a=b\r\n\r\n<script>.pdf",
    "\u202efdp.exe",
    "\u2066a\u2069\u200b.pdf",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\a.pdf",
    "n\x01ull.pdf",
    "a" * 300 + ".pdf",
    "😀" * 300,
    "<img src=x onerror=alert(1)>.pdf",
    "%2e%2e%2fa.pdf",
    "=HYPERLINK(1).pdf",
    "",
    ".",
    "..",
    "con",
    ".htaccess",
)
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def owner(db: None) -> User:
    return factories.person("pemohon")


def filed(desk: Village, words: str, owner: User) -> str:
    """File an application that says `words` wherever an applicant can write; its clerk writes them too."""
    said = "".join(c for c in words[:60] if c.isprintable()) or "x"  # what a question takes at all
    kept = services.store_upload(
        region=desk.region,
        draft_token="draft",
        field="paper",
        name=words,
        type=uploads.PDF,
        content=ContentFile(PDF),
        sha256=hashlib.sha256(PDF).hexdigest(),
        now=desk.now,
    )
    given = permit.answers(
        village=desk.office.key, name=said, reason="b", detail=said, paper=[kept.as_answer()]
    )
    reference = desk.submit(answers=given, draft_token="draft", applicant=owner).reference
    desk.send_back(reference, "detail", note=said)
    desk.perform(reference, "answer", answers={"detail": f"{said} lagi"})
    return reference


@pytest.fixture
def shown(desk: Village, client_on: ClientOn, owner: User) -> Callable[[str], Pages]:
    """Return every page on which `words` of an applicant or a colleague may stand."""
    clerk, applicant = client_on(desk.region, desk.clerk), client_on(desk.region, owner)

    def pages(words: str) -> Pages:
        reference = filed(desk, words, owner)
        _written(clerk, applicant, reference, words)
        clerk.post(f"/desk/cases/{reference}/watch/turn/", {"on": "1"})
        SavedView.objects.filter(user=desk.clerk).delete()
        SavedView.objects.create(region=desk.region, user=desk.clerk, name=words[:40], query="?sort=new")
        case, all_ = f"/desk/cases/{reference}", {"tab": "all", "q": reference}
        task = _task(clerk, reference)
        return {
            "desk": _text(clerk.get("/desk/?sort=new")),
            "unit": _text(clerk.get("/desk/?tab=unit")),
            "watched": _text(clerk.get("/desk/?tab=watched")),
            "found": _text(clerk.get("/desk/", all_)),
            "looked for": _text(clerk.get("/desk/", {"tab": "all", "q": words})),
            "saved views": _text(clerk.get("/desk/saved/")),
            "many at once": _text(clerk.get("/desk/bulk/give/", {"t": task})),
            "case": _text(clerk.get(f"{case}/")),
            "print": _text(clerk.get(f"{case}/print/page/?notes=1")),
            "comment": _text(clerk.get(f"{case}/comments/write/")),
            "refused": _text(clerk.post(f"{case}/send_back/", {"comment": words}), 409, 422),
            "tracking": _text(applicant.get(f"/track/{reference}/")),
        }

    return pages


def _task(client: Client, reference: str) -> str:
    rows = client.get("/desk/", {"q": reference, "tab": "unit"}).context["work"].rows
    return "".join(f"{row.task}.{row.seen}" for row in rows)


def _written(clerk: Client, applicant: Client, reference: str, words: str) -> None:
    address = f"/desk/cases/{reference}/comments/write/"
    for reader in ("comment:internal", "comment:applicant"):
        given = {"text": words, "reader": reader, "once": uuid.uuid4().hex}
        assert clerk.post(address, given).status_code == 302
    given = {"text": words, "once": uuid.uuid4().hex}
    assert applicant.post(f"/track/{reference}/messages/write/", given).status_code == 302


def _text(page: Any, *statuses: int) -> str:
    assert page.status_code in (statuses or (200,)), page.status_code
    found: str = page.content.decode()
    return found


class TestWords:
    @pytest.mark.once
    def test_T2_add_nothing_to_any_page_of_the_desk(self, shown: Callable[[str], Pages]) -> None:
        shown(PLAIN)  # lists of one and of more are drawn differently
        plain = shown(PLAIN)
        assert [name for name, page in plain.items() if PLAIN not in page] == []
        for words in PAYLOADS:
            for name, page in shown(words).items():
                found, wanted = Skeleton(page), Skeleton(plain[name])
                assert set(found.bones) <= {*wanted.bones, ("a", ("class", "href", "rel"))}, (name, words)
                assert (found.handlers, found.dangerous) == ([], []), (name, words)


class TestNamesOfFiles:
    @pytest.mark.parametrize("name", NAMES)
    def test_T2_T36_stay_inside_one_header_wherever_the_file_is_given_out(
        self, desk: Village, client_on: ClientOn, owner: User, name: str
    ) -> None:
        """Also when a name got past the cleaning: what is stored is not believed."""
        reference = filed(desk, name or "x", owner)
        clerk, applicant = client_on(desk.region, desk.clerk), client_on(desk.region, owner)
        file = Attachment.objects.get(case__reference=reference)
        for client, path in ((clerk, f"/desk/cases/{reference}"), (applicant, f"/track/{reference}")):
            answer = client.get(f"{path}/files/{file.pk}/")
            said = answer["Content-Disposition"]
            assert not set("\r\n\x00") & set(said)
            assert "Set-Cookie" not in answer
            parsed: Any = message_from_string(f"Content-Disposition: {said}\n\n", policy=policy.default)
            assert parsed["Content-Disposition"].content_disposition == "attachment"
            assert set(parsed["Content-Disposition"].params) <= {"filename"}

    def test_T2_leave_no_folder_of_the_citizens_copy(
        self, desk: Village, client_on: ClientOn, owner: User
    ) -> None:
        for name in NAMES:
            filed(desk, name or "x", owner)
        answer = client_on(desk.region, owner).get("/account/export/")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        names = zipfile.ZipFile(io.BytesIO(body)).namelist()
        assert sum("/documents/" in one for one in names) == len(NAMES)
        assert len(set(names)) == len(names)
        for one in names:
            assert not one.startswith(("/", "\\"))
            assert not {"..", ".", ""} & set(one.split("/"))
            assert one.isprintable()
            assert not set('\\:*?"<>|') & set(one)
            assert len(one.rsplit("/", 1)[-1]) <= 120

    @pytest.mark.parametrize("name", NAMES)
    def test_T2_are_cleaned_before_they_are_kept(self, name: str) -> None:
        question = Field(key="paper", type="file", label=Text((("id", "Berkas"),)))
        upload = SimpleUploadedFile("x", PDF)
        upload._name = name  # what Django's own cleaning would never let through
        kept = uploads.judge(upload, question)
        assert isinstance(kept, uploads.Accepted)
        assert kept.name.endswith(".pdf")
        assert kept.name.isprintable()
        assert not set('/\\"<>:|?*') & set(kept.name)
        assert 5 <= len(kept.name) <= 104


class TestScripts:
    def test_T2_in_data_of_pages_end_no_script_element(
        self, desk: Village, client_on: ClientOn, owner: User
    ) -> None:
        """A page that hands answers to its script does so in JSON that cannot close the element."""
        words = "</script><script>alert(1)</script>"
        reference = filed(desk, words, owner)
        clerk = client_on(desk.region, desk.clerk)
        for path in (f"/desk/cases/{reference}/", f"/desk/cases/{reference}/forward/", "/desk/"):
            page = clerk.get(path).content.decode()
            assert words not in page
            assert json.dumps(words) not in page
