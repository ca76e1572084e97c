"""The permit with a letter: issued when the head signs, with a number of its own or that of the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtime.cases.selectors import Case
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.letters.models import IssuedLetter
from tests.runtime import permit
from tests.runtime.conftest import Village

LETTER: dict[str, Any] = {
    "key": "izin",
    "title": permit.text("Surat Izin"),
    "register": "letters",
    "body": [{"paragraph": permit.text("Diberikan kepada {name}.")}],
    "signer": {"action": "sign"},
    "validity": {"amount": 6, "unit": "months"},
}


def as_text(*, key: str = "izin", **changes: Any) -> str:
    """Return the document; `changes` replace what the letter says, None leaves it out."""
    document = permit.document(key=key)
    sign = next(one for one in document["workflow"]["actions"] if one["key"] == "sign")
    letter = {name: value for name, value in (LETTER | changes).items() if value is not None}
    sign["changes"] = [] if "register" in letter else [{"number": "letters"}]
    sign["effects"] = [*sign["effects"], {"letter": "izin"}]
    return permit.json.dumps(document | {"letters": [letter]})


def sign(desk: Village, **changes: Any) -> Case:
    """File an application and have the head sign it; its letter is wanted."""
    receipt = desk.submit(**changes)
    desk.forward(receipt.reference)
    desk.perform(receipt.reference, "sign", desk.head)
    receipt.case.refresh_from_db()
    return receipt.case


def effect() -> EffectRun:
    """Return the latest effect that wants a letter."""
    return EffectRun.objects.filter(type="letter").latest("pk")


def work_off(desk: Village, *, now: datetime | None = None) -> None:
    """Do what waits in the outbox."""
    effects.run_due(now=now or desk.now)


def letters() -> list[IssuedLetter]:
    return list(IssuedLetter.objects.order_by("pk"))
