"""Whether a draft is proven: every way through it walked, as far as that is worth waiting for at a desk.

Beside the ways stand the stories that a service brings along; they are played by the calendar of the region.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from runtime import preview
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import parse
from schemas.definition import Module
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


def stories(module: Module, region: Region | None) -> tuple[preview.Verdict, ...]:
    """Play the stories of a service as they go in `region`, else by the calendar of the state."""
    with scope.everywhere("a story reads the calendar of a region"):
        return preview.stories(module, region=region)


def renewed(module: Module, region: Region, told: tuple[preview.Verdict, ...]) -> list[Any]:
    """Return for each story how it goes now, None where it comes out or cannot be told anew."""
    with scope.everywhere("a story reads the calendar of a region"):
        return [
            preview.renewed(module, at, region=region) if verdict.problems else None
            for at, verdict in enumerate(told)
        ]


def otherwise(told: tuple[preview.Verdict, ...]) -> list[Problem]:
    """Return where stories come out otherwise than they say."""
    return [problem for verdict in told for problem in verdict.problems]


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


def kept(proof: preview.Proof | None, told: tuple[preview.Verdict, ...] = ()) -> dict[str, Any] | None:
    """Return the form in which a proof is stored with a release, with what its stories came to."""
    if proof is None:
        return None
    proven = proof.proven and all(verdict.came_out for verdict in told)
    return {**proof.as_json(), "proven": proven, "stories": [verdict.as_json() for verdict in told]}


def summary(proof: dict[str, Any] | None) -> str:
    """Say in one sentence what a stored proof means, "" without any."""
    if not proof or any(one["severity"] == "error" for one in proof["findings"]):
        return ""
    if not all(one["came_out"] for one in proof.get("stories", ())):
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
    return f"{words.replace('{count}', str(count))} {_played(proof)}".strip()


def _played(proof: dict[str, Any]) -> str:
    """Say how many stories came out; "" without any."""
    told = len(proof.get("stories", ()))
    words = ngettext("Its story came out as told.", "All {count} stories came out as told.", told)
    return words.replace("{count}", str(told)) if told else ""
