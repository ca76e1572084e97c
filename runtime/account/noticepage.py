"""How a citizen is told of their applications: by which way, in which language, and when not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runtime.look.unsent import members
from runtime.modules import site
from runtime.notices import selectors, services
from runtime.notices.forms import CitizenForm
from runtime.notices.selectors import Wish
from runtime.profiles import selectors as profiles
from runtime.regions import calendar
from runtime.regions.models import Region, User


@require_http_methods(["GET", "HEAD", "POST"])
@members
def notices(request: HttpRequest) -> HttpResponse:
    """Show the person's wishes; a POST keeps them."""
    region, user = site.region(request), site.person(request)
    assert user is not None, "the page is for people who are logged in"
    wish, posted = _wish(region, user), request.POST if request.method == "POST" else None
    form = CitizenForm(posted, wish=wish, channels=selectors.channels(region))
    if form.is_valid():
        services.of_citizen(region=region, user=user, **form.wanted(wish))
        messages.success(request, _("Saved. You are told like this from now on."))
        return redirect("account:home")
    context = {"form": form, "zone": calendar.local(timezone.now(), region).tzname()}
    response = render(request, "runtime/account/notices.html", context, status=422 if form.is_bound else 200)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _wish(region: Region, user: User) -> Wish:
    """Return what the person wishes, with the number of their profile as long as they gave none."""
    wish = selectors.wish(region, user)
    wish.number = wish.number or str(profiles.facts(region, user).get("phone", ""))
    return wish
