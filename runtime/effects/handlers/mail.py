"""The mail effect: one message of the module to one person, in the way they wish to be told.

Payload: {"version", "message", "language", "to": address | "user": id, "path", "tokens", "status"}. The text
comes from the version the case is pinned to; tokens carry reference, link and public facts only. Of an
applicant with an account, "person" is who they are: their wish may lead to a telephone, see `telling`.
What is kept afterwards is the way it went ("via"), the address masked ("masked") and the language.
"""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage

from runtime.effects import composing, posting, telling
from runtime.effects.contract import Needless
from runtime.effects.models import EffectRun
from runtime.notices import masks
from runtime.notices import services as notices
from runtime.notices.selectors import Wish
from runtime.regions import selectors as regions
from runtime.regions.models import User

message_id, one_line = posting.message_id, posting.one_line


def run(row: EffectRun, *, now: datetime) -> None:
    """Tell whoever the mail of `row` is for, then forget the address it went to."""
    wish = telling.wish(row)
    address = _officer(row, wish, now) if "user" in row.payload else str(row.payload.get("to", ""))
    telling.not_in_quiet_hours(wish, now)
    via, masked = telling.by_telephone(row, wish, now), ""
    if via:
        masked = masks.telephone(wish.number if wish else "")
    elif not address:
        raise Needless("there is no address", reason="told.address")
    else:
        posting.send(compose(row, posting.checked(address)), now)
        masked = masks.mail(address)
    telling.noted(row, via=via or "mail", masked=masked)


def compose(row: EffectRun, address: str) -> EmailMessage:
    """Return the mail of `row` to `address`."""
    said = composing.composed(row)
    return posting.mail(row, to=address, subject=said.subject, body=said.body)


def _officer(row: EffectRun, wish: Wish | None, now: datetime) -> str:
    """Return the officer's address; raise `Needless` when they have left or read it in their daily mail."""
    user = User.objects.filter(pk=row.payload["user"], is_active=True).first()
    if user is None or not regions.capacities(row.region, user, on=now):
        raise Needless("the officer has left", reason="told.left")
    if wish is not None and wish.gathers:
        notices.gather(region=row.region, user=user.pk, case_id=row.case_id, name=row.dedupe, now=now)
        raise Needless("kept for the daily mail", reason="told.daily")
    return user.email
