"""The addresses of the API, and how each refusal is answered."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError

from runtime.api import trouble
from runtime.api.trouble import Trouble
from runtime.api.views import router

api = NinjaAPI(urls_namespace="api", openapi_url=None, docs_url=None)
api.add_router("", router)


@api.exception_handler(Trouble)
def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return trouble.response(refusal)


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, refusal: Any) -> HttpResponse:
    seconds = str(max(1, math.ceil(refusal.wait or 1)))
    return trouble.response(Trouble("too-many", headers={"Retry-After": seconds}, seconds=seconds))


@api.exception_handler(ValidationError)
def _wrong_parameters(request: HttpRequest, refusal: Any) -> HttpResponse:
    words = _("This parameter is missing or not written as it should be.")
    names = dict.fromkeys(str(fault["loc"][-1]) for fault in refusal.errors)
    found = (trouble.parameter(name, "parameter.format", words) for name in names)
    return trouble.response(Trouble("parameters", *found))


@api.exception_handler(Http404)
def _not_here(request: HttpRequest, refusal: Any) -> HttpResponse:
    return trouble.response(Trouble("not-found"))


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Say that there is nothing at an address below the API."""
    return trouble.response(Trouble("not-found"))


urlpatterns = [
    path("v1/", api.urls),
    path("", nothing),
    path("<path:rest>", nothing),
]
