"""In which way, in which language and when somebody is told, as they wish it; and what is noted of it.

A wish that cannot be carried out is never given up in silence: what went another way says so ("instead").
"""

from __future__ import annotations

import re
from datetime import datetime

from runtime.effects import composing, identity
from runtime.effects.contract import Hopeless, Later
from runtime.effects.models import EffectRun
from runtime.notices import selectors as notices
from runtime.notices.selectors import Wish
from runtime.outside import gateways
from runtime.outside.calling import Undelivered
from schemas.fieldtypes.phone import E164

LAST_TRY = 3  # of `services.TRIES`, two minutes: whoever wants a mail instead does not wait longer


def wish(row: EffectRun) -> Wish | None:
    """Return what the person of `row` wishes, None of somebody without an account; the language is set."""
    person = row.payload.get("user") or row.payload.get("person")
    if person is None:
        return None
    found = notices.wish(row.region, int(person))
    if found.language:
        row.payload = row.payload | {"language": found.language}
    return found


def not_in_quiet_hours(wish: Wish | None, now: datetime) -> None:
    """Raise `Later` when the person wants no notice now."""
    until = notices.quiet_until(wish, now) if wish else None
    if until is not None:
        raise Later(until)


def by_telephone(row: EffectRun, wish: Wish | None, now: datetime) -> str:
    """Tell an applicant by telephone who wishes it; return the way it went, "" if a mail is to follow."""
    via = notices.telephone(wish) if wish and "user" not in row.payload else ""
    if not via or wish is None:
        return ""
    try:
        telephone(row, via=via, number=wish.number, text=composing.short(row), now=now)
    except (Hopeless, Undelivered) as error:
        hopeless = isinstance(error, Hopeless) or not (error.again and error.asked)
        hopeless = hopeless or row.attempts >= LAST_TRY
        if not wish.fallback or not hopeless:
            raise
        row.payload = row.payload | {"instead": via, "why": error.reason}
        return ""
    return via


def telephone(row: EffectRun, *, via: str, number: str, text: str, now: datetime) -> None:
    """Hand `text` over to the gateway, under the name of `row` each time."""
    if re.fullmatch(E164, number) is None:
        raise Hopeless("the number cannot be written to", reason="number")
    gateways.gateway(row.region, via).send(to=number, text=text, delivery=identity.of(row), now=now)


def noted(row: EffectRun, *, via: str, masked: str) -> None:
    """Keep the way it went and the masked address in the place of the address."""
    kept = {key: value for key, value in row.payload.items() if key != "to"}
    row.payload = kept | {"via": via, "masked": masked}
