"""Translating a service: every text once, what is stale, what is refused, files out and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from builder import services as modules
from builder.models import Module, PublishingRules
from builder.translation import files, services
from builder.translation.lines import Line, filled, lines, path_of
from builder.translation.services import Wanted
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import parse
from tests import factories
from tests.builder.conftest import document, text

STARTERS = sorted((Path(modules.__file__).parent / "starters").glob("*.json"))
EVERYTHING = Path(__file__).parent.parent / "everything-named.json"


def by_path(found: list[Line]) -> dict[str, Line]:
    return {line.path: line for line in found}


class TestLines:
    @pytest.mark.parametrize("file", [*STARTERS, EVERYTHING], ids=lambda file: file.stem)
    def test_are_every_text_once_and_filled_where_they_stand(self, file: Path) -> None:
        document = json.loads(file.read_text())
        found = lines(document, "en")
        assert len(found) == len(by_path(found)) > 20
        assert not [line.path for line in found if not line.where]
        made = filled(document, "en", {line.pointer: f"T {line.path}" for line in found})
        assert {line.target for line in lines(made, "en")} == {f"T {line.path}" for line in found}
        assert [line.source for line in lines(made, "en")] == [line.source for line in found]
        assert (
            parse.check(json.dumps(made)).module is not None
            or parse.check(json.dumps(document)).module is None
        )

    def test_follow_what_was_moved(self) -> None:
        made = document()
        made["pages"][0]["fields"].insert(0, {"key": "usia", "type": "number", "label": {"id": "Usia"}})
        assert path_of(made, "/pages/0/fields/1/label") == "pages/page_1/fields/nama/label"

    def test_are_stale_when_the_original_changed_after_the_translation(self) -> None:
        old, new = document(), document()
        label = new["pages"][0]["fields"][0]["label"]
        label["id"] = "Nama lengkap"
        found = by_path(lines(new, "en", earlier=[new, old]))
        assert found["pages/page_1/fields/nama/label"].state == "stale"
        assert {line.state for path, line in found.items() if "nama" not in path} == {"done"}
        label["en"] = "Full name"
        assert {line.state for line in lines(new, "en", earlier=[new, old])} == {"done"}

    def test_name_chips_that_the_translation_lost(self) -> None:
        made = document()
        made["messages"][0]["body"] = {"id": "Nomor {reference}, {link}", "en": "Number {reference}"}
        line = by_path(lines(made, "en"))[f"messages/{made['messages'][0]['key']}/body"]
        assert line.lost == ("{tautan permohonan}",)

    def test_of_a_document_that_cannot_be_understood_are_none(self) -> None:
        assert lines({"format": 1, "pages": "?"}, "en") == []


class TestFiles:
    def test_come_back_as_they_went_out_also_through_signs_of_formulas(self) -> None:
        made = document()
        made["title"] = {"id": "=1+1 <b>&", "en": '+62 “x”\n\nnext; "line"'}
        found = lines(made, "en")
        for content in (files.as_csv(found), files.as_xliff(found, key="izin", first="id", language="en")):
            given = files.read(content, key="izin", language="en")
            assert [(one.path, one.source, one.target) for one in given] == [
                (line.path, line.source, line.target) for line in found
            ]

    def test_keep_a_spreadsheet_from_seeing_a_formula(self) -> None:
        made = document()
        made["title"] = {"id": '=HYPERLINK("http://x")', "en": "@x"}
        cells = [
            cell
            for row in csv.reader(io.StringIO(files.as_csv(lines(made, "en")).decode("utf-8-sig")))
            for cell in row
        ]
        assert not [cell for cell in cells if cell.startswith(("=", "@"))]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "Baris pertama harus memuat"),
            (b"a;b\n1;2", "Baris pertama harus memuat"),
            (b'id,source,translation\n"a', "tanda kutip"),
            (b"\x00\xff\xfe\x00", "tidak terbaca"),
            (b"<xliff", "bukan berkas XLIFF"),
            (b"<?xml version='1.0' encoding='x'?><xliff/>", "bukan berkas XLIFF"),
            (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "bukan berkas XLIFF"),
            (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "versi 1.2"),
            (files.as_xliff([], key="lain", first="id", language="en"), "layanan lain"),
            (files.as_xliff([], key="izin", first="id", language="su"), "bahasa lain"),
            (b"x" * (files.MOST_BYTES + 1), "terlalu besar"),
        ],
    )
    def test_that_are_none_are_refused_with_a_sentence(self, content: bytes, words: str) -> None:
        with pytest.raises(files.NotRead, match=words):
            files.read(content, key="izin", language="en")


@pytest.fixture
def half(tangerang: Region, clerk: User, module: Module) -> Module:
    """The draft with one text that nobody has translated."""
    made = document()
    made["pages"][0]["fields"][0]["label"] = {"id": "Nama"}
    with scope.use(tangerang):
        modules.save_document(module=module, document=text(made), user=clerk)
    return module


LABEL = "pages/page_1/fields/nama/label"


def line_of(module: Module) -> Line:
    made = services.draft_of(module)[1]
    return by_path(services.lines_of(module, made, "en"))[LABEL]


class TestKeep:
    def test_writes_a_new_draft_and_leaves_the_rest(
        self, half: Module, clerk: User, in_tangerang: Region
    ) -> None:
        before = services.draft_of(half)[1]
        kept = services.keep(
            module=half, language="en", wanted=[Wanted(LABEL, line_of(half).seal, "Name")], user=clerk
        )
        assert (kept.written, kept.refused) == (1, ())
        before["pages"][0]["fields"][0]["label"] = {"id": "Nama", "en": "Name"}
        assert services.draft_of(half)[1] == before

    def test_refuses_what_a_colleague_changed_meanwhile(
        self, half: Module, clerk: User, in_tangerang: Region
    ) -> None:
        seal = line_of(half).seal
        for target in ("Name", "Full name"):
            kept = services.keep(module=half, language="en", wanted=[Wanted(LABEL, seal, target)], user=clerk)
        assert kept.written == 0
        assert [one.target for one in kept.refused] == ["Full name"]
        assert line_of(half).target == "Name"

    def test_remembers_that_a_translation_still_fits(
        self, module: Module, clerk: User, in_tangerang: Region
    ) -> None:
        made = document()
        made["pages"][0]["fields"][0]["label"]["id"] = "Nama lengkap"
        modules.save_document(module=module, document=text(made), user=clerk)
        line = line_of(module)
        assert line.state == "stale"
        services.keep(
            module=module,
            language="en",
            wanted=[Wanted(LABEL, line.seal, line.target, fits=True)],
            user=clerk,
        )
        assert line_of(module).state == "done"
        made["pages"][0]["fields"][0]["label"]["id"] = "Nama sesuai KTP"
        modules.save_document(module=module, document=text(made), user=clerk)
        assert line_of(module).state == "stale"


@pytest.fixture
def client(tangerang: Region, clerk: User, client_on: Callable[..., Any]) -> Any:
    return client_on(tangerang, clerk)


class TestPage:
    def test_shows_what_is_to_do_and_keeps_it(self, client: Any, half: Module, in_tangerang: Region) -> None:
        here = reverse("builder_translation", args=[half.pk])
        page = client.get(here)
        assert "1 belum ada, 0 perlu dilihat lagi" in page.text
        assert f'name="text:{LABEL}"' in page.text
        assert 'name="text:title"' not in page.text
        assert 'name="text:title"' in client.get(f"{here}?show=all").text
        sent = {f"text:{LABEL}": " <script>x</script>\r\nName\x00 ", f"seal:{LABEL}": line_of(half).seal}
        assert client.post(here, sent).status_code == 302
        assert line_of(half).target == "<script>x</script>\nName"
        page = client.get(f"{here}?show=all").text
        assert "<script>x" not in page
        assert "1 teks diterjemahkan." in page

    def test_says_what_was_refused_and_loses_nothing(
        self, client: Any, half: Module, in_tangerang: Region
    ) -> None:
        here = reverse("builder_translation", args=[half.pk])
        page = client.post(here, {f"text:{LABEL}": "Mine", f"seal:{LABEL}": "?", "text:gone": "Other"})
        assert page.status_code == 409
        assert "“Mine” – Teksnya berubah sementara itu." in page.text
        assert "“Other” – Teks ini tidak ada lagi" in page.text
        assert line_of(half).target == ""

    def test_of_a_locked_service_keeps_nothing_and_shows_what_was_written(
        self, client: Any, half: Module, tangerang: Region, in_tangerang: Region
    ) -> None:
        other = factories.staff("builder", tangerang, "lain")
        Module.objects.filter(pk=half.pk).update(locked=True, locked_by=other, locked_at=timezone.now())
        here = reverse("builder_translation", args=[half.pk])
        page = client.post(here, {f"text:{LABEL}": "Name", f"seal:{LABEL}": line_of(half).seal})
        assert page.status_code == 423
        assert "Layanan ini dikunci, jadi tidak ada yang disimpan" in page.text
        assert "“Name” – Layanan ini dikunci." in page.text
        assert line_of(half).target == ""

    def test_takes_a_file_back_and_names_what_does_not_fit(
        self, client: Any, half: Module, in_tangerang: Region
    ) -> None:
        here = reverse("builder_translation_file", args=[half.pk])
        out = client.get(f"{here}?language=en&form=csv")
        assert out["Content-Disposition"] == 'attachment; filename="izin-en.csv"'
        rows = list(csv.reader(io.StringIO(out.content.decode("utf-8-sig"))))
        for row in rows:
            if row[0] == LABEL:
                row[3] = "Name"
        rows += [["pages/gone/title", "", "Tiada", "Gone", ""], ["title", "", "Judul lain", "Else", ""]]
        back = io.StringIO()
        csv.writer(back, delimiter=";").writerows(rows)
        page = client.post(
            f"{here}?language=en", {"file": SimpleUploadedFile("a.csv", back.getvalue().encode())}
        )
        assert page.status_code == 409
        assert line_of(half).target == "Name"
        assert "“Gone” – Teks ini tidak ada lagi" in page.text
        assert "“Else” – Teksnya berubah" in page.text
        assert client.post(here).status_code == 422
        assert "versi 1.2" in client.post(here, {"file": SimpleUploadedFile("a.xlf", b"<xliff/>")}).text

    def test_of_one_language_offers_another(
        self, client: Any, module: Module, clerk: User, in_tangerang: Region
    ) -> None:
        made = document()
        made["languages"] = ["id"]
        modules.save_document(module=module, document=text(made), user=clerk)
        here = reverse("builder_translation", args=[module.pk])
        assert "baru dalam satu bahasa" in client.get(here).text
        add = reverse("builder_translation_language", args=[module.pk])
        assert client.post(add, {"code": "xx"}).status_code == 404
        assert client.post(add, {"code": "en"}).status_code == 302
        assert services.draft_of(module)[1]["languages"] == ["id", "en"]

    def test_of_a_broken_draft_says_what_to_do(
        self, client: Any, module: Module, clerk: User, in_tangerang: Region
    ) -> None:
        modules.save_document(module=module, document='{"key": "izin", "pages": 7}', user=clerk)
        page = client.get(reverse("builder_translation", args=[module.pk]))
        assert page.status_code == 200
        assert "Masih ada yang perlu diperbaiki" in page.text


class TestGate:
    def test_stops_publishing_only_where_the_region_wants_every_translation(
        self, client: Any, half: Module, clerk: User, in_tangerang: Region
    ) -> None:
        def stops(body: str) -> list[str]:
            answer = client.post(
                reverse("builder_check", args=[half.pk]), body, content_type="application/json"
            ).json()
            return [one["code"] for one in answer["problems"] if one["severity"] == "error"]

        drafted = Module.objects.get(pk=half.pk)
        body = services.draft_of(drafted)[0].document
        assert stops(body) == []
        PublishingRules.objects.create(region=in_tangerang, translated=True, changed_at=timezone.now())
        assert stops(body) == ["texts.missing"]
        with pytest.raises(modules.NotReady):
            modules.publish(module=drafted, user=clerk, now=timezone.now())
        services.keep(
            module=half, language="en", wanted=[Wanted(LABEL, line_of(half).seal, "Name")], user=clerk
        )
        assert modules.publish(module=Module.objects.get(pk=half.pk), user=clerk, now=timezone.now())
