"""The question bank of a region: questions kept under a name, to be put into any of its services.

What is kept is right as it stands: whoever takes it out need not put it right first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from builder import blank
from builder.models import BankEntry
from runtime.regions.models import Region, User
from schemas import parse

LONGEST = 200_000  # bytes of a bundle
MOST = 500  # entries of a region
SHOWN = 50
LONGEST_NAME = 120


class NotKept(Exception):
    """Why something cannot be kept, in a sentence."""


def entries(region: Region, words: str = "") -> QuerySet[BankEntry]:
    """Return what `region` keeps whose name holds all `words`, by name."""
    found: QuerySet[BankEntry] = BankEntry.objects.filter(region=region).select_related("saved_by")
    for word in words.replace("\x00", " ").split()[:10]:
        found = found.filter(name__icontains=word)
    return found[:SHOWN]


def keep(*, region: Region, name: str, bundle: str, user: User, now: datetime) -> BankEntry:
    """Keep questions under a name that is free in `region`; raises `NotKept`."""
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise NotKept(_("Give the questions a name, so that colleagues find them."))
    if len(name) > LONGEST_NAME:
        raise NotKept(_("The name is too long. Use at most {most} characters.").format(most=LONGEST_NAME))
    if BankEntry.objects.filter(region=region).count() >= MOST:
        words = _("The question bank is full: it holds at most {most} entries. Remove one that nobody needs.")
        raise NotKept(words.format(most=MOST))
    count = _judged(bundle)
    try:
        with transaction.atomic():
            entry: BankEntry = BankEntry.objects.create(
                region=region, name=name, bundle=bundle, count=count, saved_by=user, saved_at=now
            )
    except IntegrityError:
        words = _("There is “{name}” in the question bank already. Choose another name.")
        raise NotKept(words.format(name=name)) from None
    return entry


def remove(entry: BankEntry) -> None:
    """Take an entry out; services that its questions were put into keep them."""
    entry.delete()


def _judged(bundle: str) -> int:
    """Return how many questions a bundle holds; raises `NotKept` unless a service could be made of them."""
    if len(bundle.encode(errors="surrogatepass")) > LONGEST:
        raise NotKept(_("These are too many questions at once. Save fewer."))
    value, unreadable = parse.read_json(bundle)
    items = value.get("items") if isinstance(value, Mapping) and value.get("rakit") == "questions" else None
    if unreadable or not isinstance(items, list) or not items:
        raise NotKept(_("These are no questions. Reload the page and try again."))
    document = _document(value, items)
    checked = parse.check_value(document)
    wrong = next((problem for problem in checked.problems if problem.blocks), None)
    if wrong is not None:
        sentence = wrong.sentence((get_language() or "id")[:2])
        raise NotKept(_("Put this right first: {problem}").format(problem=sentence))
    return sum(len(item.get("fields", ())) + 1 if item["type"] == "group" else 1 for item in items)


def _document(value: Mapping[str, Any], items: list[Any]) -> dict[str, Any]:
    """Return a service with these questions and nothing else of note."""
    made = blank.document(key="bank", title="Bank", role={"key": "officer", "title": blank.first_role()})
    made["pages"][0]["fields"] = items
    for name in ("languages", "datasets"):
        if value.get(name):
            made[name] = value[name]
    return made
