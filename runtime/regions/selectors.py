"""Reading the region tree: offices, posts, who holds a role. Each function takes the region."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from runtime.regions.models import Membership, Region, User

Post = tuple[str, int]


def posts(region: Region, user: User | AnonymousUser) -> frozenset[Post]:
    """Return the (role key, office id) pairs that `user` holds in `region`; none when not active."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    rows = Membership.objects.filter(region=region, user=user).values_list("role__key", "office_id")
    return frozenset(rows)


def memberships(region: Region, user: User) -> QuerySet[Membership]:
    """Return the roles that `user` holds in offices of `region`."""
    found: QuerySet[Membership] = Membership.objects.filter(region=region, user=user)
    return found.select_related("role", "office").order_by("office__name", "role__key")


def offices(region: Region, kinds: Iterable[str] = ()) -> QuerySet[Region]:
    """Return the offices of `region`, of the given kinds only if any are given, by name."""
    found = Region.objects.filter(tenant=region)
    chosen = tuple(kinds)
    return found.filter(kind__in=chosen) if chosen else found


def office_by_key(region: Region, key: str) -> Region | None:
    """Return the office `key` of `region`, or `region` itself when the key is its own."""
    return Region.objects.filter(Q(tenant=region) | Q(pk=region.pk), key=key).first()


def holders(region: Region, role_key: str, office: Region) -> QuerySet[User]:
    """Return the active people who hold the role in exactly that office."""
    return User.objects.filter(
        is_active=True,
        memberships__region=region,
        memberships__office=office,
        memberships__role__key=role_key,
    ).order_by("pk")


def nearest_holder(region: Region, role_key: str, office: Region) -> Region | None:
    """Return the office, from `office` upward to the tenant, where somebody holds the role."""
    held = set(
        Membership.objects.filter(region=region, role__key=role_key, user__is_active=True).values_list(
            "office_id", flat=True
        )
    )
    above, top = office, office.tenant_id or office.pk
    while above.pk not in held:
        if above.pk == top or above.parent is None:
            return None
        above = above.parent
    return above
