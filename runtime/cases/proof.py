"""The second fact that opens a case beside its reference: kept as a keyed digest, tries are counted.

The digest is bound to the case, so that equal facts do not show as equal rows.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from runtime.cases import reference as references
from runtime.cases.models import Case, ProofAttempt
from runtime.forms.clock import MONTHS
from runtime.regions.models import Region
from schemas.definition import Module

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PER_CASE_AND_ADDRESS = 10  # wrong tries an hour
PER_ADDRESS = 30  # an hour, whatever the case
PER_CASE = 100  # a day, from wherever: so high that a stranger hardly locks the owner out
CODE_LETTERS = 8
_LOOKALIKES = str.maketrans("oil", "011")
_DAY_FIRST = re.compile(r"^(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4})$", re.ASCII)


class TooManyAttempts(Exception):
    """The case or the address has been tried too often of late."""


def access_code(submit_key: str) -> str:
    """Return the code of the case filed under `submit_key`; the same each time, kept nowhere."""
    return references.spoken_code(_keyed(settings.SECRET_KEY, "access-code", submit_key))


def fact(module: Module, answers: Mapping[str, Any]) -> str:
    """Return the answer that proves who asks; nothing when there is none, or none that could be retyped."""
    value = answers.get(module.applicant.proof) if module.applicant.proof else None
    return str(value) if value and normalise(str(value)) else ""


def normalise(typed: str) -> str:
    """Return what counts of a fact: letters and digits; day-first dates and +62 in one form.

    A month may be a number or a name, in every way the question itself reads one.
    """
    text = unicodedata.normalize("NFKC", typed).strip().casefold()
    day = _DAY_FIRST.match(text)
    month = (MONTHS.get(day[2][:3]) if day[2].isalpha() else int(day[2])) if day else None
    if day and month:
        text = f"{day[3]}{month:02d}{int(day[1]):02d}"
    plain = "".join(c for c in text if c.isalnum())
    if re.fullmatch(r"(62|0)8\d{7,12}", plain):
        plain = "0" + plain.removeprefix("62").removeprefix("0")
    return plain


def digest(reference: str, typed: str, key: str = "") -> str:
    """Return the keyed digest of a fact for one case."""
    return _keyed(key or settings.SECRET_KEY, "proof", reference, normalise(typed)).hex()


def matches(case: Case | None, typed: str) -> bool:
    """Tell, in constant time, whether `typed` is the second fact of `case`; no case takes as long.

    What may be an access code is also tried with the lookalikes O/0 and I/L/1 read as digits.
    """
    if not normalise(typed):
        return False
    readings = (typed, _as_code(typed))
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    reference, kept = (case.reference, case.proof_hash) if case else ("", "")
    found = [
        hmac.compare_digest(kept, digest(reference, reading, key)) for key in keys for reading in readings
    ]
    return any(found)


def _as_code(typed: str) -> str:
    """Return what was typed with lookalikes read as an access code means them, if it may be one."""
    plain = normalise(typed)
    return plain.translate(_LOOKALIKES) if len(plain) == CODE_LETTERS else plain


def begin_attempt(*, region: Region, reference: str, address: str, now: datetime) -> list[int]:
    """Write a try down before it is judged; raise `TooManyAttempts` when there were too many.

    Fails closed: a try that cannot be written down is not judged. A try that is turned away is not
    judged, hence not counted: whoever waits gets in again. Returns what `passed` needs.
    """
    limits = {
        _subject("case and address", reference, address): (PER_CASE_AND_ADDRESS, HOUR),
        _subject("address", address): (PER_ADDRESS, HOUR),
        _subject("case", reference): (PER_CASE, DAY),
    }
    rows = ProofAttempt.objects.bulk_create(
        [ProofAttempt(region=region, subject=subject, at=now) for subject in limits]
    )
    mine = [row.pk for row in rows]
    wrong = ProofAttempt.objects.filter(region=region, passed=False)
    for subject, (limit, window) in limits.items():
        if wrong.filter(subject=subject, at__gt=now - window).count() > limit:
            ProofAttempt.objects.filter(region=region, pk__in=mine).delete()
            raise TooManyAttempts
    return mine


def passed(*, region: Region, attempt: Iterable[int]) -> None:
    """Note that a try was right; it counts no longer."""
    ProofAttempt.objects.filter(region=region, pk__in=list(attempt)).update(passed=True)


def forget_attempts(*, now: datetime) -> int:
    """Delete tries that count no longer; the caller has opened the scope."""
    deleted: int = ProofAttempt.objects.filter(at__lt=now - DAY).delete()[0]
    return deleted


def _subject(kind: str, *names: str) -> str:
    return _keyed(settings.SECRET_KEY, "attempt", kind, *names).hex()


def _keyed(key: str, *parts: str) -> bytes:
    return hmac.new(key.encode(), "\0".join(parts).encode(), hashlib.sha256).digest()
