"""What people without an account see by a link: the draft, page by page, and a box for what they think."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from builder import preview
from builder.models import DraftLink, Module
from builder.sharing import services
from builder.sharing.forms import CommentForm
from runtime.modules import site

View = Callable[[HttpRequest, DraftLink], HttpResponse]


def by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Let in whoever has a link that counts; anything else is not found. Nothing of it is indexed."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        link = services.followed(site.region(request), token, now=timezone.now())
        if link is None:
            raise Http404
        response = view(request, link)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def draft(request: HttpRequest, link: DraftLink) -> HttpResponse:
    """Show the draft in a frame with the ways to look at it; take a comment."""
    newest: Module = link.module.get_latest_revision_as_object()
    modes = preview.modes(newest.document)
    asked = request.GET.get("page", "")
    mode = asked if asked in dict(modes) else modes[0][0]
    token = services.token(link)
    here = f"{reverse('sharing:draft', args=[token])}?{urlencode({'page': mode})}"
    form = CommentForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            title = str(dict(modes)[mode])[:200]
            try:
                services.comment(link=link, **form.cleaned_data, page=title, now=timezone.now())
            except services.TooMany:
                status = 429
                form.add_error(
                    None, _("Many comments came in just now. Please wait an hour and send it again.")
                )
            else:
                messages.success(request, _("Thank you. Whoever prepares this service reads your comment."))
                return redirect(here)
    context = {
        "form": form,
        "title": newest.title,
        "modes": [(key, title, f"?{urlencode({'page': key})}") for key, title in modes],
        "mode": mode,
        "here": here,
        "frame": f"{reverse('sharing:picture', args=[token])}?{urlencode({'page': mode})}",
        "ends": link.ends_at,
    }
    return render(request, "builder/sharing/draft.html", context, status=status)


@require_safe
@xframe_options_sameorigin
@by_link
def picture(request: HttpRequest, link: DraftLink) -> HttpResponse:
    """Draw one page of the draft, in which nothing can be sent."""
    newest: Module = link.module.get_latest_revision_as_object()
    mode = request.GET.get("page", "")
    return preview.show(request, document=newest.document, mode=mode, region=link.region)
