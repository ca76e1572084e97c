"""The mistakes that authors of forms make most often end in a sentence that names them, where they stand.

Which they are, and who saw them: a condition on what is asked later (P§2.26: all of seven civil servants
ordered the questions wrongly); a branch that everybody sees (P§2.22, 2.26); a rule nobody can fulfil
(P§2.19, 2.25); numbered copies instead of a repeat (P§2.27); text where a kind of question is meant, and no
unit (D§2, D§5 have the kinds of Indonesian forms); two questions in one, as paper forms have them; the same
question or answer twice, and answers that overlap (P§2.26: branches on them cannot be built); everything on
one page (P§2.33, 2.34); a step that nobody holds (P§2.41, 2.42); a translation that is missing (P§2.38).
Those of order and branches, and the clicks that put them right, are tried in a browser
(`test_hard_tasks_browser.py`).
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from builder import problems
from builder.models import Module
from builder.panel import kits, palette
from runtime.regions.models import Region, User
from schemas import parse
from tests.builder.conftest import document
from tests.builder.xlsform.books import book, q
from tests.schemas.corpus import INVALID, small_module

SAID = {
    "expression-later": "belum dijawab pada titik ini",
    "expressions-never": "tidak akan pernah terpenuhi",
    "texts-missing": "belum ada terjemahannya untuk: Bahasa Inggris",
    "fields-empty_group": "Di bawah judul “Badan usaha” tidak ada pertanyaan",
    "pitfalls-for_all": "“Akta badan usaha” menyebut jawaban “Badan usaha” dari “Siapa yang mengajukan?”",
    "pitfalls-for_some": "hanya untuk sebagian pemohon, tetapi semua orang ditanya",
    "pitfalls-numbered": "pertanyaan yang sama sebanyak 2 kali dengan nomor",
    "pitfalls-numbered_page": "Halaman “Data anak 1” dan sesudahnya menanyakan hal yang sama sebanyak 2 kali",
    "pitfalls-numbered-groups": "“Saksi I” dan sesudahnya",
    "pitfalls-typed": "padahal ada jenis pertanyaannya: Nomor telepon",
    "pitfalls-typed-number": "padahal ada jenis pertanyaannya: NIK",
    "pitfalls-two": "“Tempat, tanggal lahir” menanyakan dua hal sekaligus",
    "pitfalls-twice": "ditanyakan dua kali dengan kata yang sama",
    "pitfalls-overlap": "“0–10” dan “10–20” sama-sama cocok untuk 10",
    "pitfalls-same_answer": "menawarkan jawaban “merah” dua kali",
    "pitfalls-no_line": "“Retribusi” belum punya tarif untuk Lomba, salah satu jawaban “Jenis acara”",
    "pitfalls-backwards": "“Hari terakhir” dapat diisi tanggal sebelum “Hari pertama”: hasil “Retribusi”",
    "pitfalls-unit": "“Luas lahan” tidak menyebut satuannya",
    "pitfalls-long_page": "berisi 21 pertanyaan, terlalu panjang di ponsel",
}


def mistakes(questions: list[dict[str, Any]]) -> list[str]:
    """Return the usual mistakes found in these questions."""
    checked = parse.check_value({**small_module(questions), "languages": ["id", "en"]})
    assert checked.module is not None, checked.problems
    return [one.code for one in checked.problems if one.code.startswith(problems.MISTAKES)]


class TestSentences:
    @pytest.mark.parametrize("name", SAID)
    def test_name_the_mistake_where_it_stands(
        self, name: str, module: Module, client_on: Any, tangerang: Region, clerk: User
    ) -> None:
        path = next(path for path in INVALID if path.stem == name)
        address = reverse("builder_check", args=[module.pk])
        answer = client_on(tangerang, clerk).post(
            address, path.read_text(encoding="utf-8"), content_type="application/json"
        )
        code = json.loads(path.read_text(encoding="utf-8"))["x-expect"]["code"]
        found = next(one for one in answer.json()["problems"] if one["code"] == code)
        assert SAID[name] in found["sentence"]
        assert found["where"].startswith(("Halaman 1", "Halaman 2"))
        assert ("data" in found) == name.startswith("pitfalls")

    def test_are_english_in_english(self) -> None:
        told = json.loads(
            next(path for path in INVALID if path.stem == "pitfalls-for_all").read_text(encoding="utf-8")
        )
        with override("en"):
            [(where, said)] = problems.mistakes(told)
        assert where.endswith("Deed of a business")
        assert "speaks of the answer “A business” to “Who applies?”" in said

    def test_name_the_step_that_nobody_holds(
        self, module: Module, client_on: Any, tangerang: Region, clerk: User
    ) -> None:
        answer = client_on(tangerang, clerk).post(
            reverse("builder_check", args=[module.pk]),
            json.dumps(document()).replace('"officer"', '"verifier"'),
            content_type="application/json",
        )
        found = [one for one in answer.json()["problems"] if one["code"] == "staff.new"]
        assert [one["tab"] for one in found] == ["workflow"]
        assert "Petugas loket" in found[0]["sentence"]


class TestNoFalseAlarm:
    def test_about_what_the_editor_itself_puts_in(self) -> None:
        for kit in kits.kits():
            assert mistakes(kit["fields"]) == [], kit["key"]
        new = palette.new_fields()
        for kind, (title, _hint) in palette.TYPES.items():
            question = {"key": "baru", "type": kind, "label": {"id": str(title)}, **new[kind]}
            if kind in {"choice", "choices", "group", "matrix", "image"}:
                continue  # empty until the clerk fills them
            assert mistakes([question]) == [], kind

    def test_where_branches_part_what_is_alike(self) -> None:
        who = {
            "key": "siapa",
            "type": "choice",
            "label": {"id": "Siapa yang mengajukan?"},
            "options": [
                {"value": "orang", "label": {"id": "Perorangan"}},
                {"value": "usaha", "label": {"id": "Badan usaha"}},
            ],
        }
        branches = [
            {
                "key": f"alamat_{at}",
                "type": "text",
                "label": {"id": "Alamat kantor"},
                "visible": {"==": [{"var": "siapa"}, value]},
            }
            for at, value in enumerate(("orang", "usaha"))
        ]
        assert mistakes([who, *branches]) == []
        other = {"key": "nama", "type": "text", "label": {"id": "Nama badan usaha"}}
        assert mistakes([who, branches[0], other]) == ["pitfalls.for_all"]
        assert mistakes([who, other]) == []
        by_another = {**other, "visible": {"answered": [{"var": "alamat_0"}]}}
        assert mistakes([who, branches[0], by_another]) == []

    def test_where_a_heading_stands_between(self) -> None:
        asked = {"type": "text", "label": {"id": "Nama"}}
        heading = {"key": "wali", "type": "heading", "label": {"id": "Wali"}}
        assert mistakes([{**asked, "key": "a"}, heading, {**asked, "key": "b"}]) == []
        assert mistakes([{**asked, "key": "a"}, {**asked, "key": "b"}]) == ["pitfalls.twice"]

    def test_about_two_lines_or_preferences(self) -> None:
        lines = [{"key": f"b{at}", "type": "text", "label": {"id": f"Alamat baris {at}"}} for at in (1, 2)]
        assert mistakes(lines) == []
        options = [{"value": "a", "label": {"id": "SMP 1"}}, {"value": "b", "label": {"id": "SMP 2"}}]
        wishes = [
            {"key": f"p{at}", "type": "choice", "label": {"id": f"Pilihan {at}"}, "options": options}
            for at in (1, 2, 3)
        ]
        assert mistakes(wishes) == []


class TestImports:
    def test_say_them_before_the_draft_is_made(self, client_on: Any, tangerang: Region, clerk: User) -> None:
        schema = {
            "title": "Izin",
            "type": "object",
            "properties": {"hp": {"type": "string", "title": "No. HP"}},
        }
        client = client_on(tangerang, clerk)
        for name, field, content in (
            ("from_schema", "schema_file", json.dumps(schema).encode()),
            ("from_workbook", "workbook", book([q("text", "hp", "No. HP")])),
        ):
            file = SimpleUploadedFile("form.json" if name == "from_schema" else "form.xlsx", content)
            page = client.post(reverse(f"wagtailsnippets_builder_module:{name}"), {field: file}).text
            assert "Sebaiknya dilihat di draf" in page, name
            assert "padahal ada jenis pertanyaannya: Nomor telepon" in page, name
