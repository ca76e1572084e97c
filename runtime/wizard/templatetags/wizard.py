"""Lets pages of other apps offer to go on with an application, without knowing drafts."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Q
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone

from runtime.modules import selectors as modules
from runtime.modules import site
from runtime.wizard import filing, grants, steps
from runtime.wizard.models import Draft

register = template.Library()


@register.inclusion_tag("runtime/wizard/_open_draft.html", takes_context=True)
def open_draft(context: Context) -> dict[str, Any]:
    """Show the latest unfinished application of this browser or person, if there is one."""
    request: HttpRequest | None = context.get("request")
    draft = _latest(request) if request is not None else None
    if draft is None:
        return {}
    walked = filing.walk(draft, now=timezone.now())
    names = [*steps.by_name(walked), steps.REVIEW]
    number = names.index(draft.step) + 1 if draft.step in names else 1
    return {
        "draft": draft,
        "module": modules.definition(draft.version),
        "number": number,
        "count": len(names),
    }


def _latest(request: HttpRequest) -> Draft | None:
    tokens, owner = grants.draft_tokens(request), site.person(request)
    if not tokens and owner is None:
        return None
    mine = Q(token__in=tokens) | Q(owner=owner) if owner else Q(token__in=tokens)
    rows = Draft.objects.select_related("version", "region").filter(
        mine, region=site.region(request), submitted_at=None, expires_at__gt=timezone.now()
    )
    found: Draft | None = rows.first()
    return found
