"""Who may design services: people whose membership in the region in scope says so. Never groups.

Wagtail asks Django for rights by name, and by model through a policy; both answers come from here.
Which rows exist for a person is decided before, by the scope of the region.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from builder.models import PublishingRules
from runtime.regions import scope
from runtime.regions.models import Membership, User

DESIGN = frozenset({"view", "change", "add", "delete", "lock", "unlock"})
RELEASE = frozenset({"publish"})
RIGHTS: dict[str, frozenset[str]] = {
    "builder": DESIGN | RELEASE,
    "publisher": frozenset({"view", "change", "lock", "unlock"}) | RELEASE,
    "administrator": DESIGN | RELEASE,
}

RELEASERS = frozenset({"publisher", "administrator"})
"""Who may publish where a region wants services to be reviewed before."""


def reviewed() -> bool:
    """Say whether the region in scope has services reviewed before they are published."""
    held: bool = PublishingRules.objects.filter(review=True).exists()
    return held


def actions(user: User | AnonymousUser) -> frozenset[str]:
    """Return what `user` may do with the services of the region in scope."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return DESIGN | RELEASE
    region = scope.current()
    if region in (scope.NOWHERE, scope.EVERYWHERE):
        return frozenset()
    known: dict[str, frozenset[str]] = user.__dict__.setdefault("_builder_actions", {})
    if region not in known:
        held = Membership.objects.filter(user=user, role__key__in=RIGHTS)
        keys = held.values_list("role__key", flat=True)
        known[region] = frozenset[str]().union(*(RIGHTS[key] for key in keys))
        if known[region] >= RELEASE and not RELEASERS & set(keys) and reviewed():
            known[region] -= RELEASE
    return known[region]


def administers(user: User | AnonymousUser) -> bool:
    """Say whether `user` is an administrator of the region in scope."""
    if (
        not isinstance(user, User)
        or not user.is_active
        or scope.current() in (scope.NOWHERE, scope.EVERYWHERE)
    ):
        return False
    held: bool = Membership.objects.filter(user=user, role__key="administrator").exists()
    return held


class MembershipBackend(BaseBackend):
    """Answers `user.has_perm`: the door of Wagtail's admin and the rights on services."""

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        allowed = actions(user_obj)
        if not allowed:
            return set()
        return {"wagtailadmin.access_admin", *(f"builder.{action}_module" for action in allowed)}

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj)


class ModulePolicy(BasePermissionPolicy):
    """Wagtail's questions about services, answered from memberships."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in actions(user)

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        if action == "delete" and instance.releases.exists():
            return False
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        wanted = set(actions)
        roles = [role for role, rights in RIGHTS.items() if rights & wanted]
        if wanted <= RELEASE and reviewed():
            roles = sorted(RELEASERS)
        held = Membership.objects.filter(role__key__in=roles).values("user")
        return User.objects.filter(Q(is_superuser=True) | Q(pk__in=held), is_active=True)
