"""What pyxform makes of a workbook beside what we make of it, and the differences that no report names.

Rows are matched in their order. A difference is named when the row was not taken, when an entry of the report
stands in the row and column, or at the head of the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from builder import xlsimport
from builder.xlsform import reading
from builder.xlsform.columns import Columns, language
from builder.xlsform.ledger import HEADS
from builder.xlsimport import Import

Json = Any
FAMILIES = {
    "text": {"text", "longtext", "pattern"}, "string": {"text", "longtext", "pattern"},
    "phone number": {"text", "pattern"}, "barcode": {"text", "pattern"}, "hidden": {"text"},
    "integer": {"integer"}, "int": {"integer"}, "decimal": {"number"},
    "range": {"integer", "number", "rating"}, "date": {"date"}, "time": {"time"}, "dateTime": {"datetime"},
    "select one": {"choice"}, "select one external": {"choice"}, "select all that apply": {"choices"},
    "rank": {"matrix"}, "note": {"note", "heading"}, "acknowledge": {"consent"}, "trigger": {"consent"},
    "photo": {"photo", "signature"}, "file": {"file"}, "geopoint": {"location"}, "repeat": {"repeat"},
    "today": {"metadata"}, "get today": {"metadata"}, "q string": {"text"}, "q int": {"integer"},
    "percentage": {"integer"}, "number of days in last month": {"integer"}, "add note prompt": {"note"},
    "datetime": {"datetime"}, "calculate": {"text", "integer", "number", "date", "time", "boolean"},
}  # fmt: skip
RULES = {
    "required": {"required"},
    "relevant": {"visible"},
    "constraint": {
        "check",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "pattern",
    },
    "calculate": {"calculate"},
    "readonly": {"readOnly", "calculate"},
}
COLUMNS = {"calculate": "calculation"}
IDLE = re.compile(r"\s*(true\(\)|false\(\)|yes|no|true|false)?\s*", re.IGNORECASE)
OF_LANGUAGES = ("language.other",)
SETS = ("group", "repeat")
GENERATED = re.compile(r".*_(other|count)|generated_table_list_label_\d+|reserved_name_for_\w+")
"""What pyxform adds by itself: the text for “other”, the number of rows, the heads of a table."""


@dataclass
class Asked:
    """A question or repeat: its name, the repeats around it, the rest as its side writes it."""

    name: str
    rows: tuple[str, ...]
    raw: dict[str, Json] = field(default_factory=dict)


def unnamed(content: bytes) -> list[str] | None:
    """Return the differences that the report does not name; None when pyxform makes no form of it."""
    try:
        theirs = convert(xlsform=content, file_type=".xlsx", form_name="data")._pyxform
    except PyXFormError:
        return None
    made = xlsimport.run(content, language="id", judged=False)
    assert made.unreadable is None
    return list(_Compared(content, theirs, made).all())


class _Compared:
    def __init__(self, content: bytes, theirs: Json, made: Import) -> None:
        book = reading.read(content)
        self.survey, self.columns = book.sheet("survey"), Columns(book.sheet("survey"))
        self.theirs, self.made, self.ledger = theirs, made, made.conversion.ledger
        self.document = made.document or {"pages": [], "languages": ["id"]}
        self.mine = list(_ours([one for page in self.document["pages"] for one in page["fields"]]))
        self.groups = list(_groups(self.document["pages"]))

    def all(self) -> Iterator[str]:
        waiting = list(_theirs(self.theirs["children"]))
        mine = list(self.mine)
        names = {self.columns.get(row, "name") for row in self.survey.rows}
        for row in self.survey.rows:
            name = self.columns.get(row, "name") or f"generated_note_name_{row.number}"
            while waiting and waiting[0].name not in (*names, name) and _generated(waiting[0]):
                waiting.pop(0)
            if not waiting or waiting[0].name != name:
                continue
            their = waiting.pop(0)
            if self.ledger.outcome("survey", row.number) == "refused":
                continue
            if their.raw["type"] == "group":
                yield from self._group(row, their)
                continue
            at = next((at for at, one in enumerate(mine) if self._same(one, row, name)), None)
            if at is None:
                yield f"row {row.number} ({name}) is not in the document, or not in its order"
                continue
            our, mine = mine[at], mine[at + 1 :]
            for what in self._question(row, their, our):
                yield f"row {row.number} ({name}): {what}"
        rest = [one.name for one in waiting if not _generated(one)]
        yield from (f"{name} was not found in the workbook" for name in rest)

    def _same(self, one: Asked, row: Any, name: str) -> bool:
        return one.name == name or (not self.columns.get(row, "name") and one.raw["type"] == "note")

    def told(self, row: Any, *columns: str) -> bool:
        """Say whether an entry stands at one of the columns of the row, or at their heads."""
        written = {self.columns.written(column) for column in columns} | set(columns)
        return any(
            entry.sheet == "survey" and entry.row in (row.number, HEADS) and entry.column in written
            for entry in self.ledger.entries
            if entry.reason not in OF_LANGUAGES
        )

    def _foreign(self, written: str) -> bool:
        """Say whether the report names this language as one that is not taken."""
        data = [dict(one.data) for one in self.ledger.entries if one.reason in OF_LANGUAGES]
        return any(one["language"] == ("" if written == "default" else written) for one in data)

    def _question(self, row: Any, their: Asked, our: Asked) -> Iterator[str]:
        kind = their.raw["type"]
        if our.raw["type"] not in FAMILIES.get(kind, set()) and not self.told(row, "type", "appearance"):
            yield f"a {kind} became a {our.raw['type']}"
        if their.rows != our.rows:
            yield f"stands in {their.rows}, here in {our.rows}"
        yield from self._rules(row, their, our)
        yield from self._words(row, "label", their.raw.get("label"), our.raw.get("label"))
        for name in ("hint", "guidance_hint"):
            yield from self._words(row, name, their.raw.get(name), our.raw.get("help"))
        if their.raw.get("media") and not any(
            entry.row == row.number and entry.reason == "column.media" for entry in self.ledger.entries
        ):
            yield "media are gone"
        yield from self._choices(row, their, our)

    def _rules(self, row: Any, their: Asked, our: Asked) -> Iterator[str]:
        bind = their.raw.get("bind", {})
        for name, here in RULES.items():
            if name == "readonly" and our.raw["type"] == "note":
                continue
            written = str(bind.get(name, ""))
            if IDLE.fullmatch(written) and not (name in ("required", "readonly") and "es" in written):
                continue
            if not here & our.raw.keys() and not self.told(row, COLUMNS.get(name, name)):
                yield f"{name} is gone: {written}"
        for name, here in (("default", ("default", "calculate")), ("choice_filter", ("filter",))):
            if their.raw.get(name) and not set(here) & our.raw.keys() and not self.told(row, name):
                yield f"{name} is gone: {their.raw[name]}"
        counted = their.raw.get("control", {}).get("jr:count")
        if counted and "maxItems" not in our.raw and not self.told(row, "repeat_count"):
            yield "the number of rows is gone"
        for name, here in (("jr:constraintMsg", "constraint"), ("jr:requiredMsg", "required")):
            yield from self._message(row, bind.get(name), here, our)

    def _message(self, row: Any, words: Json, rule: str, our: Asked) -> Iterator[str]:
        column = f"{rule}_message"
        if words and not self.told(row, column, rule):
            kept = our.raw.get("messages", {})
            names = {"required"} if rule == "required" else kept.keys() - {"required"}
            found = [kept[name] for name in names if name in kept]
            if not found:
                yield f"{column} is gone"
            for text in found[:1]:
                yield from self._words(row, column, words, text)

    def _words(self, row: Any, column: str, theirs: Json, ours: Json) -> Iterator[str]:
        """Look for every text of every language that documents can have."""
        if not theirs:
            return
        said = theirs if isinstance(theirs, dict) else {"default": theirs}
        kept = ours if isinstance(ours, dict) else {self.document["languages"][0]: ours or ""}
        for written, text in said.items():
            heads = [
                one.written
                for one in self.columns.heads.values()
                if one.name == column and (one.language or "default") == written
            ]
            if "${" in str(text) or self._foreign(written) or self.told(row, column, *heads):
                continue
            code = language(written)
            places = kept.values() if code == "default" else [kept.get(code, "")]
            if not any(_said(text, place, whole=column == "label") for place in places):
                yield f"{column} in {written} is gone: {text}"

    def _choices(self, row: Any, their: Asked, our: Asked) -> Iterator[str]:
        offered = their.raw.get("choices")
        if not offered or our.raw["type"] not in ("choice", "choices", "matrix"):
            return
        if our.raw["type"] == "matrix":
            options = our.raw["rows"]
        elif "dataset" in our.raw:
            options = self.document["datasets"][our.raw["dataset"]]["items"]
        else:
            options = our.raw["options"]
        if any("other" in self.columns.get(one, "type") for one in self.survey.rows):
            offered = [one for one in offered if one["name"] != "other"]  # in every use of the list
        names = [str(one["name"]) for one in offered]
        found = [str(one.get("x-name", one["value"])) for one in options][: len(names)]
        if names != found and "dataset" not in our.raw:
            yield f"choices {names} became {found}"
        if len(options) < len(names):
            yield f"{len(names)} choices became {len(options)}"
        for one, option in zip(offered, options, strict=False):
            label = one.get("label")
            said = label if isinstance(label, dict) else {"default": label or one["name"]}
            kept = option["label"] if isinstance(option["label"], dict) else {"": option["label"]}
            known = {"id", "en", "default"}
            for written, text in said.items():
                there = str(text).strip() in kept.values() or "${" in str(text)
                if language(written) in known and not there and not self._foreign(written):
                    yield f"choice {one['name']} in {written} is gone: {text}"

    def _group(self, row: Any, their: Asked) -> Iterator[str]:
        """A group is a page, a group, a heading, or nothing but the condition of its questions."""
        place = f"row {row.number} (group {their.name})"
        label = their.raw.get("label")
        texts = list(label.values()) if isinstance(label, dict) else [label] if label else []
        mine = [one for one in self.groups if _has(one, their.name, texts)]
        if not mine:
            if not self.told(row, "type", "label"):
                yield f"{place} is gone"
            return
        relevant = str(their.raw.get("bind", {}).get("relevant", ""))
        shown = IDLE.fullmatch(relevant) or any("visible" in one for one in mine)
        if not shown and not self.told(row, "relevant"):
            yield f"{place}: relevant is gone: {relevant}"
        hint = their.raw.get("hint")
        kept = any("help" in one or "intro" in one for one in mine)
        if hint and not kept and not self.told(row, "hint"):
            yield f"{place}: hint is gone"


MARKS = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
"""The marks of a word processor, in place of which pyxform reads plain ones, in words as well."""


def _said(text: Json, place: str, *, whole: bool) -> bool:
    wanted, found = (" ".join(one.translate(MARKS).split()) for one in (str(text), place))
    return wanted == found if whole else wanted in found


def _generated(one: Asked) -> bool:
    return GENERATED.fullmatch(one.name) is not None


def _has(item: Json, name: str, texts: list[str]) -> bool:
    said = item.get("label", item.get("title", ""))
    kept = list(said.values()) if isinstance(said, dict) else [said]
    return item.get("x-name") == name or item["key"] == name.lower() or any(text in kept for text in texts)


def _theirs(children: list[Json], rows: tuple[str, ...] = ()) -> Iterator[Asked]:
    for child in children:
        if child["name"] == "meta" and child["type"] == "group":
            continue
        yield Asked(child["name"], rows, child)
        inner = (*rows, child["name"]) if child["type"] == "repeat" else rows
        if child["type"] in SETS:
            yield from _theirs(child.get("children", []), inner)


def _ours(items: list[Json], rows: tuple[str, ...] = ()) -> Iterator[Asked]:
    for item in items:
        name = item.get("x-name", item["key"])
        if item["type"] != "group":
            yield Asked(name, rows, item)
        inner = (*rows, name) if item["type"] == "repeat" else rows
        yield from _ours(item.get("fields", []), inner)


def _groups(items: list[Json]) -> Iterator[Json]:
    for item in items:
        if "type" not in item or item["type"] in ("group", "heading"):
            yield item
        yield from _groups(item.get("fields", []))
