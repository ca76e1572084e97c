"""Keeping translations: in the newest draft, each only where both sides still are what it was written for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from builder import services
from builder.models import Module, ModuleLogEntry
from builder.translation.files import Given
from builder.translation.lines import Fits, Line, filled, lines
from runtime.regions.models import User
from schemas import digest

CONFIRMED = "builder.translation.fits"
LONGEST = 20_000
LONGEST_LANGUAGE = 20
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")  # as schemas/documents/v1/module.json
VERSIONS = 40  # saved ones that are looked through for what a translation was made from


@dataclass(frozen=True, slots=True)
class Wanted:
    """A translation for the line `path`, written when that had `seal`; or `fits`: it stays as it is."""

    path: str
    seal: str
    target: str
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not kept: the place in words, what was typed, and why."""

    where: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of translations."""

    written: int
    refused: tuple[Refused, ...]


def draft_of(module: Module) -> tuple[Module, dict[str, Any]]:
    """Return the newest draft and its document. Raises `NotADraft`."""
    draft: Module = Module.objects.get(pk=module.pk).get_latest_revision_as_object()
    return draft, services.read_draft(draft.document)


def lines_of(module: Module, document: dict[str, Any], language: str) -> list[Line]:
    """Return the lines of the document, knowing what the service's history tells about them."""
    return lines(document, language, earlier=_earlier(module), fits=_fits(module, language))


def languages_of(document: dict[str, Any]) -> list[str]:
    """Return the languages a document is translated into: all but the first."""
    return named_languages(document)[1:]


def named_languages(document: dict[str, Any]) -> list[str]:
    """Return the languages a document names; none where the first has no shape."""
    named = document.get("languages")
    if not isinstance(named, list) or not named or not _is_language(named[0]):
        return []
    return [code for code in named if _is_language(code)]


def _is_language(code: Any) -> bool:
    """Say whether this can be a language: it names files, and stands in their headers."""
    return isinstance(code, str) and len(code) <= LONGEST_LANGUAGE and bool(_LANGUAGE.fullmatch(code))


@transaction.atomic
def keep(*, module: Module, language: str, wanted: Iterable[Wanted], user: User) -> Kept:
    """Write translations into a new draft. What was changed meanwhile is refused, and nothing of it lost.

    Raises `NotADraft` and `Locked`.
    """
    draft, document = _to_write(module, user)
    there = {line.path: line for line in lines_of(module, document, language)}
    texts: dict[str, str] = {}
    fits: dict[str, str] = {}
    refused = []
    for one in wanted:
        line = there.get(one.path)
        if line is not None and one.target == line.target and not one.fits:
            continue  # as it stands there, such as when a page is sent twice
        if line is None or line.seal != one.seal:
            refused.append(_refused(line, one))
        elif len(one.target) > LONGEST:
            reason = _("This is too long: at most {limit} characters.").replace("{limit}", f"{LONGEST:,}")
            refused.append(Refused(line.where, one.target, reason))
        elif one.target != line.target:
            texts[line.pointer] = one.target
        elif one.fits and line.target:
            fits[line.path] = line.seal
    if texts:
        made = digest.pretty(filled(document, language, texts))
        services.save_document(module=draft, document=made, user=user)
    if fits:
        log(instance=module, action=CONFIRMED, user=user, data={"language": language, "lines": fits})
    return Kept(len(texts), tuple(refused))


def take(*, module: Module, language: str, given: Sequence[Given], user: User) -> Kept:
    """Write the translations of a file; those without words are left as they are."""
    _draft, document = draft_of(module)
    there = {line.path: line for line in lines_of(module, document, language)}
    wanted, refused = [], []
    for one in given:
        line = there.get(one.path)
        if not one.target.strip():
            continue
        if line is None or not _same(line.source, one.source):
            number = _("Line {number}").replace("{number}", str(one.number))
            where = line.where if line else ""
            refused.append(Refused(" › ".join(filter(None, (number, where))), one.target, _reason(line)))
        elif not _same(line.target, one.target):
            wanted.append(Wanted(line.path, line.seal, one.target))
    kept = keep(module=module, language=language, wanted=wanted, user=user)
    return Kept(kept.written, (*refused, *kept.refused))


@transaction.atomic
def add_language(*, module: Module, language: str, user: User) -> None:
    """Let the service be translated into one more language."""
    draft, document = _to_write(module, user)
    if language not in document["languages"]:
        document["languages"].append(language)
        services.save_document(module=draft, document=digest.pretty(document), user=user)


def _to_write(module: Module, user: User) -> tuple[Module, dict[str, Any]]:
    """Return the newest draft for nobody else to write. Raises `NotADraft`, `Locked`."""
    Module.objects.select_for_update().get(pk=module.pk)
    draft, document = draft_of(module)
    services.must_be_open(draft, user)
    return draft, document


def _refused(line: Line | None, one: Wanted) -> Refused:
    return Refused(line.where if line else "", one.target, _reason(line))


def _reason(line: Line | None) -> str:
    if line is None:
        return _("This text is no longer in the service, or its place has another name now.")
    return _("The text was changed meanwhile. Compare it with what stands there now, and write it again.")


def _same(one: str, other: str) -> bool:
    """Tell whether two texts differ by nothing but ends of lines and space around, as programs change it."""
    return " ".join(one.split()) == " ".join(other.split())


def _earlier(module: Module) -> list[dict[str, Any]]:
    """Return the documents of the last saved versions, the newest first; each only once in a row."""
    found: list[dict[str, Any]] = []
    before = ""
    for content in module.revisions.order_by("-created_at", "-pk").values_list("content", flat=True)[
        :VERSIONS
    ]:
        text = content.get("document", "")
        if text == before:
            continue
        before = text
        try:
            found.append(services.read_draft(text))
        except services.NotADraft:
            continue
    return found


def _fits(module: Module, language: str) -> Fits:
    """Return which translations somebody has said fit, the last word on each."""
    found: dict[str, str] = {}
    for entry in ModuleLogEntry.objects.filter(object_id=module.pk, action=CONFIRMED).order_by(
        "timestamp", "pk"
    ):
        if entry.data.get("language") == language:
            found |= entry.data.get("lines", {})
    return found
