"""The letterhead of the region's letters: what stands in it, and the emblem, which administrators upload."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from runtime.inbox.access import Officer, administrators
from runtime.inbox.signatureform import LogoForm
from runtime.inbox.views.signature import shown
from runtime.letters import gathering, logos, sending, specimen
from runtime.look.words import language
from runtime.regions import calendar


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def letterhead(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the letterhead as it is printed; a POST keeps another emblem, or none."""
    if request.method == "POST" and request.POST.get("do") == "remove":
        logos.remove(officer.region)
        messages.success(request, _("Removed. Letters are printed without an emblem from now on."))
        return redirect("inbox:letterhead")
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if form.is_bound and form.is_valid():
        logos.keep(region=officer.region, picture=form.cleaned_data["logo"], now=timezone.now())
        messages.success(request, _("Saved. Letters bear this emblem from now on."))
        return redirect("inbox:letterhead")
    context = {
        "form": form,
        "logo": logos.of(officer.region),
        "head": gathering.letterhead(officer.region),
    }
    return render(request, "runtime/inbox/letterhead.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@administrators
def sample(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send a letter that counts for nothing, under the letterhead as it is printed today."""
    today = calendar.local(timezone.now(), officer.region).date()
    try:
        content = specimen.pdf(officer.region, language=language(), today=today)
    except specimen.Shapeless as shapeless:
        words = _(
            "No font has these characters of the letterhead: %(characters)s. Have them put right first."
        )
        messages.error(request, words % {"characters": shapeless.characters})
    except specimen.Unprintable:
        messages.error(request, _("The sample could not be printed. Try it again in a moment."))
    else:
        return sending.pdf(content, "letterhead.pdf")
    return redirect("inbox:letterhead")


@never_cache
@require_safe
@administrators
def logo(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the emblem, to be looked at."""
    picture = logos.picture(officer.region)
    if picture is None:
        raise Http404
    return shown(picture)
