"""What a draft will look like to citizens and officers. The only file that imports `runtime.preview`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from builder import problems
from runtime import preview
from runtime.regions.models import Region
from schemas import parse
from schemas.definition import Module as Definition
from schemas.definition import Text

DRAWINGS = preview.DRAWINGS
SERVICE, REVIEW, FLOW = "service", "review", "flow"


def modes(document: str) -> list[tuple[str, Any]]:
    """Return what can be looked at: each page, the check before sending, the public page, the steps."""
    language = (get_language() or "id")[:2]
    return [
        *(
            (f"page:{key}", f"{number}. {title.say(language)}")
            for number, (key, title) in enumerate(_pages(document), 1)
        ),
        (REVIEW, _("Check before sending")),
        (SERVICE, _("Public page of the service")),
        (FLOW, _("Steps of approval")),
    ]


@lru_cache(maxsize=32)
def _pages(document: str) -> tuple[tuple[str, Text], ...]:
    """Return key and title of each page of the application; Wagtail asks for them many times in one page."""
    module = parse.check(document).module
    return tuple((page.key, page.title) for page in module.filing_pages()) if module else ()


def show(request: HttpRequest, *, document: str, mode: str, region: Region) -> HttpResponse:
    """Draw the draft. One that cannot be read yet says what has to be put right first."""
    checked = parse.check(document)
    if checked.module is None:
        value, _unreadable = parse.read_json(document)
        found = problems.described(checked.problems, value)
        wrong = [problem for problem in found if problem["severity"] == "error"]
        return render(request, "builder/preview_problems.html", {"problems": wrong})
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
    pages = module.filing_pages()
    page = next((page for page in pages if f"page:{page.key}" == mode), pages[0])
    today = timezone.localdate()
    around["form"] = preview.page(module, page, region=region, language=language, today=today)
    around |= {"page": page, "number": pages.index(page) + 1, "count": len(pages) + 1}
    return "builder/preview_page.html", around


def diagram(module: Definition, language: str) -> str:
    """Return the way of an application as a drawing."""
    return preview.diagram(module, language=language)


def drawing(module: Definition, form: str, language: str) -> str:
    """Return the steps as the text of a file, `form` a key of `DRAWINGS`."""
    return preview.drawing(module, form, language=language)
