"""Whether a draft is proven: every way through it walked, as far as that is worth waiting for at a desk."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from runtime import preview
from schemas import parse
from schemas.problems import Problem

MOST = 20_000
AT_ONCE = 2_000
"""How many states are tried while somebody writes; the others are tried when it is published."""
UNFINISHED = "proof.too_many"


@lru_cache(maxsize=64)
def _proof(document: str, on: date, most: int) -> preview.Proof | None:
    """Return the proof of a document; its text and the day say everything.

    Nothing is said of a service that asks nothing yet: no answer of it could be sent back, for one.
    """
    module = parse.check(document).module
    if module is None or not any(page.fields for page in module.filing_pages()):
        return None
    return preview.proof(module, on=on, most=most)


def of(text: str | bytes, *, most: int = MOST) -> preview.Proof | None:
    """Return the proof of a document as of today, None when it cannot be read."""
    document = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    return _proof(document, timezone.localdate(), most)


def problems(proof: preview.Proof | None) -> list[Problem]:
    """Return what the proof found, each with the story that leads to it."""
    found = proof.findings if proof is not None else ()
    return [
        Problem(
            one.problem.code,
            one.problem.pointer,
            one.problem.severity,
            {**one.problem.data, "story": one.story},
        )
        for one in found
    ]


def kept(proof: preview.Proof | None) -> dict[str, Any] | None:
    """Return the form in which a proof is stored with a release."""
    return proof.as_json() if proof is not None else None


def summary(proof: dict[str, Any] | None) -> str:
    """Say in one sentence what a stored proof means, "" without any."""
    if not proof or any(one["severity"] == "error" for one in proof["findings"]):
        return ""
    count = proof["states"]
    if proof["proven"]:
        words = ngettext(
            "Proven: its only situation was tried, and no application can get stuck.",
            "Proven: all {count} situations were tried, and no application can get stuck.",
            count,
        )
    else:
        words = ngettext(
            "One situation was tried and no fault was found; it is no proof.",
            "{count} situations were tried and no fault was found; there may be more, so it is no proof.",
            count,
        )
    return words.replace("{count}", str(count))
