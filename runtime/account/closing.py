"""The end of an account: what is one's own goes, what the law has the regions keep stays with the cases.

The row of the person stays, empty and without a way in: cases and their history name it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from runtime.cases import proof
from runtime.cases import selectors as cases
from runtime.cases.proof import TooManyAttempts
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.wizard import drafts

__all__ = ["TooManyAttempts", "close", "is_hers", "running", "works"]

running = cases.running_of_applicant
works = regions.works_anywhere


def is_hers(region: Region, user: User, password: str, *, address: str, now: datetime) -> bool:
    """Tell whether it is the password of `user`; raise `TooManyAttempts` after too many wrong ones."""
    name = f"account {user.pk}"
    attempt = proof.begin_attempt(region=region, reference=name, address=address, now=now)
    right = user.check_password(password)
    if right:
        proof.passed(region=region, attempt=attempt)
    return right


def close(user: User) -> None:
    """Delete drafts, profiles, addresses, second steps and settings of `user` everywhere, and the way in.

    All sessions end, for they hang on the password. Cases stay. An officer is refused: see `works`.
    """
    assert not works(user), "the account of an officer is closed by whoever manages the region"
    with transaction.atomic(), scope.everywhere("a person may have things in several regions"):
        drafts.forget_owner(user)
        for relation in User._meta.get_fields(include_hidden=True):
            if isinstance(relation, ForeignObjectRel) and relation.on_delete is models.CASCADE:
                rows = relation.related_model._base_manager
                rows.filter(**{relation.field.name: user}).delete()
        user.username = f"closed-{user.pk}-{secrets.token_hex(4)}"
        user.first_name = user.last_name = user.email = user.nip = user.rank = ""
        user.is_active, user.last_login = False, None
        user.set_unusable_password()
        user.save()
