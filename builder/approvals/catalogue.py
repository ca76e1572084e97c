"""The paths on offer in a region, each as a workflow whose roles are the region's where it has them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from builder import staffing
from builder.approvals import filling
from runtime.regions.models import Region, Role

FOLDER = Path(__file__).parent / "paths"
PAGES = Path(__file__).parent / "pages"
ORDER = ("kelurahan", "kecamatan", "dukcapil", "ptsp", "fasilitas", "bantuan", "aduan", "asn")


@cache
def paths() -> tuple[dict[str, Any], ...]:
    """Return the descriptions of all paths, the most usual first."""
    return tuple(json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")) for key in ORDER)


@cache
def pages() -> dict[str, dict[str, Any]]:
    """Return the ready-made pages of officers' questions that steps of paths name, by key."""
    found = (json.loads(one.read_text(encoding="utf-8")) for one in sorted(PAGES.glob("*.json")))
    return {one["key"]: one for one in found}


def path(key: str) -> dict[str, Any] | None:
    """Return the description of one path."""
    return next((one for one in paths() if one["key"] == key), None)


def posts(described: dict[str, Any], known: Sequence[Role]) -> dict[str, dict[str, Any]]:
    """Return for each role of a path the one a document names: of the region, or new."""
    return {
        role["key"]: staffing.like(known, role["title"], otherwise=role["key"]) for role in described["roles"]
    }


def options(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps that a path has only where somebody wants them, as `{"key", "title"}`."""
    return [{"key": one["key"], "title": one["optional"]} for one in described["steps"] if "optional" in one]


def fitted(described: dict[str, Any], wanted: Iterable[str] = ()) -> dict[str, Any]:
    """Return a path with those of its optional steps that are `wanted`, and the roles it needs then."""
    keys = set(wanted)
    kept = [one for one in described["steps"] if "optional" not in one or one["key"] in keys]
    named = {key for step in kept for key in _roles(step)}
    return {**described, "steps": kept, "roles": [one for one in described["roles"] if one["key"] in named]}


def _roles(step: dict[str, Any]) -> list[str]:
    return [one["role"] for one in filling.voices(step)]


def made(described: dict[str, Any], region: Region, wanted: Iterable[str] = ()) -> dict[str, Any]:
    """Return workflow, notices and pages for officers of a path as they are in `region`, with the optional
    steps `wanted`."""
    return put_together(fitted(described, wanted), staffing.roles(region))


def put_together(described: dict[str, Any], known: Sequence[Role]) -> dict[str, Any]:
    """Return workflow, notices and pages for officers of a path whose steps are chosen."""
    held = posts(described, known)
    workflow = filling.workflow(described, held)
    return {
        "workflow": workflow,
        "messages": filling.messages(workflow),
        "pages": filling.pages(described, held, pages()),
    }


def offered(region: Region) -> list[dict[str, Any]]:
    """Return every path with its words, and what can be ticked.

    By what is ticked (keys in the order of the path, with + between) stand its steps as people read them,
    and what it puts into a document; of the ready-made pages only which, and for whom, since the editor
    knows them.
    """
    known = staffing.roles(region)
    return [
        {
            "key": one["key"],
            "title": one["title"],
            "summary": one["summary"],
            "options": options(one),
            "variants": {
                "+".join(wanted): {"steps": steps(fit, known), **_brief(put_together(fit, known))}
                for wanted in choices(one)
                for fit in [fitted(one, wanted)]
            },
        }
        for one in paths()
    ]


def ticks(known: Sequence[Role]) -> list[dict[str, Any]]:
    """Return what the editor needs to tick the optional steps of a way later, with the roles of a region.

    Of each way the keys and titles of its steps, by which it is known again, and of each optional step the
    pieces it is made of.
    """
    return [
        {
            "key": one["key"],
            "title": one["title"],
            "steps": [
                {"key": step["key"], "title": step["title"], "optional": "optional" in step}
                for step in one["steps"]
            ],
            "options": [option | {"piece": _piece(one, option["key"], known)} for option in options(one)],
        }
        for one in paths()
    ]


def _piece(described: dict[str, Any], key: str, known: Sequence[Role]) -> dict[str, Any]:
    """Return one step of a path by itself: its status, its actions, who acts in it, and its pages."""
    made = _brief(put_together(described, known))
    (status,) = (one for one in made["workflow"]["statuses"] if one["key"] == key)
    actions = [one for one in made["workflow"]["actions"] if one["from"] == [key]]
    role = actions[0]["who"]["role"]
    asked = {one.get("ask", {}).get("page") for one in actions}
    return {
        "status": status,
        "actions": actions,
        "role": next(one for one in made["workflow"]["roles"] if one["key"] == role),
        "pages": [one for one in made["pages"] if one["key"] in asked],
    }


def _brief(made: dict[str, Any]) -> dict[str, Any]:
    return {**made, "pages": [{"key": page["key"], "for": page["for"]} for page in made["pages"]]}


def choices(described: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield every choice of optional steps, in the order of the path."""
    keys = [one["key"] for one in options(described)]
    for count in range(len(keys) + 1):
        yield from combinations(keys, count)


def steps(described: dict[str, Any], known: Sequence[Role]) -> list[dict[str, Any]]:
    """Return of each step what it is called, who decides it, how many working days they have, and which
    pages they fill in."""
    held = posts(described, known)
    return [
        {
            "title": step["title"],
            "who": [held[key]["title"] for key in _roles(step)],
            "days": step["days"],
            "pages": [pages()[one["page"]]["title"] for one in filling.voices(step) if "page" in one],
        }
        for step in described["steps"]
    ]
