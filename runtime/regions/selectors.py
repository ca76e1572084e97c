"""Reading the region tree: offices, posts, who holds a role. Each function takes the region."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Q, QuerySet, When

from runtime.regions.models import Membership, Region, Role, User
from runtime.regions.rules import ADMINISTRATOR, NOT_AT_DESK

Post = tuple[str, int]


def posts(region: Region, user: User | AnonymousUser) -> frozenset[Post]:
    """Return the (role key, office id) pairs that `user` holds in `region`; none when not active."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    rows = Membership.objects.filter(region=region, user=user).values_list("role__key", "office_id")
    return frozenset(rows)


def desk_posts(region: Region, user: User | AnonymousUser) -> frozenset[Post]:
    """Return the posts with which `user` sits at the desk: all but the standing ones."""
    return frozenset(post for post in posts(region, user) if post[0] not in NOT_AT_DESK)


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


def holders(region: Region, role_key: str, offices: Collection[int]) -> list[int]:
    """Return the active people who hold the role in exactly one of those offices, as ids."""
    held = Membership.objects.filter(
        region=region, office__in=offices, role__key=role_key, user__is_active=True
    )
    return list(held.values_list("user_id", flat=True).order_by("user_id").distinct())


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


def administers(region: Region, user: User | AnonymousUser) -> bool:
    """Tell whether `user` may manage the people of `region`."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or (ADMINISTRATOR, region.pk) in posts(region, user)


def all_posts(region: Region) -> QuerySet[Membership]:
    """Return every post of `region`: those of the region as a whole first, then office by office."""
    found: QuerySet[Membership] = Membership.objects.filter(region=region)
    whole = Case(When(office=region, then=0), default=1)
    return found.select_related("role", "office", "user").order_by(
        whole, "office__name", "office_id", "user__first_name", "user__last_name", "user_id", "role__key"
    )


def post(region: Region, pk: int) -> Membership | None:
    """Return the post `pk` if it is one of `region`."""
    return all_posts(region).filter(pk=pk).first()


def staff_member(region: Region, pk: int) -> User | None:
    """Return the person `pk` if they hold a post in `region`."""
    return User.objects.filter(pk=pk, memberships__region=region).distinct().first()


def roles(region: Region) -> QuerySet[Role]:
    """Return the roles of `region` with the number of people who hold each."""
    found: QuerySet[Role] = Role.objects.filter(region=region)
    return found.annotate(held=Count("memberships__user", distinct=True)).order_by("key")


def workplaces(region: Region) -> QuerySet[Region]:
    """Return where somebody can hold a post: the region itself first, then its offices by name."""
    whole = Case(When(pk=region.pk, then=0), default=1)
    return Region.objects.filter(Q(tenant=region) | Q(pk=region.pk)).order_by(whole, "name")


def is_shared(post: Membership) -> bool:
    """Tell whether somebody else holds the same role in the same office."""
    others = all_posts(post.region).filter(role=post.role_id, office=post.office_id, user__is_active=True)
    return others.exclude(user=post.user_id).exists()
