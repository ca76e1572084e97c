"""Which open tasks stand in whose list, and the first of a long list by the index of each post.

Somebody may hold hundreds of posts with a hundred thousand tasks in them. A page of their list takes from
each post its first few, which its index gives in order, and orders those; nothing reads the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable, OrderBy, RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.workflow import commenting

Held = tuple[regions.Capacity, ...]
DUE_FIRST: tuple[OrderBy | str, ...] = (F("due_at").asc(nulls_last=True), "opened_at", "pk")
NEWEST_FIRST: tuple[OrderBy | str, ...] = ("-opened_at", "-pk")
_DUE_FIRST = "t.due_at ASC NULLS LAST, t.opened_at, t.id"
_NEWEST_FIRST = "t.opened_at DESC, t.id DESC"
_POST = "(CAST(%s AS varchar(40)), CAST(%s AS bigint))"
_KEPT = ("id", "due_at", "opened_at", "role", "office_id")
LOOKED_AT = 2_500  # tasks of all posts together that are put in order before any is judged


@dataclass(frozen=True, slots=True)
class TaskList:
    """One list of open tasks: `every` task of it, and how to ask for those `within` each of its `posts`.

    Of what is within a post those are of the list that meet the conditions `judged`, which cost too much to
    be asked of more than a page needs. With `cases` it has only tasks of these, which are few.
    """

    posts: Collection[regions.Post]
    every: QuerySet[Task]
    within: QuerySet[Task]
    judged: tuple[Combinable | Q, ...] = ()
    cases: Collection[int] | QuerySet[Any, Any] | None = None

    def filter(self, **plain: Any) -> TaskList:
        """Return the list of those tasks only that fit conditions on the task itself."""
        return replace(self, every=self.every.filter(**plain), within=self.within.filter(**plain))

    def of_cases(self, *conditions: Combinable | Q) -> TaskList:
        """Return the list of the tasks of those cases only that fit.

        Told as a plain condition, PostgreSQL would look for all such cases first, for each post anew.
        """
        fits = _one_by_one(Case.objects.filter(*conditions, pk=OuterRef("case")))
        return replace(self, every=self.every.filter(fits), judged=(*self.judged, fits))

    def part(self, start: int, stop: int, *, newest: bool = False) -> QuerySet[Task]:
        """Return the tasks from place `start` to before `stop`: due first on top, or the newest."""
        order = NEWEST_FIRST if newest else DUE_FIRST
        if not self.posts:
            return self.every.none()
        if self.cases is not None:
            return self._of_cases(self.cases).order_by(*order)[start:stop]
        ids = RawSQL(*self._ids(start, stop, newest))  # noqa: S611 - what is compiled below
        found: QuerySet[Task] = Task.objects.filter(pk__in=ids)
        return found.order_by(*order)

    def _of_cases(self, cases: Collection[int] | QuerySet[Any, Any]) -> QuerySet[Task]:
        """Return the tasks of the list that are of these cases, found by case and not by post.

        SQLite does not know that they are few, and would go through all tasks of the posts: it is given them.
        """
        of_these = Task._base_manager.filter(case__in=cases).order_by().values("id")
        if connection.vendor == "postgresql":
            return self.every.filter(pk__in=of_these)
        ids, params = _compiled(of_these)
        fits, of_fits = _compiled(self.every.filter(pk=RawSQL("t.id", ())).order_by().values("pk")[:1])
        sql = f"SELECT t.id FROM ({ids}) t WHERE ({fits}) IS NOT NULL"  # noqa: S608 - what Django has compiled
        found: QuerySet[Task] = Task.objects.filter(pk__in=RawSQL(sql, (*params, *of_fits)))  # noqa: S611
        return found

    def _ids(self, start: int, stop: int, newest: bool) -> tuple[str, list[Any]]:
        """Return the SQL for the ids of that part.

        The first tasks of each post are put in one order, and judged one after the other until the page is
        full. Behind the last of those that were read of a post there may be others: so far is looked. Where
        that does not fill the page, each post is gone through for as long as it takes.
        """
        order = _NEWEST_FIRST if newest else _DUE_FIRST
        depth = max(stop, LOOKED_AT // len(self.posts))
        first, of_first = self._of_posts(self.within, depth, newest)
        short = "(SELECT COUNT(*) FROM near) < %s AND EXISTS (SELECT 1 FROM first WHERE place = %s)"
        whole, of_whole = self._of_posts(
            self.within.filter(*self.judged), stop, newest, only_if=(short, (stop - start, depth))
        )
        fits, of_fits = _compiled(
            Task._base_manager.filter(*self.judged, pk=RawSQL("t.id", ())).order_by().values("pk")[:1]
        )
        # Put in is only what Django has compiled and what stands above; values are parameters.
        sql = (
            f"WITH first AS MATERIALIZED (SELECT t.id, t.due_at, t.opened_at, ROW_NUMBER() OVER "  # noqa: S608 - as compiled
            f"(PARTITION BY t.role, t.office_id ORDER BY {order}) AS place FROM ({first}) t), "
            f"near AS MATERIALIZED (SELECT t.id FROM (SELECT t.id, t.due_at, t.opened_at, MAX(t.place) OVER "
            f"(ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached "
            f"FROM first t ORDER BY {order} LIMIT %s) t WHERE COALESCE(t.reached, 0) < %s "
            f"AND ({fits}) IS NOT NULL {still(order)} LIMIT %s OFFSET %s) "
            f"SELECT id FROM near UNION ALL SELECT id FROM "
            f"(SELECT t.id FROM ({whole}) t ORDER BY {order} LIMIT %s OFFSET %s) t"
        )
        page = (stop - start, start)
        near = (depth * len(self.posts), depth, *of_fits, *page)
        return sql, [*of_first, *near, *of_whole, *page]

    def _of_posts(
        self,
        rows: QuerySet[Task],
        most: int,
        newest: bool,
        *,
        only_if: tuple[str, tuple[int, ...]] = ("", ()),
    ) -> tuple[str, list[Any]]:
        """Return the SQL for the first of these rows in each post, one post after the other."""
        posts = sorted(self.posts)
        here = {"role": RawSQL("post.role", ()), "office_id": RawSQL("post.office", ())}
        first = rows.filter(**here).order_by(*(NEWEST_FIRST if newest else DUE_FIRST))[:most]
        lateral = connection.vendor == "postgresql"
        inner, params = _compiled(first.values(*_KEPT) if lateral else first.values("pk"))
        source = f"LATERAL ({inner}) t" if lateral else f"{Task._meta.db_table} t WHERE t.id IN ({inner})"
        condition, of_condition = only_if  # SQL of `_ids`, whose values are parameters
        among = f"(SELECT * FROM post WHERE {condition}) post" if condition else "post"  # noqa: S608 - as compiled
        sql = (
            f"WITH post(role, office) AS (VALUES {', '.join([_POST] * len(posts))}) "  # noqa: S608 - as compiled
            f"SELECT {', '.join(f't.{column}' for column in _KEPT)} FROM {among} CROSS JOIN {source}"
        )
        return sql, [*(value for post in posts for value in post), *of_condition, *params]


def _one_by_one(rows: QuerySet[Any, Any]) -> Combinable:
    """Return whether there are such rows, asked of one task after the other until a list has enough.

    Told as a plain condition, PostgreSQL may join it, and read all tasks of the region before the first.
    """
    return Coalesce(Exists(rows), False)


def still(order: str) -> str:
    """Return the SQL that keeps rows of a subquery in the `order` they are in, judging no more than it must.

    SQLite takes them in their order as it is; told to, it would judge all before the first.
    """
    return f"ORDER BY {order}" if connection.vendor == "postgresql" else ""


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    """Return the SQL of a question and its values; of one that nothing can fit, SQL that finds nothing."""
    sql, params = rows.query.get_compiler(connection.alias, elide_empty=False).as_sql()
    return sql, [*params]


def counts(lists: Sequence[TaskList], *, most: int, beside: Sequence[RawSQL] = ()) -> list[int]:
    """Return how many tasks each list has, `most` when it has that many or more, then the rows `beside`.

    It is one question for all.
    """
    asked = [one.every.order_by().values("pk")[:most] for one in lists if one.posts]
    found = [rows.query.sql_with_params() for rows in asked] + [(rows.sql, rows.params) for rows in beside]
    if not found:
        return [0] * len(lists)
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) counted)" for sql, _params in found)  # noqa: S608 - as compiled
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _sql, params in found for value in params])
        numbers = iter(cursor.fetchone())
    return [*(next(numbers) if one.posts else 0 for one in lists), *numbers]


def own(region: Region, user: User, *, held: Held | None = None) -> TaskList:
    """Return the list of the open tasks of the posts `user` may act for.

    Not among them are what a colleague has taken on, unless `user` stands in for them, and what `user` or
    their substitute has decided; of the seats that are free for them they see one. `held` saves a question
    to the database when the caller knows the posts already.
    """
    held = regions.at_desk(region, user) if held is None else held
    within, condition = _open(region), posts_of(held)
    if condition is None:
        return TaskList((), within.none(), within.none())
    judged: tuple[Combinable | Q, ...] = (
        Q(claimed_by__isnull=True) | _in_hand(user, held),
        ~_one_by_one(_beside().filter(Q(closed_by=user) | Q(closed_for=user)).exclude(outcome="")),
        ~(Q(claimed_by__isnull=True) & _one_by_one(_beside().filter(closed_at=None, claimed_by=user))),
        ~(Q(claimed_by__isnull=True, seat__gt=1) & _one_by_one(_beside(free=True))),
    )
    every = within.filter(condition, *judged)
    posts = frozenset(one.post for one in held)
    limited = any(one.standin and one.standin.modules for one in held)
    return TaskList(posts, every, within, (*judged, condition) if limited else judged)


def _in_hand(user: User, held: Held) -> Q:
    """Return the condition on tasks that `user` has taken on, or whoever they stand in for at that post."""
    mine, in_person = Q(claimed_by=user), {one.post for one in held if one.standin is None}
    for one in held:
        if one.standin and one.standin.replaced and one.post not in in_person:
            role, office = one.post
            mine |= Q(claimed_by__in=one.standin.replaced, role=role, office_id=office)
    return mine


def of_unit(region: Region, user: User, *, held: Held | None = None) -> TaskList:
    """Return the list of the open tasks in the offices of `user`, whosever turn it is, that they may open.

    As in `case_for_officer`, a post opens a case once a task of it was given to that post.
    """
    held = regions.at_desk(region, user) if held is None else held
    condition, found = posts_of(held), _open(region)
    if condition is None:
        return TaskList((), found.none(), found.none())
    offices = {one.post[1] for one in held}
    roles = regions.desk_roles(region)
    given = Task.objects.filter(case=OuterRef("case")).filter(condition).order_by()
    posts = frozenset((role, office) for role in roles for office in offices)
    every = found.filter(Exists(given), role__in=sorted(roles), office_id__in=sorted(offices))
    return TaskList(posts, every, found, (Exists(given),))


def work(region: Region, user: User, *, held: Held | None = None) -> QuerySet[Task]:
    """Return the open tasks of the posts `user` may act for as rows, those due first on top; see `own`."""
    found = own(region, user, held=held).every
    return found.select_related("case", "case__version", "case__office", "office").order_by(*DUE_FIRST)


def told(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Return the tasks, each saying what the applicant did.

    Whether they have `written` and nobody answered since; whether what they `corrected` opened the task.
    """
    to_and_fro = (commenting.TO_APPLICANT, commenting.ANSWER)
    said = CaseEvent.objects.filter(case=OuterRef("case"), action__in=to_and_fro).order_by("-n")
    answered = Correction.objects.filter(case=OuterRef("case"), answered_at__gte=OuterRef("opened_at"))
    return tasks.annotate(
        written=Exact(Subquery(said.values("action")[:1]), commenting.ANSWER), corrected=Exists(answered)
    )


