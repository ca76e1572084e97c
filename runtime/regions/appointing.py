"""The writer of substitutions: appoints a Plt. or Plh., ends one early, keeps a region's rules.

Row of the region's administrator role → substitutions, the same order as `services.take_post`: one
change of a region's people at a time, so that no two appointments cross unseen.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from runtime.regions import standins
from runtime.regions.models import Membership, Region, Role, Substitution, SubstitutionRules, User
from runtime.regions.refused import Refused
from runtime.regions.rules import ADMINISTRATOR
from runtime.regions.standinrules import overlapping, sound

logger = logging.getLogger("rakit.rights")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An appointment as it is asked for.

    `principal` is who is away (Plh.), none where the post is vacant (Plt.); `through` is the
    substitution whose substitute is away in turn.
    """

    kind: str
    role: Role
    office: Region
    substitute: User
    from_on: date
    until_on: date | None
    basis: str
    principal: User | None = None
    through: Substitution | None = None
    modules: Collection[str] = ()


@transaction.atomic
def appoint(*, region: Region, wanted: Wanted, by: User | None, now: datetime) -> Substitution:
    """Let somebody stand in for a post; raise `Refused` with a sentence when that cannot be."""
    one_at_a_time(region)
    before = wanted.through
    row = Substitution(
        region=region,
        office=wanted.office,
        role=wanted.role,
        kind=wanted.kind,
        principal=(before.principal or before.substitute) if before else wanted.principal,
        substitute=wanted.substitute,
        through=before,
        from_on=wanted.from_on,
        until_on=wanted.until_on,
        modules="".join(f",{key}" for key in sorted(set(wanted.modules))) + ("," if wanted.modules else ""),
        basis=" ".join(wanted.basis.replace("\x00", "").split()),
        appointed_by=by,
        appointed_at=now,
    )
    sound(row, today=standins.today(region, now), rules=standins.rules(region))
    row.save()
    _note("appointed", row, by)
    return row


@transaction.atomic
def end(*, region: Region, substitution: Substitution, by: User | None, now: datetime) -> None:
    """End a substitution at once, and with it whatever was built upon it."""
    one_at_a_time(region)
    row = Substitution.objects.select_for_update().get(region=region, pk=substitution.pk)
    last = row.until_on
    if row.ended_at is not None or (last is not None and last < standins.today(region, now)):
        raise Refused("ended", _("This substitution is over already."), "substitution")
    _end(row, by, now)


def end_with_post(*, post: Membership, by: User | None, now: datetime) -> None:
    """End what rests on a post that is taken away: its holder's Plh., and what a leaving person did."""
    rows = standins.unended(post.region)
    resting = rows.filter(role=post.role_id, office=post.office_id, principal=post.user_id)
    for row in overlapping(resting, standins.today(post.region, now), None):
        _end(row, by, now)
    others = Membership.objects.filter(region=post.region_id, user=post.user_id).exclude(pk=post.pk)
    if not others.exists():
        for row in overlapping(rows.filter(substitute=post.user_id), standins.today(post.region, now), None):
            _end(row, by, now)


@transaction.atomic
def change_rules(*, region: Region, by: User | None, **values: object) -> SubstitutionRules:
    """Write down what the region decided about stand-ins."""
    rules, _new = SubstitutionRules.objects.update_or_create(region=region, defaults=values)
    logger.info("substitution rules changed region=%s by=%s", region.key, by.pk if by else "command line")
    found: SubstitutionRules = rules
    return found


def one_at_a_time(region: Region) -> None:
    """Wait until nobody else is changing who works in `region`."""
    list(Role.objects.select_for_update().filter(region=region, key=ADMINISTRATOR))


def _end(row: Substitution, by: User | None, now: datetime) -> None:
    for one in (row, *standins.unended(row.region).filter(through=row)):
        one.ended_at, one.ended_by = now, by
        one.save(update_fields=["ended_at", "ended_by"])
        _note("ended", one, by)


def _note(what: str, row: Substitution, by: User | None) -> None:
    logger.info(
        "substitution %s region=%s office=%s role=%s kind=%s user=%s for=%s by=%s",
        what,
        row.region.key,
        row.office.key,
        row.role.key,
        row.kind,
        row.substitute_id,
        row.principal_id,
        by.pk if by else "command line",
    )
