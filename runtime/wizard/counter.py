"""Drafts that a clerk fills in at the counter (loket) for whoever came: whose they are, what they state."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from runtime.cases import counter as cases
from runtime.cases.counter import Counter
from runtime.cases.readers import Reader
from runtime.cases.selectors import Case
from runtime.regions import selectors as regions
from runtime.regions.models import User
from runtime.viewlog import services as viewlog
from runtime.viewlog.services import Did
from runtime.wizard import drafts
from runtime.wizard.models import Draft


def channel(draft: Draft) -> str:
    """Return how the application comes in."""
    return "desk" if draft.clerk_id else "web"


def must_be_of(request: HttpRequest, draft: Draft) -> None:
    """Raise `UnknownDraft` for a draft of the counter unless its clerk asks, who still may file there.

    Its address alone opens nothing: it is another person's application.
    """
    if not draft.clerk_id:
        return
    user = request.user
    held = regions.at_desk(draft.region, user) if user.pk == draft.clerk_id else ()
    if regions.counter_post(held, draft.version.key) is None:
        raise drafts.UnknownDraft


def stated(draft: Draft) -> Counter | None:
    """Return what the clerk stated of the applicant, None for a draft of the applicant's own."""
    if draft.clerk is None:
        return None
    told = {name: str(draft.counter.get(name, "")) for name in ("role", *cases.TOLD)}
    return Counter(clerk=draft.clerk, **told)


def note_view(request: HttpRequest, case: Case) -> None:
    """Write into the log of views that the clerk is about to be shown the case they filed."""
    user = request.user
    assert isinstance(user, User), "only its clerk opens a draft of the counter"
    post = regions.counter_post(regions.at_desk(case.region, user), case.version.key)
    assert post is not None, "only who may file at the counter opens its drafts"
    reader = Reader(post, "")
    viewlog.note(case, user=user, reader=reader, did=Did.VIEWED, now=timezone.now(), filing=True)


def find_address(request: HttpRequest, reference: str) -> str:
    """Return the full address at which the citizen looks where the application stands, for the QR code."""
    query = urlencode({"reference": reference})
    return request.build_absolute_uri(f"{reverse('tracking:find')}?{query}")
