"""Files become entries, or a report of where, what and what to do; hostile ones are refused at once."""

from __future__ import annotations

import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from runtime.datasets import reading
from runtime.datasets.findings import SENTENCES
from runtime.datasets.reading import Reading
from tests.bounded import bounded
from tests.runtime.datasets import books

KELAS = "value;label;label:en;tarif:money\nA;Kelas A;Class A;15.000\nB;Kelas B;;Rp10.000\n"


def codes(read: Reading) -> list[tuple[int, str, str]]:
    return [(found.line, found.column, found.code) for found in read.findings]


def rows(read: Reading) -> list[tuple[str, dict[str, str], dict[str, object]]]:
    assert not read.findings, [str(found) for found in read.findings]
    return [(entry.value, dict(entry.label), dict(entry.cells)) for entry in read.entries]


class TestReadCsv:
    def test_takes_values_labels_per_language_and_typed_columns(self) -> None:
        read = reading.read(KELAS.encode())
        assert rows(read) == [
            ("A", {"id": "Kelas A", "en": "Class A"}, {"tarif": 15000}),
            ("B", {"id": "Kelas B"}, {"tarif": 10000}),
        ]
        assert read.types == {"tarif": "money"}

    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    def test_finds_the_delimiter_out(self, mark: str) -> None:
        plain = f"value{mark}label\nA{mark}Satu\n"
        assert rows(reading.read(plain.encode())) == [("A", {"id": "Satu"}, {})]

    def test_counts_no_delimiter_inside_quotes(self) -> None:
        text = 'value;label;"harga, a, b"\nA;"Satu; dua";x\n'
        assert rows(reading.read(text.encode())) == [("A", {"id": "Satu; dua"}, {"harga_a_b": "x"})]

    def test_obeys_the_first_line_of_a_spreadsheet(self) -> None:
        assert rows(reading.read(b"sep=|\nvalue|label\nA|x,y;z\n")) == [("A", {"id": "x,y;z"}, {})]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_finds_the_encoding_out(self, encoding: str) -> None:
        content = "value,label\r\nA,Café “Ké’e”\r\n".encode(encoding)
        assert rows(reading.read(content)) == [("A", {"id": "Café “Ké’e”"}, {})]

    def test_takes_indonesian_names_of_columns(self) -> None:
        assert rows(reading.read(b"Kode,Nama\n01,Satu\n")) == [("01", {"id": "Satu"}, {})]

    def test_leaves_kode_a_column_beside_value(self) -> None:
        assert rows(reading.read(b"value,nama,kode\nA,Satu,007\n")) == [
            ("A", {"id": "Satu"}, {"kode": "007"})
        ]

    def test_keeps_line_breaks_in_quotes_and_counts_lines_like_an_editor(self) -> None:
        read = reading.read(b'value,label\nA,"dua\nbaris"\n\nB,\n')
        assert codes(read) == [(5, "label", "label.missing")]

    @pytest.mark.parametrize(
        ("cells", "kind"),
        [
            (["1", "2,5", "1.000"], "number"),
            (["01", "02"], "text"),
            (["2026-09-07", "7/9/2026"], "date"),
            (["ya", "Tidak", ""], "boolean"),
            (["1", "dua"], "text"),
            (["", ""], "text"),
            (["31/02/2026"], "text"),
        ],
    )
    def test_sees_what_type_a_column_is_of(self, cells: list[str], kind: str) -> None:
        text = "value;label;x\n" + "".join(f"v{n};l;{cell}\n" for n, cell in enumerate(cells))
        assert reading.read(text.encode()).types == {"x": kind}

    @pytest.mark.parametrize(
        ("kind", "cell", "stored"),
        [
            ("number", "1.234,5", "1234.5"),
            ("number", "-3", -3),
            ("money", "Rp1.500.000,-", 1500000),
            ("date", "7-9-2026", "2026-09-07"),
            ("boolean", "YA", True),
            ("boolean", "0", False),
            ("text", "007", "007"),
            ("text", "'=1+1", "=1+1"),
        ],
    )
    def test_stores_cells_in_canonical_form(self, kind: str, cell: str, stored: object) -> None:
        text = f"value;label;x:{kind}\nA;l;{cell}\n"
        assert rows(reading.read(text.encode()))[0][2] == {"x": stored}

    def test_lets_the_types_be_chosen(self) -> None:
        assert rows(reading.read(b"value;label;x\nA;l;15\n", {"x": "money"}))[0][2] == {"x": 15}
        assert codes(reading.read(b"value;label;x\nA;l;dua\n", {"x": "money"})) == [(2, "x", "cell.money")]


