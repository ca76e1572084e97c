"""The shelves of the catalogue: what each category is called and which picture stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Category:
    """One shelf."""

    key: str
    title: Any
    icon: str


CATEGORIES = {
    category.key: category
    for category in (
        Category("population", _("Population records"), "id-card"),
        Category("complaints", _("Complaints"), "complaint"),
        Category("letters", _("Letters"), "document"),
        Category("health", _("Health"), "health"),
        Category("education", _("Education"), "education"),
        Category("business", _("Business"), "business"),
        Category("social", _("Social help"), "social"),
        Category("licences", _("Licences"), "licence"),
        Category("transport", _("Transport"), "transport"),
        Category("environment", _("Environment"), "environment"),
        Category("employment", _("Jobs"), "work"),
        Category("information", _("Information"), "information"),
        Category("tax", _("Taxes and levies"), "tax"),
        Category("civil_service", _("Civil service"), "people"),
        Category("other", _("Other"), "grid"),
    )
}


def category(key: str) -> Category:
    """Return the category; an unknown one is "other"."""
    return CATEGORIES.get(key, CATEGORIES["other"])
