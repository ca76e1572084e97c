"""Who may sit at the desk: holders of a desk post in the site's region. Others are led away kindly.

Here, too, is the one door to a single case: whoever is shown it stands in the log of views afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, Protocol
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from runtime.cases import readers
from runtime.cases import selectors as cases
from runtime.cases.readers import Reader
from runtime.cases.selectors import Case
from runtime.look import unsent
from runtime.modules import site
from runtime.regions import leading
from runtime.regions import selectors as regions
from runtime.regions.capacity import ADMINISTRATOR
from runtime.regions.models import Region, User
from runtime.regions.selectors import Capacity
from runtime.viewlog import services as viewlog
from runtime.viewlog.services import Did

P = ParamSpec("P")
CaseDoor = Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]
LEADS_ON = range(300, 400)
_ADMINISTRATORS = {"id": "Pengelola daerah", "en": "Administrator of the region"}
ADMINISTERS = "rakit.administers"
"""Where a request keeps whether its reader manages the region, for the head of every page."""


@dataclass(frozen=True)
class Officer:
    """A person at the desk: who, in which region, and the desk posts they may act for, with for whom.

    `administers` tells whether they manage the region as well.
    """

    user: User
    region: Region
    held: tuple[Capacity, ...]
    administers: bool = False

    @property
    def heads(self) -> bool:
        """Whether they head an office; the database is not asked for it."""
        return bool(leading.own(self.held))

    @cached_property
    def headed(self) -> frozenset[int]:
        """The offices they lead: there they say who does which task. Asked once, of whoever heads one."""
        return leading.headed(self.region, self.held)

    @property
    def offices(self) -> frozenset[int] | None:
        """The offices whose open tasks they give away; none means those of the whole region."""
        return None if self.administers else self.headed

    @property
    def at_counter(self) -> bool:
        """Whether they may file for citizens who come to the office."""
        return any(one.counter for one in self.held)


def officer_of(request: HttpRequest) -> Officer:
    """Return the logged-in person with the desk posts they hold here; perhaps none."""
    region = site.region(request)
    user = request.user
    assert isinstance(user, User)
    every = regions.capacities(region, user)
    officer = Officer(user, region, regions.desk_ones(every), regions.administering(region, user, every))
    request.META[ADMINISTERS] = officer.administers
    return officer


class Door(Protocol):
    """Hands a view the officer who asks, so that it is called with the request alone."""

    def __call__(
        self, view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase], /
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]: ...


def door(may: Callable[[Officer], bool], refusal: str) -> Door:
    """Make a door: strangers log in first, who may not enter reads why not (403), others are handed on."""

    def made(
        view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @unsent.members
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            officer = officer_of(request)
            if not may(officer):
                return render(request, refusal, unsent.held_back(request), status=403)
            return view(request, officer, *args, **kwargs)

        return inner

    return made


NO_POST = "runtime/inbox/no_post.html"
officers = door(lambda one: bool(one.held), NO_POST)
"""Let only holders of a desk post in."""
officers_or_administrators = door(lambda one: bool(one.held or one.administers), NO_POST)
"""Let holders of a desk post and administrators in, who have none."""
administrators = door(lambda one: one.administers, "runtime/inbox/not_administrator.html")
"""Let only administrators of the site's region in."""
heads_or_administrators = door(lambda one: one.administers or one.heads, "runtime/inbox/not_head.html")
"""Let only those in who say who does the tasks of an office, or of the whole region."""
counter_clerks = door(lambda one: one.at_counter, "runtime/inbox/not_at_counter.html")
"""Let only those in who may file for citizens at the counter."""


def opens(officer: Officer, reference: str) -> bool:
    """Tell whether the officer may open the case; nothing of it is shown by that."""
    return cases.case_for_officer(officer.region, officer.user, reference) is not None


def as_left(officer: Officer, case: Case) -> Case:
    """Return a case that a door let the officer in to, as it is this very moment."""
    found = cases.case_for_officer(officer.region, officer.user, case.reference)
    if found is None:  # the post was lost meanwhile
        raise Http404
    return found


def administered(officer: Officer, reference: str) -> Case | None:
    """Return the case if the officer may open it; an administrator may any, where only a part is shown.

    Whoever shows that part calls `looked`.
    """
    case = cases.case_for_officer(officer.region, officer.user, reference)
    if case is None and officer.administers:
        return cases.case_by_reference(officer.region, reference)
    return case


def looked(
    officer: Officer,
    case: Case,
    did: Did,
    *,
    file: UUID | None = None,
    moving: bool = False,
    within: timedelta | None = None,
) -> None:
    """Write into the log of views that the officer is about to be shown the case, or a document of it.

    With `within`, looks at the same thing are one for so long. An administrator without a post that opens
    the case is written down as such.
    """
    reader = readers.reader(case, officer.held)
    if reader is None and officer.administers:
        reader = Reader(Capacity((ADMINISTRATOR, officer.region.pk), dict(_ADMINISTRATORS)), "")
    assert reader is not None, "no post of the officer opens this case"
    viewlog.note(
        case,
        user=officer.user,
        reader=reader,
        did=did,
        now=timezone.now(),
        file=file,
        moving=moving,
        within=within,
    )


def case_readers(
    did: Callable[[HttpRequest, HttpResponseBase], Did] | None = None, *, within: timedelta | None = None
) -> CaseDoor:
    """Hand the case to a view if the officer may open it (else 404), and log that they saw it.

    Every answer with a page about the case counts, also one with mistakes to mend; it is logged before
    anything is sent. `did` says what was seen, when that is not the page; `pk` is the document.
    With `within`, the same look is logged once for so long.
    """

    def door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @officers
        @wraps(view)
        def inner(
            request: HttpRequest, officer: Officer, /, reference: str, **kwargs: Any
        ) -> HttpResponseBase:
            case = cases.case_for_officer(officer.region, officer.user, reference)
            if case is None and request.method == "POST":
                return render(request, "404.html", unsent.held_back(request), status=404)
            if case is None:
                raise Http404
            response = view(request, officer, case, **kwargs)
            if response.status_code not in LEADS_ON and request.method != "HEAD":
                what = did(request, response) if did else Did.VIEWED
                looked(officer, case, what, file=kwargs.get("pk"), within=within)
            return response

        return inner

    return door
