"""An applicant's copy of a case as tagged PDF, by the typesetter of the letters from one template of ours.

A letter with a character that no font has is not issued; a copy is made all the same: the character becomes
a white square, and the copy says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runtime.cases.edits import Changed, Told
from runtime.cases.selectors import Entry
from runtime.forms.summary import Row
from runtime.forms.words import printable
from runtime.letters import shapes, typesetting
from runtime.letters.checking import Listed
from runtime.letters.typesetting import Unprintable
from runtime.look import words
from runtime.tracking.owned import Owned
from runtime.tracking.seen import Seen

__all__ = ["Unprintable", "pdf"]

BOX = "□"
_TEMPLATE = Path(__file__).parent / "template" / "application.typ"
_HIDDEN = ("Cc", "Cs", "Co", "Cn")
_SURE = re.compile("[^\n\u0020-\u024f\u0370-\u0373\u0391-\u03c9\u0401-\u045f\u2010-\u2026\u200b\u20ac□]")
"""What is left out when so many characters are unknown that they are not looked for one by one."""


def pdf(owned: Owned, now: datetime) -> bytes:
    """Return the copy (PDF/A-2a, PDF/UA-1). Raises `Unprintable` when it takes the typesetter too long."""
    with translation.override(owned.language):
        data = _data(owned, now)
    everything = "".join(_texts(data))
    try:
        missing = re.compile(f"[{re.escape(found)}]") if (found := shapes.missing(everything)) else None
    except Unprintable:
        missing = _SURE
    if missing is not None:
        data = _replaced(data, missing)
    data["boxes"] = any(BOX in text for text in _texts(data))
    (file,) = typesetting.printed(data, int(now.timestamp()), "pdf", source=_source())
    return file


@cache
def _source() -> str:
    return _TEMPLATE.read_text(encoding="utf-8")


def _data(owned: Owned, now: datetime) -> dict[str, Any]:
    view, region = owned.view, owned.case.region
    facts = {
        _("Reference number"): view.reference,
        _("Status"): view.status,
        _("Number that was given"): view.number,
        _("Sent on"): _moment(view.submitted_at),
    }
    filled = [{"title": _shown(page.title), "rows": _rows(page.rows)} for page in owned.pages]
    sections = [
        _section(_("What you filled in"), parts=filled),
        _section(_("Documents"), lines=[one.name for one in owned.documents]),
        _section(_("Your letters"), rows=[_letter(letter) for letter in owned.letters]),
        _section(_("The way of your application"), rows=[_event(entry) for entry in view.past]),
        _section(_("Who saw your data"), rows=[_look(line) for line in owned.seen]),
    ]
    return {
        "title": _shown(view.service),
        "office": _shown((owned.case.office or region).name),
        "language": owned.language,
        "facts": [_row(label, value) for label, value in facts.items() if value],
        "sections": [one for one in sections if one["parts"] or one["rows"] or one["lines"]],
        "made": _("Copy for the applicant, made on %(when)s") % {"when": _moment(now)},
        "page": _("Page {page} of {pages}"),
        "unknown": _("A white square stands for a character that our fonts do not have."),
    }


def _section(title: str, *, parts: Any = (), rows: Any = (), lines: Any = ()) -> dict[str, Any]:
    shown = [_shown(line) for line in lines]
    return {"title": title, "parts": list(parts), "rows": list(rows), "lines": shown}


def _row(label: str, value: str, entries: Any = ()) -> dict[str, Any]:
    said = _shown(value) or ("" if entries else "–")
    return {"label": _shown(label) or "–", "value": said, "entries": list(entries)}


def _rows(rows: list[Row]) -> list[dict[str, Any]]:
    """Return questions and answers, those of a repeat row by row."""
    return [
        _row(
            row.label,
            "\n".join(file["name"] for file in row.files) or row.value,
            [{"title": _shown(entry.title), "rows": _rows(entry.rows)} for entry in row.entries],
        )
        for row in rows
    ]


def _letter(letter: Listed) -> dict[str, Any]:
    verdict = render_to_string("runtime/letters/_verdict.html", {"verdict": letter.verdict}).strip()
    state = verdict if letter.verdict else letter.state
    told = (letter.number, words.long_day(letter.issued_on), state, letter.why)
    return _row(letter.title, " · ".join(one for one in told if one))


def _event(entry: Entry) -> dict[str, Any]:
    by = f"{_moment(entry.at)} · {entry.by}" if entry.by else _moment(entry.at)
    edited = _edited(entry.edit) if entry.edit else ()
    return _row(entry.title, f"{by}\n{entry.note}" if entry.note else by, edited)


def _edited(edit: Told) -> list[dict[str, Any]]:
    """Return what officers changed of the answers, and why; what may not leave is out of it already."""
    if not edit.reason:
        return [{"title": _("What was changed was removed with the other personal data."), "rows": []}]
    rows = [_row(one.label, _changed(one)) for one in edit.changes]
    return [{"title": _("What was changed"), "rows": [*rows, _row(_("Reason"), edit.reason)]}]


def _changed(change: Changed) -> str:
    if change.before == change.after:
        return _("another number, hidden here")
    told = ((_("before:"), change.before), (_("now:"), change.after))
    return "\n".join(f"{when} {said or _('no answer')}" for when, said in told)


def _look(line: Seen) -> dict[str, Any]:
    post = ", ".join(one for one in (line.name, line.post) if one)
    who = _("Sent to %(system)s") % {"system": line.to} if line.to else f"{post} · {line.office}"
    why = _("Purpose:") + " " + "; ".join(line.why)
    return _row(who, "\n".join([words.long_day(line.day), *line.did, why]))


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{words.long_day(local)}, {words.clock(local)}"


def _shown(text: str) -> str:
    """Return a text whose characters without a shape are white squares; its lines and tabs stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (BOX if unicodedata.category(each) in _HIDDEN and each not in "\n\t" else each for each in lines)
    return printable("".join(seen))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for inner in said.values() if isinstance(said, dict) else said:
            yield from _texts(inner)


def _replaced(said: Any, missing: re.Pattern[str]) -> Any:
    if isinstance(said, str):
        return missing.sub(BOX, said)
    if isinstance(said, dict):
        return {key: _replaced(value, missing) for key, value in said.items()}
    return [_replaced(value, missing) for value in said] if isinstance(said, list) else said
