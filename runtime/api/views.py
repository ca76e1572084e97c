"""The operations of the API, version 1. They read what was asked and answer; others decide."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, urlencode
from ninja import Router
from ninja.params.functions import Header, Query

from runtime.api import choosing, filing, judging, limits, offered, reading, uploading
from runtime.cases.outcomes import Receipt
from runtime.modules import site
from schemas.openapi import IDEMPOTENCY_KEY, UPLOAD_TOKEN

router = Router()
READ = ["GET", "HEAD"]
Token = Annotated[str, Header("", alias=uploading.TOKEN, pattern=UPLOAD_TOKEN)]
VERSION = "/modules/{slug:key}/{int:version}"


@router.api_operation(READ, "/openapi.json", url_name="whole", throttle=limits.READS)
def whole(request: HttpRequest) -> HttpResponseBase:
    """Describe every address."""
    return _document(request, offered.whole_text())


@router.api_operation(READ, "/modules", url_name="modules", throttle=limits.READS)
def modules(
    request: HttpRequest, limit: int = Query(100, ge=1, le=100), offset: int = Query(0, ge=0, le=10_000)
) -> HttpResponse:
    """List what the region offers."""
    return _answer(offered.listed(request, limit, offset))


@router.api_operation(READ, "/modules/{slug:key}", url_name="module", throttle=limits.READS)
def module(request: HttpRequest, key: str) -> HttpResponse:
    """Describe a service and its questions."""
    return _answer(offered.with_pages(request, offered.installed(request, key)))


@router.api_operation(READ, f"{VERSION}/schema", url_name="schema", throttle=limits.READS)
def schema(request: HttpRequest, key: str, version: int) -> HttpResponseBase:
    """Give the JSON Schema of the answers."""
    found = offered.asked(request, key, version)
    return _document(request, offered.schema_text(found.version), "application/schema+json")


@router.api_operation(READ, f"{VERSION}/openapi.json", url_name="openapi", throttle=limits.READS)
def openapi(request: HttpRequest, key: str, version: int) -> HttpResponseBase:
    """Describe the addresses of one version."""
    found = offered.asked(request, key, version)
    return _document(request, offered.openapi_text(found.version))


@router.api_operation(READ, f"{VERSION}/choices/{{field}}", url_name="choices", throttle=limits.LISTS)
def choices(
    request: HttpRequest,
    key: str,
    version: int,
    field: str,
    q: str = Query("", max_length=100),
    limit: int = Query(20, ge=1, le=100),
) -> HttpResponse:
    """Search the list of the region that a question is answered from."""
    wanted = choosing.Wanted(field, q, limit)
    return _answer(choosing.found(request, offered.asked(request, key, version), wanted, timezone.now()))


@router.post(f"{VERSION}/validate", url_name="validate", throttle=limits.CHECKS)
def validate(request: HttpRequest, key: str, version: int, upload_token: Token = "") -> HttpResponse:
    """Judge answers and store nothing."""
    found = offered.asked(request, key, version)
    given = reading.answers(request)
    return _answer(judging.verdict(request, found, given, upload_token, timezone.now()))


@router.post(f"{VERSION}/submissions", url_name="submissions", throttle=limits.SUBMISSIONS)
def submissions(
    request: HttpRequest,
    key: str,
    version: int,
    idempotency_key: str = Header(..., alias="Idempotency-Key", pattern=IDEMPOTENCY_KEY),
    upload_token: Token = "",
) -> HttpResponse:
    """File an application: 201 the first time, 200 with the same receipt whenever it is sent again."""
    application = filing.Application(
        region=site.region(request),
        asked=offered.asked(request, key, version),
        answers=reading.answers(request),
        key=idempotency_key,
        token=upload_token,
        language=site.language(),
        now=timezone.now(),
    )
    receipt = filing.submit(application)
    answer = _receipt(request, application, receipt)
    response = _answer(answer, status=200 if receipt.repeated else 201)
    response["Location"] = answer["links"]["status"]
    return response


@router.post(f"{VERSION}/files", url_name="files", throttle=limits.FILES)
def files(request: HttpRequest, key: str, version: int, upload_token: Token = "") -> HttpResponse:
    """Keep one file for an answer."""
    found = offered.asked(request, key, version)
    return _answer(uploading.receive(request, found, upload_token, timezone.now()), status=201)


def _receipt(request: HttpRequest, application: filing.Application, receipt: Receipt) -> dict[str, Any]:
    module, version = application.asked.module, application.asked.version
    status = f"{reverse('tracking:find')}?{urlencode({'reference': receipt.reference})}"
    page = reverse("modules:service", args=[module.key])
    return {
        "reference": receipt.reference,
        "access_code": receipt.access_code,
        "proof": None if receipt.access_code else module.applicant.proof,
        "module": module.key,
        "version": version.number,
        "filed_at": receipt.case.submitted_at.isoformat(),
        "links": {
            "status": request.build_absolute_uri(status),
            "page": request.build_absolute_uri(page),
        },
    }


def _answer(data: Any, status: int = 200) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json")


def _document(request: HttpRequest, content: bytes, media: str = "application/json") -> HttpResponseBase:
    """Give a document that clients keep: unchanged, it is not sent again."""
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=media)
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    return response if found is None else found
