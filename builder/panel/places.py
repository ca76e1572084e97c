"""The areas a clerk can name in a condition, and the names of those a document names already."""

from __future__ import annotations

import re

from runtime.areas import selectors as areas
from schemas import areacodes

_QUOTED = re.compile(r'"([0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?)"')
MOST = 200

Offered = dict[str, list[list[str]]]


def offered(code: str) -> Offered:
    """Return `{level: [[code, name], …]}`: all provinces, and below them what lies around the region `code`.

    A village is said with its district, because villages share names.
    """
    province, regency, *_below = (*areacodes.chain(code), "", "")
    districts = areas.children(regency) if regency else ()
    levels = {
        "province": areas.children(""),
        "regency": areas.children(province) if province else (),
        "district": districts,
        "village": tuple(
            (village, f"{name}, {around}")
            for district, around in districts
            for village, name in areas.children(district)
        ),
    }
    return {level: [list(area) for area in found] for level, found in levels.items() if found}


def named(document: str) -> dict[str, str]:
    """Return the names of the areas that a document names by their codes."""
    codes = list(dict.fromkeys(_QUOTED.findall(document)))[:MOST]
    return {code: path[-1][1] for code in codes if (path := areas.path(code)) and path[-1][0] == code}
