"""The only writer of modules and releases: create, save, publish, copy, import, export.

A draft may be wrong in any way that is still one JSON object with the module's key; a release never is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from builder import blank, proofs, selectors, staffing, supplies
from builder.models import Module, PublishingRules, Release
from runtime.modules import services as installations
from runtime.regions.models import Region, User
from schemas import digest as digests
from schemas import parse
from schemas.problems import Problem


class NotReady(Exception):
    """The document has errors and can be neither published nor imported; `problems` says which."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


class Vacant(Exception):
    """Nobody holds these roles, and whoever publishes does not know of all of them."""

    def __init__(self, roles: list[str]) -> None:
        super().__init__(", ".join(roles))
        self.roles = roles


class NotADraft(Exception):
    """The text is not one JSON object, or it is another module's; `problems` may say more."""

    def __init__(self, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__("; ".join(problem.code for problem in problems) or "another key")
        self.problems = problems


class Locked(Exception):
    """Somebody has locked the service, so others leave its draft alone."""


def must_be_open(draft: Module, user: User) -> None:
    """Raise `Locked` when `user` may not write into the draft."""
    lock = draft.get_lock()
    if lock is not None and lock.for_user(user):
        raise Locked


def read_draft(text: str | bytes, *, key: str | None = None) -> dict[str, Any]:
    """Return the object in `text`, or raise `NotADraft`: not JSON within the limits, or not `key`'s."""
    value, problems = parse.read_json(text)
    if problems or not isinstance(value, dict):
        raise NotADraft(tuple(problems))
    if key is not None and value.get("key") != key:
        raise NotADraft
    return value


def title_of(document: dict[str, Any], *, otherwise: str) -> str:
    """Return the title in the document's first language, shortened to what a list can hold."""
    title = document.get("title")
    if isinstance(title, dict):
        title = next((words for words in title.values() if isinstance(words, str) and words), "")
    return (title if isinstance(title, str) and title else otherwise)[:200]


def check(text: str | bytes, region: Region) -> tuple[parse.Checked, tuple[Problem, ...]]:
    """Check a document, and return what stands in the way of publishing it in `region`."""
    checked = parse.check(text)
    supplied = supplies.missing(checked.module, region) if checked.module is not None else ()
    proven = proofs.problems(proofs.of(text)) if checked.module is not None else ()
    told = proofs.otherwise(proofs.stories(checked.module, region)) if checked.module is not None else ()
    return checked, errors((*weighed(checked.problems, region), *supplied, *proven, *told))


def weighed(problems: Iterable[Problem], region: Region) -> tuple[Problem, ...]:
    """Return problems as the region weighs them: a missing translation stops where it wants every one."""
    strict = PublishingRules.objects.filter(region=region, translated=True).exists()
    return tuple(
        replace(problem, severity="error") if strict and problem.code == "texts.missing" else problem
        for problem in problems
    )


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that stand in the way; warnings do not."""
    return tuple(problem for problem in problems if problem.severity == "error")


@transaction.atomic
def create_module(
    *, region: Region, title: str, user: User | None, approval: dict[str, Any] | None = None
) -> Module:
    """Add a draft that asks nothing yet. Its key comes from `title`.

    It has one step of approval, or the workflow and messages of `approval`.
    """
    key = selectors.free_module_key(region, title)
    role = staffing.usual(region, blank.first_role())
    document = digests.pretty(blank.document(key=key, title=title, role=role, approval=approval))
    return _add(region=region, key=key, title=title[:200], document=document, user=user)


@transaction.atomic
def create_from(*, region: Region, document: dict[str, Any], user: User | None) -> Module:
    """Add a draft with the content of `document`, as an import has made it, under a key of its own."""
    title = title_of(document, otherwise=document["key"])
    key = selectors.free_module_key(region, title)
    text = digests.pretty({**document, "key": key})
    read_draft(text, key=key)
    return _add(region=region, key=key, title=title, document=text, user=user)


def _add(
    *, region: Region, key: str, title: str, document: str, user: User | None, put_away: Sequence[str] = ()
) -> Module:
    module = Module(
        region=region, key=key, title=title, document=document, put_away=list(put_away), live=False
    )
    module.full_clean(exclude=["region"])
    module.save()
    module.save_revision(user=user, clean=False)
    log(instance=module, action="wagtail.create", user=user)
    return module


@transaction.atomic
def save_document(*, module: Module, document: str, user: User | None) -> Revision:
    """Keep `document` as a new revision. What is live stays as it is."""
    value = read_draft(document, key=module.key)
    module.document = document
    module.title = title_of(value, otherwise=module.title)
    if not module.live:
        module.save()
    revision: Revision = module.save_revision(user=user, clean=False, log_action=True)
    return revision


@transaction.atomic
def publish(
    *,
    module: Module,
    user: User | None,
    now: datetime,
    note: str = "",
    revision: Revision | None = None,
    known_vacant: Collection[str] | None = None,
) -> Release | None:
    """Make a revision, the newest if none is named, a release and open it to the public.

    Returns None while it is only scheduled. Raises `NotReady` when its document has an error,
    `AnotherPersonNeeded` when `user` may not publish it, and `Vacant` when nobody holds a role that is not
    among `known_vacant`, unless that is None; nothing changes then.
    """
    revision = revision or module.get_latest_revision() or module.save_revision(user=user, clean=False)
    draft: Module = revision.as_object()
    _checked, found = check(draft.document, draft.region)
    if found:
        raise NotReady(found)
    draft.must_be_published_by(user, revision)
    if known_vacant is not None:
        vacant = [one.data["name"] for one in staffing.vacant(read_draft(draft.document), draft.region)]
        if set(vacant) - set(known_vacant):
            raise Vacant(vacant)
    waiting = draft.go_live_at is not None and draft.go_live_at > now
    made = None if waiting else release(module=draft, revision=revision, user=user, note=note, now=now)
    revision.publish(user=user, skip_permission_checks=True)
    return made


@transaction.atomic
def release(*, module: Module, revision: Revision, user: User | None, note: str, now: datetime) -> Release:
    """Number and install the document. The content of the latest release adds no number.

    What counts is the content: Wagtail's autosave writes new content into a revision it has already.
    """
    checked, found = check(module.document, module.region)
    if found or checked.module is None:
        raise NotReady(found)
    digest = digests.of_text(module.document)
    latest: Release | None = module.releases.order_by("-number").first()
    if latest is None or latest.digest != digest:
        latest = Release.objects.create(
            region=module.region,
            module=module,
            number=latest.number + 1 if latest else 1,
            document=module.document,
            digest=digest,
            note=note,
            proof=proofs.kept(proofs.of(module.document), proofs.stories(checked.module, module.region)),
            revision=revision.pk,
            published_by=user,
            published_at=now,
        )
    installations.install(region=module.region, document=latest.document, number=latest.number, now=now)
    return latest


def close(*, module: Module) -> None:
    """Take no more applications for the module in its region."""
    installations.close(region=module.region, key=module.key)


@transaction.atomic
def import_document(
    *, text: str | bytes, region: Region, user: User | None, now: datetime, publish_now: bool = False
) -> Module:
    """Take a document in, verbatim: a new module, or a new revision of the one with its key.

    Raises `NotReady` with every reason when it has an error; nothing is stored then.
    """
    checked = parse.check(text)
    if checked.module is None:
        raise NotReady(errors(checked.problems))
    document = text.decode("utf-8") if isinstance(text, bytes) else text
    value = json.loads(document)
    key = checked.module.key
    module: Module | None = Module.objects.filter(region=region, key=key).first()
    if module is None:
        title = title_of(value, otherwise=key)
        module = _add(region=region, key=key, title=title, document=document, user=user)
    else:
        module = module.get_latest_revision_as_object()
        save_document(module=module, document=document, user=user)
    if publish_now:
        publish(module=module, user=user, now=now)
        module.refresh_from_db()
    return module


def export(*, module: Module, number: int | None = None) -> bytes:
    """Return the draft, or release `number`, exactly as it came in. Raises `Release.DoesNotExist`."""
    if number is None:
        latest: Module = module.get_latest_revision_as_object()
        return latest.document.encode()
    found: Release = module.releases.get(number=number)
    return found.document.encode()


@transaction.atomic
def copy(*, module: Module, title: str, user: User | None) -> Module:
    """Add a draft with the same content under a new title, in all its languages, and a new key.

    Releases stay behind. Raises `NotADraft` when the content cannot be read.
    """
    source: Module = module.get_latest_revision_as_object()
    value = read_draft(source.document)
    key = selectors.free_module_key(module.region, title)
    value["key"] = key
    value["title"] = dict.fromkeys(_languages(value), title)
    document = digests.pretty(value)
    read_draft(document)
    return _add(
        region=module.region,
        key=key,
        title=title[:200],
        document=document,
        user=user,
        put_away=source.put_away,
    )


def _languages(value: dict[str, Any]) -> list[str]:
    """Return the languages a draft is titled in, and those it names of which we know what they are."""
    titled = value["title"] if isinstance(value.get("title"), dict) else {}
    named = value["languages"] if isinstance(value.get("languages"), list) else []
    known = [code for code in named if isinstance(code, str) and code in dict(settings.LANGUAGES)]
    return list(dict.fromkeys([*titled, *known])) or [settings.LANGUAGE_CODE]