def posts_of(held: Held) -> Q | None:
    """Return the condition on tasks of these posts; None when there are none."""
    offices: defaultdict[tuple[str, tuple[str, ...]], set[int]] = defaultdict(set)
    for one in held:
        modules = tuple(sorted(one.standin.modules)) if one.standin else ()
        offices[one.post[0], modules].add(one.post[1])
    condition: Q | None = None
    for (role, modules), within in offices.items():
        post = Q(role=role, office_id__in=sorted(within))
        if modules:
            post &= Q(case__version__key__in=modules)
        condition = post if condition is None else condition | post
    if condition is not None and len(offices) > 1:
        # Follows from the rest. Named for SQLite, which at an OR alone reads all open tasks of the region.
        roles, places = {role for role, _modules in offices}, set().union(*offices.values())
        condition = Q(role__in=sorted(roles), office_id__in=sorted(places)) & condition
    return condition


def _open(region: Region) -> QuerySet[Task]:
    found: QuerySet[Task] = Task.objects.filter(region=region, closed_at__isnull=True)
    return found


def _beside(*, free: bool = False) -> QuerySet[Task]:
    """Return the tasks of the same rule of the case, since it came into its status.

    With `free`, those of an earlier seat in the same office that nobody has taken or decided.
    """
    same: QuerySet[Task] = Task.objects.filter(
        case=OuterRef("case"), key=OuterRef("key"), entered=OuterRef("entered")
    )
    if free:
        same = same.filter(closed_at__isnull=True, claimed_by__isnull=True)
        same = same.filter(office=OuterRef("office"), seat__lt=OuterRef("seat"))
    return same
