"""The open tasks of a region or of some offices, for who is in charge: by post, by person, since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from runtime.cases import hands
from runtime.cases.hands import Offices, Post
from runtime.cases.selectors import Task
from runtime.inbox import deadline
from runtime.inbox.deadline import Due
from runtime.inbox.rows import step_title
from runtime.modules import selectors as modules
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from schemas.definition import Module

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post with open tasks; `people` attend to it today. Nobody is a problem that has to be seen."""

    role: str
    office: Region
    title: str
    tasks: int
    free: int
    people: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with tasks in hand; `gone` when they hold no role in the region any more."""

    user: User
    tasks: int
    gone: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the first page shows; posts that nobody attends to come first."""

    posts: tuple[Waiting, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One open task. `since` is empty while nobody has it in hand."""

    id: int
    seen: int
    reference: str
    service: str
    step: str
    due: Due | None
    holder: User | None
    since: datetime | None

    @property
    def ticked(self) -> str:
        """What the box of the task sends."""
        return f"{self.id}.{self.seen}"


class PostPage:
    """The open tasks of one post, and who can be given them; of one person's only, with `person`."""

    def __init__(
        self,
        region: Region,
        role: str,
        office: Region,
        query: Mapping[str, str],
        *,
        language: str,
        now: datetime,
        person: User | None = None,
    ) -> None:
        self.region, self.role, self.office, self.person = region, role, office, person
        self.language, self.now = language, now
        found = hands.open_tasks(region).filter(role=role, office=office)
        found = found.filter(claimed_by=person) if person else found
        self.page: Page[Task] = Paginator(found, PER_PAGE).get_page(query.get("page"))
        self.tasks = list(self.page.object_list)

    @cached_property
    def people(self) -> QuerySet[User]:
        """Who attends to the post today."""
        return attending(self.region, self.role, self.office, self.now)

    @cached_property
    def title(self) -> str:
        version = self.tasks[0].case.version_id if self.tasks else 0
        modules_ = modules.definitions(self.region, {version}) if version else {}
        return role_title(modules_.get(version), self.role, self.language)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        versions = modules.definitions(self.region, {task.case.version_id for task in self.tasks})
        since = hands.since(self.tasks)
        return tuple(
            Line(
                id=task.pk,
                seen=task.case.revision,
                reference=task.case.reference,
                service=versions[task.case.version_id].title.say(self.language),
                step=step_title(versions[task.case.version_id], task, self.language),
                due=deadline.due(task.due_at, now=self.now, region=self.region),
                holder=task.claimed_by,
                since=since.get(task.pk),
            )
            for task in self.tasks
        )

    @property
    def before(self) -> str:
        return f"?page={self.page.number - 1}" if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return f"?page={self.page.number + 1}" if self.page.has_next() else ""


def overview(region: Region, among: Offices, *, language: str, now: datetime) -> Overview:
    """Return what waits for which post, and who has how much in hand; `among` limits it to some offices."""
    loads = hands.loads(region, among)
    offices = {office.pk: office for office in regions.workplaces(region)}
    versions = modules.definitions(region, {load.version for load in loads})
    posts = [
        Waiting(
            role=load.post[0],
            office=offices[load.post[1]],
            title=role_title(versions[load.version], load.post[0], language),
            tasks=load.tasks,
            free=load.free,
            people=len(attending(region, load.post[0], offices[load.post[1]], now)),
        )
        for load in loads
        if load.post[1] in offices
    ]
    posts.sort(key=lambda one: (one.people > 0, one.office.name, one.title))
    return Overview(tuple(posts), tuple(_holders(region, among)))


def attending(region: Region, role: str, office: Region, now: datetime) -> QuerySet[User]:
    """Return who attends to a post today, stand-ins too."""
    ids = regions.holders(region, role, [office.pk], on=now)
    return User.objects.filter(pk__in=ids).order_by("first_name", "last_name", "pk")


def posts_of(region: Region, among: Offices, person: User) -> Iterable[Post]:
    """Return the posts of the open tasks that `person` has in hand, `among` some offices only if given."""
    rows = hands.open_tasks(region, among).select_related(None).filter(claimed_by=person).order_by()
    return sorted(set(rows.values_list("role", "office")))


def role_title(module: Module | None, key: str, language: str) -> str:
    """Return what a service calls the role."""
    roles = module.workflow.roles if module else ()
    return next((role.title.say(language) for role in roles if role.key == key), key)


def _holders(region: Region, among: Offices) -> Iterable[Holder]:
    counts = hands.in_hand(region, among)
    present = set(regions.all_posts(region).filter(user__in=counts).values_list("user", flat=True))
    people = User.objects.filter(pk__in=counts).order_by("first_name", "last_name", "pk")
    return (Holder(u, counts[u.pk], u.pk not in present or not u.is_active) for u in people)
