"""Reading the region tree: offices, posts, who holds a role. Each function takes the region."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Q, QuerySet, When

from runtime.regions import leading, scope, standins
from runtime.regions.capacity import Capacity, Post, StandIn
from runtime.regions.models import Membership, Region, Role, User
from runtime.regions.prepared import PreparedValues
from runtime.regions.rules import ADMINISTRATOR, NOT_AT_DESK

__all__ = ["Capacity", "Post"]


def posts(
    region: Region, user: User | AnonymousUser, *, on: datetime | None = None, module: str = ""
) -> frozenset[Post]:
    """Return the (role key, office id) pairs that `user` may act for in `region`; none when not active.

    Those are the posts held in person and those stood in for `on` that moment, now unless told
    otherwise. A stand-in that is limited to some services counts only where `module` is one of them.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    rows = Membership.objects.filter(region=region, user=user).values_list("role__key", "office_id")
    day = standins.today(region, on)
    return frozenset(rows) | standins.posts_of(region, user, on=day, module=module)


# Every request of an officer asks (ADR 0018).
_IN_PERSON: PreparedValues[Membership] = PreparedValues(
    lambda late: (
        Membership.objects.filter(region=late("region"), user=late("user"))
        .order_by("pk")
        .values_list("role__key", "office_id", "role__title", "role__counter", "role__heads")
    )
)