class TestReport:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", [(0, "", "file.empty")]),
            ("value,label\n", [(0, "", "file.rows")]),
            ("label\nx\n", [(1, "", "header.value")]),
            ("value\nx\n", [(1, "", "header.label")]),
            ("value,label,fee,fee\nA,x,1,2\n", [(1, "fee", "header.twice")]),
            ("value,label,,fee\nA,x,1,2\n", [(1, "C", "header.nameless")]),
            ("value,label,fee:euro\nA,x,1\n", [(1, "fee:euro", "header.name")]),
            ("value,label\n,x\n", [(2, "value", "value.missing")]),
            ("value,label\nA B,x\n", [(2, "value", "value.form")]),
            ("value,label\nA,x\nA,y\n", [(3, "value", "value.twice")]),
            ("value,label\nA,\n", [(2, "label", "label.missing")]),
            ("value,label\nA,x,y\n", [(2, "", "line.wide")]),
            (f"value,label\nA,{'x' * 501}\n", [(2, "label", "label.long")]),
            (f"value,label,n\nA,x,{'x' * 1001}\n", [(2, "n", "cell.long")]),
            ("value,label,n:number\nA,x,?\n", [(2, "n:number", "cell.number")]),
            ("value,label,n:money\nA,x,-1\n", [(2, "n:money", "cell.money")]),
            ("value,label,n:date\nA,x,31/2/2026\n", [(2, "n:date", "cell.date")]),
            ("value,label,n:boolean\nA,x,mungkin\n", [(2, "n:boolean", "cell.boolean")]),
            ('value,label\nA,"x\n', [(0, "", "csv.quotes")]),
            (f"value,label\nA,{'x' * 100_001}\n", [(0, "", "csv.line")]),
            ("value,label" + ",c" * 40 + "\nA,x\n", [(0, "", "file.columns")]),
        ],
    )
    def test_names_the_line_and_the_column(self, text: str, found: list[tuple[int, str, str]]) -> None:
        read = reading.read(text.encode())
        assert codes(read) == found
        assert not read.entries

    def test_lists_every_fault_and_takes_nothing(self) -> None:
        read = reading.read(b"value,label,n:number\nA,,x\nA,b,1\nB,b,1\n")
        assert codes(read) == [
            (2, "label", "label.missing"),
            (2, "n:number", "cell.number"),
            (3, "value", "value.twice"),
        ]
        assert read.faults == 3
        assert read.entries == ()

    def test_stops_listing_after_a_hundred_but_counts_on(self) -> None:
        read = reading.read(b"value,label\n" + b"A,\n" * 150)
        assert len(read.findings) == 100
        assert read.faults == 299

    @pytest.mark.parametrize("content", [b"\x00\x01\x02", b"value,label\nA,\x81\n", b"v\x00a,label\n"])
    def test_says_when_bytes_are_no_text(self, content: bytes) -> None:
        assert codes(reading.read(content)) == [(0, "", "csv.encoding")]

    @pytest.mark.parametrize("content", [b"%PDF-1.7", b"<html>", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0"])
    def test_says_when_a_file_is_something_else(self, content: bytes) -> None:
        assert codes(reading.read(content)) == [(0, "", "file.kind")]

    def test_speaks_indonesian(self) -> None:
        with translation.override("id"):
            said = [str(found) for found in reading.read(b"value,label\nA,x\nA,\n").findings]
        assert said == [
            "baris 3, kolom “value”: Nilai “A” sudah ada di baris 2. Setiap nilai hanya boleh ada satu kali.",
            "baris 3, kolom “label”: Label belum diisi. Tulis kata-kata yang akan dipilih warga.",
        ]

    @pytest.mark.parametrize("code", sorted(SENTENCES))
    def test_has_a_sentence_for_every_code_that_sources_name(self, code: str) -> None:
        folder = Path(reading.__file__).parent
        sources = "".join(p.read_text() for p in folder.glob("*.py") if p.name != "findings.py")
        named = code in sources or code.partition(".")[0] in {"cell", "header"}
        assert named, f"no source names {code}"

    @given(st.binary(max_size=300))
    def test_never_raises_on_arbitrary_bytes(self, content: bytes) -> None:
        read = reading.read(content)
        assert bool(read.findings) != bool(read.entries)

    @given(st.text(alphabet='value,label;:"\n\r\t|A1 \x0b\x1c', max_size=200))
    def test_never_raises_on_what_looks_like_csv(self, text: str) -> None:
        read = reading.read(("value,label\n" + text).encode())
        assert all(str(found) for found in read.findings)


class TestReadWorkbook:
    def test_takes_results_as_they_are_meant(self) -> None:
        content = books.workbook(
            [
                ["value", "label", "tarif:money", "sejak", "ya", "n"],
                [1, "Satu", 15000, date(2026, 9, 7), True, 2.5],
                [2, "Dua", 10000.0, date(2026, 9, 8), False, 3],
            ],
            A2="000",
        )
        assert rows(reading.read(content)) == [
            ("001", {"id": "Satu"}, {"tarif": 15000, "sejak": "2026-09-07", "ya": True, "n": "2.5"}),
            ("2", {"id": "Dua"}, {"tarif": 10000, "sejak": "2026-09-08", "ya": False, "n": 3}),
        ]

    def test_skips_hidden_sheets_and_empty_lines(self) -> None:
        book = openpyxl.Workbook()
        book.active.sheet_state = "hidden"
        sheet = book.create_sheet("daftar")
        sheet["A1"], sheet["B1"], sheet["A5"] = "value", "label", "A"
        assert codes(reading.read(books.saved(book))) == [(5, "label", "label.missing")]

    def test_asks_for_a_visible_sheet(self) -> None:
        book = openpyxl.Workbook()
        book.create_sheet("b")
        book.worksheets[1].sheet_state = "hidden"
        assert codes(reading.read(books.saved_hidden(book))) == [(0, "", "xlsx.empty")]

    def test_reads_a_formula_as_its_stored_result(self) -> None:
        head = '<c r="C1" t="inlineStr"><is><t>n</t></is></c></row>'
        cell = '<c r="C2"><f>1+1</f><v>2</v></c></row>'
        first = books.ROW.format(1, "value", "label").replace("</row>", head)
        sheet = first + books.ROW.format(2, "A", "x").replace("</row>", cell)
        assert rows(reading.read(books.raw({}, sheet=sheet)))[0][2] == {"n": 2}
        without = sheet.replace("<v>2</v>", "")
        assert codes(reading.read(books.raw({}, sheet=without))) == [(2, "n", "cell.formula")]

    def test_reports_an_error_of_the_spreadsheet(self) -> None:
        sheet = books.ROW.format(1, "value", "label") + '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'
        assert codes(reading.read(books.raw({}, sheet=sheet))) == [
            (2, "value", "cell.error"),
            (2, "label", "label.missing"),
        ]

    def test_does_not_believe_what_a_sheet_says_of_its_size(self) -> None:
        lines = [["value", "label"], *([f"v{n}", "x"] for n in range(50))]
        content = books.workbook(lines)
        said = books.replaced(content, "xl/worksheets/sheet1.xml", b'ref="A1:B51"', b'ref="A1:B3"')
        assert len(rows(reading.read(said))) == 50


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a sheet of a gigabyte's kind": (lambda: books.raw({}, sheet=" " * 49_000_000), "xlsx.bomb"),
    "a part that is not read, but unpacks hugely": (
        lambda: books.raw({"xl/media/a.bin": b"\0" * 60_000_000}),
        "xlsx.bomb",
    ),
    "texts without end": (
        lambda: books.raw({"xl/sharedStrings.xml": "<sst>" + "<si><t>a</t></si>" * 1_100_000 + "</sst>"}),
        "xlsx.bomb",
    ),
    "a hundred thousand and two lines": (
        lambda: books.raw({}, sheet="".join(f'<row r="{n}"/>' for n in range(1, 100_003))),
        "file.lines",
    ),
    "styles of megabytes": (lambda: books.raw({"xl/styles.xml": books.noise(1_200_000)}), "xlsx.heavy"),
    "more parts than any workbook has": (lambda: books.crowded(300), "xlsx.entries"),
    "more parts than its end admits": (lambda: books.many_in_little(300), "xlsx.entries"),
    "a sheet that says it is tiny": (lambda: books.understated(2_000_000), "xlsx.broken"),
    "a way up": (lambda: books.raw({"xl/../../etc/passwd": b""}), "xlsx.names"),
    "an absolute name": (lambda: books.raw({"/etc/passwd": b""}), "xlsx.names"),
    "a drive letter": (lambda: books.raw({"C:/x": b""}), "xlsx.names"),
    "a name with a backslash": (lambda: books.raw({"xl\\x": b""}), "xlsx.names"),
    "a symbolic link": (books.linked, "xlsx.names"),
    "a word document": (lambda: books.plain({"word/document.xml": "<w/>"}), "xlsx.broken"),
    "an old or locked workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "xlsx.old"),
    "half a workbook": (lambda: books.workbook([["value", "label"], ["A", "x"]])[:-400], "xlsx.broken"),
    "no archive at all": (lambda: b"PK\x03\x04" + b"x" * 100, "xlsx.broken"),
    "entities in the sheet": (
        lambda: books.entities("xl/worksheets/sheet1.xml"),
        "xlsx.entities",
    ),
    "entities in the book": (lambda: books.entities("xl/workbook.xml"), "xlsx.entities"),
    "entities in the texts": (lambda: books.entities("xl/sharedStrings.xml"), "xlsx.entities"),
    "a line in the far distance": (
        lambda: books.raw({}, sheet=books.ROW.format(2_000_000_000, "value", "label")),
        "file.lines",
    ),
    "a column in the far distance": (
        lambda: books.raw({}, sheet='<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>'),
        "xlsx.broken",
    ),
    "ten megabytes of commas": (lambda: b"value,label\n" + b"," * 9_900_000, "csv.line"),
    "ten megabytes and more": (lambda: b"value,label\n" + b"A,x\n" * 2_500_001, "file.large"),
    "a quotation mark never closed": (lambda: b'value,label\nA,"' + b"x\n" * 4_000_000, "csv.quotes"),
    "a hundred thousand and two lines of text": (lambda: b"value,label\n" + b"A,x\n" * 100_002, "file.lines"),
}


class TestRefuse:
    """Threats T20, T21 and T22: archive bombs, path traversal, entities in office files."""

    @pytest.mark.parametrize("name", HOSTILE)
    def test_refuses_with_little_work_and_memory(self, name: str) -> None:
        make, code = HOSTILE[name]
        content = make()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with bounded():
            read = reading.read(content)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        assert [found.code for found in read.findings] == [code]
        assert grown < 300, f"{grown:.0f} MB"
