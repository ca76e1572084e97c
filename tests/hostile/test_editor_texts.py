"""T1, T12, T20, T22, T36: what authors and files say is text on pages of the editor and in what it sends."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from builder import services
from builder.models import BankEntry, Module, PublishingRules
from builder.sharing import services as sharing
from runtime.datasets import reading
from runtime.datasets import services as datasets
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.conftest import document, text
from tests.builder.conftest import module as module  # the fixture
from tests.builder.conftest import officer as officer  # one that it needs
from tests.builder.conftest import publisher as publisher  # the fixture
from tests.builder.conftest import reviewed as reviewed  # the fixture
from tests.builder.test_governance import press
from tests.builder.test_views import NAMES
from tests.conftest import ClientOn
from tests.hostile.payloads import PAYLOADS, PLAIN, written
from tests.hostile.skeleton import Skeleton
from tests.runtime import permit

pytestmark = pytest.mark.django_db
LONGEST = 190  # letters of a title
ACTIVE = {
    *("script", "iframe", "base", "meta", "form", "math", "object", "embed", "svg", "img", "style"),
    *("title", "textarea", "input", "button", "link"),
}
FORMULAS = ("=1+1", "+1+A1", "-1+A1", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0")
SMUGGLED = "Izin\r\nBcc: korban@contoh.id"


def packed() -> list[str]:
    """Return the payloads, as many in a text as a title may hold."""
    packs = [""]
    for payload in PAYLOADS:
        if len(packs[-1]) + len(payload) >= LONGEST:
            packs.append("")
        packs[-1] += f" {payload}"
    return packs


class Clerk:
    """Somebody who looks at every page about one service, all of whose words are hostile."""

    def __init__(self, client: Client, module: Module, user: User) -> None:
        self.client, self.module, self.user = client, module, user

    def write(self, words: str) -> None:
        """Put `words` into everything that somebody can name or describe."""
        region, now = self.module.region, timezone.now()
        made = {**written(permit.document(), words), "key": self.module.key}
        with scope.use(region):
            services.save_document(
                module=Module.objects.get(pk=self.module.pk), document=text(made), user=self.user
            )
            link = sharing.make(module=self.module, days=7, user=self.user, now=now)
            sharing.comment(link=link, name=words[:100], text=words, page=words, now=now)
            BankEntry.objects.create(region=region, name=words[:120], bundle="{}", count=1, saved_at=now)
            self.edition = datasets.import_edition(
                region=region,
                key="kelas",
                title={"id": words},
                edition="e" + str(len(words)),
                reading=reading.read(f'value,label\nA,"{words.replace(chr(34), chr(34) * 2)}"\n'.encode()),
                by=self.user,
                now=now,
            )
            self.shared = reverse("sharing:draft", args=[sharing.token(link)])

    def pages(self) -> Iterator[str]:
        pk = [self.module.pk]
        for name in (
            "edit",
            "history",
            "history_results",
            "inspect",
            "copy",
            "delete",
            "usage",
            "preview_on_edit",
        ):
            yield reverse(f"{NAMES}:{name}", args=pk)
        yield reverse(f"{NAMES}:revisions_compare", args=[*pk, "earliest", "latest"])
        for name in ("translation", "tryout", "stage", "sharing", "workbook"):
            yield reverse(f"builder_{name}", args=pk)
        yield f"{reverse('builder_translation', args=pk)}?show=all"
        for name in ("list", "add"):
            yield reverse(f"{NAMES}:{name}")
        yield reverse("builder_lists")
        yield reverse("builder_list_edition", args=[self.edition.pk])
        yield reverse("builder_list_delete", args=[self.edition.pk])
        yield from ("/admin/", self.shared, self.shared.replace("shared-draft", "shared-picture"))

    def bones(self) -> dict[str, Skeleton]:
        found = {}
        for page in self.pages():
            answer = self.client.get(page, follow=True)
            assert answer.status_code == 200, page
            found[page] = Skeleton(answer.content.decode())
        return found


def active(bones: Skeleton) -> Counter[str]:
    return Counter(tag for tag, _names in bones.bones if tag in ACTIVE)


class TestScript:
    def test_T1_is_text_on_every_page_of_the_editor(
        self, client_on: ClientOn, module: Module, clerk: User, tangerang: Region
    ) -> None:
        somebody = Clerk(client_on(tangerang, clerk), module, clerk)
        somebody.write(PLAIN)
        plain = list(somebody.bones().values())
        handlers = {handler for bones in plain for handler in bones.handlers}
        for words in packed():
            somebody.write(words)
            for (page, bones), before in zip(somebody.bones().items(), plain, strict=True):
                assert bones.dangerous == [], page
                assert set(bones.handlers) <= handlers, page
                more = active(bones) - active(before)
                grown = {"svg", "input", "button", "textarea", "form"} | (
                    {"img"} if "history" in page else set()
                )
                assert set(more) <= grown, (page, words, more)

    def test_T1_is_text_in_what_is_answered_as_json(
        self, client_on: ClientOn, module: Module, clerk: User
    ) -> None:
        made = text({**written(permit.document(), PAYLOADS[0]), "key": module.key})
        client = client_on(module.region, clerk)
        answer = client.post(
            reverse("builder_check", args=[module.pk]), made, content_type="application/json"
        )
        assert answer["Content-Type"] == "application/json"
        assert "<script" not in answer.json().get("diagram", "")


class TestFormulas:
    """T12: a spreadsheet sees no formula in what the editor lets somebody take away."""

    @pytest.mark.parametrize("words", FORMULAS)
    def test_T12_are_none_in_files_of_translations_and_questions(
        self, client_on: ClientOn, module: Module, clerk: User, words: str
    ) -> None:
        made = written(document(), words)
        with scope.use(module.region):
            services.save_document(module=module, document=text(made), user=clerk)
        client = client_on(module.region, clerk)
        table = client.get(reverse("builder_translation_file", args=[module.pk]), {"form": "csv"})
        rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
        assert any(words.strip() in cell for row in rows for cell in row)
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        book = client.get(reverse("builder_workbook_file", args=[module.pk]))
        sheets = openpyxl.load_workbook(io.BytesIO(book.content))
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        assert any(words.strip() in str(cell.value) for cell in cells)
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None] == []


class TestHeaders:
    """T36: no text becomes a line of a header."""

    @pytest.mark.parametrize(
        "language", ["en\r\nX-Smuggled: 1", 'en"; x="', "\x00", "../en", "\ud800", "e" * 9000]
    )
    @pytest.mark.parametrize("form", ["csv", "xlf"])
    def test_T36_of_a_file_that_is_named_by_a_language(
        self, client_on: ClientOn, module: Module, clerk: User, language: str, form: str
    ) -> None:
        made = document() | {"languages": ["id", language]}
        client = client_on(module.region, clerk, raise_request_exception=False)
        with scope.use(module.region), suppress(services.NotADraft):
            services.save_document(module=module, document=json.dumps(made), user=clerk)
        for asked in ({}, {"language": language.encode(errors="replace").decode()}):
            here = reverse("builder_translation_file", args=[module.pk])
            answer = client.get(here, {"form": form, **asked})
            assert answer.status_code < 500
            assert "X-Smuggled" not in answer
            assert client.get(reverse("builder_translation", args=[module.pk]), asked).status_code < 500

    def test_T36_of_the_mail_about_a_review(
        self, client_on: ClientOn, module: Module, clerk: User, publisher: User, reviewed: PublishingRules
    ) -> None:
        press(client_on(module.region, clerk), module, "ask-review", document(title=SMUGGLED), note=SMUGGLED)
        assert mail.outbox
        for one in mail.outbox:
            assert set(one.subject).isdisjoint("\r\n")
            assert (one.cc, one.bcc) == ([], [])
            assert "Bcc" not in one.message()


def bomb(size: int) -> bytes:
    """Return a workbook that unpacks to `size` bytes of blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * size)
        archive.writestr("xl/workbook.xml", b" " * size)
    return out.getvalue()


ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("k"))
)
XLIFFS = (
    b"<?xml version='1.0'?>" + ENTITIES + b"<xliff>&j;</xliff>",
    b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff/>",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xliff>&a;</xliff>",
    b"<xliff>" + b"<a>" * 100_000,
)


