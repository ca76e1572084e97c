"""Letters as PDF: said literally whatever stands in them, tagged, the same for the same facts, fenced in."""

from __future__ import annotations

import io
import re
import socket
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from runtime.letters import typesetting
from runtime.letters.typesetting import Unprintable
from schemas import chips
from tests.hostile.payloads import PAYLOADS
from tests.runtime.letters import printed
from tests.runtime.letters.payloads import TYPST
from tests.runtime.letters.printed import Printed

HOSTILE = (*TYPST, *(each for each in PAYLOADS if each.isprintable() and "＜" not in each))
ROWS = [
    {
        "key": "baris",
        "type": "repeat",
        "label": "Baris",
        "fields": [{"key": "isi", "type": "text", "label": "Isi"}],
    }
]
FULL_PAGE = 18
COLUMN = {"table": "baris", "columns": [{"title": "Isi", "value": "{isi}"}], "numbered": True}


def reader(made: Printed) -> PdfReader:
    return PdfReader(io.BytesIO(typesetting.pdf(made.letter, made.facts)))


def text(made: Printed) -> str:
    return "\n".join(page.extract_text() for page in reader(made).pages)


def tight(words: str) -> str:
    """Return words without spaces and ends of lines: where a line ends is the typesetter's."""
    return re.sub(r"[\s\u200b]", "", words)


def answered(*rows: str, **more: object) -> Printed:
    return printed.made(ROWS, {"body": [COLUMN]}, answers={"baris": [{"isi": row} for row in rows]}, **more)


class TestLiterally:
    def test_T17_says_what_was_answered(self) -> None:
        assert len(HOSTILE) >= 100
        said = tight(text(answered(*HOSTILE)))
        assert [words for words in HOSTILE if tight(words) not in said] == []

    def test_T17_says_what_the_document_says(self) -> None:
        """Marks of our own style words and our own chips are filled in; everything else is said."""
        texts = [words for words in HOSTILE if not any(chips.chips(words))]
        made = printed.made(
            ROWS, {"body": [{"items": texts[at : at + 50]} for at in range(0, len(texts), 50)]}
        )
        said = tight(text(made))
        plain = ["".join(str(run.content) for run in chips.runs(words)) for words in texts]
        assert [words for words in plain if tight(words) not in said] == []

    @pytest.mark.parametrize(("words", "piece"), [("w" * 10_000, "wwww"), ("kata " * 2_000, "kata")])
    def test_breaks_what_is_long(self, words: str, piece: str) -> None:
        made = printed.made(
            [{"key": "isi", "type": "longtext", "label": "Isi"}],
            {"body": [{"details": [{"question": "isi"}]}]},
            answers={"isi": words},
        )
        pages = [page.extract_text() for page in reader(made).pages]
        assert sum(tight(page).count(piece) for page in pages) >= len(tight(words)) // 4 - 2 * len(pages)
        assert max(len(line) for page in pages for line in page.splitlines()) < 130

    def test_leaves_out_what_has_no_shape(self) -> None:
        said = text(answered("satu\x00dua\x07", "tiga\u202eempat\u2066"))
        assert "satudua" in said
        assert "tigaempat" in said

    def test_is_refused_for_what_no_font_has_and_names_it(self) -> None:
        made = answered("nama 漢字 di 😀 sini 漢")
        with pytest.raises(typesetting.Shapeless) as refused:
            typesetting.pdf(made.letter, made.facts)
        assert sorted(refused.value.characters) == sorted("漢字😀")

    def test_shows_in_a_draft_what_no_font_has(self) -> None:
        made = answered("nama 漢字")
        assert typesetting.pictures(made.letter, made.facts)


