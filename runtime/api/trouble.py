"""Every refusal of the API in one form, RFC 9457: what, why, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from runtime.modules import site

MEDIA = "application/problem+json"
Finding = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trouble: its status, what it is called, and what is said about it."""

    status: int
    title: Any
    detail: Any


KINDS = {
    "request": Kind(
        400, _("The request cannot be understood"), _("Nothing was stored. Check how the request is built.")
    ),
    "json": Kind(
        400,
        _("The body is not acceptable JSON"),
        _("Nothing was stored. Put right what is listed and send it again."),
    ),
    "not-found": Kind(
        404, _("This is not here"), _("There is no such address, service or version on this site.")
    ),
    "method": Kind(
        405, _("The method is not possible here"), _("Use one of the methods named in the header Allow.")
    ),
    "not-taken": Kind(
        409,
        _("The service takes no applications now"),
        _("Nothing was stored. The service says in its state when it is open again."),
    ),
    "circle": Kind(
        409,
        _("The steps of the service lead round in circles"),
        _("Nothing was stored. Tell the office that offers the service."),
    ),
    "replaced": Kind(
        409,
        _("This version has been replaced"),
        _("Nothing was stored. Read the present version of the service and send its answers."),
    ),
    "length": Kind(
        411,
        _("The length of the body is not announced"),
        _("Nothing was stored. Send the header Content-Length instead of a body in chunks."),
    ),
    "too-large": Kind(413, _("The body is too large"), _("Nothing was stored. Send less, or smaller files.")),
    "media-type": Kind(
        415, _("The type of the body is not accepted"), _("Nothing was stored. Send the body as %(type)s.")
    ),
    "answers": Kind(
        422,
        _("The answers are not complete and right"),
        _("Nothing was stored. Put right what is listed and send it again."),
    ),
    "parameters": Kind(
        422,
        _("A parameter is missing or wrong"),
        _("Nothing was stored. Put right what is listed and send it again."),
    ),
    "key-reused": Kind(
        422,
        _("The idempotency key belongs to another application"),
        _("Nothing was stored. Use a new key for an application with other answers."),
    ),
    "file": Kind(422, _("The file cannot be accepted"), _("Nothing was stored. Choose another file.")),
    "too-many": Kind(
        429,
        _("There were too many requests"),
        _("Nothing was stored. Wait %(seconds)s seconds before you try again."),
    ),
    "failed": Kind(
        500,
        _("Something went wrong on our side"),
        _("Send the same request again later; with the same idempotency key it is filed only once."),
    ),
    "busy": Kind(503, _("The site is busy"), _("Nothing was stored. Try again in a few seconds.")),
}
_BY_STATUS = {400: "request", 404: "not-found", 405: "method", 413: "too-large", 429: "too-many", 503: "busy"}


class Trouble(Exception):
    """A request that is refused; `errors` say where and why."""

    def __init__(
        self,
        kind: str,
        *errors: Finding,
        status: int = 0,
        headers: Mapping[str, str] | None = None,
        **data: Any,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.errors = errors
        self.status = status
        self.headers = headers or {}
        self.data = data


def response(trouble: Trouble) -> HttpResponse:
    """Return the refusal as `application/problem+json`, in the reader's language."""
    kind = KINDS[trouble.kind]
    status = trouble.status or kind.status
    body = {
        "type": f"urn:rakit:problem:{trouble.kind}",
        "title": str(kind.title),
        "status": status,
        "detail": str(kind.detail) % trouble.data,
        "errors": list(trouble.errors),
    }
    made = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA)
    made["Content-Language"] = site.language()
    for name, value in trouble.headers.items():
        made[name] = value
    return made


def of_status(status: int, headers: Mapping[str, str]) -> HttpResponse:
    """Return the refusal that stands for a page made elsewhere, with what its headers say."""
    kind = _BY_STATUS.get(status, "failed" if status >= 500 else "request")
    kept = {name: headers[name] for name in ("Allow", "Retry-After") if name in headers}
    return response(Trouble(kind, status=status, headers=kept, seconds=kept.get("Retry-After", "60")))


def parameter(name: str, code: str, message: Any) -> Finding:
    """Return what is wrong with a parameter, a header or a part of a form."""
    return {"parameter": name, "code": code, "message": str(message)}
