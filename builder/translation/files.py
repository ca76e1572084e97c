"""Translations as files: CSV for spreadsheets, XLIFF 1.2 for translators' programs, and both back.

Source of XLIFF: OASIS XLIFF 1.2, sections 2.3 and 2.4. Every unit is one text; its id is the line's path.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from builder.translation.lines import Line, State
from runtime.datasets import delimited, findings
from runtime.datasets.sheet import Unreadable, capped
from runtime.datasets.writing import guarded

MOST_BYTES = 5_000_000
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STATES: dict[State, str] = {
    "missing": "needs-translation",
    "stale": "needs-review-translation",
    "done": "translated",
}
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMNS = ("id", "place", "source", "translation", "state")


class NotRead(Exception):
    """The file cannot be taken at all; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Given:
    """One translation in a file: of which line, from which words; `number` is its line or unit."""

    number: int
    path: str
    source: str
    target: str


def as_csv(lines: Sequence[Line]) -> bytes:
    """Return the lines as a table that spreadsheets open."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for line in lines:
        cells = (line.path, line.where, line.source, line.target, line.state)
        writer.writerow(guarded(cell) for cell in cells)
    return out.getvalue().encode("utf-8-sig")


def as_xliff(lines: Sequence[Line], *, key: str, first: str, language: str) -> bytes:
    """Return the lines as one XLIFF file of the service `key`, from language to language."""
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    languages = {"source-language": first, "target-language": language}
    file = SubElement(root, "file", {"original": key, "datatype": "plaintext", **languages})
    body = SubElement(file, "body")
    for line in lines:
        unit = SubElement(body, "trans-unit", {"id": line.path, _SPACE: "preserve"})
        SubElement(unit, "source").text = _NOT_XML.sub("\ufffd", line.source)
        SubElement(unit, "target", {"state": _STATES[line.state]}).text = _NOT_XML.sub("\ufffd", line.target)
        SubElement(unit, "note").text = _NOT_XML.sub("\ufffd", line.where)
    indent(root)
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def read(content: bytes, *, key: str, language: str) -> list[Given]:
    """Return the translations of a file. Raises `NotRead`."""
    if len(content) > MOST_BYTES:
        raise NotRead(_("The file is too large: at most 5 MB are taken. Remove what is not a translation."))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _xliff(content, key, language)
    try:
        return _csv(content)
    except Unreadable as reason:
        raise NotRead(findings.Finding(0, "", reason.code, reason.data).sentence) from None


def _csv(content: bytes) -> list[Given]:
    lines = capped(delimited.read(content))
    _number, header = next(lines, (0, []))
    names = [str(cell).strip().lower() for cell in header]
    if not {"id", "source", "translation"} <= set(names):
        raise NotRead(
            _(
                "The first line must name the columns id, source and translation. Save the table from this "
                "page, write into the column translation and leave the others as they are."
            )
        )
    at = [names.index(name) for name in ("id", "source", "translation")]
    found = []
    for number, cells in lines:
        cells += [""] * (len(names) - len(cells))
        path, source, target = (_bare(str(cells[place])) for place in at)
        found.append(Given(number, path, source, target))
    return found


def _bare(cell: str) -> str:
    """Return the text of a cell without the mark that kept a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _xliff(content: bytes, key: str, language: str) -> list[Given]:
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotRead(_("This is no XLIFF file, or it is damaged. Export it anew.")) from None
    name = {"x": NAMESPACE}
    file = root.find("x:file", name)
    if file is None or root.get("version") != "1.2":
        raise NotRead(_("Only XLIFF of version 1.2 is read, as it is saved from this page."))
    if file.get("original") != key:
        raise NotRead(_("This file belongs to another service. Choose the file of this service."))
    if file.get("target-language") != language:
        raise NotRead(_("This file is in another language. Choose that language above first."))
    found = []
    for number, unit in enumerate(root.iterfind(".//x:trans-unit", name), 1):
        source, target = ("".join(one.itertext()) for one in _sides(unit))
        found.append(Given(number, unit.get("id", ""), source, target))
    return found


def _sides(unit: Element) -> tuple[Element, Element]:
    """Return what a unit says in both languages; what it lacks says nothing."""
    source, target = (unit.find(f"{{{NAMESPACE}}}{name}") for name in ("source", "target"))
    return Element("source") if source is None else source, Element("target") if target is None else target
