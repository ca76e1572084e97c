"""Who may sit at the desk: holders of a desk post in the site's region. Others are led away kindly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from runtime.modules import site
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.regions.selectors import Capacity

P = ParamSpec("P")
ADMINISTERS = "rakit.administers"
"""Where a request keeps whether its reader manages the region, for the head of every page."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A person at the desk: who, in which region, and the desk posts they may act for, with for whom.

    `administers` tells whether they manage the region as well.
    """

    user: User
    region: Region
    held: tuple[Capacity, ...]
    administers: bool = False


def officer_of(request: HttpRequest) -> Officer:
    """Return the logged-in person with the desk posts they hold here; perhaps none."""
    region = site.region(request)
    user = request.user
    assert isinstance(user, User)
    every = regions.capacities(region, user)
    officer = Officer(user, region, regions.desk_ones(every), regions.administering(region, user, every))
    request.META[ADMINISTERS] = officer.administers
    return officer


def officers(
    view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only holders of a desk post in; others see why not (403), strangers log in first."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        officer = officer_of(request)
        if not officer.held:
            return render(request, "runtime/inbox/no_post.html", status=403)
        return view(request, officer, *args, **kwargs)

    return inner


def administrators(
    view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only administrators of the site's region in; others see why not (403), strangers log in first."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        officer = officer_of(request)
        if not officer.administers:
            return render(request, "runtime/inbox/not_administrator.html", status=403)
        return view(request, officer, *args, **kwargs)

    return inner
