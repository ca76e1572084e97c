"""What the fixed values in a document are called, for those who compare two of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

DURATIONS: dict[str, Any] = {
    "working_days": _("{count} working days"),
    "working_hours": _("{count} working hours"),
    "days": _("{count} days"),
    "minutes": _("{count} minutes"),
    "months": _("{count} months"),
    "years": _("{count} years"),
}

VALUES: dict[str, dict[str, Any]] = {
    "paper": {
        "f4": _("F4"),
        "a4": _("A4"),
    },
    "align": {
        "left": _("to the left"),
        "right": _("to the right"),
        "center": _("in the middle"),
        "justify": _("to both sides"),
    },
    "via": {
        "sms": _("SMS"),
        "whatsapp": _("WhatsApp"),
    },
    "width": {
        "full": _("the whole line"),
        "half": _("half a line"),
        "third": _("a third of a line"),
    },
    "privacy": {
        "none": _("no personal data"),
        "personal": _("personal data"),
        "special": _("specially protected data"),
        "never_export": _("never exported"),
    },
    "profile": {
        "name": _("name"),
        "nik": _("NIK"),
        "no_kk": _("family card number"),
        "birth_place": _("place of birth"),
        "birth_date": _("date of birth"),
        "gender": _("gender"),
        "occupation": _("occupation"),
        "phone": _("phone number"),
        "email": _("e-mail address"),
        "address": _("address"),
    },
    "scope": {
        "region": _("once for the whole region"),
        "office": _("in each office by itself"),
    },
    "reset": {
        "year": _("each year"),
        "never": _("never"),
    },
    "kind": {
        "work": _("officers work on it"),
        "wait": _("waits"),
        "applicant": _("waits for the applicant"),
        "final": _("end"),
    },
    "outcome": {
        "granted": _("granted"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
        "expired": _("expired"),
    },
    "assign": {
        "anyone": _("anyone who may"),
        "least_loaded": _("whoever has least to do"),
        "previous": _("whoever had it before"),
        "chosen": _("chosen by the officer before"),
    },
    "counts": {
        "for": _("agreement"),
        "against": _("disagreement"),
        "abstain": _("abstention"),
    },
    "demand": {
        "none": _("not asked"),
        "optional": _("may be given"),
        "required": _("must be given"),
    },
    "tone": {
        "neutral": _("plain"),
        "advance": _("onwards"),
        "return": _("back"),
        "refuse": _("refusal"),
        "info": _("information"),
        "warning": _("warning"),
        "success": _("success"),
    },
    "of": {
        "entered": _("the beginning of the step"),
        "due": _("the time limit of the step"),
        "deadline": _("the time limit of all of it"),
    },
    "level": {
        "province": _("province"),
        "regency": _("regency or city"),
        "district": _("district"),
        "village": _("village"),
    },
    "style": {
        "radio": _("one below the other"),
        "select": _("a list to open"),
        "tiles": _("tiles"),
        "cards": _("one card per entry"),
        "table": _("a table"),
    },
    "source": {
        "filed_on": _("the day of sending"),
        "language": _("the language"),
        "channel": _("the way it was sent"),
        "query": _("a part of the address"),
    },
    "if": {
        "all_for": _("all agree"),
        "any_against": _("one disagrees"),
        "all_decided": _("all have decided"),
    },
    "who": {
        "applicant": _("the applicant"),
        "system": _("the system"),
    },
    "where": {
        "region": _("one for all of the region"),
        "office": _("in the office that handles the case"),
    },
    "columns": {
        "text": _("words"),
        "number": _("a number"),
        "money": _("an amount of money"),
        "date": _("a date"),
        "boolean": _("yes or no"),
    },
}
