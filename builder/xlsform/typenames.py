"""What the types of a workbook are called, in every spelling that pyxform takes, and what each becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

PLAIN = {
    "text": "text", "string": "text", "add text prompt": "text", "q string": "text",
    "phone number": "text",
    "integer": "integer", "int": "integer", "add integer prompt": "integer", "q int": "integer",
    "percentage": "integer", "number of days in last month": "integer",
    "number of days in last six months": "integer", "number of days in last year": "integer",
    "decimal": "number", "add decimal prompt": "number", "q decimal": "number",
    "date": "date", "add date prompt": "date", "q date": "date", "time": "time", "q time": "time",
    "datetime": "datetime", "date time": "datetime", "add datetime prompt": "datetime",
    "add date time prompt": "datetime", "q date time": "datetime", "q datetime": "datetime",
    "note": "note", "add note prompt": "note", "q note": "note",
    "acknowledge": "consent", "trigger": "consent", "add acknowledge prompt": "consent",
    "q acknowledge": "consent",
    "image": "photo", "photo": "photo", "add image prompt": "photo", "add photo prompt": "photo",
    "q image": "photo", "q picture": "photo",
    "file": "file", "add file prompt": "file",
    "geopoint": "location", "location": "location", "gps": "location", "q geopoint": "location",
    "add location prompt": "location", "q location": "location",
    "barcode": "text", "add barcode prompt": "text", "q barcode": "text",
    "calculate": "calculate", "q calculate": "calculate", "add calculate prompt": "calculate",
    "hidden": "hidden", "range": "range", "today": "metadata", "get today": "metadata",
}  # fmt: skip
BOUNDED = {
    "percentage": 100, "number of days in last month": 31, "number of days in last six months": 183,
    "number of days in last year": 365,
}  # fmt: skip
"""Whole numbers from 0 to this one, where the row has no constraint of its own."""
DIGITS_ONLY = frozenset(("phone number",))
PARTIAL = {
    "geopoint": "kind.place",
    "barcode": "kind.barcode",
    "location": "kind.place",
    "today": "kind.today",
}
_REFUSED = {
    "type.lines": ("geotrace", "geoshape", "q geotrace", "q geoshape", "add geotrace prompt",
                   "add geoshape prompt", "osm"),
    "type.sound": ("audio", "video", "add audio prompt", "add video prompt", "q audio", "q video",
                   "background-audio", "background audio", "audio audit"),
    "type.outside": ("xml-external", "csv-external"),
    "type.cascade": ("cascading select", "cascading_select"),
    "type.include": ("include",),
    "type.moment": ("start", "end", "start time", "end time", "get start time", "get end time"),
    "type.device": (
        "deviceid", "device id", "get device id", "imei", "uri:deviceid",
        "subscriberid", "subscriber id", "get subscriber id", "uri:subscriberid",
        "simserial", "sim id", "get sim id", "uri:simserial",
        "phonenumber", "get phone number", "uri:phonenumber",
        "username", "uri:username", "email", "uri:email", "caseid",
        "audit", "text audit", "speed violations count", "speed violations list", "speed violations audit",
        "start-geopoint", "background-geopoint", "sensor_statistic", "sensor_stream",
    ),
    "type.program": ("comments", "calculate_here", "enum", "score__row", "rank__level"),
    "type.select": (
        "select_one", "select one", "select1", "select_multiple", "select multiple", "select all that apply",
        "select_one_from_file", "select_multiple_from_file", "select_one_external", "select", "rank",
        "q select1", "q select",
    ),
}  # fmt: skip
NOT_ASKED: Mapping[str, str] = {name: reason for reason, names in _REFUSED.items() for name in names}
_REFUSED_WITH_MORE = (
    (re.compile(r"osm\b.*"), "type.lines"),
    (re.compile(r"cascading[\s_]select\b.*"), "type.cascade"),
    (re.compile(r"include\b.*"), "type.include"),
    (re.compile(r"(text audit|audio audit|sensor_\w+|speed violations)\b.*"), "type.device"),
)
SELECT = re.compile(
    r"(?P<how>select[\s_]?one|select1|select[\s_]multiple"
    r"|select[\s_]all[\s_]that[\s_]apply(?:[\s_]from)?|select[\s_]one[\s_]from|select[\s_]multiple[\s_]from"
    r"|add[\s_]select[\s_]one[\s_]prompt[\s_]using|add[\s_]select[\s_]multiple[\s_]prompt[\s_]using"
    r"|select[\s_]one[\s_]using|select[\s_]multiple[\s_]using|q[\s_]select1|q[\s_]select|rank"
    r"|select[\s_]one[\s_]external|select[\s_]one[\s_]from[\s_]file|select[\s_]multiple[\s_]from[\s_]file)"
    r"\s+(?P<list>\S+)(?P<other>\s+or[\s_]+(other|specify[\s_]other))?",
    re.IGNORECASE,
)
"""A question with a list: how it is answered, the name of the list, and whether something else may be."""
OF_PROGRAMS = re.compile(r"(begin|end)[\s_]+(kobomatrix|score|rank|table|literalblock)\b.*", re.IGNORECASE)
"""Blocks that only one program knows: what stands inside cannot be asked without them."""
IN_ROWS = {
    "form_title": "form_title", "set_form_title": "form_title", "set form title": "form_title",
    "form_id": "form_id", "set_form_id": "form_id", "set form id": "form_id", "prefix": "prefix",
}  # fmt: skip
"""Settings that stand among the questions: the column `name` has their value."""
_USUAL = (
    "text", "integer", "decimal", "date", "time", "datetime", "note", "select_one", "select_multiple",
    "image", "file", "geopoint", "calculate", "acknowledge", "range", "barcode", "hidden", "today",
    "begin group", "end group", "begin repeat", "end repeat", "geotrace", "geoshape", "audio", "video",
)  # fmt: skip


def refusal(written: str) -> tuple[str, str]:
    """Return why a type is not asked, and what else may have been meant; `written` is in small letters."""
    if written in NOT_ASKED:
        return NOT_ASKED[written], ""
    for pattern, reason in _REFUSED_WITH_MORE:
        if pattern.fullmatch(written):
            return reason, ""
    near = meant(written)
    return ("type.near", near) if near else ("type.unknown", "")


def meant(written: str) -> str:
    """Return the usual type whose spelling is nearest, empty when none is near."""
    first = re.sub(r"[\s_-]+", " ", written)
    spelled = {re.sub(r"[\s_-]+", " ", name): name for name in _USUAL}
    kinds = ("select one", "select multiple")
    head = " ".join(first.split()[:2]) if first.startswith("sel") else first
    near = get_close_matches(head, spelled, n=1, cutoff=0.8)
    if not near and first.startswith("sel"):
        near = get_close_matches(first.split()[0], kinds, n=1, cutoff=0.75)
    return spelled[near[0]] if near else ""
