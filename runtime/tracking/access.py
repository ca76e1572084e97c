"""Who may open a case on the status page: its logged-in applicant, or a browser that proved it lately."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.look.unsent import unsent
from runtime.modules import site
from runtime.wizard import grants

P = ParamSpec("P")


def allowed_case(request: HttpRequest, reference: str) -> Case | None:
    """Return the case if this browser or person may see it."""
    case = cases.case_by_reference(site.region(request), reference)
    if case is None:
        return None
    person = site.person(request)
    mine = person is not None and case.applicant_id == person.pk
    return case if mine or grants.granted(request, case.reference, now=timezone.now()) else None


def applicants(
    view: Callable[Concatenate[HttpRequest, Case, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Hand the case to `view`; whoever has not proved it is asked to, case or no case."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reference = str(kwargs.pop("reference"))
        case = allowed_case(request, reference)
        if case is None:
            way = f"{reverse('tracking:find')}?{urlencode({'reference': reference})}"
            return unsent(request, "proof", way=way) or redirect(way)
        response = view(request, case, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return inner
