"""An officer's own signature as a picture: drawn or uploaded, switched off, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from runtime.inbox.access import Officer, officers
from runtime.inbox.signatureform import SignatureForm
from runtime.letters import signatureimages
from runtime.letters.images import Picture
from runtime.letters.sending import HARMLESS
from schemas.fieldtypes.signature import HEIGHT, MOST_STROKES, WIDTH


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def signature(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what the officer keeps; a POST keeps another, switches it, or removes it."""
    if request.method == "POST" and (told := _changed(request, officer)):
        messages.success(request, told)
        return redirect("inbox:signature")
    form = SignatureForm(request.POST, request.FILES) if request.method == "POST" else SignatureForm()
    if form.is_bound and form.is_valid():
        _keep(officer, form)
        messages.success(request, _("Saved. It stands in the letters you decide on from now on."))
        return redirect("inbox:signature")
    context = {
        "form": form,
        "kept": signatureimages.of(officer.region, officer.user),
        "pad": {"width": WIDTH, "height": HEIGHT, "base": HEIGHT * 4 // 5, "most": MOST_STROKES},
    }
    return render(request, "runtime/inbox/signature.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@officers
def image(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the officer's own picture, to be looked at."""
    kept = signatureimages.of(officer.region, officer.user)
    if kept is None:
        raise Http404
    return shown(signatureimages.picture(kept))


def shown(picture: Picture) -> HttpResponse:
    """Return a picture as a page may show it, and as nothing else."""
    response = HttpResponse(picture.content, content_type=picture.type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = HARMLESS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _changed(request: HttpRequest, officer: Officer) -> str:
    """Do what a button asks; return what was done, "" when it was another button."""
    region, user, now = officer.region, officer.user, timezone.now()
    match request.POST.get("do"):
        case "remove":
            signatureimages.remove(region=region, user=user)
            return _("Removed. Your letters bear no picture of your signature any more.")
        case "off":
            signatureimages.switch(region=region, user=user, shown=False, now=now)
            return _("Switched off. Your letters bear no picture of your signature for now.")
        case "on":
            signatureimages.switch(region=region, user=user, shown=True, now=now)
            return _("Switched on. It stands in the letters you decide on from now on.")
    return ""


def _keep(officer: Officer, form: SignatureForm) -> None:
    region, user, now = officer.region, officer.user, timezone.now()
    if strokes := form.cleaned_data["strokes"]:
        signatureimages.draw(region=region, user=user, strokes=strokes, now=now)
    else:
        picture = form.cleaned_data["picture"]
        signatureimages.keep(region=region, user=user, picture=picture, now=now)
