"""Finding cases by words, inside a list that somebody may see: this narrows lists, and opens nothing.

A word of the search fits every word of a case that begins with it, and all of them must fit. Where few
cases have the rarest word, these are read and put in order; where the list that is looked in has fewer, or
fewer were ever given to the posts that look, those are read; else the list is gone through in its own order
until a page is full: among all applications, the newest that have the rarest word. None of them reads what
grows with the region.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from runtime.cases import reference, wording
from runtime.cases.models import Case, Task, Word
from runtime.cases.tasklists import Held, TaskList, posts_of, still
from runtime.modules.models import ModuleVersion
from runtime.regions.models import Region

MOST_WORDS = 8  # of a search; a longer one is looked for by its first
FEW = 2_000  # cases with the rarest word that are read one by one
LOOKED = 10_000  # newest cases that are gone through for words that many cases have
COUNTED = 2 * LOOKED  # cases with a word that are put in order; of a word that more have, all of the region


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that are looked for in a region; `few` are the cases that have them, None when they are many.

    `rarest` is the word that fewest have, and `number` how many, where these were counted to their end.
    """

    region: Region
    words: tuple[bytes, ...]
    few: tuple[int, ...] | None
    rarest: bytes | None = None
    number: int | None = None

    @property
    def whole(self) -> bool:
        """Whether `readable` goes through all cases that may have the words."""
        return self.few is not None or (self.number is not None and self.number <= LOOKED)

    def tasks(self, among: TaskList) -> TaskList:
        """Return those of the tasks whose case has all the words."""
        if self.few is not None:
            return replace(among, cases=self.few)
        return among.of_cases(*_all(self.words, "pk"))

    def cases(self, among: Collection[int]) -> frozenset[int]:
        """Return those of some cases that have all the words."""
        if self.few is not None:
            return frozenset(self.few) & frozenset(among)
        found = Case.objects.filter(*_all(self.words, "pk"), region=self.region, pk__in=among)
        return frozenset(found.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Kinds:
    """Open cases of one service, and that came in one way; "" is any.

    Where few fit, these are read; where many do, lists are gone through in their own order.
    """

    region: Region
    service: str = ""
    channel: str = ""

    def rows(self) -> list[RawSQL]:
        """Return the cases for each of the two that is asked for, no more than tell whether they are few."""
        return [first for _asked, first in self._asked()]

    def tasks(self, among: TaskList, numbers: Sequence[int], *, search: bool) -> TaskList:
        """Return those of the tasks whose case fits; `numbers` are those of the `rows`.

        With `search` they are few by their words already.
        """
        asked = self._asked()
        if not asked:
            return among
        if search or min(numbers) > FEW:
            return among.of_cases(*(condition for condition, _first in asked))
        # The index that has fewest leads, and the other condition is asked of each.
        _number, leads = min(zip(numbers, range(len(asked)), strict=True))
        others = [condition for condition, _first in (*asked[:leads], *asked[leads + 1 :])]
        found = Case._base_manager.filter(*others, pk__in=asked[leads][1]).order_by()
        return replace(among, cases=found.values("pk"))

    def _asked(self) -> list[tuple[Q, RawSQL]]:
        """Return for each of the two the condition on a case, and the first cases that meet it."""
        still = Q(closed_at__isnull=True)
        found = []
        if self.service:
            versions = ModuleVersion.objects.filter(region=self.region, key=self.service).order_by()
            found.append((still & Q(version__in=versions.values("pk")), _of_versions(still, versions)))
        if self.channel:
            condition = still & Q(region=self.region, channel=self.channel)
            found.append((condition, _raw(_first(Case._base_manager.filter(condition)))))
        return found


def _of_versions(still: Q, versions: QuerySet[ModuleVersion]) -> RawSQL:
    """Return the first cases of some versions, asked of one version after the other.

    Asked of all at once PostgreSQL, which does not know which versions these are, takes each for one that
    every case has, and reads the table. SQLite has no such join, and goes by the index.
    """
    if connection.vendor != "postgresql":
        return _raw(_first(Case._base_manager.filter(still, version__in=versions.values("pk"))))
    of_one = Case._base_manager.filter(still, version=RawSQL("version.id", ())).order_by("closed_at")
    one, version = _raw(of_one.values("id")[: FEW + 1]), _raw(versions.values("id"))
    sql = f"SELECT c.id FROM ({version.sql}) version CROSS JOIN LATERAL ({one.sql}) c LIMIT {FEW + 1}"  # noqa: S608 - as compiled
    return RawSQL(sql, (*version.params, *one.params))  # noqa: S611 - what Django has compiled


def _first(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    return cases.order_by().values("pk")[: FEW + 1]


def _raw(rows: QuerySet[Any, Any]) -> RawSQL:
    return RawSQL(*rows.query.sql_with_params())  # noqa: S611 - what Django has compiled


def words(typed: str) -> tuple[bytes, ...]:
    """Return the words that are looked for by `typed`: letters and digits count, a whole reference is one."""
    known = reference.normalise(typed)
    found = [b"".join(wording.split(known))] if known else wording.split(typed)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def rows(region: Region, looked_for: Sequence[bytes], *, far: bool = False) -> list[RawSQL]:
    """Return for each word its rows, no more than tell whether they are few; to be counted.

    With `far`, no more than tell which of them can be put in order, unless one of them is of few cases. The
    index alone says their cases.
    """
    near = [_raw(_rows(region, word).order_by().values("case")[: FEW + 1]) for word in looked_for]
    return [_further(region, word, near) for word in looked_for] if far else near


def _further(region: Region, word: bytes, near: Sequence[RawSQL]) -> RawSQL:
    """Return the rows of a word, as far as they are put in order if every word has more than `FEW`.

    `near` are the rows of each word that tell whether it has.
    """
    found = _rows(region, word).order_by().values("case")
    whole, of_whole = found.query.sql_with_params()
    many = " AND ".join(f"(SELECT COUNT(*) FROM ({one.sql}) near) > {FEW}" for one in near)  # noqa: S608 - as compiled
    of_many = [value for one in near for value in one.params]
    sql = f"{whole} LIMIT CASE WHEN {many} THEN {COUNTED + 1} ELSE {FEW + 1} END"
    return RawSQL(sql, (*of_whole, *of_many))  # noqa: S611 - what Django has compiled


def sought(
    region: Region, looked_for: tuple[bytes, ...], numbers: Sequence[int], *, listed: int | None = None
) -> Sought:
    """Return what is looked for; `numbers` are those of the `rows` of each word.

    `listed` is how much there is to look in, where that is known: if a word has more cases, none are read
    for their word alone. The one case of a whole reference is read in any event.
    """
    if not looked_for:
        return Sought(region, (), ())
    number, rarest = min(zip(numbers, looked_for, strict=True))
    if number > (FEW if listed is None else min(FEW, max(listed, 1))):
        # Every reference has the letters of the region: asked last, they are asked of what fits anyway.
        common = frozenset(wording.split(region.short_code))
        by_number = dict(zip(looked_for, numbers, strict=True))
        order = sorted(looked_for, key=lambda word: (word in common, by_number[word]))
        counted = FEW + 1 < number <= COUNTED  # else there may be any number of them
        return Sought(region, tuple(order), None, *((rarest, number) if counted else ()))
    others = [word for word in looked_for if word != rarest]
    found = _rows(region, rarest).filter(*_all(others, "case")).values_list("case", flat=True)
    return Sought(region, looked_for, tuple(sorted(set(found))))


def given_rows(region: Region, held: Held) -> list[RawSQL]:
    """Return the tasks ever given to the posts, no more than tell whether they are few; to be counted."""
    posts = posts_of(held)
    return [] if posts is None else [_raw(_ever(region, posts).values("case")[: FEW + 1])]


def of_posts(wanted: Sought, held: Held, numbers: Sequence[int]) -> Sought:
    """Return the same words, looked for only in the cases given to the posts where these are few.

    `numbers` are those of the `given_rows`.
    """
    posts = posts_of(held)
    if wanted.few is not None or posts is None or min(numbers) > FEW:
        return wanted
    given = _ever(wanted.region, posts).values("case")
    found = Case._base_manager.filter(*_all(wanted.words, "pk"), pk__in=given).order_by()
    return replace(wanted, few=tuple(sorted(found.values_list("pk", flat=True))))


def _ever(region: Region, posts: Q) -> QuerySet[Task]:
    found: QuerySet[Task] = Task.objects.filter(posts, region=region).order_by()
    return found


def readable(
    held: Held, wanted: Sought, *, service: str = "", channel: str = "", start: int, stop: int
) -> list[Case]:
    """Return a part of the cases, newest first, that have the words and that the posts `held` open, of
    one service if it is given, and come in one way.

    They were once given a task of each; what they open without one (`openable`) is found by its whole
    reference only. Where many cases have the words, of the region's newest `LOOKED`.
    """
    posts = posts_of(held)
    if posts is None:
        return []
    among = wanted.few if wanted.few is not None else _newest(wanted, posts, service, channel, stop)
    # The ids are of the region. Named once more, it would lead SQLite through all of its cases.
    found: QuerySet[Case] = Case._base_manager.filter(_given(posts, "pk"), pk__in=among)
    if service:
        found = found.filter(version__key=service)
    if channel:
        found = found.filter(channel=channel)
    found = found.select_related("version", "office")
    page = list(found.defer("answers", "officer_answers", "version__document").order_by("-pk")[start:stop])
    for case in page:
        case.region = wanted.region
    return page


def _newest(wanted: Sought, posts: Q, service: str, channel: str, most: int) -> list[int]:
    """Return the newest `most` cases that fit, of the newest `LOOKED`: that have the rarest word, where it
    is known, else of the region.
    """
    if wanted.rarest:
        # In the order of a sum, which no index has: else PostgreSQL goes through the words of all cases, from
        # the newest on, until it has met enough that fit.
        rows = _rows(wanted.region, wanted.rarest).annotate(number=F("case") + 0).distinct()
    else:
        rows = Word.objects.filter(region=wanted.region, word=wording.EVERY).annotate(number=F("case"))
    newest = _raw(rows.order_by("-number").values("number")[:LOOKED])
    kind = {"version__key": service} if service else {}
    kind |= {"channel": channel} if channel else {}
    fits = Case._base_manager.filter(**kind, pk=RawSQL("w.number", ()))
    others = [word for word in wanted.words if word != wanted.rarest]
    fits = fits.filter(*_all(others, "pk"), _given(posts, "pk")).order_by()
    fit = _raw(fits.values("pk")[:1])
    order = still("w.number DESC")
    sql = f"SELECT w.number FROM ({newest.sql}) w WHERE ({fit.sql}) IS NOT NULL {order} LIMIT %s"  # noqa: S608 - as compiled
    with connection.cursor() as cursor:
        cursor.execute(sql, [*newest.params, *fit.params, most])
        return [case for (case,) in cursor.fetchall()]


def _given(posts: Q, case: str) -> Combinable:
    """Return the condition that a task of `case`, of an outer query, was once given to one of the posts."""
    return _one_by_one(Task.objects.filter(posts, case=OuterRef(case)))


def _one_by_one(rows: QuerySet[Any]) -> Combinable:
    """Return the condition that there are such rows, asked of one row of the outer query after the other.

    Told by EXISTS, PostgreSQL may gather all such rows of the region first.
    """
    first = rows.order_by().annotate(found=Value(True)).values("found")[:1]
    return Coalesce(Subquery(first, output_field=BooleanField()), Value(False))


def _rows(region: Region, word: bytes) -> QuerySet[Word]:
    found: QuerySet[Word] = Word.objects.filter(_begins(word), region=region)
    return found


def _all(looked_for: Sequence[bytes], case: str) -> list[Combinable]:
    """Return the conditions on a row of an outer query, of which `case` is the case: it has all the words.

    The outer query names the region; here it would lead SQLite through the word of all cases.
    """
    return [_one_by_one(Word._base_manager.filter(_begins(word), case=OuterRef(case))) for word in looked_for]


def _begins(word: bytes) -> Q:
    return Q(word__gte=word, word__lt=word + b"\xff")  # which is no letter in UTF-8