class TestBombs:
    """T20, T22: files that grow when they are opened are refused in words, and nothing is kept of them."""

    @pytest.mark.parametrize("content", XLIFFS, ids=range(len(XLIFFS)))
    def test_T22_of_entities_bring_no_translation(
        self, client_on: ClientOn, module: Module, clerk: User, content: bytes
    ) -> None:
        file = SimpleUploadedFile("a.xlf", content)
        here = reverse("builder_translation_file", args=[module.pk])
        answer = client_on(module.region, clerk).post(here, {"file": file})
        assert answer.status_code == 422
        assert 'class="error-message"' in answer.text or "b-error" in answer.text
        assert "root:" not in answer.text

    @pytest.mark.parametrize(("name", "field"), [("from_workbook", "workbook"), ("upload", "file")])
    def test_T20_of_blanks_are_no_workbook(
        self, client_on: ClientOn, module: Module, clerk: User, name: str, field: str
    ) -> None:
        client = client_on(module.region, clerk)
        here = "/admin/lists/upload/" if name == "upload" else reverse(f"{NAMES}:{name}")
        file = SimpleUploadedFile("a.xlsx", bomb(60_000_000))
        answer = client.post(here, {field: file, "title": "T", "edition": "e", "make": "1"}, follow=True)
        assert answer.status_code in {200, 422}
        assert "berkas" in answer.text.lower()
        with scope.use(module.region):
            assert Module.objects.count() == 1

    @pytest.mark.parametrize("size", [2_700_000, 5_000_000])
    @pytest.mark.parametrize(
        "name", ["edit", "preview_on_edit", "builder_check", "builder_letter", "builder_bank"]
    )
    def test_T29_of_plain_text_are_refused_in_words(
        self, client_on: ClientOn, module: Module, clerk: User, name: str, size: int
    ) -> None:
        args: list[Any] = {"builder_bank": [], "builder_letter": [module.pk, "izin"]}.get(name, [module.pk])
        here = reverse(name if "builder" in name else f"{NAMES}:{name}", args=args)
        client = client_on(module.region, clerk)
        huge = text(document(title="x" * size))
        if name.startswith("builder"):
            answer = client.post(here, huge, content_type="application/json")
        else:
            answer = client.post(here, {"document": huge})
        assert answer.status_code in {413, 422}
        assert "terlalu" in answer.text