class TestFile:
    def test_is_the_same_for_the_same_facts(self) -> None:
        made = printed.domicile()
        first = typesetting.pdf(made.letter, made.facts)
        assert first == typesetting.pdf(made.letter, made.facts)
        later = replace(made.facts, issued=date(2026, 9, 8))
        assert first != typesetting.pdf(made.letter, later)

    def test_is_tagged_with_title_and_language(self) -> None:
        file = reader(printed.domicile())
        root = file.trailer["/Root"]
        assert root["/Lang"] == "id"
        assert root["/MarkInfo"]["/Marked"]
        assert file.metadata.title == "Surat Keterangan Domisili"
        assert b"pdfuaid:part" in root["/Metadata"].get_data()

    def test_shows_a_signature_as_it_was_drawn(self) -> None:
        def drawn(**answer: str) -> Printed:
            return printed.made(
                [{"key": "paraf", "type": "signature", "label": "Tanda tangan pemohon"}],
                {"body": [{"details": [{"question": "paraf"}]}]},
                answers={"paraf": {"name": "Siti Aminah", "text": "0" * 64, **answer}},
            )

        with_strokes = drawn(strokes="M60 180L120 60L180 180L240 60L300 180")
        assert "Siti Aminah" in text(with_strokes)
        assert "Siti Aminah" in text(drawn())
        first, second = (typesetting.pictures(one.letter, one.facts) for one in (with_strokes, drawn()))
        assert first != second

    def test_is_f4_or_a4(self) -> None:
        f4, a4 = (reader(made()).pages[0].mediabox for made in (printed.domicile, printed.permit))
        assert (round(f4.width / 72 * 25.4), round(f4.height / 72 * 25.4)) == (215, 330)
        assert (round(a4.width / 72 * 25.4), round(a4.height / 72 * 25.4)) == (210, 297)

    def test_says_so_on_every_page_of_a_draft(self) -> None:
        made = printed.permit(60)
        pages = reader(Printed(made.letter, replace(made.facts, draft=True))).pages
        assert ["DRAF" in page.extract_text() for page in pages] == [True] * len(pages)
        assert "DRAF" not in text(made)

    def test_repeats_the_head_of_a_table_and_numbers_pages_when_there_are_several(self) -> None:
        pages = [page.extract_text() for page in reader(printed.permit(60)).pages]
        assert ["Hubungan" in page for page in pages] == [True, True, False]
        assert "Halaman 2 dari 3" in pages[1]
        assert "Halaman" not in text(printed.permit(3))

    def test_keeps_the_last_words_with_the_signature(self) -> None:
        """No page holds a signature alone: the table fills the first page but for the signature."""
        first, last = (page.extract_text() for page in reader(printed.permit(FULL_PAGE)).pages)
        before, _place, after = last.partition("Tangerang, 7 September 2026")
        assert "Anggota Ke-5 belum dewasa" in before
        assert "Anggota Ke-4 belum dewasa" in first
        assert "Budi Santoso" in after


class TestFence:
    @pytest.fixture
    def secret(self, tmp_path: Path) -> Path:
        path = tmp_path / "secret.txt"
        path.write_text("rahasia-negara")
        return path

    def test_T19_has_a_template_that_reads_nothing(self) -> None:
        assert not re.search(
            r"\b(read|include|import|eval|plugin|csv|xml|yaml|toml)\b *[(\"]", typesetting.template()
        )

    def test_T19_cannot_open_a_file(self, secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(typesetting, "template", lambda: f'#read("{secret}")')
        made = printed.domicile()
        with pytest.raises(Unprintable):
            typesetting.pdf(made.letter, made.facts)

    def test_T19_follows_no_reference_in_a_logo(self, secret: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as outside:
            outside.setblocking(False)
            port = outside.getsockname()[1]
            logo = (
                '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                'viewBox="0 0 9 9"><rect width="9" height="9"/>'
                f'<image href="{secret}" width="9" height="9"/>'
                f'<image xlink:href="http://127.0.0.1:{port}/x.png" width="9" height="9"/></svg>'
            )
            head = replace(printed.HEAD, logo=logo.encode())
            made = printed.domicile()
            with pytest.raises(Unprintable, match="linked image"):
                typesetting.pdf(made.letter, replace(made.facts, letterhead=head))
            with pytest.raises(BlockingIOError):
                outside.accept()

    def test_T19_ends_what_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(typesetting, "template", lambda: "#{ while true {} }")
        made = printed.domicile()
        with pytest.raises(Unprintable):
            typesetting.pdf(made.letter, made.facts, seconds=1)

    def test_T19_hands_over_no_environment(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """The process of the typesetter sees neither our secrets nor a way out that we use."""
        press = tmp_path / "press.py"
        press.write_text("import os, sys; sys.exit(repr(sorted(os.environ)))")
        monkeypatch.setattr(typesetting, "_PRESS", press)
        monkeypatch.setenv("RAKIT_SECRET_KEY", "rahasia")
        made = printed.domicile()
        with pytest.raises(Unprintable) as found:
            typesetting.pdf(made.letter, made.facts)
        assert "RAKIT" not in str(found.value)
        assert "PATH" not in str(found.value)
