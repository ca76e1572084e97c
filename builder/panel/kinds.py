"""The categories and pictures a service can have, in words. The format fixes which there are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CATEGORIES = {
    "population": _("Population and identity"),
    "complaints": _("Complaints"),
    "letters": _("Letters and statements"),
    "health": _("Health"),
    "education": _("Education"),
    "business": _("Business"),
    "social": _("Social help"),
    "licences": _("Licences and permits"),
    "transport": _("Transport"),
    "environment": _("Environment"),
    "employment": _("Employment"),
    "information": _("Public information"),
    "tax": _("Tax and charges"),
    "civil_service": _("Civil service"),
    "other": _("Other"),
}

ICONS = {
    "document": _("Document"),
    "id-card": _("Identity card"),
    "complaint": _("Speech bubble"),
    "health": _("Health"),
    "education": _("School"),
    "business": _("Shop"),
    "social": _("Helping hand"),
    "licence": _("Licence"),
    "transport": _("Vehicle"),
    "environment": _("Leaf"),
    "work": _("Briefcase"),
    "information": _("Information"),
    "tax": _("Coins"),
    "people": _("People"),
    "home": _("House"),
    "calendar": _("Calendar"),
}
