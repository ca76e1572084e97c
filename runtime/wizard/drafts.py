"""The life of drafts: begun, saved page by page, found by their secret address, forgotten in time."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.crypto import salted_hmac

from runtime.cases import services as cases
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.regions.prepared import Prepared
from runtime.wizard.merging import Clash, Posted, Seen, Sheet, merged
from runtime.wizard.models import Draft

DAYS = 7
HOUR = timedelta(hours=1)
BATCH = 100
SHEET = ("answers", "typed", "log", "revision", "others", "turns")
SAVED = (*SHEET, "offered", "registers", "step", "saved_at", "expires_at")


BY_TOKEN: Prepared[Draft] = Prepared(
    lambda late: Draft.objects.filter(region=late("region"), token=late("token")).order_by()
)
LOCKED: Prepared[Draft] = Prepared(
    lambda late: Draft.objects.select_for_update().filter(region=late("region"), pk=late("pk")).order_by()
)


class UnknownDraft(Exception):
    """No draft has this address in this region."""


class ExpiredDraft(Exception):
    """The draft was not touched for so long that it has been given up."""


class TooManyDrafts(Exception):
    """So many applications were begun from one address of late that no more may be for now."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a page: answers another window had changed, and whether a later post came first."""

    clashes: tuple[Clash, ...] = ()
    overtaken: bool = False


def begun_by_version(region: Region, now: datetime) -> dict[int, int]:
    """Return how many applications are being filled in on each version in `region`."""
    found = Draft.objects.filter(region=region, submitted_at=None, expires_at__gt=now).order_by()
    return dict(found.values_list("version").annotate(Count("pk")))


def life() -> timedelta:
    """Return how long an untouched draft is kept."""
    return timedelta(days=int(getattr(settings, "RAKIT_DRAFT_DAYS", DAYS)))


def start(
    *,
    region: Region,
    version: ModuleVersion,
    language: str,
    owner: User | None,
    now: datetime,
    address: str = "",
    offered: Mapping[str, Any] | None = None,
    noted: Mapping[str, Any] | None = None,
    clerk: User | None = None,
    counter: Mapping[str, Any] | None = None,
) -> Draft:
    """Begin an application on `version`, which it keeps whatever is published later.

    `noted` is what its link brought along. A `clerk` begins it at the counter for whoever `counter` names.

    Raises `TooManyDrafts` when too many were begun from the network `address`, or by the clerk, within an
    hour. Only its keyed digest is kept, and it goes with the draft.
    """
    at_home = (address, settings.RAKIT_DRAFTS_PER_ADDRESS)
    whose, most = (f"clerk {clerk.pk}", settings.RAKIT_DRAFTS_PER_CLERK) if clerk else at_home
    draft: Draft = Draft.objects.create(
        region=region,
        token=secrets.token_urlsafe(32),
        version=version,
        origin=_origin(region, whose, most, now),
        owner=owner,
        clerk=clerk,
        counter=dict(counter or {}),
        submit_key=uuid.uuid4().hex,
        language=language,
        offered=dict(offered or {}),
        answers=dict(noted or {}),
        started_at=now,
        saved_at=now,
        expires_at=now + life(),
    )
    return draft


def _origin(region: Region, whence: str, most: int, now: datetime) -> str:
    """Return the keyed digest of whoever begins a draft, "" where nobody counts; raise `TooManyDrafts`."""
    if not (whence and most):
        return ""
    origin = salted_hmac("runtime.wizard.origin", whence).hexdigest()[:32]
    lately = Draft.objects.filter(region=region, origin=origin, started_at__gt=now - HOUR)
    if lately.count() >= most:
        raise TooManyDrafts
    return origin


def find(*, region: Region, token: str, now: datetime) -> Draft:
    """Return the draft with this address; raise `UnknownDraft` or `ExpiredDraft`."""
    draft = BY_TOKEN.first(region=region, token=token)
    if draft is None:
        raise UnknownDraft
    draft.region = region  # the one just asked for: no need to fetch it again
    if (version := modules.head(region, draft.version_id)) is not None:
        draft.version = version
    if draft.expires_at <= now:
        raise ExpiredDraft
    return draft


def save(*, draft: Draft, page: Posted, seen: Seen | None, step: str, now: datetime) -> Saved:
    """Store one page inside the lock; return what became of it.

    Two pages saved at the same time in two windows both arrive. A filed draft is not changed. Files
    that the new answers no longer name are deleted.
    """
    with transaction.atomic():
        row = _locked(draft)
        if row.submitted_at is not None:
            draft.submitted_at, draft.reference = row.submitted_at, row.reference
            return Saved()
        before = row.answers
        held = _sheet(row)
        sheet, clashes = merged(held, page, seen=seen, at=now)
        _lay(sheet, row)
        row.offered = {key: offer for key, offer in row.offered.items() if key not in page.asked}
        row.step, row.saved_at, row.expires_at = step, now, now + life()
        row.save(update_fields=SAVED)
        cases.discard_dropped_uploads(
            module=modules.definition(draft.version),
            region=draft.region,
            draft_token=draft.token,
            before=before,
            after=row.answers,
        )
    _copy(row, draft)
    return Saved(clashes, held.is_overtaken(seen))


