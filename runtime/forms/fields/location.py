"""A place: a landmark in words, and coordinates for those who have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from runtime.forms.face import Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json

LONGEST = 300


@dataclass(frozen=True)
class LocationFace(FieldFace):
    """Words are always enough; a coordinate needs its other half and must lie on the globe."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        landmark, lat, lon = (str(typed.get(part, "")).strip() for part in self.parts)
        if not landmark:
            raise Refused("location.landmark")
        if len(landmark) > LONGEST:
            raise Refused("text.long", limit=LONGEST, length=len(landmark))
        place: dict[str, Json] = {"landmark": landmark}
        if lat or lon:
            place |= {"lat": _degrees(lat, 90), "lon": _degrees(lon, 180)}
        return place

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        place = answer if isinstance(answer, dict) else {}
        return {part: str(place.get(part, "")) for part in self.parts}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        words = str(answer.get("landmark", ""))
        if "lat" not in answer:
            return words
        return f"{words} ({answer['lat']}, {answer['lon']})".strip()


def _degrees(text: str, limit: int) -> str:
    """Read one coordinate, -6.178306 or -6,178306, as a plain decimal text of at most 7 places."""
    tight = text.replace(",", ".").strip()
    if not re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", tight, re.ASCII) or abs(Decimal(tight)) > limit:
        raise Refused("location.coordinates")
    return f"{round(Decimal(tight), 7).normalize():f}"


FACE = LocationFace("location", parts=("landmark", "lat", "lon"), grouped=True)
