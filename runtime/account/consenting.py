"""All that a citizen has agreed to, on one page: in applications, for filling in forms, for notices."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from runtime.account.answers import person, private
from runtime.cases import selectors as cases
from runtime.look.unsent import members
from runtime.modules import site
from runtime.notices import selectors as notices
from runtime.notices import services
from runtime.notices.selectors import Channel
from runtime.profiles import selectors as profiles
from runtime.tracking import consents as given

PER_PAGE = 25


@require_safe
@members
def consents(request: HttpRequest) -> HttpResponse:
    """Show what the person agreed to in the region, and by which button each is withdrawn."""
    region, user = site.region(request), person(request)
    lines = given.of_cases(region, cases.cases_of_applicant(region, user))
    wish = notices.wish(region, user)
    context = {
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "profile": profiles.exists(region, user),
        "channel": Channel(wish.channel).label if wish.channel != Channel.MAIL else "",
        "number": wish.number,
    }
    return private(request, "runtime/account/consents.html", context)


@require_POST
@members
def by_mail(request: HttpRequest) -> HttpResponse:
    """Send notices by e-mail from now on, and forget the number."""
    region, user = site.region(request), person(request)
    wish = notices.wish(region, user)
    services.of_citizen(
        region=region,
        user=user,
        channel=Channel.MAIL,
        number="",
        fallback=wish.fallback,
        quiet_from=wish.quiet_from,
        quiet_until=wish.quiet_until,
        language=wish.language,
    )
    messages.success(request, _("Notices come by e-mail from now on, and your number has been deleted."))
    return redirect("account:consents")
