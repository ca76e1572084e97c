"""Reading what is posted: strictly, and never more than could be asked for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from runtime.api.findings import finding
from runtime.api.trouble import Trouble
from runtime.modules import site
from schemas.problems import error
from schemas.reading import MAX_BYTES, read_json

JSON = "application/json"
DECIMALS = frozenset({"lat", "lon"})  # the only numbers of an answer that JSON may write with a point


def must_be(request: HttpRequest, media: str) -> None:
    """Refuse a body of another type than `media`."""
    if request.content_type != media:
        raise Trouble("media-type", type=media)


def must_not_exceed(request: HttpRequest, most: int) -> None:
    """Refuse by the announced length, before anything is read."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise Trouble("length")
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdecimal() or len(announced) > 15 or int(announced) > most:
        raise Trouble("too-large")


def answers(request: HttpRequest) -> dict[str, Any]:
    """Return the posted answers: one JSON object, read as strictly as a module document."""
    must_be(request, JSON)
    must_not_exceed(request, MAX_BYTES)
    try:
        value, problems = read_json(request.body, decimals=DECIMALS)
    except RequestDataTooBig:
        raise Trouble("too-large") from None
    language = site.language()
    if any(problem.code == "json.size" for problem in problems):
        raise Trouble("too-large")
    if problems:
        raise Trouble("json", *(finding(problem, None, language) for problem in problems))
    if not isinstance(value, dict):
        raise Trouble("answers", finding(error("answers.type"), None, language))
    return value
