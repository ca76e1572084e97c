"""Filing from another program: one application per idempotency key, however often it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from runtime.api import judging, uploading
from runtime.api.findings import findings
from runtime.api.models import IdempotencyKey
from runtime.api.offered import Asked, must_be_taken
from runtime.api.trouble import Trouble
from runtime.cases import selectors
from runtime.cases import services as cases
from runtime.cases.retry import once_more
from runtime.regions import scope
from runtime.regions.models import Region

KEY_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Application:
    """What was sent: the answers to a version, under a key of the sender's own, with a token for files."""

    region: Region
    asked: Asked
    answers: Mapping[str, Any]
    key: str
    token: str
    language: str
    now: datetime

    @property
    def name(self) -> str:
        """Return the digest under which the key is remembered."""
        return _digest(self.region.pk, self.key)

    @property
    def content(self) -> str:
        """Return the digest of what is applied for."""
        return _digest(self.asked.version.key, self.asked.version.number, self.answers)

    @property
    def submit_key(self) -> str:
        """Return the key of the case: whoever does not know both key and answers never meets it."""
        return f"api:{_digest(self.name, self.content)[:60]}"


def submit(application: Application) -> cases.Receipt:
    """File an application, or give the receipt of the one that this very request filed before."""
    try:
        if not _is_filed(application):
            _must_be_acceptable(application)
        return once_more(lambda: _file(application))
    except (Trouble, cases.InvalidAnswers, cases.NotOffered, cases.Refused) as refusal:
        if _is_filed(application):  # by the same request, a moment ago: its files are taken, its key is used
            return once_more(lambda: _file(application))
        raise _as_trouble(application, refusal) from None


def forget_keys(now: datetime) -> int:
    """Delete the keys that nobody will repeat any more; return how many."""
    with scope.everywhere("idempotency keys of all regions expire"):
        deleted: int = IdempotencyKey.objects.filter(used_at__lt=now - KEY_LIFE).delete()[0]
    return deleted


def _is_filed(application: Application) -> bool:
    return selectors.case_of_draft(application.region, application.submit_key) is not None


def _must_be_acceptable(application: Application) -> None:
    used = IdempotencyKey.objects.filter(region=application.region, key=application.name).first()
    if used is not None and used.request != application.content:
        raise Trouble("key-reused")
    region, asked, now = application.region, application.asked, application.now
    if application.token:
        uploading.begun(region, asked, application.token, now)
    must_be_taken(asked, begun=bool(application.token), now=now)
    wrong = judging.problems(region, asked, application.answers, application.token, application.language, now)
    if wrong:
        raise cases.InvalidAnswers(wrong)


def _file(application: Application) -> cases.Receipt:
    """File within one transaction with the key, so that a key is used up by a filed application only."""
    with transaction.atomic():
        receipt = cases.submit_case(
            region=application.region,
            version=application.asked.version,
            answers=application.answers,
            language=application.language,
            submit_key=application.submit_key,
            draft_token=application.token,
            now=application.now,
            channel=judging.CHANNEL,
        )
        used, _new = IdempotencyKey.objects.get_or_create(
            region=application.region,
            key=application.name,
            defaults={"request": application.content, "used_at": application.now},
        )
        if used.request != application.content:
            raise Trouble("key-reused")
    return receipt


def _as_trouble(application: Application, refusal: Exception) -> Exception:
    if isinstance(refusal, cases.NotOffered):
        return Trouble("not-taken")
    if isinstance(refusal, cases.Refused):
        return Trouble("circle")
    if isinstance(refusal, cases.InvalidAnswers):
        module = application.asked.module
        return Trouble("answers", *findings(module, refusal.problems, application.language))
    return refusal


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
