"""Functions of XLSForm that rules here do not have, by what keeps them out."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = {
    "expression.made": (
        "substr", "substring", "substring-before", "substring-after", "translate", "string",
        "normalize-space", "lower-case", "upper-case", "format-date", "format-date-time", "digest",
        "base64-decode", "thousands-sep", "format-number", "hash",
    ),
    "expression.rows_one": ("indexed-repeat", "position", "index", "rank-index", "rank-value", "last"),
    "expression.selected_at": ("selected-at", "item-at", "count-items", "randomize", "checklist",
                               "weighted-checklist"),
    "expression.once": ("once",),
    "expression.lookup": ("pulldata", "instance", "current", "search", "lookup"),
    "expression.choice_name": ("jr:choice-name", "choice-label", "jr:itext"),
    "expression.pattern": ("regex", "contains", "starts-with", "ends-with"),
    "expression.device": ("property", "version", "username", "device-info", "phone-call-log", "geofence"),
    "expression.place": ("area", "distance", "distance-between", "enclosed-area", "short-geopoint"),
    "expression.day": ("date-time", "decimal-time", "decimal-date-time"),
}  # fmt: skip
REASONS: Mapping[str, str] = {name: reason for reason, names in _NAMES.items() for name in names}


def reason(name: str) -> str:
    """Return the code of the sentence about a function that is not known here."""
    return REASONS.get(name, "expression.function")