def note_registers(
    *, draft: Draft, registers: Mapping[str, Any], stale: Collection[str], now: datetime
) -> None:
    """Keep what registers said in place of what they said before; `stale` answers came from the latter."""
    with transaction.atomic():
        row = _locked(draft)
        if row.submitted_at is None:
            sheet, _clashes = merged(_sheet(row), Posted(asked=stale), seen=None, at=now)
            _lay(sheet, row)
            row.registers = dict(registers)
            row.save(update_fields=SAVED)
    _copy(row, draft)


def choose(*, draft: Draft, change: Callable[[Sheet], Sheet]) -> None:
    """Change inside the lock which version of an answer counts, or is kept beside it."""
    with transaction.atomic():
        row: Draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.submitted_at is None:
            _lay(change(_sheet(row)), row)
            row.save(update_fields=SHEET)
    _copy(row, draft)


def _sheet(row: Draft) -> Sheet:
    """Return what a draft holds as `merging` sees it."""
    return Sheet(row.answers, row.typed, row.log, row.revision, row.others, row.turns)


def _lay(sheet: Sheet, row: Draft) -> None:
    """Put what `merging` made of a draft back into its row."""
    for name in SHEET:
        setattr(row, name, getattr(sheet, name))


def hold(*, draft: Draft) -> None:
    """Lock the draft until the transaction ends, and read what other windows have stored meanwhile."""
    _copy(_locked(draft), draft)


def _locked(draft: Draft) -> Draft:
    """Return the draft as it is stored, locked until the transaction ends; raise `UnknownDraft`."""
    row = LOCKED.first(region=draft.region, pk=draft.pk)
    if row is None:
        raise UnknownDraft
    return row


def _copy(row: Draft, draft: Draft) -> None:
    for name in (*SAVED, "submitted_at", "reference"):
        setattr(draft, name, getattr(row, name))


def remember_step(*, draft: Draft, step: str) -> None:
    """Note where the applicant is, so that the address leads back there."""
    if draft.step != step and draft.submitted_at is None:
        Draft.objects.filter(pk=draft.pk, submitted_at=None).update(step=step)
        draft.step = step


def finish(*, draft: Draft, reference: str, now: datetime) -> None:
    """Note the case the draft became and wipe what was typed; the receipt stays to be seen."""
    Draft.objects.filter(pk=draft.pk, submitted_at=None).update(
        answers={},
        typed={},
        offered={},
        registers={},
        log={},
        others={},
        turns={},
        counter={},
        submitted_at=now,
        reference=reference,
        expires_at=now + life(),
    )
    draft.submitted_at, draft.reference = now, reference


def of_owner(*, region: Region, owner: User, now: datetime) -> QuerySet[Draft]:
    """Return what `owner` began in `region` while logged in and has not sent, the latest first."""
    found: QuerySet[Draft] = Draft.objects.filter(region=region, owner=owner, expires_at__gt=now)
    return found.filter(submitted_at=None).select_related("version", "region").order_by("-saved_at")


def state(*, draft: Draft, counter: Mapping[str, Any]) -> None:
    """Keep what the clerk states of whom the draft is for."""
    draft.counter = dict(counter)
    draft.save(update_fields=["counter"])


def of_clerk(*, region: Region, clerk: User, now: datetime) -> QuerySet[Draft]:
    """Return what `clerk` began at the counter of `region` and has not sent, the latest first."""
    found: QuerySet[Draft] = Draft.objects.filter(region=region, clerk=clerk, expires_at__gt=now)
    return found.filter(submitted_at=None).select_related("version", "region").order_by("-saved_at")


def discard(*, draft: Draft) -> None:
    """Delete a draft with its files."""
    cases.discard_uploads(region=draft.region, draft_token=draft.token)
    draft.delete()


def forget_owner(owner: User) -> None:
    """Delete what `owner` has begun anywhere and not sent, and forget that they began what was sent."""
    with scope.everywhere("a person may have begun applications in several regions"):
        own = Draft.objects.select_related("region").filter(owner=owner)
        for draft in own.filter(submitted_at=None):
            discard(draft=draft)
        own.update(owner=None)


def begun_before(day: datetime) -> set[str]:
    """Return the tokens of all drafts that were begun before `day`: their files live as long as they do."""
    return set(Draft.objects.filter(started_at__lt=day).values_list("token", flat=True))


def forget_expired(now: datetime) -> int:
    """Delete the drafts nobody came back to, with their files, a batch at most; return how many."""
    with scope.everywhere("drafts of all regions expire"):
        old = list(Draft.objects.select_related("region").filter(expires_at__lte=now)[:BATCH])
        for draft in old:
            discard(draft=draft)
    return len(old)
