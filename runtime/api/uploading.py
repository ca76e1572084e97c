"""Files from another program: one at a time, judged by content, kept under a token until they are filed.

A token is an application that has begun with its files: unclaimed, it expires like every draft.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.helpers import get_client_ip_address
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _

from runtime.api import reading
from runtime.api.offered import Asked, must_be_taken
from runtime.api.trouble import Trouble, parameter
from runtime.forms import sentences, uploads
from runtime.forms.uploadhandler import CappedUploadHandler
from runtime.modules import site
from runtime.regions.models import Region
from runtime.wizard import drafts, filing
from runtime.wizard.models import Draft
from schemas.definition import Field
from schemas.openapi import file_questions
from schemas.problems import pointer

FORM = "multipart/form-data"
ENVELOPE = 16_000  # what the boundaries, names and the field's key may add to a file
TOKEN = "Upload-Token"  # noqa: S105 - the name of a header


def receive(request: HttpRequest, found: Asked, token: str, now: datetime) -> dict[str, Any]:
    """Keep the posted file; return its description for the answers, and the token it belongs to."""
    region, language = site.region(request), site.language()
    draft = begun(region, found, token, now) if token else None
    must_be_taken(found, begun=draft is not None, now=now)
    question, upload = _posted(request, found)
    accepted = _judged(question, upload, language)
    if draft is None:
        draft = _begin(request, found, now)
    elif filing.is_excess(draft, [accepted]):
        raise Trouble("file", _finding(question, "file.excess", filing.excess_words()))
    kept = filing.keeper(draft, now=now)(question, accepted)
    return {
        "file": dict(kept),
        "upload_token": draft.token,
        "expires_at": draft.expires_at.isoformat(),
    }


def begun(region: Region, found: Asked, token: str, now: datetime) -> Draft:
    """Return what `token` stands for, if it was given for this version."""
    try:
        draft = drafts.find(region=region, token=token, now=now)
    except (drafts.UnknownDraft, drafts.ExpiredDraft):
        draft = None
    if draft is None or draft.version_id != found.version.pk or draft.submitted_at is not None:
        words = _("There is no such token, it has expired, or it belongs to another version.")
        raise Trouble("parameters", parameter(TOKEN, "token.unknown", words))
    return draft


def _begin(request: HttpRequest, found: Asked, now: datetime) -> Draft:
    """Begin an application with its first file; they are counted with those begun on the pages."""
    try:
        return drafts.start(
            region=site.region(request),
            version=found.version,
            language=site.language(),
            owner=None,
            address=str(get_client_ip_address(request) or ""),
            now=now,
        )
    except drafts.TooManyDrafts:
        raise Trouble("too-many", headers={"Retry-After": "3600"}, seconds=3600) from None


def _posted(request: HttpRequest, found: Asked) -> tuple[Field, UploadedFile[bytes]]:
    """Return the one file of the form and the question it answers."""
    takers = file_questions(found.module)
    reading.must_be(request, FORM)
    most = max((uploads.most_bytes(question) for question in takers.values()), default=0) + ENVELOPE
    reading.must_not_exceed(request, most)
    capped = CappedUploadHandler(request, most=most)
    request.upload_handlers = [capped, MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request)]
    try:
        fields, files = request.POST, request.FILES
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        raise Trouble("too-large") from None
    except MultiPartParserError:
        raise Trouble("request") from None
    strays = sorted({*fields, *files} - {"field", "file"})
    if strays:
        words = _("This part is not asked for. Leave it out.")
        raise Trouble("parameters", *(parameter(name[:60], "parameter.unknown", words) for name in strays))
    sent = files.getlist("file")
    if len(sent) != 1 or not isinstance(sent[0], UploadedFile) or "file" in fields:
        raise Trouble("parameters", parameter("file", "parameter.one", _("Send exactly one file.")))
    question = takers.get(str(fields.get("field", "")))
    if question is None or len(fields.getlist("field")) != 1 or "field" in files:
        words = _("Name exactly one question of this service that takes files.")
        raise Trouble("parameters", parameter("field", "parameter.question", words))
    return question, sent[0]


def _judged(question: Field, upload: UploadedFile[bytes], language: str) -> uploads.Accepted:
    judged = uploads.judge(upload, question)
    if isinstance(judged, uploads.Accepted):
        return judged
    words = sentences.sentence(question, judged.code, {"name": judged.name, **judged.data}, language)
    too_large = judged.code == "file.large"
    raise Trouble("file", _finding(question, judged.code, words), status=413 if too_large else 0)


def _finding(question: Field, code: str, words: Any) -> dict[str, str]:
    return {"pointer": pointer(question.key), "code": code, "message": str(words)}
