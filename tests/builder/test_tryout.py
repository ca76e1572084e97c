"""A draft is tried out in the admin: filled in, decided, saved as a story; nothing else is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from builder.models import Module
from runtime.cases.models import Attachment, Case
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.builder.conftest import document
from tests.builder.tryouts import Tryout, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def tryout(module: Module, clerk: User) -> Tryout:
    return Tryout(module, clerk)


class TestTryout:
    def test_goes_from_the_form_to_a_story_and_writes_nothing_else(self, tryout: Tryout) -> None:
        assert "Isi dengan contoh" in tryout.look()
        assert "Langkah 1 dari 2" in tryout.client.get(tryout.stage, follow=True).content.decode()
        tryout.send()
        assert 'aria-current="page"' in tryout.look()
        desk = tryout.client.get(f"{tryout.stage}?who=officer").content.decode()
        offered = re.findall(r"do=(\w+)", desk)
        assert "approve_check" in offered, offered
        assert b"data-onward" in tryout.act("officer", "approve_check", 0).content
        page = tryout.press("save", 1, name="Disetujui loket")
        assert "Disetujui loket" in page
        (story,) = tryout.stories()
        assert story["title"] == {"id": "Disetujui loket", "en": "Disetujui loket"}
        assert [step["do"] for step in story["steps"]] == ["approve_check"]
        with scope.everywhere("nothing may have been written anywhere"):
            assert not Case.objects.exists()
            assert not EffectRun.objects.exists()

    def test_shows_officers_their_questions_and_goes_on_only_with_right_answers(
        self, clerk: User, tangerang: Region
    ) -> None:
        tryout = Tryout(made(tangerang, clerk, with_officers_page()), clerk)
        tryout.send()
        assert (
            "Hasil pemeriksaan"
            in tryout.client.get(f"{tryout.stage}?who=officer&do=approve_check").content.decode()
        )
        refused = tryout.act("officer", "approve_check", 0)
        assert (refused.status_code, b"data-onward" in refused.content) == (422, False)
        tryout.act("officer", "approve_check", 0, **{"page-hasil": "Baik"})
        tryout.press("save", 1, name="Baik")
        assert tryout.stories()[0]["steps"][0]["answers"] == {"hasil": "Baik"}

    def test_lets_days_pass_and_goes_back(self, tryout: Tryout) -> None:
        tryout.send()
        assert "dari 1 sampai 250" in tryout.press("wait", 0, days="9999999999999")
        tryout.press("wait", 0, days="3")
        tryout.press("back", 1)
        tryout.press("back", 0)
        assert "Isi dengan contoh" in tryout.look()

    def test_keeps_of_a_file_only_its_name(self, clerk: User, tangerang: Region) -> None:
        value = document()
        value["pages"][0]["fields"].append({"key": "ktp", "type": "file", "label": {"id": "KTP"}})
        tryout = Tryout(made(tangerang, clerk, value), clerk)
        page = tryout.client.get(tryout.stage, follow=True)
        assert "hanya nama dan ukurannya" in page.content.decode()
        step = page.request["QUERY_STRING"]
        pdf = SimpleUploadedFile("ktp.pdf", b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n")
        tryout.client.post(f"{tryout.stage}?{step}", {"nama": "Siti", "ktp": pdf})
        assert "ktp.pdf" in tryout.client.get(f"{tryout.stage}?step=review").content.decode()
        with scope.everywhere("no file may have been kept"):
            assert not Attachment.objects.exists()


class TestWhatOfficersDo:
    @pytest.fixture
    def letter(self, clerk: User, tangerang: Region) -> Tryout:
        starter = json.loads(Path("builder/starters/surat-domisili.json").read_text(encoding="utf-8"))
        tryout = Tryout(made(tangerang, clerk, {**starter, "stories": []}), clerk)
        tryout.send()
        return tryout

    def test_put_answers_right_and_say_why(self, letter: Tryout) -> None:
        desk = letter.client.get(f"{letter.stage}?who=loket").content.decode()
        assert "do=answers:edit" in desk
        assert "answers:edit" not in letter.client.get(f"{letter.stage}?who=kasi").content.decode()
        form = letter.client.get(f"{letter.stage}?who=loket&do=answers:edit").content.decode()
        given = fields_of(form)
        assert given["page-nama"]
        lacks = letter.act("loket", "answers:edit", 0, **{**given, "page-nama": "Siti Aminah"})
        assert (lacks.status_code, "comment-error" in lacks.content.decode()) == (422, True)
        same = letter.act("loket", "answers:edit", 0, **{**given, "comment": "Menurut KTP."})
        assert same.status_code == 422
        told = {**given, "page-nama": "Siti Aminah", "comment": "Menurut KTP."}
        assert b"data-onward" in letter.act("loket", "answers:edit", 0, **told).content
        page = letter.look()
        assert "<ins>Siti Aminah</ins>" in page
        assert "Menurut KTP." in page
        letter.press("save", 1, name="Nama dibetulkan")
        (step,) = letter.stories()[0]["steps"]
        assert (step["by"], step["edit"]) == ("loket", {"nama": "Siti Aminah"})

    def test_never_put_right_what_is_not_open_to_them(self, letter: Tryout) -> None:
        form = letter.client.get(f"{letter.stage}?who=loket&do=answers:edit").content.decode()
        told = {**fields_of(form), "page-kelurahan": "lain", "comment": "x"}
        assert letter.act("loket", "answers:edit", 0, **told).status_code == 400
        refused = letter.act("kasi", "answers:edit", 0, **{"page-nama": "x", "comment": "x"})
        assert b"data-onward" in refused.content
        assert "tidak dapat diambil" in letter.look()


class TestExamples:
    def test_lead_to_what_was_never_tried_also_after_a_new_start(
        self, clerk: User, tangerang: Region
    ) -> None:
        value = document()
        value["pages"][0]["fields"] += [
            {"key": "usaha", "type": "boolean", "label": {"id": "Usaha?"}, "required": True},
            {
                "key": "bidang",
                "type": "text",
                "label": {"id": "Bidang"},
                "visible": {"==": [{"var": "usaha"}, True]},
            },
        ]
        tryout = Tryout(made(tangerang, clerk, value), clerk)
        told = []
        for _ in range(2):
            tryout.press("explore", -1)
            tryout.client.post(f"{tryout.stage}?step=review", {"agree": "on"})
            told.append(tryout.look())
            tryout.press("restart", 0)
        assert "(1) sudah pernah muncul" not in told[0] or "(1) sudah pernah dilewati" not in told[0]
        assert "(1) sudah pernah muncul" in told[1]
        assert "(1) sudah pernah dilewati" in told[1]
        assert "Isi dengan yang belum pernah dicoba" not in tryout.look()


class TestTheSampleCitizen:
    @pytest.fixture
    def permit(self, clerk: User, tangerang: Region) -> Tryout:
        """A service that takes a number from a register, asked by name and date of birth."""
        value = document()
        value["pages"][0]["fields"] += [
            {"key": "lahir", "type": "date", "label": {"id": "Lahir"}, "required": True},
            {
                "key": "nomor",
                "type": "text",
                "label": {"id": "Nomor lama"},
                "required": True,
                "prefill": {
                    "register": "izin_lama",
                    "by": {"nama": "nama", "tgl_lahir": "lahir"},
                    "value": "nomor",
                },
            },
        ]
        value["pages"][0]["fields"][0]["prefill"] = {"profile": "name"}
        return Tryout(made(tangerang, clerk, value), clerk)

    def first_page(self, tryout: Tryout, **given: str) -> Any:
        page = tryout.client.get(tryout.stage, follow=True)
        data = {"nama": "Siti", "lahir-day": "3", "lahir-month": "2", "lahir-year": "2001", **given}
        return tryout.client.post(f"{tryout.stage}?{page.request['QUERY_STRING']}", data, follow=True)

    def test_is_known_to_a_register_that_fills_in(self, permit: Tryout) -> None:
        tryout = permit
        shown = self.first_page(tryout).content.decode()
        assert "Diambil dari Izin Lama" in shown
        (number,) = html.fromstring(shown).xpath("//input[@name='nomor']/@value")
        done = self.first_page(tryout, nomor=number).content.decode()
        assert "Periksa jawaban" in done
        tryout.client.post(f"{tryout.stage}?step=review", {"agree": "on"})
        assert (
            "Nomor lama: Diambil dari Izin Lama"
            in tryout.client.get(f"{tryout.stage}?who=officer").content.decode()
        )

    @pytest.mark.parametrize(
        ("register", "mark"),
        [("missing", "Tidak ditemukan di Izin Lama"), ("down", "Belum dicocokkan dengan Izin Lama")],
    )
    def test_types_what_no_register_says(self, permit: Tryout, register: str, mark: str) -> None:
        tryout = permit
        tryout.press("citizen", -1, register=register)
        shown = self.first_page(tryout).content.decode()
        assert html.fromstring(shown).xpath("//input[@name='nomor']/@value") == [""]
        self.first_page(tryout, nomor="17")
        tryout.client.post(f"{tryout.stage}?step=review", {"agree": "on"})
        assert mark in tryout.client.get(f"{tryout.stage}?who=officer").content.decode()

    def test_may_differ_from_a_register(self, permit: Tryout) -> None:
        tryout = permit
        self.first_page(tryout)
        self.first_page(tryout, nomor="17")
        tryout.client.post(f"{tryout.stage}?step=review", {"agree": "on"})
        assert "Berbeda dengan Izin Lama" in tryout.client.get(f"{tryout.stage}?who=officer").content.decode()

    def test_has_a_profile_if_wanted(self, permit: Tryout) -> None:
        tryout = permit
        first = tryout.client.get(tryout.stage, follow=True).content.decode()
        assert "Dari profil Anda" not in first
        tryout.press("citizen", -1, profile="on", register="found")
        second = tryout.client.get(tryout.stage, follow=True).content.decode()
        assert "Dari profil Anda" in second
        assert html.fromstring(second).xpath("//input[@name='nama']/@value") == ["Contoh"]

    def test_belongs_to_the_office_that_was_picked(self, clerk: User, tangerang: Region) -> None:
        with scope.use(tangerang):
            for key in ("sukamaju", "sukamulya"):
                factories.office(tangerang, key)
        starter = json.loads(Path("builder/starters/surat-domisili.json").read_text(encoding="utf-8"))
        tryout = Tryout(made(tangerang, clerk, {**starter, "stories": []}), clerk)
        for key in ("sukamulya", "sukamaju"):
            tryout.press("citizen", -1, office=key)
            tryout.send()
            desk = tryout.client.get(f"{tryout.stage}?who=loket").content.decode()
            assert f"Pemeriksaan berkas · {key.title()}" in desk
            tryout.press("restart", 0)

    def test_is_never_somebody_made_up_by_a_post(self, permit: Tryout) -> None:
        tryout = permit
        tryout.press("citizen", -1, office="lain", register="semua")
        assert tryout.client.session["builder_tryouts"][str(tryout.module.pk)]["citizen"] == {}


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would post of the questions on a page as they stand."""
    form = html.fromstring(page).forms[0]
    return {name: value for name, value in form.form_values() if name.startswith("page-")}


def with_officers_page() -> dict[str, Any]:
    """A service whose officer writes down a result."""
    value = document()
    value["pages"].append(
        {
            "key": "periksa",
            "title": {"id": "Pemeriksaan", "en": "Check"},
            "for": "officer",
            "fields": [
                {
                    "key": "hasil",
                    "type": "text",
                    "label": {"id": "Hasil pemeriksaan", "en": "Result"},
                    "required": True,
                }
            ],
        }
    )
    for action in value["workflow"]["actions"]:
        if action["key"] == "approve_check":
            action["ask"] = {"page": "periksa"}
    return value
