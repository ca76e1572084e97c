"""An address: street, RT and RW, hamlet, the area list by list, postcode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.forms import cascade
from runtime.forms.cascade import Cascade
from runtime.forms.digits import bare
from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed, part_name
from schemas.areacodes import LEVELS
from schemas.definition import Field, Json
from schemas.fieldtypes.address import LONGEST

LABELS = {
    "street": gettext_lazy("Street and house number"),
    "rt": gettext_lazy("RT"),
    "rw": gettext_lazy("RW"),
    "hamlet": gettext_lazy("Hamlet or neighbourhood, if there is one"),
    "postcode": gettext_lazy("Postal code, if you know it"),
}
WIDTHS = {"rt": 3, "rw": 3, "postcode": 5}
TOKENS = {"street": "address-line1", "postcode": "postal-code"}


@dataclass(frozen=True)
class Line:
    """One input of an address, ready to be drawn."""

    id: str
    label: str
    value: str
    attributes: SafeString


@dataclass(frozen=True)
class Form:
    """The inputs of an address by part, and its lists of areas."""

    lines: dict[str, Line]
    cascade: Cascade


@dataclass(frozen=True)
class AddressFace(FieldFace):
    """Street and area are always asked; RT and RW are kept with three digits."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        if not any(_given(typed).values()) and cascade.untouched(question, typed, around):
            return None
        return self._read(question, typed)

    def lead(self, question: Field, typed: Typed) -> str:
        try:
            self._read(question, typed)
        except Refused as refused:
            return str(refused.data.get("part", ""))
        return ""

    def _read(self, question: Field, typed: Typed) -> dict[str, Json]:
        given = _given(typed)
        if not given["street"]:
            raise Refused("address.street", part="street")
        for part, most in LONGEST.items():
            if len(given[part]) > most:
                raise Refused("text.long", part=part, limit=most, length=len(given[part]))
        read = {**given, "rt": _number("rt", given["rt"]), "rw": _number("rw", given["rw"])}
        read["region"] = cascade.code_of(question, typed)
        read["postcode"] = _postcode(given["postcode"])
        return {part: read[part] for part in (*LABELS, "region") if read[part]}

    def live(self, question: Field, typed: Typed, around: Circumstances, name: str, wrong: bool) -> Any:
        part = self.lead(question, typed) if wrong else ""
        lines = {known: _line(question, typed, name, known, wrong=known == part) for known in LABELS}
        return Form(lines, Cascade(question, typed, name, part))

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        stored = answer if isinstance(answer, dict) else {}
        lines = {part: str(stored.get(part, "")) for part in LABELS}
        return {**lines, **cascade.shown(question, str(stored.get("region", "")), around)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return ", ".join(_words(answer))

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        street, *rest = _words(answer)
        return "\n".join([street, ", ".join(rest)])

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        stored = answer if isinstance(answer, dict) else {}
        code = str(stored.get("region", ""))
        parts = {part: str(stored.get(part, "")) for part in LABELS}
        return {**parts, "region": code, "region_name": cascade.said(code) if code else ""}


def _given(typed: Typed) -> dict[str, str]:
    return {part: str(typed.get(part, "")).strip() for part in LABELS}


def _number(part: str, text: str) -> str:
    """Return the number of an RT or RW with three digits, as identity cards have it."""
    if text and not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise Refused("address.number", part=part, name=str(LABELS[part]))
    return text.zfill(3) if text else ""


def _postcode(text: str) -> str:
    digits = bare(text)
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 5 and digits[0] != "0"):
        raise Refused("address.postcode", part="postcode")
    return digits


def _words(answer: Json) -> list[str]:
    """Return an address piece by piece as it is written on an envelope."""
    stored = answer if isinstance(answer, dict) else {}
    numbers = [
        f"{label} {stored[part]}" for part, label in (("rt", _("RT")), ("rw", _("RW"))) if part in stored
    ]
    area = cascade.said(str(stored.get("region", "")))
    last = f"{area} {stored['postcode']}" if "postcode" in stored else area
    return [str(stored.get("street", "")), *([" ".join(numbers)] if numbers else []), *_hamlet(stored), last]


def _hamlet(stored: dict[str, Json]) -> list[str]:
    return [str(stored["hamlet"])] if "hamlet" in stored else []


def _line(question: Field, typed: Typed, name: str, part: str, *, wrong: bool) -> Line:
    id_ = f"id_{part_name(name, part)}"
    width = f" govuk-input--width-{WIDTHS[part]}" if part in WIDTHS else ""
    about: Attributes = {
        "class": f"govuk-input{width}{' govuk-input--error' if wrong else ''}",
        "id": id_,
        "name": part_name(name, part),
        "type": "text",
        "inputmode": "numeric" if part in WIDTHS else None,
        "autocomplete": TOKENS.get(part, "off") if question.autocomplete else "off",
        "aria-invalid": "true" if wrong else None,
    }
    return Line(id_, str(LABELS[part]), str(typed.get(part, "")), flatatt(about))


FACE = AddressFace(
    "address",
    parts=("street", "rt", "rw", "hamlet", *LEVELS, "postcode"),
    grouped=True,
    regional=True,
    has_buttons=True,
)
