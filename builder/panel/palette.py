"""The kinds of question a clerk can choose, in a clerk's words, and ready-made groups of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from builder.blank import LANGUAGES, both
from builder.panel import kits
from schemas.fieldtypes import money

GROUPS: list[tuple[str, Any, list[str]]] = [
    ("words", gettext_lazy("Words and numbers"), ["text", "longtext", "integer", "number", "money"]),
    ("times", gettext_lazy("Days and times"), ["date", "time", "datetime", "date_range"]),
    ("choices", gettext_lazy("Choices"), ["choice", "choices", "boolean", "rating", "matrix"]),
    ("identity", gettext_lazy("About people"), ["nik", "no_kk", "phone", "email"]),
    (
        "numbers",
        gettext_lazy("Official numbers and addresses"),
        ["npwp", "nip", "nib", "nisn", "plate", "postcode", "url", "pattern"],
    ),
    ("files", gettext_lazy("Documents"), ["file", "photo"]),
    ("places", gettext_lazy("Places"), ["region", "address", "location", "office"]),
    ("shown", gettext_lazy("Between the questions"), ["heading", "note", "notice", "image"]),
    ("boxes", gettext_lazy("Several together"), ["group", "repeat"]),
    ("other", gettext_lazy("Other"), ["consent", "signature", "metadata"]),
]

TYPES: dict[str, tuple[Any, Any]] = {
    "text": (gettext_lazy("Short text"), gettext_lazy("One line, such as a name")),
    "longtext": (gettext_lazy("Long text"), gettext_lazy("Several lines, such as an explanation")),
    "integer": (gettext_lazy("Whole number"), gettext_lazy("A count, such as the number of children")),
    "number": (gettext_lazy("Number with decimals"), gettext_lazy("A measure, such as an area")),
    "money": (gettext_lazy("Money"), gettext_lazy("An amount in rupiah or another currency")),
    "date": (gettext_lazy("Date"), gettext_lazy("A day, such as a date of birth")),
    "time": (gettext_lazy("Time"), gettext_lazy("A time of day, such as 14.05")),
    "datetime": (gettext_lazy("Date and time"), gettext_lazy("A day and a time, such as an appointment")),
    "date_range": (gettext_lazy("From day to day"), gettext_lazy("A first and a last day, such as leave")),
    "choice": (gettext_lazy("Choose one"), gettext_lazy("One answer from your list")),
    "choices": (gettext_lazy("Choose several"), gettext_lazy("Any number of answers from your list")),
    "boolean": (gettext_lazy("Yes or no"), gettext_lazy("A question that is answered with yes or no")),
    "rating": (gettext_lazy("Rating"), gettext_lazy("One to five stars")),
    "matrix": (
        gettext_lazy("Table of statements"),
        gettext_lazy("Several statements, the same answers for each"),
    ),
    "nik": (gettext_lazy("NIK"), gettext_lazy("Number of the identity card, checked while typing")),
    "no_kk": (gettext_lazy("Family card number"), gettext_lazy("Number of the family card")),
    "phone": (gettext_lazy("Phone number"), gettext_lazy("Indonesian mobile or fixed number")),
    "email": (gettext_lazy("E-mail"), gettext_lazy("Notices are sent to this address")),
    "npwp": (gettext_lazy("NPWP"), gettext_lazy("Number of a taxpayer, old or new")),
    "nip": (gettext_lazy("NIP"), gettext_lazy("Number of a civil servant")),
    "nib": (gettext_lazy("NIB"), gettext_lazy("Number of a business, from OSS")),
    "nisn": (gettext_lazy("NISN"), gettext_lazy("Number of a pupil")),
    "plate": (gettext_lazy("Number plate"), gettext_lazy("Plate of a vehicle, such as B 1234 XYZ")),
    "postcode": (gettext_lazy("Postal code"), gettext_lazy("Five digits")),
    "url": (gettext_lazy("Web address"), gettext_lazy("A page on the internet")),
    "pattern": (gettext_lazy("Own pattern"), gettext_lazy("A number or code of a form you describe")),
    "file": (gettext_lazy("Document"), gettext_lazy("A file, such as a scanned letter")),
    "photo": (gettext_lazy("Photo"), gettext_lazy("A picture taken with the phone")),
    "location": (gettext_lazy("Location"), gettext_lazy("A place on the map, or described in words")),
    "region": (gettext_lazy("Area"), gettext_lazy("A province, city, district or village from the list")),
    "address": (gettext_lazy("Address"), gettext_lazy("Street, RT and RW, village and postal code")),
    "office": (gettext_lazy("Office"), gettext_lazy("The village or agency that handles the case")),
    "consent": (gettext_lazy("Declaration"), gettext_lazy("A statement that must be ticked")),
    "metadata": (
        gettext_lazy("Noted by itself"),
        gettext_lazy("Such as the day it was sent; nobody is asked"),
    ),
    "group": (gettext_lazy("Group"), gettext_lazy("Questions that belong together, under one heading")),
    "repeat": (
        gettext_lazy("Several times"),
        gettext_lazy("The same questions for several people or things, such as children, witnesses, goods"),
    ),
    "signature": (gettext_lazy("Signature"), gettext_lazy("A name typed or drawn under your words")),
    "heading": (gettext_lazy("Heading"), gettext_lazy("A heading above the questions that follow")),
    "note": (gettext_lazy("Explanation"), gettext_lazy("Words between the questions, nothing to answer")),
    "notice": (gettext_lazy("Notice"), gettext_lazy("Words in a coloured frame that nobody overlooks")),
    "image": (
        gettext_lazy("Picture"),
        gettext_lazy("A picture that explains something"),
    ),
}


def new_fields() -> dict[str, dict[str, Any]]:
    """Return what a new question of each type holds besides its key, type and label."""
    fields: dict[str, dict[str, Any]] = {name: {} for name in TYPES} | named_by_their_kind()
    for name in ("choice", "choices"):
        fields[name] = {"options": []}
    fields["matrix"] = {"rows": [], "options": satisfaction()}
    fields["office"] = {
        "label": both(gettext_lazy("Which office handles this?")),
        "kinds": ["village"],
        "required": True,
    }
    fields["consent"] = {
        "label": both(gettext_lazy("I declare that what I have written here is true.")),
        "required": True,
    }
    fields["metadata"] = {"source": "filed_on"}
    fields["group"] = {"fields": []}
    fields["repeat"] = {
        "fields": [{"key": "name", "type": "text", "label": both(gettext_lazy("Name")), "required": True}],
    }
    fields["signature"] = {
        "label": both(gettext_lazy("Signature of the applicant")),
        "required": True,
        "privacy": "personal",
    }
    fields["file"] = {"accept": ["application/pdf", "image/*"], "maxBytes": 5_000_000, "maxItems": 1}
    fields["address"] = {"label": both(gettext_lazy("Address")), "privacy": "personal"}
    fields["pattern"] = {"pattern": "[A-Z]{2}-[0-9]{4}", "example": "AB-1234"}
    fields["notice"] = {"tone": "warning"}
    fields["image"] = {"image": {"data": "", "alt": dict.fromkeys(LANGUAGES, "")}}
    fields["photo"] = {"maxBytes": 5_000_000, "maxItems": 3}
    return fields


def named_by_their_kind() -> dict[str, dict[str, Any]]:
    """Return the questions whose words say no more than their kind, such as a NIK."""
    public = {name: {"label": both(TYPES[name][0])} for name in ("nib", "plate", "postcode", "url")}
    personal = {
        name: {"label": both(TYPES[name][0]), "privacy": "personal"}
        for name in ("nik", "no_kk", "npwp", "nip", "nisn", "phone", "email")
    }
    fields: dict[str, dict[str, Any]] = {**public, **personal}
    fields["nik"]["required"] = True
    for name, token in (("email", "email"), ("phone", "tel"), ("postcode", "postal-code")):
        fields[name]["autocomplete"] = token
    return fields


def satisfaction() -> list[dict[str, Any]]:
    """Return four answers from bad to good, the scale of the satisfaction survey (PermenPANRB 14/2017)."""
    answers = {
        "tidak_baik": gettext_lazy("Not good"),
        "kurang_baik": gettext_lazy("Less good"),
        "baik": gettext_lazy("Good"),
        "sangat_baik": gettext_lazy("Very good"),
    }
    return [{"value": value, "label": both(label)} for value, label in answers.items()]


def described() -> dict[str, Any]:
    """Return the palette for the panel in the language of the screen."""
    return {
        "groups": [{"title": str(title), "types": types} for _key, title, types in GROUPS],
        "types": {name: {"title": str(title), "hint": str(hint)} for name, (title, hint) in TYPES.items()},
        "fields": new_fields(),
        "currencies": ["IDR", *sorted(set(money.PLACES) - {"IDR"})],
        "kits": kits.kits(),
    }
