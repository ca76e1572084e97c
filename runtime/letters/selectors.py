"""Reading letters: those of a case, those that wait for a signer, the one of a code."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from runtime.cases.reference import ALPHABET
from runtime.cases.selectors import Case
from runtime.effects.models import EffectRun
from runtime.letters.models import IssuedLetter
from runtime.regions.models import Region, User

__all__ = [
    "IssuedLetter",
    "by_code",
    "held_up",
    "of_applicant",
    "of_case",
    "of_cases",
    "of_signer",
    "one",
    "to_be_signed",
]

State = IssuedLetter.State
ISSUED = (State.VERIFIED, State.REPLACED, State.WITHDRAWN)
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def of_case(case: Case, *, issued: bool = True) -> QuerySet[IssuedLetter]:
    """Return the letters of a case, the latest first; with those on their way when not only `issued`."""
    found = _rows(case.region).filter(case=case).order_by("-pk")
    return found.filter(state__in=ISSUED) if issued else found


def of_applicant(region: Region, user: User) -> QuerySet[IssuedLetter]:
    """Return the letters issued to `user` in `region` in all their cases, the latest first."""
    return _rows(region).filter(case__applicant=user, state__in=ISSUED).order_by("-verified_at", "-pk")


def of_cases(region: Region, cases: Collection[int]) -> QuerySet[IssuedLetter]:
    """Return the letters of several cases."""
    found: QuerySet[IssuedLetter] = IssuedLetter.objects.filter(region=region, case__in=cases)
    return found.order_by("pk")


def one(case: Case, pk: int) -> IssuedLetter | None:
    """Return a letter of this very case; who may see the case has been decided before."""
    return of_case(case, issued=False).filter(pk=pk).first()


def to_be_signed(region: Region, user: User) -> QuerySet[IssuedLetter]:
    """Return the letters that wait for `user` to sign them, those that wait longest first."""
    return _rows(region).filter(signer=user, state=State.SENT).order_by("prepared_at", "pk")


def of_signer(region: Region, user: User, pk: int) -> IssuedLetter | None:
    """Return a letter that `user` signs, wherever it stands."""
    return _rows(region).filter(signer=user, pk=pk).first()


def by_code(region: Region, typed: str) -> IssuedLetter | None:
    """Return the issued letter that bears the code, however it was typed."""
    plain = re.sub(r"[^A-Z0-9]", "", typed.upper()[:60]).translate(_LOOKALIKE)
    known = "".join(sign for sign in plain if sign in ALPHABET)
    return _rows(region).filter(code=known, state__in=ISSUED).first()


def held_up(region: Region, **which: Any) -> str:
    """Return why the latest try at issuing some letters failed, "" when none of them is to be tried again."""
    going_on = (EffectRun.State.NEW, EffectRun.State.LEASED)
    found = EffectRun.objects.filter(region=region, type="letter", state__in=going_on, **which)
    tried = found.exclude(reason="").order_by("-due_at").values_list("reason", flat=True)
    return str(tried.first() or "")


def _rows(region: Region) -> QuerySet[IssuedLetter]:
    found: QuerySet[IssuedLetter] = IssuedLetter.objects.filter(region=region)
    return found.select_related(
        *("region", "version", "replaces", "replacement", "case__region", "case__version"),
        *("case__office__parent", "case__office__tenant"),
    )
