"""The writer of regions, roles and posts: adds places, gives people roles in offices, takes them away."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runtime.regions import appointing, rules, scope
from runtime.regions.models import Membership, Region, Role, User
from runtime.regions.refused import Refused
from runtime.regions.rules import ADMINISTRATOR, NOT_AT_DESK, STANDING

logger = logging.getLogger("rakit.rights")


def add_region(
    *,
    key: str,
    name: str,
    kind: str,
    host: str = "",
    parent: Region | None = None,
    code: str = "",
    letters: str = "",
    timezone: str = "",
) -> Region:
    """Add a region with a site (when a host is given), an office, or a node of the tree.

    Raises `Refused` when something is not sound; nothing is stored then. A region with a site gets
    the standing roles.
    """
    region = Region(key=key, name=name, kind=kind, host=host or None, parent=parent)
    region.code, region.short_code, region.timezone = code, letters, timezone
    with transaction.atomic():
        rules.settle(region).save()
        if region.host:
            add_standing_roles(region)
    return region


def add_standing_roles(region: Region) -> None:
    """Give a region with a site the roles that every one has; those there are stay as they are."""
    with scope.use(region):
        provide_roles(region=region, titles=STANDING)


def provide_roles(*, region: Region, titles: Mapping[str, Mapping[str, str]]) -> None:
    """Let the administrator of `region` give the roles `titles`, by key; those there are stay as they are."""
    for key, title in titles.items():
        Role.objects.get_or_create(region=region, key=key, defaults={"title": dict(title)})


def add_role(*, region: Region, key: str, title: dict[str, str]) -> Role:
    """Return the role `key` of `region`, made with `title` if there is none."""
    if not key or len(key) > 40 or not all(letter in _ROLE_LETTERS for letter in key):
        words = _("The role “%(key)s” cannot be used: take small letters a–z, digits and _, at most 40.")
        raise Refused("role_key", words % {"key": key}, "role")
    role: Role
    role, _new = Role.objects.get_or_create(region=region, key=key, defaults={"title": title})
    return role


_ROLE_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


def set_counter(*, region: Region, keys: Collection[str], by: User | None) -> None:
    """Let exactly the desk roles `keys` of `region` file for citizens at the counter."""
    _mark(region, "counter", keys, by)


def set_heads(*, region: Region, keys: Collection[str], by: User | None) -> None:
    """Let exactly the desk roles `keys` of `region` head the offices in which they are held."""
    _mark(region, "heads", keys, by)


def _mark(region: Region, mark: str, keys: Collection[str], by: User | None) -> None:
    for role in Role.objects.filter(region=region).exclude(key__in=NOT_AT_DESK):
        marked = role.key in keys
        if marked != getattr(role, mark):
            Role.objects.filter(pk=role.pk).update(**{mark: marked})
            named = by.pk if by else "command line"
            logger.info("%s %s region=%s role=%s by=%s", mark, marked, region.key, role.key, named)


@transaction.atomic
def give_post(*, region: Region, office: Region, user: User, role: Role, by: User | None) -> Membership:
    """Let `user` hold `role` in `office`, an office of `region` or `region` itself. `by` is for the log."""
    if region.pk not in {office.pk, office.tenant_id} or role.region_id != region.pk:
        raise Refused("elsewhere", _("The office or the role belongs to another region."), "office")
    if role.key in STANDING and office.pk != region.pk:
        words = _("The role “%(role)s” is held for the whole region. Choose %(region)s itself.")
        raise Refused("whole_region", words % {"role": role, "region": region.name}, "office")
    if not user.is_active:
        words = _("The account of %(name)s is switched off and cannot be given a role.")
        raise Refused("inactive", words % {"name": user.get_full_name()}, "user")
    post: Membership
    post, new = Membership.objects.get_or_create(region=region, office=office, user=user, role=role)
    if not new:
        words = _("%(name)s already holds this role in %(office)s.")
        raise Refused("held", words % {"name": user.get_full_name(), "office": office.name}, "role")
    _note("given", post, by)
    return post


def set_civil_servant(*, region: Region, user: User, nip: str, rank: str, by: User) -> None:
    """Keep what stands below the letters of `user`, who works in `region`; the NIP has 18 digits or none."""
    user.nip, user.rank = nip, rank
    user.save(update_fields=["nip", "rank"])
    logger.info("NIP and rank set region=%s user=%s by=%s", region.key, user.pk, by.pk)


@transaction.atomic
def take_post(*, region: Region, post: Membership, by: User | None) -> None:
    """Take a post of `region` away, and end what rests on it: its holder's Plh.

    The last administrator stays; only the command line (`by` None) may take that.
    """
    appointing.one_at_a_time(region)
    if by is not None and is_last_administrator(post):
        words = _("%(region)s would be left without an administrator. Give the role to somebody else first.")
        raise Refused("last_administrator", words % {"region": region.name}, "role")
    appointing.end_with_post(post=post, by=by, now=timezone.now())
    _note("taken", post, by)
    post.delete()


def is_last_administrator(post: Membership) -> bool:
    """Tell whether nobody else could administer the region of `post` without it."""
    if post.role.key != ADMINISTRATOR or post.office_id != post.region_id:
        return False
    others = Membership.objects.filter(
        region=post.region_id, office=post.region_id, role__key=ADMINISTRATOR, user__is_active=True
    )
    return not others.exclude(pk=post.pk).exclude(user=post.user_id).exists()


def _note(what: str, post: Membership, by: User | None) -> None:
    logger.info(
        "post %s region=%s office=%s role=%s user=%s by=%s",
        what,
        post.region.key,
        post.office.key,
        post.role.key,
        post.user_id,
        by.pk if by else "command line",
    )
