"""The letter of a draft on the clerk's screen: drawn by what issues letters, and nothing kept of it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from builder import blank, problems
from builder.models import Module
from builder.panel import lettershapes, letterviews
from runtime.cases.models import Case
from runtime.letters.models import IssuedLetter
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import parse
from tests.builder.conftest import document

FAULTY = sorted((Path(__file__).parents[1] / "definitions/invalid").glob("*letter*.json"))


def with_letter(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a service with one letter of these parts, issued and signed with its approval."""
    said = {"id": "Surat Keterangan", "en": "Certificate"}
    letter = {"key": "surat", "title": said, "body": list(body), **more}
    made = document() | {"letters": [letter]}
    made["workflow"]["actions"][0]["effects"].append({"letter": "surat"})
    return made


def paragraph(words: str) -> dict[str, Any]:
    return {"paragraph": {"id": words, "en": words}}


def words_of(pdf: bytes) -> str:
    """Return what a PDF says, on one line."""
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(said.replace("\u200b", "").split())


class Drawing:
    """The clerk's client, asking for the letter of a document."""

    def __init__(self, client, module: Module) -> None:
        self.client, self.module = client, module

    def ask(self, body: str | bytes, *, letter: str = "surat", query: str = "") -> Any:
        address = reverse("builder_letter", args=[self.module.pk, letter])
        return self.client.post(f"{address}{query}", body, content_type="application/json")

    def pdf(self, body: str, *, letter: str = "surat") -> Any:
        address = reverse("builder_letter_file", args=[self.module.pk, letter])
        return self.client.post(address, {"document": body})


@pytest.fixture
def drawing(client_on, module: Module, clerk: User) -> Drawing:
    cache.clear()
    return Drawing(client_on(module.region, clerk), module)


class TestPictures:
    def test_are_drawn_of_what_was_never_saved_and_nothing_is_kept(self, drawing: Drawing):
        hidden = {**paragraph("Tidak"), "when": {"==": [{"var": "nama"}, "Budi"]}}
        told = drawing.ask(json.dumps(with_letter(paragraph("Isi {nama}"), hidden))).json()
        (page,) = told["pages"]
        assert page.startswith("data:image/png;base64,iVBOR")
        assert told["left_out"] == ["1"]
        with scope.use(drawing.module.region):
            assert not Case.objects.exists()
            assert not IssuedLetter.objects.exists()
            assert "Isi {nama}" not in Module.objects.get().document

    def test_change_with_the_text_and_the_language(self, drawing: Drawing):
        body = {"paragraph": {"id": "Satu", "en": "Two words"}}
        first = drawing.ask(json.dumps(with_letter(body))).json()["pages"]
        assert drawing.ask(json.dumps(with_letter(body))).json()["pages"] == first
        assert drawing.ask(json.dumps(with_letter(body)), query="?language=en").json()["pages"] != first
        assert drawing.ask(json.dumps(with_letter(paragraph("Lain")))).json()["pages"] != first

    def test_take_the_answers_of_a_story(self, drawing: Drawing):
        part = {**paragraph("Untuk Siti"), "when": {"==": [{"var": "nama"}, "Siti"]}}
        made = with_letter(part) | {
            "stories": [
                {
                    "key": "siti",
                    "title": {"id": "Siti"},
                    "at": "2026-03-16T09:00",
                    "answers": {"nama": "Siti", "tiada": 1},
                }
            ]
        }
        assert drawing.ask(json.dumps(made)).json()["left_out"] == ["0"]
        assert drawing.ask(json.dumps(made), query="?story=siti").json()["left_out"] == []

    def test_are_drawn_as_far_as_a_faulty_document_can_be_understood(self, drawing: Drawing):
        made = with_letter(paragraph("Halo {tiada}"))
        assert parse.check(json.dumps(made)).module is None
        assert len(drawing.ask(json.dumps(made)).json()["pages"]) == 1

    @pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
    def test_are_drawn_or_refused_of_every_faulty_letter(self, drawing: Drawing, path: Path):
        found = json.loads(path.read_text(encoding="utf-8"))
        made = found.get("document", found)
        assert drawing.ask(json.dumps(made), letter=made["letters"][0]["key"]).status_code in {200, 422}

    @pytest.mark.parametrize(
        "body", ["", "{", "[]", "null", '{"letters": 3}', '{"letters": [{"key": "surat"}]}', "\xff", "9" * 99]
    )
    def test_are_refused_in_words_where_the_document_is_broken(self, drawing: Drawing, body: str):
        refused = drawing.ask(body)
        assert refused.status_code == 422
        told = refused.json()
        assert told["sentence"].endswith(":")
        assert told["problems"]
        assert all(problem["sentence"].endswith(".") for problem in told["problems"])

    def test_of_a_part_with_a_wrong_shape_lead_to_that_part(self, drawing: Drawing):
        made = with_letter(paragraph("Satu"), {"each": "nama", "body": [paragraph("Dua"), {"items": []}]})
        (problem, *_others) = drawing.ask(json.dumps(made)).json()["problems"]
        assert (problem["tab"], problem["target"]["kind"]) == ("texts", "body")
        assert problem["target"]["key"] == "surat:1.1"
        assert problem["where"] == "Surat 1: Surat Keterangan › Bagian 2 › Bagian 2"

    def test_of_words_that_are_too_long_say_so_at_their_part(self, drawing: Drawing):
        refused = drawing.ask(json.dumps(with_letter(paragraph("a" * 5001))))
        (problem, *_others) = refused.json()["problems"]
        assert (refused.status_code, problem["target"]["key"]) == (422, "surat:0")

    def test_are_drawn_one_at_a_time_for_each_person(self, drawing: Drawing, clerk: User):
        cache.add(f"builder.letter.{clerk.pk}", True, 60)
        refused = drawing.ask(json.dumps(with_letter(paragraph("Halo"))))
        assert (refused.status_code, refused.json()["sentence"]) == (429, "Surat masih digambar.")
        assert drawing.pdf(json.dumps(with_letter(paragraph("Halo")))).status_code == 429

    def test_that_take_too_long_are_given_up_and_leave_nothing_behind(self, drawing: Drawing, monkeypatch):
        monkeypatch.setattr(letterviews, "SECONDS", 0.001)
        refused = drawing.ask(json.dumps(with_letter(paragraph("Halo"))))
        assert refused.status_code == 422
        assert "tidak selesai digambar" in refused.json()["sentence"]
        monkeypatch.undo()
        assert drawing.ask(json.dumps(with_letter(paragraph("Halo")))).status_code == 200

    def test_belong_to_the_region(self, drawing: Drawing, client_on, poso: Region, stranger: User):
        theirs = Drawing(client_on(poso, stranger), drawing.module)
        made = json.dumps(with_letter(paragraph("Halo")))
        assert (theirs.ask(made).status_code, theirs.pdf(made).status_code) == (404, 404)
        assert drawing.ask(made, letter="lain").status_code == 404


