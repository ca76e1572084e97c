"""What texts fill in is named to people in words, wherever they read it, and written back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from builder import fills, problems, services
from builder.models import Module
from builder.panel.comparing import released
from builder.translation import lines
from runtime.regions import scope
from runtime.regions.models import User
from schemas import parse
from tests.builder.conftest import document, text

CORPUS = sorted((Path(__file__).parents[1] / "definitions" / "valid").glob("*.json"))


def told(value: dict[str, Any], language: str = "id") -> list[dict[str, Any]]:
    with override(language):
        return problems.described(parse.check(json.dumps(value)).problems, value)


def with_message(**texts: str) -> dict[str, Any]:
    made = document()
    words = {"subject": "Berkas {reference} siap", "body": "Lihat {link}.", **texts}
    made["messages"].append(
        {"key": "siap", **{name: {"id": said, "en": said} for name, said in words.items()}}
    )
    return made


class TestProblems:
    def test_name_a_notice_as_its_editor_does(self):
        [unused] = [one for one in told(with_message()) if one["code"] == "messages.unused"]
        assert "“Berkas {nomor permohonan} siap”" in unused["sentence"]
        assert unused["where"].endswith(": Berkas {nomor permohonan} siap")
        [unused] = [one for one in told(with_message(), "en") if one["code"] == "messages.unused"]
        assert "“Berkas {case number} siap”" in unused["sentence"]

    def test_offer_what_can_be_filled_in_by_its_words(self):
        [wrong] = [one for one in told(with_message(body="{nama}")) if one["code"] == "messages.token"]
        assert "“nama”" in wrong["sentence"]
        assert "nomor permohonan" in wrong["sentence"]
        assert "reference" not in wrong["sentence"]

    def test_leave_alone_what_a_question_writes_in_braces(self):
        made = document()
        made["pages"][0]["fields"][0]["label"] = {"id": "Nomor {reference}"}
        assert problems.titles_in(made)["nama"] == "Nomor {reference}"


class TestComparing:
    def test_says_chips_in_words_and_cuts_none_in_two(self):
        long = "a" * 150
        changed = with_message(subject=f"Nomor {{reference}}, {long} {{status}} dan {{link}}")
        with override("id"):
            found = released.between(text(with_message()), text(changed), "id")
        said = " ".join(one.sentence for one in found)
        assert "“Berkas {nomor permohonan} siap”" in said
        assert "“Nomor {nomor permohonan}, aaa" in said
        assert "{reference}" not in said
        assert "{s" not in said


@pytest.mark.django_db
class TestTranslating:
    def test_reads_and_writes_words_for_what_is_filled_in(self, client_on, module: Module, clerk: User):
        made = with_message()
        del made["messages"][-1]["subject"]["en"]
        with scope.use(module.region):
            services.save_document(module=Module.objects.get(), document=text(made), user=clerk)
        client = client_on(module.region, clerk)
        address = reverse("builder_translation", args=[module.pk])
        page = client.get(address).text
        assert "Berkas {nomor permohonan} siap" in page
        assert "{reference}" not in page
        path = "messages/siap/subject"
        seal = page.split(f'name="seal:{path}" value="')[1].split('"')[0]
        sent = {f"text:{path}": "File { Nomor  permohonan } ready", f"seal:{path}": seal}
        assert client.post(f"{address}?language=en", sent).status_code == 302
        with scope.use(module.region):
            held = services.read_draft(Module.objects.get().get_latest_revision_as_object().document)
        assert held["messages"][-1]["subject"]["en"] == "File {reference} ready"


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_text_is_written_back_as_it_was(path: Path):
    value = json.loads(path.read_text())
    for language in ("id", "en"):
        with override(language):
            for line in lines.lines(value, language):
                for said, written in zip(line.spoken, (line.source, line.target), strict=True):
                    assert lines.written(value, line.path, said) == written or said == written


def test_letters_say_how_an_answer_is_written():
    titles = {"nama": "Nama | lengkap", "a": "Sama", "b": "sama"}
    with override("id"):
        said = fills.spoken("{nama|upper} {a} {letter.date|day} {nope}", "letters", titles)
        assert said == "{Nama lengkap | HURUF BESAR} {a} {tanggal surat | lengkap dengan nama hari} {nope}"
        assert fills.written(said, "letters", titles) == "{nama|upper} {a} {letter.date|day} {nope}"
    assert fills.section("/workflow/registers/0/pattern") == "registers"
    assert fills.section("/workflow/statuses/0/title") == "workflow"


def test_words_of_a_form_are_translated_with_their_answers_by_name():
    value = json.loads(next(path for path in CORPUS if path.stem == "chips").read_text())
    with override("id"):
        found = {line.path: line for line in lines.lines(value, "en")}
        title = found["pages/isi/title"]
        assert title.source == "Isi untuk {nama}"
        assert title.spoken == ("Isi untuk {Nama}", "Content for {Nama}")
        assert lines.written(value, title.path, "Content of {Nama}") == "Content of {nama}"
        plain = "pages/pemohon/fields/nama/label"
        assert lines.written(value, plain, "Name {Nama}") == "Name {Nama}"
        entry = found["pages/isi/fields/anak/item"]
        assert entry.spoken[0] == "Anak {Nama anak}"
