"""Which offices the head of an office leads: that office and those below it in the tree (ADR 0046).

Whoever asks what a head may do asks here; nothing else walks down the tree for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from runtime.regions.capacity import Capacity, Post
from runtime.regions.models import Region

Lead = tuple[Post, int]
"""A post that heads, and an office that it leads."""
_BELOW = (
    "WITH RECURSIVE led (head, id, kind) AS ("  # noqa: S608 - names only
    f"SELECT id, id, kind FROM {Region._meta.db_table} WHERE (id = %s OR tenant_id = %s) AND id IN ("
)
_DOWN = (
    ") UNION SELECT led.head, o.id, o.kind "  # noqa: S608 - names only
    f"FROM {Region._meta.db_table} o JOIN led ON o.parent_id = led.id "
    "WHERE o.tenant_id = %s AND (o.kind = %s) = (led.kind = %s)) SELECT head, id FROM led"
)
# An agency stands beside the tree: an agency leads agencies below it, no village, and is led by no area.


def below(region: Region, offices: Collection[int]) -> frozenset[tuple[int, int]]:
    """Return each of those offices of `region` with itself and every office led from it; one question.

    The way down stays within `region`, and never leads from an area to an agency or back.
    """
    if not offices:
        return frozenset()
    places, beside = ", ".join(["%s"] * len(offices)), Region.Kind.AGENCY.value
    given: list[int | str] = [region.pk, region.pk, *offices, region.pk, beside, beside]
    with connection.cursor() as cursor:
        cursor.execute(f"{_BELOW}{places}{_DOWN}", given)
        return frozenset((int(head), int(led)) for head, led in cursor.fetchall())


def leads(region: Region, heads: Collection[Post]) -> frozenset[Lead]:
    """Return which offices of `region` each of those posts leads, all of which head their office."""
    led = below(region, {office for _role, office in heads})
    return frozenset((post, office) for post in heads for head, office in led if head == post[1])


def own(held: Iterable[Capacity]) -> frozenset[int]:
    """Return the offices that the capacities head for every service, without those below them."""
    return frozenset(one.post[1] for one in held if one.heads and not (one.standin and one.standin.modules))


def headed(region: Region, held: Iterable[Capacity]) -> frozenset[int]:
    """Return the offices that the capacities lead for every service: who says there who does which task."""
    return frozenset(office for _head, office in below(region, own(held)))


def for_service(region: Region, held: Iterable[Capacity], module: str) -> frozenset[Lead]:
    """Return which offices the capacities lead in cases of the service `module`."""
    return leads(region, {one.post for one in held if one.heads and one.covers(module)})