class TestFile:
    def test_is_the_pdf_of_what_was_posted(self, drawing: Drawing):
        made = with_letter(paragraph("Halo {nama|upper}, sampai {letter.valid_until}."))
        sent = drawing.pdf(json.dumps(made))
        assert (sent.status_code, sent["Content-Type"]) == (200, "application/pdf")
        said = words_of(sent.content)
        assert "Halo CONTOH NAMA, sampai -." in said
        assert "DRAF" in said
        assert "PEMERINTAH KOTA TANGERANG NAMA KANTOR" in said

    def test_says_how_long_the_letter_holds(self, drawing: Drawing):
        held = {"amount": 1, "unit": "years"}
        made = with_letter(paragraph("Sampai {letter.valid_until}."), validity=held)
        year = timezone.localdate().year + 1
        assert f"{year}." in words_of(drawing.pdf(json.dumps(made)).content)

    def test_says_what_cannot_be_printed(self, drawing: Drawing):
        refused = drawing.pdf(json.dumps(with_letter(paragraph("Halo 😀"))))
        assert refused.status_code == 422
        assert "😀" in refused.text
        assert "belum bisa" in drawing.pdf("{").text.lower()

    def test_prints_hostile_words_as_they_are(self, drawing: Drawing):
        odd = '#import "x" $x^2$ <script>alert(1)</script> \\u{41} #[b] `raw` @ref {letter.date|odd}'
        sent = drawing.pdf(json.dumps(with_letter(paragraph(odd))))
        said = words_of(sent.content)
        for part in ('#import "x"', "$x^2$", "<script>alert(1)</script>", "\\u{41}", "`raw`", "@ref"):
            assert part in said


class TestShapes:
    def test_give_letters_that_can_be_published_and_say_where_words_are_still_to_come(self):
        with override("id"):
            shapes = lettershapes.shapes()
        usual = {problem.code for problem in parse.check(json.dumps(document())).problems}
        assert len(shapes) == 5
        told = set()
        for shape in shapes:
            letter = json.loads(json.dumps(shape["letter"]))
            letter["body"] = [block for block in letter["body"] if block.get("details") != []]
            made, tone = document(), "refuse" if shape.get("issued") else "advance"
            step = next(one for one in made["workflow"]["actions"] if one.get("tone") == tone)
            more = {"key": "surat", "signer": {"action": step["key"]}, "register": "number"}
            made["letters"], made["workflow"]["registers"] = [letter | more], [blank.register()]
            step["effects"] = [*step.get("effects", ()), {"letter": "surat"}]
            found = {problem.code for problem in parse.check(json.dumps(made)).problems}
            assert found - {"letters.unfinished"} <= usual, shape["name"]
            if "letters.unfinished" in found:
                told.add(shape["name"])
        assert {"certificate", "addressed", "blank"} <= told

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ({"id": "Tulis isi surat di sini.", "en": "Write the text of the letter here."}, True),
            ({"id": "Isi surat.", "en": "Write the text of the letter here"}, True),
            ({"id": "Tulis isi surat di sini …", "en": "The text."}, True),
            ({"id": "Tulis isi surat di sini, lalu kirim.", "en": "Write here."}, False),
        ],
    )
    def test_of_older_drafts_say_where_words_are_still_to_come(self, words, told):
        found = {
            problem.code for problem in parse.check(json.dumps(with_letter({"paragraph": words}))).problems
        }
        assert ("letters.unfinished" in found) is told


class TestPlaces:
    def test_of_problems_are_the_parts_of_letters(self):
        made = with_letter(paragraph("Halo"), paragraph("Ada {tiada}"))
        (wrong,) = (one for one in parse.check(json.dumps(made)).problems if one.code == "references.field")
        place = problems.place(wrong.pointer, made)
        assert place["target"] == {"kind": "body", "index": 1, "parent": 0, "key": "surat:1"}
        assert problems.place("/letters/0/title", made)["target"]["kind"] == "letters"
        made["letters"][0]["title"] = {"id": "Izin {nama|upper}"}
        assert problems.place("/letters/0/title", made)["where"] == "Surat 1: Izin …"
        assert problems.place("/body/0", {"body": [{}]})["target"]["key"] == ":0"
        assert problems.place("/messages/0/body/id", made)["target"]["kind"] == "messages"
