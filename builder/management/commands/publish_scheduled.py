"""Wagtail's command for scheduled publishing, past the walls between regions: it serves all of them."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from builder import services
from builder.models import Module
from runtime.regions import scope

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    """Publishes and unpublishes what is due, in every region."""

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.everywhere("scheduled publishing serves every region"):
            if not options.get("dryrun"):
                take_off()
            super().handle(*args, **options)


def take_off() -> None:
    """Cancel what is due and has an error by now, so that it holds up nothing else.

    The history of the service says so, and its draft is as it was.
    """
    kind = ContentType.objects.get_for_model(Module)
    due = Revision.objects.filter(base_content_type=kind, approved_go_live_at__lt=timezone.now())
    for revision in due.order_by("pk"):
        draft: Module = revision.as_object()
        _checked, found = services.check(draft.document, draft.region)
        if found:
            codes = ", ".join(sorted({problem.code for problem in found}))
            logger.error(
                "service %s of %s cannot be published as scheduled: %s", draft.key, draft.region, codes
            )
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
