"""What makes a substitution a sound one. Looks at other rows, writes nothing."""

from __future__ import annotations

import calendar
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from runtime.regions import standins
from runtime.regions.models import Membership, Substitution, SubstitutionRules
from runtime.regions.refused import Refused
from runtime.regions.rules import STANDING

LONGEST_CHAIN = 2
_CIRCLE = 10**6
Span = tuple[date, date]
LONGEST_BASIS = 200
Kind = Substitution.Kind


def sound(row: Substitution, *, today: date, rules: SubstitutionRules) -> None:
    """Raise `Refused` unless `row`, not yet saved, may be."""
    _post(row)
    _dates(row, today, rules)
    _substitute(row)
    if row.kind == Kind.PLT:
        _vacant(row, today)
    else:
        _away(row)
    _once(row)
    _chain(row)
    _basis(row)


def overlapping(rows: QuerySet[Substitution], first: date, last: date | None) -> QuerySet[Substitution]:
    """Keep the rows that count on a day between `first` and `last`, both included."""
    found = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=first))
    return found.filter(from_on__lte=last) if last else found


def _post(row: Substitution) -> None:
    if row.region_id not in {row.office_id, row.office.tenant_id} or row.role.region_id != row.region_id:
        raise Refused("elsewhere", _("The office or the role belongs to another region."), "office")
    if row.role.key in STANDING:
        words = _("Nobody stands in for “%(role)s”. Give the role to somebody instead.")
        raise Refused("standing", words % {"role": row.role}, "role")


def _dates(row: Substitution, today: date, rules: SubstitutionRules) -> None:
    first, last = row.from_on, row.until_on
    if last is None and row.kind == Kind.PLH:
        raise Refused("no_end", _("A Plh. needs a last day."), "until_on")
    if last is not None and last < first:
        raise Refused("backwards", _("The last day lies before the first day."), "until_on")
    if last is not None and last < today:
        raise Refused("past", _("The last day has passed already."), "until_on")
    months, source = (
        (rules.plt_months, rules.plt_source) if row.kind == Kind.PLT else (rules.plh_months, rules.plh_source)
    )
    if months is None:
        return
    latest = months_later(first, months)
    if last is None or last >= latest:
        words = _(
            "A %(kind)s lasts at most %(months)s months here (%(source)s). Choose a last day before %(day)s."
        )
        named = {
            "kind": row.kind.capitalize() + ".",
            "months": months,
            "source": source or _("rule of the region"),
        }
        raise Refused("too_long", words % (named | {"day": date_format(latest, "j F Y")}), "until_on")


def _substitute(row: Substitution) -> None:
    user = row.substitute
    named = {"name": user.get_full_name(), "region": row.region.name}
    if user.pk in {row.principal_id, row.through.substitute_id if row.through else None}:
        raise Refused("self", _("Nobody can stand in for themselves. Choose somebody else."), "substitute")
    if not user.is_active:
        words = _("The account of %(name)s is switched off, so it cannot stand in for anybody.")
        raise Refused("inactive", words % named, "substitute")
    if not Membership.objects.filter(region=row.region, user=user).exists():
        words = _("%(name)s does not work in %(region)s, so the post cannot be handed to them.")
        raise Refused("stranger", words % named, "substitute")
    if _in_person(row).filter(user=user).exists():
        words = _("%(name)s already holds this very post.")
        raise Refused("held", words % named, "substitute")


def _vacant(row: Substitution, today: date) -> None:
    """A Plt. holds a post that is vacant; one that begins later may wait for it to be."""
    if row.principal_id is not None:
        raise Refused(
            "plt_for", _("A Plt. holds a vacant post. For somebody who is away appoint a Plh."), "kind"
        )
    holder = _in_person(row).filter(user__is_active=True).select_related("user").first()
    if holder and row.from_on <= today:
        words = _(
            "%(name)s still holds this post. Appoint a Plh. while they are away, or take the role away first."
        )
        raise Refused("not_vacant", words % {"name": holder.user.get_full_name()}, "office")


