"""Drafts that a clerk fills in at the counter (loket) for whoever came: whose they are, what they state."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runtime.cases import counter as cases
from runtime.cases.counter import Counter
from runtime.cases.readers import Reader
from runtime.cases.selectors import Case
from runtime.forms import contacts
from runtime.forms.given import Excuse
from runtime.modules import selectors as modules
from runtime.regions import selectors as regions
from runtime.regions.models import User
from runtime.viewlog import services as viewlog
from runtime.viewlog.services import Did
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from schemas.definition import Field, Module, Page

_LACKS: dict[str, Any] = {
    "phone": _("The applicant has no telephone"),
    "email": _("The applicant has no e-mail address"),
}


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
    return Counter(clerk=draft.clerk, lacks=lacks(draft), **told)


def module(draft: Draft) -> Module:
    """Return the module of the draft as it asks this applicant: what they lack, the clerk may leave empty."""
    whole = modules.definition(draft.version)
    return contacts.without(whole, lacks(draft))


def lacks(draft: Draft) -> tuple[str, ...]:
    """Return what the clerk ticked that the applicant has not, of `contacts.KINDS`."""
    return tuple(draft.counter.get("lacks", ())) if draft.clerk_id else ()


def note_lacks(draft: Draft, page: Page, ticked: Collection[str]) -> None:
    """Keep which of the things that `page` asks for, to be reached by, the applicant has not."""
    if not draft.clerk_id:
        return
    asked = {field.key for field in page.fields}
    here = {kind for kind, field in _required(draft).items() if field.key in asked}
    kept = [kind for kind in lacks(draft) if kind not in here]
    now = kept + [kind for kind in contacts.KINDS if kind in here and kind in ticked]
    if now != list(lacks(draft)):
        drafts.state(draft=draft, counter={**draft.counter, "lacks": now})


def excuses(draft: Draft, asked: Collection[Field]) -> dict[str, Excuse]:
    """Return the boxes below those questions of a page that somebody may have no answer to, by their keys."""
    if not draft.clerk_id:
        return {}
    keys, gone = {field.key for field in asked}, lacks(draft)
    return {
        field.key: Excuse(kind, str(_LACKS[kind]), kind in gone)
        for kind, field in _required(draft).items()
        if field.key in keys
    }


def _required(draft: Draft) -> dict[str, Field]:
    return contacts.required(modules.definition(draft.version))


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
