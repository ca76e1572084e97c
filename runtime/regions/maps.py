"""The map of a region: whose pictures it is made of, who is credited, and where it opens.

The address of the pictures becomes part of the content-security policy, so it is judged strictly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region

PLACEHOLDERS = ("{z}", "{x}", "{y}")
LONGEST = 200
DEEPEST = 19
_HOST = r"(?:[a-z0-9-]+\.)*[a-z0-9-]+(?::[0-9]{1,5})?"
_ADDRESS = re.compile(rf"(?P<origin>(?P<scheme>https?)://(?P<host>{_HOST}))/[A-Za-z0-9._~/@{{}}?=&%+-]*\Z")
_NEAR = re.compile(r"(?:127\.0\.0\.1|(?:[a-z0-9-]+\.)*localhost)(?::[0-9]+)?\Z")
_LINK = re.compile(rf"https://{_HOST}(?:/[A-Za-z0-9._~/@?=&%#+-]*)?\Z")


@dataclass(frozen=True, slots=True)
class Map:
    """Pictures (an address with {z}, {x} and {y}), the words of credit, and the view it opens with."""

    tiles: str
    credit: str
    lat: float
    lon: float
    link: str = ""
    zoom: int = 12

    @property
    def origin(self) -> str:
        """Return scheme, host and port of the pictures, as a content-security policy names them."""
        found = _ADDRESS.match(self.tiles)
        return found["origin"] if found else ""

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def of(region: Region | None) -> Map | None:
    """Return the map of a region; None when it has none, or one that nobody judged."""
    stated = region.map if region else {}
    return Map(**stated) if stated and not _faults(stated) else None


def usable(value: object) -> None:
    """Refuse a map that cannot be shown. An empty one means that there is none."""
    if not isinstance(value, Mapping):
        raise ValidationError(_("A map is a list of names with a value each."), code="shape")
    if value and (faults := _faults(value)):
        raise ValidationError(faults)


def _faults(value: Mapping[str, Any]) -> list[ValidationError]:
    """Return the sentences about everything that is wrong with a map."""
    unknown = sorted(set(value) - set(Map.__slots__))
    judged = {
        _("The map has no setting “%(name)s”.") % {"name": ", ".join(unknown)}: not unknown,
        _("Write the address of the map pictures like https://host/{z}/{x}/{y}.png."): _address(value),
        _("Say who is to be credited for the map."): _text(value.get("credit")),
        _("The link of the credit must begin with https://."): not value.get("link")
        or bool(_LINK.match(str(value["link"]))),
        _("Say where the map opens, for example lat -6.18 and lon 106.63."): _within(value.get("lat"), 90)
        and _within(value.get("lon"), 180),
        _("The zoom is a whole number from 0 to %(most)s.") % {"most": DEEPEST}: _zoom(value.get("zoom", 12)),
    }
    return [ValidationError(str(words)) for words, right in judged.items() if not right]


def _address(value: Mapping[str, Any]) -> bool:
    tiles = value.get("tiles")
    found = _ADDRESS.match(tiles) if isinstance(tiles, str) and len(tiles) <= LONGEST else None
    if found is None or not isinstance(tiles, str):
        return False
    bare = tiles
    for placeholder in PLACEHOLDERS:
        if tiles.count(placeholder) != 1:
            return False
        bare = bare.replace(placeholder, "")
    return not set(bare) & set("{}") and (found["scheme"] == "https" or bool(_NEAR.match(found["host"])))


def _text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST


def _within(value: object, limit: int) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= limit


def _zoom(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= DEEPEST
