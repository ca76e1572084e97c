"""A letter of the document on the clerk's screen, drawn by what issues letters: as pictures, and as PDF.

Nothing is kept: no case, no number, no file. One drawing at a time for each person, and not for long.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from builder import preview, problems
from builder.models import Module
from builder.panel.bankviews import for_designers
from schemas import parse
from schemas.definition import Letter
from schemas.definition import Module as Definition

SECONDS = 10
SHOWN = 3


class Busy(Exception):
    """A letter of this person is being drawn."""


class Undrawable(Exception):
    """The letter cannot be drawn: `sentence` says why, `found` what is to be put right before."""

    def __init__(self, sentence: str, found: list[dict[str, Any]] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.found = found or []


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn: a letter of a document, in a language, with the answers of a story, if any."""

    definition: Definition
    letter: Letter
    language: str
    story: str


@require_POST
@for_designers
def pictures(request: HttpRequest, pk: int, letter: str) -> JsonResponse:
    """Draw the letter of the document in the body; say why where that cannot be done."""
    module = get_object_or_404(Module.objects.select_related("region"), pk=pk)
    try:
        with _alone(request):
            drawn = _drawn(_wanted(request, request.body, letter), module)
    except Busy:
        return JsonResponse({"sentence": _("The letter is still being drawn.")}, status=429)
    except Undrawable as why:
        return JsonResponse({"sentence": why.sentence, "problems": why.found}, status=422)
    pages = [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in drawn.pages]
    return JsonResponse({"pages": pages, "left_out": drawn.left_out})


@require_POST
@for_designers
def file(request: HttpRequest, pk: int, letter: str) -> HttpResponseBase:
    """Send the letter of the document that was posted as PDF, or say why not."""
    module = get_object_or_404(Module.objects.select_related("region"), pk=pk)
    try:
        with _alone(request):
            wanted = _wanted(request, request.POST.get("document", ""), letter)
            content = _printed(wanted, module)
    except Busy:
        return _told(
            request, _("The letter is still being drawn. Close this page and try again."), status=429
        )
    except Undrawable as why:
        return _told(request, why.sentence, why.found, status=422)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{wanted.letter.key}.pdf"'
    return response


def _told(
    request: HttpRequest, sentence: str, found: list[dict[str, Any]] | None = None, *, status: int
) -> HttpResponse:
    context = {"sentence": sentence, "problems": found or []}
    return render(request, "builder/preview_problems.html", context, status=status)


def _drawn(wanted: Wanted, module: Module) -> preview.Drawn:
    try:
        return preview.letter_pictures(wanted.definition, wanted.letter, **_how(wanted, module))
    except preview.Unprintable:
        raise Undrawable(_too_much()) from None


def _printed(wanted: Wanted, module: Module) -> bytes:
    try:
        return preview.letter_file(wanted.definition, wanted.letter, **_how(wanted, module))
    except preview.Shapeless as odd:
        words = _("These characters cannot be printed in a letter: {characters}. Replace them.")
        raise Undrawable(words.replace("{characters}", " ".join(odd.characters[:20]))) from None
    except preview.Unprintable:
        raise Undrawable(_too_much()) from None


def _how(wanted: Wanted, module: Module) -> dict[str, Any]:
    return {
        "region": module.region,
        "language": wanted.language,
        "today": timezone.localdate(),
        "story": wanted.story,
        "seconds": SECONDS,
    }


def _too_much() -> str:
    words = _("The letter could not be drawn in {seconds} seconds. Make it shorter, or try again.")
    return words.replace("{seconds}", str(SECONDS))


def _wanted(request: HttpRequest, text: str | bytes, key: str) -> Wanted:
    """Return what is asked for. A document with faults is drawn as far as it can be understood."""
    value, _unreadable = parse.read_json(text)
    checked = parse.check(text)
    definition = checked.module or (parse.understood(value) if isinstance(value, dict) else None)
    if definition is None:
        found = problems.described(checked.problems, value)
        wrong = [one for one in found if one["severity"] == "error"]
        wrong.sort(key=lambda one: one["tab"] != "texts")
        raise Undrawable(_("The letter is drawn as soon as this is put right:"), wrong[:SHOWN])
    letter = definition.letter(key)
    if letter is None:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in definition.languages else definition.languages[0]
    return Wanted(definition, letter, language, request.GET.get("story", "")[:60])


@contextmanager
def _alone(request: HttpRequest) -> Iterator[None]:
    """Let nobody have two letters drawn at once. Raises `Busy`."""
    name = f"builder.letter.{request.user.pk}"
    if not cache.add(name, True, SECONDS + 5):
        raise Busy
    try:
        yield
    finally:
        cache.delete(name)
