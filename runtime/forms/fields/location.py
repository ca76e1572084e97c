"""A place: its district and village, a landmark in words, and coordinates for those who have them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from runtime.forms import cascade
from runtime.forms.cascade import Cascade
from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed
from schemas import areacodes
from schemas.areacodes import LEVELS
from schemas.definition import Field, Json
from schemas.fieldtypes import region

LONGEST = 300
INPUTS = ("landmark", "lat", "lon")
DISTRICT = LEVELS.index("district") + 1
PLACES = 7
LIMITS = {"lat": 90, "lon": 180}


@dataclass(frozen=True)
class LocationFace(FieldFace):
    """Words are always enough; a coordinate needs its other half and must lie on the globe."""

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        landmark, lat, lon = (str(typed.get(part, "")).strip() for part in INPUTS)
        near = _near(question, around)
        if not (landmark or lat or lon) and cascade.untouched(near, typed, around):
            return None
        if not landmark:
            raise Refused("location.landmark")
        if len(landmark) > LONGEST:
            raise Refused("text.long", limit=LONGEST, length=len(landmark))
        place: dict[str, Json] = {"landmark": landmark}
        area = cascade.read(near, typed).code
        if areacodes.depth(area) >= DISTRICT:
            place["area"] = area
        if lat or lon:
            place |= {"lat": _degrees(lat, LIMITS["lat"]), "lon": _degrees(lon, LIMITS["lon"])}
        return place

    def leaves(self, question: Field, typed: Typed, around: Circumstances) -> bool:
        near = _near(question, around)
        started = areacodes.depth(cascade.read(near, typed).code) < DISTRICT
        return started and not cascade.untouched(near, typed, around)

    def live(self, question: Field, typed: Typed, around: Circumstances, name: str, wrong: bool) -> Any:
        return Cascade(_near(question, around), typed, name)

    def lead(self, question: Field, typed: Typed) -> str:
        """Return the coordinate that cannot be read, where the words are there."""
        degrees = {part: str(typed.get(part, "")).strip() for part in LIMITS}
        if not str(typed.get("landmark", "")).strip() or not any(degrees.values()):
            return ""
        return next((part for part, text in degrees.items() if not _is_degrees(text, LIMITS[part])), "")

    def part_attributes(self, question: Field, part: str, *, wrong: bool) -> Attributes:
        if part in LEVELS:
            return {}  # its list draws itself
        about: Attributes = {"class": "govuk-input", "type": "text"}
        if part == "landmark":
            classes = "govuk-input govuk-input--error" if wrong else "govuk-input"
            return {**about, "class": classes, "autocomplete": "street-address"}
        example = {"lat": "-6,1783", "lon": "106,6319"}[part]
        found: Attributes = {"inputmode": "text", "autocomplete": "off", "placeholder": example}
        return {**about, **found, f"data-place-{part}": True}

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        area = answer.get("area", "") if isinstance(answer, dict) else ""
        return {**_texts(answer), **cascade.shown(_near(question, around), area, around)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        area = [cascade.said(str(answer["area"]))] if "area" in answer else []
        words = ", ".join([str(answer.get("landmark", "")), *area])
        if "lat" not in answer:
            return words
        return f"{words} ({plain(answer['lat'])}, {plain(answer['lon'])})".strip()

    def coordinates(self, answer: Json) -> tuple[str, str] | None:
        texts = _texts(answer)
        return (texts["lat"], texts["lon"]) if texts["lat"] and texts["lon"] else None

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        area = answer.get("area", "") if isinstance(answer, dict) else ""
        return {**_texts(answer), "area": area}


def _texts(answer: Json) -> dict[str, str]:
    """Return words and coordinates of a place, empty where there are none."""
    place = answer if isinstance(answer, dict) else {}
    degrees = {part: plain(place[part]) for part in ("lat", "lon") if part in place}
    return {"landmark": str(place.get("landmark", "")), "lat": "", "lon": "", **degrees}


def _near(question: Field, around: Circumstances) -> Field:
    """Return the question with its lists inside the site's own region, unless its author says where."""
    within = region.within(question) or cascade.start(question, around)
    return replace(question, settings={**question.settings, "within": within})


def _degrees(text: str, limit: int) -> float:
    """Read one coordinate, -6.178306 or -6,178306, as a number rounded to 7 places (about a centimetre)."""
    if not _is_degrees(text, limit):
        raise Refused("location.coordinates")
    return float(round(Decimal(_pointed(text)), PLACES)) + 0.0  # + 0.0: no database has a negative zero


def _is_degrees(text: str, limit: int) -> bool:
    tight = _pointed(text)
    found = re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", tight, re.ASCII)
    return found is not None and abs(Decimal(tight)) <= limit


def _pointed(text: str) -> str:
    return text.replace(",", ".").strip()


def plain(degrees: Json) -> str:
    """Return a coordinate the way maps write it: -6.1783, never 1e-05 or 106.0."""
    return f"{round(Decimal(str(degrees)), PLACES).normalize():f}"


FACE = LocationFace("location", parts=(*INPUTS, *LEVELS), grouped=True, regional=True, has_buttons=True)
