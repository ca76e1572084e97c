"""Many cases of one service at once: those filed in some days, and of them those that somebody may open.

It is the same right as for a single case (`selectors.case_for_officer`), told as one condition, so that
the number of queries does not depend on the number of cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from runtime.cases.models import Case, Task
from runtime.cases.tasklists import Held, posts_of
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import selectors as regions
from runtime.regions.capacity import Capacity
from runtime.regions.models import Region
from runtime.workflow import rights


def filed(region: Region, key: str, since: date | None = None, until: date | None = None) -> QuerySet[Case]:
    """Return the cases of service `key` filed from `since` to `until`, both days included."""
    zone = ZoneInfo(region.timezone)
    cases: QuerySet[Case] = Case.objects.filter(region=region, version__key=key)
    if since:
        cases = cases.filter(submitted_at__gte=datetime.combine(since, time(), zone))
    if until:
        cases = cases.filter(submitted_at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return cases


def openable(cases: QuerySet[Case], region: Region, key: str, held: Held) -> QuerySet[Case]:
    """Return those of the `cases` of service `key` that the posts `held` open."""
    posts = posts_of(held)
    if posts is None:
        return cases.none()
    given = Exists(Task.objects.filter(posts, case=OuterRef("pk")).order_by())
    return cases.filter(Q(given) | _untasked(region, key, held))


def opened_as(cases: Collection[Case], region: Region, held: Held) -> dict[int, Capacity]:
    """Return as whom the holder of `held` opens each of the cases, in person first; see `readers.reader`."""
    posts, found = posts_of(held), {}
    if posts is None:
        return {}
    in_person_first = sorted(held, key=lambda one: one.standin is not None)
    given: dict[int, set[tuple[str, int]]] = {}
    for case, role, office in Task.objects.filter(posts, case__in=cases).values_list(
        "case", "role", "office"
    ):
        given.setdefault(case, set()).add((role, office))
    above = regions.lineage(region)
    for case in cases:
        mine = [one for one in in_person_first if one.covers(case.version.key)]
        tasked = [one for one in mine if one.post in given.get(case.pk, ())]
        fit = tasked or [one for one in mine if _acts_untasked(case, one, above)]
        if fit:
            found[case.pk] = fit[0]
    return found


def _acts_untasked(case: Case, capacity: Capacity, above: Mapping[int, Collection[int]]) -> bool:
    role, office = capacity.post
    roles = rights.untasked(modules.definition(case.version).workflow, case.status)
    return role in roles and office in above[case.office_id or case.region_id]


def _untasked(region: Region, key: str, held: Held) -> Q:
    """Return the condition on cases in which a post may act though nobody has a task there."""
    above, condition = regions.lineage(region), Q(pk__in=())
    for version in ModuleVersion.objects.filter(region=region, key=key).defer("document"):
        workflow = modules.definition(version).workflow
        for role, office in _posts(held, key):
            statuses = [one.key for one in workflow.statuses if role in rights.untasked(workflow, one.key)]
            if statuses:
                condition |= Q(version=version, status__in=statuses) & _below(office, region, above)
    return condition


def _posts(held: Iterable[Capacity], key: str) -> set[tuple[str, int]]:
    return {one.post for one in held if one.covers(key)}


def _below(office: int, region: Region, above: Mapping[int, Collection[int]]) -> Q:
    if office == region.pk:
        return Q()
    return Q(office__in=[one for one, chain in above.items() if office in chain])
