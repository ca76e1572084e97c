"""Which type of XLSForm a question is, and what of it a workbook cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.xlsform.speak import quoted
from schemas.definition import Field

DIGITS = {
    "nik": "[0-9]{16}", "no_kk": "[0-9]{16}", "npwp": "[0-9]{15,16}", "nip": "[0-9]{18}", "nib": "[0-9]{13}",
    "nisn": "[0-9]{10}", "postcode": "[0-9]{5}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of XLSForm with its appearance; `loss` says what it lacks."""

    type: str = ""
    appearance: str = ""
    loss: str = ""


KINDS: Mapping[str, Kind] = {
    "text": Kind("text"),
    "longtext": Kind("text", "multiline"),
    "pattern": Kind("text"),
    "email": Kind("text", loss="loss.kind"),
    "url": Kind("text", loss="loss.kind"),
    "phone": Kind("text", "numbers", "loss.kind"),
    "plate": Kind("text", loss="loss.kind"),
    **dict.fromkeys(DIGITS, Kind("text", "numbers", "loss.kind")),
    "integer": Kind("integer"),
    "number": Kind("decimal"),
    "money": Kind("integer", loss="loss.money"),
    "rating": Kind("range", "rating"),
    "boolean": Kind("select_one yes_no", loss="loss.boolean"),
    "date": Kind("date"),
    "time": Kind("time"),
    "datetime": Kind("dateTime"),
    "choice": Kind("select_one"),
    "choices": Kind("select_multiple"),
    "office": Kind("text", loss="loss.list"),
    "region": Kind("text", loss="loss.list"),
    "address": Kind("text", "multiline", "loss.list"),
    "location": Kind("geopoint", loss="loss.place"),
    "file": Kind("file"),
    "photo": Kind("image"),
    "signature": Kind("image", "signature", "loss.signature"),
    "consent": Kind("acknowledge"),
    "heading": Kind("note", "heading"),
    "note": Kind("note"),
    "notice": Kind("note"),
    "image": Kind("note", loss="loss.picture"),
}
"""Of what is not named here a question of its own is made, or nothing."""


def constraints(question: Field) -> list[str]:
    """Return what the settings of a question ask of its answer, as XPath. Raises `Unsayable`."""
    settings, found = question.settings, list[str]()
    if question.type in ("integer", "number", "money"):
        found += [
            f". {op} {settings[name]}"
            for name, op in (("minimum", ">="), ("maximum", "<="))
            if name in settings
        ]
    if question.type in ("text", "longtext", "pattern"):
        lengths = (("minLength", ">="), ("maxLength", "<="))
        found += [f"string-length(.) {op} {settings[name]}" for name, op in lengths if name in settings]
    if question.type == "choices":
        counts = (("minItems", ">="), ("maxItems", "<="))
        found += [f"count-selected(.) {op} {settings[name]}" for name, op in counts if name in settings]
    if question.type == "pattern":
        found.append(f"regex(., {quoted(str(settings['pattern']))})")
    if question.type in DIGITS:
        found.append(f"regex(., '{DIGITS[question.type]}')")
    return found
