"""What is said when an answer cannot be taken: what is wrong, and what to do. One sentence per code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from runtime.forms import uploads
from schemas.definition import Field, Group, Page

OWN_MESSAGE = {
    "text.short": "minimum", "text.long": "maximum", "number.small": "minimum", "number.large": "maximum",
    "choices.few": "minimum", "choices.many": "maximum", "rows.few": "minimum", "rows.many": "maximum",
}  # fmt: skip
"""Codes for which the author may have written an own sentence under another name than "format"."""

SENTENCES: dict[str, Any] = {
    "required": _("Fill in “%(label)s”."),
    "required.choose": _("Choose an answer for “%(label)s”."),
    "required.file": _("Attach a file for “%(label)s”."),
    "required.sign": _("Sign “%(label)s” with your full name."),
    "required.consent": _("Tick “%(label)s” to continue."),
    "reworded": _("The words of “%(label)s” have changed since. Please read them and agree again."),
    "check": _("The answer to “%(label)s” does not fit. Please check it again."),
    "text.long": _("“%(label)s” may have at most %(limit)s characters. You typed %(length)s."),
    "text.short": _("“%(label)s” needs at least %(limit)s characters. You typed %(length)s."),
    "email.format": _("Write an e-mail address like nama@contoh.id."),
    "phone.format": _("Write a telephone number like 0812-3456-7890."),
    "phone.mobile": _("Write a mobile number like 0812-3456-7890; messages do not reach any other."),
    "nik.digits": _("A NIK consists of digits only, without letters."),
    "nik.length": _("A NIK has 16 digits. You typed %(length)s."),
    "nik.same": _("This NIK cannot be right: all its digits are the same. Please check it again."),
    "nik.serial": _("This NIK cannot be right: its last four digits are never 0000."),
    "no_kk.same": _("This family card number cannot be right: all its digits are the same."),
    "location.range": _("Write both coordinates as numbers, for example -6,1783 and 106,6319."),
    "nik.date": _("The birth date inside this NIK does not exist. Please check its 7th to 12th digit."),
    "no_kk.digits": _("A family card number consists of digits only, without letters."),
    "no_kk.length": _("A family card number has 16 digits. You typed %(length)s."),
    "digits.digits": _("“%(label)s” consists of digits only, without letters."),
    "digits.length": _("“%(label)s” has %(limit)s digits. You typed %(length)s."),
    "digits.same": _("“%(label)s” cannot be right: all its digits are the same. Please check it again."),
    "npwp.digits": _("An NPWP consists of digits only, without letters."),
    "npwp.length": _("An NPWP has 16 digits, or 15 on an older card. You typed %(length)s."),
    "plate.format": _("Write the number of the plate like B 1234 XYZ."),
    "url.format": _("Write a web address like www.contoh.go.id."),
    "pattern.format": _("“%(label)s” is not written as it should be. It looks like %(example)s."),
    "pattern.unlike": _("“%(label)s” is not written as it should be. Please check it again."),
    "integer.format": _("Write “%(label)s” as a whole number, for example 1.500."),
    "number.format": _("Write “%(label)s” as a number, for example 2,5."),
    "number.places": _("“%(label)s” may have at most %(limit)s digits after the comma."),
    "number.small": _("“%(label)s” must be at least %(limit)s."),
    "number.large": _("“%(label)s” must be at most %(limit)s."),
    "money.amount": _("Write an amount of money, for example 1.250,50."),
    "money.format": _("Write an amount in whole rupiah, for example 1.500.000."),
    "date.part.day": _("The day is missing in “%(label)s”."),
    "date.part.month": _("The month is missing in “%(label)s”."),
    "date.part.year": _("The year is missing in “%(label)s”."),
    "date.format": _("Write “%(label)s” in digits, for example 17 8 1990."),
    "date.year": _("Write the year of “%(label)s” in four digits, for example 1990."),
    "date.unreal": _("The date in “%(label)s” does not exist. Please check the day and the month."),
    "time.format": _("Write the time in “%(label)s” like 14.05."),
    "datetime.time": _("The time is missing in “%(label)s”."),
    "datetime.unreal": _("The date in “%(label)s” does not exist. Please check the day and the month."),
    "date_range.order": _("In “%(label)s” the last day comes before the first. Please check both days."),
    "region.none": _("The list of areas is not loaded here yet, so “%(label)s” cannot be answered now."),
    "region.province": _("Choose a province for “%(label)s”."),
    "region.regency": _("Choose a regency or city for “%(label)s”."),
    "region.district": _("Choose a district for “%(label)s”."),
    "region.village": _("Choose a village for “%(label)s”."),
    "address.street": _("Write the street and house number for “%(label)s”."),
    "address.number": _("Write the %(name)s of “%(label)s” in digits only, at most three."),
    "address.postcode": _("A postal code has 5 digits. Leave it empty if you do not know it."),
    "first": _("Answer “%(parent)s” first, then choose an answer for “%(label)s”."),
    "filter": _("What you chose for “%(label)s” does not fit “%(parent)s”. Please choose again."),
    "list.pick": _("Choose one of the answers found for “%(label)s”, or empty the search box."),
    "option.unknown": _("Choose one of the answers offered for “%(label)s”."),
    "signature.name": _("Sign “%(label)s” with your full name; a drawing alone is not enough."),
    "signature.strokes": _("The drawing in “%(label)s” could not be read. Clear it and draw it again."),
    "matrix.rows": _("Choose an answer for %(rows)s in “%(label)s” as well."),
    "required.rows": _("Add at least one entry to “%(label)s”."),
    "rows.few": _("“%(label)s” needs at least %(limit)s entries."),
    "rows.many": _("“%(label)s” takes at most %(limit)s entries. Please remove some."),
    "group": _("Answer at least one question under “%(label)s”."),
    "together": _("The answers under “%(label)s” do not fit together. Please check them again."),
    "page": _("The answers on this page do not fit together. Please check them again."),
    "row": _("The answers in this entry of “%(label)s” do not fit together. Please check them again."),
    "choices.few": _("Choose at least %(limit)s answers for “%(label)s”."),
    "choices.many": _("Choose at most %(limit)s answers for “%(label)s”."),
    "location.landmark": _("Say in words where it is, for example “in front of SDN 3”."),
    "location.coordinates": _("Write both coordinates as numbers, for example -6,1783 and 106,6319."),
    "file.empty": _("The file “%(name)s” is empty. Please choose another one."),
    "file.damaged": _("“%(name)s” did not arrive whole. Please choose it once more."),
    "file.type": _("“%(name)s” cannot be accepted. Please attach %(accepted)s."),
    "photo.type": _("“%(name)s” is not a photo. Please attach a JPG, PNG or WebP picture."),
    "photo.broken": _("“%(name)s” cannot be opened as a picture. Please take or choose another one."),
    "photo.pixels": _(
        "“%(name)s” has too many pixels. Please take it in a lower quality, or save it smaller as a JPG."
    ),
    "file.large": _("“%(name)s” is too large. One file may be at most %(size)s."),
    "file.many": _("At most %(limit)s files can be attached to “%(label)s”."),
}

ACCEPTED_NAMES = {"application/pdf": "PDF", "image/jpeg": "JPG", "image/png": "PNG", "image/webp": "WebP"}
CHOOSING = frozenset({"choice", "choices", "office", "region", "boolean", "rating", "matrix"})


def sentence(question: Field, code: str, data: Mapping[str, Any], language: str) -> str:
    """Return the sentence for one refused answer: the author's own if there is one, else ours."""
    if question.type == "repeat" and code in ("few", "many"):
        code = f"rows.{code}"
    own = question.messages.get(_own_name(code))
    if own:
        return own.say(language)
    if code == "date.part":
        code = f"date.part.{data['part']}"
    if code == "required":
        code = _required_code(question)
    words = SENTENCES.get(code, SENTENCES["check"])
    return str(words) % {"label": question.label.say(language), **_spoken(question, data)}


