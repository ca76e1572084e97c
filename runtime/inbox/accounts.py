"""Accounts of colleagues: found by a confirmed address, made without a password, invited by mail.

The link of the mail is the one for forgotten passwords, so a new colleague chooses their own.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override

from runtime.regions.models import Region, User

logger = logging.getLogger(__name__)


def find(email: str) -> User | None:
    """Return whose address this is.

    Only a confirmed address counts, or the one an account without any confirmed address was made
    with (it cannot be logged in to before that one is): nobody gets a post by claiming an address.
    """
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user")
    owner = confirmed.first()
    if owner is not None:
        found: User = owner.user
        return found
    made_with = User.objects.filter(email__iexact=email).exclude(emailaddress__verified=True)
    return made_with.order_by("pk").first()


def create(*, email: str, name: str) -> User:
    """Make an account that can be entered only through a mail to `email`.

    The address counts as confirmed: the only way in is a link that was sent to it.
    """
    first, _space, last = name.partition(" ")
    user = User(
        username=get_adapter().generate_unique_username([email.partition("@")[0], email, "user"]),
        email=email,
        first_name=first[:150],
        last_name=last[:150],
    )
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def is_waiting(user: User) -> bool:
    """Tell whether `user` was invited and has not chosen a password yet."""
    return user.is_active and not user.has_usable_password() and user.last_login is None


def invite(request: HttpRequest, user: User, *, region: Region) -> bool:
    """Send `user` the link for choosing a password; return whether the mail was handed over."""
    adapter = get_adapter(request)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    context = {
        "link": adapter.get_reset_password_from_key_url(key),
        "person": user,
        "region": region,
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    try:
        with override(settings.LANGUAGE_CODE):
            adapter.send_mail("runtime/inbox/email/invitation", user.email, context)
    except (OSError, SMTPException):
        logger.exception("the invitation of user %s could not be sent", user.pk)
        return False
    return True
