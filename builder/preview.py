"""What a draft will look like to citizens and officers. The only file that imports `runtime.preview`."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from builder import problems
from runtime import preview
from runtime.regions.models import Region
from schemas import parse
from schemas.definition import Letter, Text
from schemas.definition import Module as Definition

DRAWINGS = preview.DRAWINGS
Drawn = preview.Drawn
Unprintable = preview.Unprintable
Shapeless = preview.Shapeless
letter_pictures = preview.drawn
letter_file = preview.letter_file
SERVICE, REVIEW, FLOW, LETTER = "service", "review", "flow", "letter:"

Titles = tuple[tuple[str, Text], ...]


def modes(document: str) -> list[tuple[str, Any]]:
    """Return what can be looked at: each page, the check before sending, the public page, steps, letters."""
    language = (get_language() or "id")[:2]
    pages, letters = _titles(document)
    return [
        *(
            (f"page:{key}", f"{number}. {title.say(language)}")
            for number, (key, title) in enumerate(pages, 1)
        ),
        (REVIEW, _("Check before sending")),
        (SERVICE, _("Public page of the service")),
        (FLOW, _("Steps of approval")),
        *(
            (f"{LETTER}{key}", gettext("Letter: {title}").format(title=said.say(language)))
            for key, said in letters
        ),
    ]


@lru_cache(maxsize=32)
def _titles(document: str) -> tuple[Titles, Titles]:
    """Return key and title of each page of the application, and of each letter.

    Wagtail asks for them many times in one page.
    """
    module = parse.check(document).module
    if module is None:
        return (), ()
    pages = tuple((page.key, page.title) for page in module.filing_pages())
    return pages, tuple((letter.key, letter.title) for letter in module.letters)


def show(request: HttpRequest, *, document: str, mode: str, region: Region) -> HttpResponse:
    """Draw the draft. One that cannot be read yet says what has to be put right first."""
    checked = parse.check(document)
    if checked.module is None:
        value, _unreadable = parse.read_json(document)
        found = problems.described(checked.problems, value)
        wrong = [problem for problem in found if problem["severity"] == "error"]
        sentence = gettext("The preview appears when these things have been put right:")
        return render(request, "builder/preview_problems.html", {"sentence": sentence, "problems": wrong})
    return render(request, *_picture(checked.module, mode, region))


def _picture(module: Definition, mode: str, region: Region) -> tuple[str, dict[str, Any]]:
    """Return template and context of a way of looking at the draft."""
    language = (get_language() or "id")[:2]
    around: dict[str, Any] = {"module": module, "language": language}
    if mode == REVIEW:
        around["pages"] = preview.review(module, region=region, language=language)
        return "builder/preview_review.html", around
    if mode == SERVICE:
        around["standard"] = preview.standard(module, language=language)
        return "builder/preview_service.html", around
    if mode == FLOW:
        around["diagram"] = preview.diagram(module, language=language)
        return "builder/preview_flow.html", around
    if letter := module.letter(mode.removeprefix(LETTER)) if mode.startswith(LETTER) else None:
        around |= {"letter": letter, "pages": _pictures(module, letter, region, language)}
        return "builder/preview_letter.html", around
    pages = module.filing_pages()
    page = next((page for page in pages if f"page:{page.key}" == mode), pages[0])
    today = timezone.localdate()
    around["form"] = preview.page(module, page, region=region, language=language, today=today)
    around |= {"page": page, "number": pages.index(page) + 1, "count": len(pages) + 1}
    return "builder/preview_page.html", around


def _pictures(module: Definition, letter: Letter, region: Region, language: str) -> list[str]:
    """Return the pages of a letter as addresses that hold the pictures themselves."""
    drawn = preview.letter(module, letter, region=region, language=language, today=timezone.localdate())
    return [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in drawn]


def diagram(module: Definition, language: str) -> str:
    """Return the way of an application as a drawing."""
    return preview.diagram(module, language=language)


def drawing(module: Definition, form: str, language: str) -> str:
    """Return the steps as the text of a file, `form` a key of `DRAWINGS`."""
    return preview.drawing(module, form, language=language)