def together(code: str, owner: Group | Page, language: str) -> str:
    """Return the sentence for questions that stand together, on a page or in a group."""
    own = owner.messages.get("required" if code == "group" else "check")
    if own:
        return own.say(language)
    if isinstance(owner, Page):
        return str(SENTENCES["page"])
    return str(SENTENCES["group" if code == "group" else "together"]) % {"label": owner.label.say(language)}


def row(question: Field, language: str) -> str:
    """Return the sentence for a row whose answers do not fit together."""
    own = question.row.messages.get("check")
    return own.say(language) if own else str(SENTENCES["row"]) % {"label": question.label.say(language)}


def count(problems: int) -> str:
    """Return the headline of the error summary."""
    return ngettext(
        "There is one thing to put right", "There are %(count)s things to put right", problems
    ) % {"count": problems}


def accepted_words(types: frozenset[str]) -> str:
    """Return the acceptable kinds of file as people call them: PDF, JPG or PNG."""
    names = [name for kind, name in ACCEPTED_NAMES.items() if kind in types]
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _own_name(code: str) -> str:
    if code in {"required", "check"}:
        return code
    return OWN_MESSAGE.get(code, "format")


def _required_code(question: Field) -> str:
    if question.type in CHOOSING:
        return "required.choose"
    if question.type in {"file", "photo"}:
        return "required.file"
    if question.type == "repeat":
        return "required.rows"
    return {"consent": "required.consent", "signature": "required.sign"}.get(question.type, "required")


def _spoken(question: Field, data: Mapping[str, Any]) -> dict[str, Any]:
    spoken = dict(data)
    if "limit" in spoken:
        spoken["size"] = uploads.size_words(spoken["limit"]) if isinstance(spoken["limit"], int) else ""
    for name in {"limit", "length"} & spoken.keys():
        if isinstance(spoken[name], int):
            spoken[name] = formats.number_format(spoken[name], force_grouping=True)
    spoken["accepted"] = accepted_words(uploads.accepted_types(question))
    return spoken