def capacities(
    region: Region, user: User | AnonymousUser, *, on: datetime | None = None
) -> tuple[Capacity, ...]:
    """Return every post that `user` may act for, and for each whether in person or for whom."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    found = [
        Capacity((role, office), title, None, counter, heads)
        for role, office, title, counter, heads in _IN_PERSON.all(region=region, user=user.pk)
    ]
    stood_in = standins.held_by(region, user, on=standins.today(region, on))
    roles = {role.key: role for role in Role.objects.filter(region=region)} if stood_in else {}
    return (*found, *(_stood_in(roles[row.post[0]], row) for row in stood_in))


def _stood_in(role: Role, row: StandIn) -> Capacity:
    return Capacity(row.post, role.title, row, role.counter, role.heads)


def at_desk(
    region: Region, user: User | AnonymousUser, *, on: datetime | None = None
) -> tuple[Capacity, ...]:
    """Return what `user` sits at the desk with: every capacity but those in the standing roles."""
    return desk_ones(capacities(region, user, on=on))


def in_charge(region: Region, user: User, office: int, module: str) -> bool:
    """Tell whether `user` says who does the tasks of `module` in the office: a head, an administrator."""
    held = capacities(region, user)
    led = (one for _post, one in leading.for_service(region, held, module))
    return administering(region, user, held) or office in led


def counter_post(held: Iterable[Capacity], module: str) -> Capacity | None:
    """Return with which of the capacities somebody files at the counter for `module`; in person first."""
    may = [one for one in held if one.counter and one.covers(module)]
    return min(may, key=lambda one: one.standin is not None, default=None)


def desk_ones(held: Iterable[Capacity]) -> tuple[Capacity, ...]:
    """Return those capacities with which somebody sits at the desk."""
    return tuple(one for one in held if one.post[0] not in NOT_AT_DESK)


def administering(region: Region, user: User, held: Iterable[Capacity]) -> bool:
    """Tell whether `user`, who has the capacities `held`, may manage `region`: in person only."""
    own = any(one.post == (ADMINISTRATOR, region.pk) and one.standin is None for one in held)
    return user.is_active and (user.is_superuser or own)


def memberships(region: Region, user: User) -> QuerySet[Membership]:
    """Return the roles that `user` holds in offices of `region`."""
    found: QuerySet[Membership] = Membership.objects.filter(region=region, user=user)
    return found.select_related("role", "office").order_by("office__name", "role__key")


def offices(region: Region, kinds: Iterable[str] = ()) -> QuerySet[Region]:
    """Return the offices of `region`, of the given kinds only if any are given, by name."""
    found = Region.objects.filter(tenant=region)
    chosen = tuple(kinds)
    return found.filter(kind__in=chosen) if chosen else found


def lineage(region: Region) -> dict[int, tuple[int, ...]]:
    """Return each office of the region, and itself, with what is above it, as `Region.ancestors` does."""
    tree = Region.objects.filter(Q(pk=region.pk) | Q(tenant=region)).values_list("pk", "parent_id")
    above = dict(tree)
    found = {}
    for office in above:
        chain = [office]
        while chain[-1] != region.pk and (parent := above[chain[-1]]) in above:
            chain.append(parent)
        found[office] = tuple(chain)
    return found


def office_by_key(region: Region, key: str) -> Region | None:
    """Return the office `key` of `region`, or `region` itself when the key is its own."""
    return Region.objects.filter(Q(tenant=region) | Q(pk=region.pk), key=key).first()


def holders(
    region: Region,
    role_key: str,
    offices: Collection[int],
    *,
    on: datetime | None = None,
    module: str = "",
) -> list[int]:
    """Return the active people who attend to the role in exactly one of those offices, as ids.

    A substitute attends to it; whoever is replaced by a Plh. is away and does not, unless the same
    role is theirs in another of the offices. They keep their rights, they are only not called upon.
    """
    day = standins.today(region, on)
    held = Membership.objects.filter(
        region=region, office__in=offices, role__key=role_key, user__is_active=True
    )
    present, away = standins.of_posts(region, role_key, offices, on=day, module=module)
    found = (set(held.values_list("office_id", "user_id")) - away) | present
    return sorted({user for _office, user in found})


def nearest_holder(
    region: Region, role_key: str, office: Region, *, on: datetime | None = None, module: str = ""
) -> Region | None:
    """Return the office, from `office` upward to the tenant, where somebody holds the role or stands in."""
    held = set(
        Membership.objects.filter(region=region, role__key=role_key, user__is_active=True).values_list(
            "office_id", flat=True
        )
    )
    held |= standins.offices_of(region, role_key, on=standins.today(region, on), module=module)
    above, top = office, office.tenant_id or office.pk
    while above.pk not in held:
        if above.pk == top or above.parent is None:
            return None
        above = above.parent
    return above


def works_anywhere(user: User) -> bool:
    """Tell whether `user` works for any region, or administers the installation."""
    if user.is_staff or user.is_superuser:
        return True
    with scope.everywhere("a person's work may be in any region"):
        return bool(Membership.objects.filter(user=user).exists())


def administers(region: Region, user: User | AnonymousUser) -> bool:
    """Tell whether `user` may manage the people of `region`: only in person, nobody stands in for that."""
    if not user.is_authenticated or not user.is_active:
        return False
    held = Membership.objects.filter(region=region, office=region, user=user, role__key=ADMINISTRATOR)
    return user.is_superuser or held.exists()


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


def staff_member(region: Region, pk: int, offices: Collection[int] | None = None) -> User | None:
    """Return the person `pk` if they hold a post in `region`, in one of `offices` if they are given."""
    found = Membership.objects.filter(region=region, user=pk).select_related("user")
    post = (found if offices is None else found.filter(office__in=offices)).first()
    return post.user if post else None


def roles(region: Region) -> QuerySet[Role]:
    """Return the roles of `region` with the number of people who hold each."""
    found: QuerySet[Role] = Role.objects.filter(region=region)
    return found.annotate(held=Count("memberships__user", distinct=True)).order_by("key")


def desk_roles(region: Region) -> frozenset[str]:
    """Return the keys of the roles of `region` that sit at the desk."""
    found = Role.objects.filter(region=region).exclude(key__in=NOT_AT_DESK).order_by()
    return frozenset(found.values_list("key", flat=True))


def role_title(region: Region, key: str, language: str) -> str:
    """Return what the role is called in `region`, "" when the region has no such role."""
    title = Role.objects.filter(region=region, key=key).values_list("title", flat=True).first() or {}
    return str(title.get(language) or title.get("id") or "")


def names_of(region: Region, offices: Collection[int]) -> tuple[tuple[int, str], ...]:
    """Return id and name of those offices of `region`, by name."""
    found = Region.objects.filter(Q(tenant=region) | Q(pk=region.pk), pk__in=offices).order_by("name", "pk")
    return tuple(found.values_list("pk", "name"))


def workplaces(region: Region) -> QuerySet[Region]:
    """Return where somebody can hold a post: the region itself first, then its offices by name."""
    whole = Case(When(pk=region.pk, then=0), default=1)
    return Region.objects.filter(Q(tenant=region) | Q(pk=region.pk)).order_by(whole, "name")


def is_shared(post: Membership) -> bool:
    """Tell whether somebody else holds the same role in the same office."""
    others = all_posts(post.region).filter(role=post.role_id, office=post.office_id, user__is_active=True)
    return others.exclude(user=post.user_id).exists()
