"""Mails about reviews, by the same door as all mails to staff: somebody asked, somebody answered."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override

from builder.governance import reviewing
from builder.models import Review
from runtime.regions.models import User

logger = logging.getLogger(__name__)


def asked(request: HttpRequest, review: Review, link: str) -> None:
    """Tell everybody who may publish, but for whoever asked."""
    _send(request, "review_asked", reviewing.publishers(but=review.asked_by), review, link)


def answered(request: HttpRequest, review: Review, link: str) -> None:
    """Tell whoever asked, unless they answered themselves."""
    people = [] if review.answered_by_id == review.asked_by_id else [review.asked_by]
    _send(request, "review_answered", people, review, link)


def _send(request: HttpRequest, name: str, people: Iterable[User], review: Review, link: str) -> None:
    for person in people:
        if not person.email or not person.is_active:
            continue
        context = {"person": person, "review": review, "link": link}
        try:
            with override(settings.LANGUAGE_CODE):
                get_adapter(request).send_mail(f"builder/email/{name}", person.email, context)
        except (OSError, SMTPException):
            logger.exception("the mail about review %s could not be sent", review.pk)
