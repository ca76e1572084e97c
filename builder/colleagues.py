"""What somebody reads who writes in the editor while a colleague saves or locks the same service.

It says who it was, that nothing written is lost, and what to do now.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Revision

from builder.models import Module, Review
from runtime.regions.models import User


def newer(revision: Revision, reader: User | AnonymousUser) -> str:
    """Say why a button has not saved yet: the newest version is another's, or of another window."""
    if revision.user is None or revision.user_id == reader.pk:
        return _(
            "Nothing was saved yet: this service was saved in another window or by a colleague while you "
            "wrote. Your version is below and complete. Save again to let it count; "
            "the other version stays in the history."
        )
    words = _(
        "Nothing was saved yet: {who} saved this service while you wrote. "
        "Your version is below and complete. Save again to let it count; "
        "the other version stays in the history."
    )
    return words.replace("{who}", _name(revision.user))


def paused(revision: Revision, reader: User | AnonymousUser) -> str:
    """Say why nothing is saved by itself any more."""
    who = _("A colleague") if revision.user is None else _name(revision.user)
    if revision.user_id == reader.pk:
        words = _(
            "You saved this service in another window, so this window saves nothing by itself any more. "
            "What you wrote here is complete: press “Save draft” to choose which version counts."
        )
    else:
        words = _(
            "{who} saved this service while you wrote, so this window saves nothing by itself any more. "
            "What you wrote here is complete: press “Save draft” to choose which version counts."
        )
    return words.replace("{who}", who)


def locked(module: Module) -> str:
    """Say who has locked the service that somebody would save."""
    who = _name(module.locked_by) if module.locked_by else _("A colleague")
    words = _(
        "Nothing was saved: {who} has locked this service. What you wrote is still on this page. "
        "Ask {who} to unlock it, then save again."
    )
    return words.replace("{who}", who)


def overtaken(review: Review) -> str:
    """Say what becomes of a request for review that somebody wrote past."""
    words = _(
        "{who} has asked for this service to be published, and you have changed it since. "
        "That request can no longer be approved: tell {who}, or ask anew yourself under “Publish”."
    )
    return words.replace("{who}", _name(review.asked_by))


def earlier(revision: Revision) -> str:
    """Say which version stands on the page when it is not the newest."""
    who = _("A colleague") if revision.user is None else _name(revision.user)
    when = date_format(timezone.localtime(revision.created_at), "DATETIME_FORMAT")
    words = _("This is the version of {when}, saved by {who}. It counts again once you save it.")
    return words.replace("{when}", when).replace("{who}", who)


def _name(user: User) -> str:
    return user.get_full_name() or user.username
