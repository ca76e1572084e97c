"""Does `null` stand for a value that must be there, and where is it written when nobody answers?

A member that is required and may be `null` need not be answered here: to leave it empty is its `null`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builder.jsonschema.gather import Claim, Need
from builder.jsonschema.resolve import Part, Sources
from builder.jsonschema.tree import All

Json = Any


def demanded(
    needs: Sequence[Need], claims: Sequence[Claim], sources: Sources
) -> tuple[list[Need], list[All]]:
    """Return the needs that only an answer meets, and when `null` is written where there is none."""
    left: list[Need] = []
    written: list[All] = []
    for need in needs:
        under = set(need.when)
        base = [claim for claim in claims if set(claim.when) <= under]
        if not base or not admits(base, sources):
            left.append(need)
            continue
        written.append(need.when)
        for claim in claims:
            if claim not in base and _claimed(claim, sources) is False:
                left.append(_under(need, claim))
    return left, written


def admits(claims: Sequence[Claim], sources: Sources) -> bool:
    """Say whether claims together name `null` as a value, and none of them refuses it."""
    return _together([_claimed(claim, sources) for claim in claims]) is True


def fits(parts: Sequence[Part], sources: Sources) -> bool:
    """Say whether no part refuses `null`."""
    return _together([_part(part, sources) for part in parts]) is not False


def _under(need: Need, claim: Claim) -> Need:
    more = tuple(condition for condition in claim.when if condition not in need.when)
    return Need((*need.when, *more), need.name, need.pointer, need.origin, need.base)


def _claimed(claim: Claim, sources: Sources) -> bool | None:
    if claim.options:
        return any(value is None for value, _ in claim.options)
    return _part(claim.part, sources)


def _together(verdicts: Sequence[bool | None]) -> bool | None:
    """Return False when one refuses, True when one names `null`, None when nothing is said of it."""
    return False if False in verdicts else True if True in verdicts else None


def _part(part: Part, sources: Sources) -> bool | None:
    """Return what one part says of `null`, without the parts that it refers to."""
    found: list[bool | None] = []
    if "type" in part.schema:
        written = part.schema["type"]
        found.append("null" in (written if isinstance(written, list) else [written]))
    if isinstance(part.get("enum"), list):
        found.append(None in part.schema["enum"])
    if "const" in part.schema:
        found.append(part.schema["const"] is None)
    if isinstance(part.get("not"), dict):
        inner = sources.parts_of(part.schema["not"], part.at("not"), part.via)
        found.append(None if _together([_part(one, sources) for one in inner]) is False else False)
    for keyword in ("anyOf", "oneOf"):
        listed = part.get(keyword)
        if isinstance(listed, list) and listed:
            found.append(_one_of([_branch(part, keyword, at, sources) for at in range(len(listed))], keyword))
    return _together(found)


def _branch(part: Part, keyword: str, at: int, sources: Sources) -> bool | None:
    schema = part.schema[keyword][at]
    if isinstance(schema, bool):
        return schema or None
    parts = sources.parts_of(schema, part.at(keyword, at), part.via)
    return _together([_part(one, sources) for one in parts])


def _one_of(verdicts: Sequence[bool | None], keyword: str) -> bool | None:
    named = sum(verdict is True for verdict in verdicts)
    if named and (keyword == "anyOf" or (named == 1 and None not in verdicts)):
        return True
    return None if None in verdicts else False