def _away(row: Substitution) -> None:
    """A Plh. stands in for somebody who holds the post, in person or as a substitute, all that time."""
    if row.through is not None:
        _within(row, row.through)
    elif row.principal_id is None:
        raise Refused("for_whom", _("Choose who is away. A vacant post needs a Plt."), "post")
    elif not _in_person(row).filter(user=row.principal_id).exists():
        words = _("The person who is away does not hold this post.")
        raise Refused("not_holder", words, "post")


def _within(row: Substitution, before: Substitution) -> None:
    same = (before.role_id, before.office_id) == (row.role_id, row.office_id)
    if before.ended_at is not None or not same:
        raise Refused("not_holder", _("The person who is away does not hold this post."), "post")
    late = before.until_on is not None and (row.until_on is None or row.until_on > before.until_on)
    if row.from_on < before.from_on or late:
        words = _("%(name)s stands in only from %(first)s to %(last)s. Choose days within this time.")
        last = date_format(before.until_on, "j F Y") if before.until_on else "…"
        named = {"name": before.substitute.get_full_name(), "first": date_format(before.from_on, "j F Y")}
        raise Refused("outside", words % (named | {"last": last}), "from_on")


def _once(row: Substitution) -> None:
    """One substitute for the same person at the same post, time and service."""
    rows = standins.unended(row.region).filter(role=row.role, office=row.office)
    for other in overlapping(rows, row.from_on, row.until_on).select_related("substitute"):
        mine, theirs = set(row.module_keys), set(other.module_keys)
        shared = not mine or not theirs or bool(mine & theirs)
        same = (other.principal_id, other.through_id) == (row.principal_id, row.through_id)
        if shared and (same or other.substitute_id == row.substitute_id):
            words = _(
                "%(name)s already stands in for this post in that time. End that first, or choose other days."
            )
            raise Refused("overlap", words % {"name": other.substitute.get_full_name()}, "from_on")


def _chain(row: Substitution) -> None:
    """Refuse circles, and more than two substitutes one behind the other at the same time."""
    found = overlapping(standins.unended(row.region), row.from_on, row.until_on)
    rows = list(found.select_related("through"))
    replaced = _replaced(row)
    ahead = _reach(rows, replaced, _span(row), row.substitute_id, forward=True)
    behind = _reach(rows, row.substitute_id, _span(row), replaced, forward=False)
    if max(ahead, behind) >= _CIRCLE:
        words = _("That would be a circle: in that time the two would stand in for each other.")
        raise Refused("circle", words, "substitute")
    if 1 + ahead + behind > LONGEST_CHAIN:
        words = _(
            "The chain would be too long: a substitute may be replaced once, not twice. Choose another."
        )
        raise Refused("chain", words, "substitute")


def _reach(rows: list[Substitution], user: int | None, span: Span, end: int | None, *, forward: bool) -> int:
    """Count the substitutions one behind the other from `user` on; `_CIRCLE` when they come to `end`."""
    if user is None or user == end:
        return 0 if user is None else _CIRCLE
    longest = 0
    for other in rows:
        ends = (other.substitute_id, _replaced(other))
        here, there = ends if forward else ends[::-1]
        theirs = _span(other)
        first, last = max(span[0], theirs[0]), min(span[1], theirs[1])
        if here == user and first <= last:
            rest = [one for one in rows if one is not other]
            longest = max(longest, 1 + _reach(rest, there, (first, last), end, forward=forward))
    return longest


def _span(row: Substitution) -> Span:
    return row.from_on, row.until_on or date.max


def _replaced(row: Substitution) -> int | None:
    """Return whose place the substitute takes: the one before in a chain, else who is away."""
    return row.through.substitute_id if row.through else row.principal_id


def _in_person(row: Substitution) -> QuerySet[Membership]:
    held: QuerySet[Membership] = Membership.objects.filter(
        region=row.region, role=row.role, office=row.office
    )
    return held


def _basis(row: Substitution) -> None:
    if not row.basis or len(row.basis) > LONGEST_BASIS:
        raise Refused("basis", _("Write the number of the decree or order, at most 200 letters."), "basis")


def months_later(day: date, months: int) -> date:
    """Return the same day some months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
