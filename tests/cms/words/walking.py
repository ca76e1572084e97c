"""The way through every screen of the staff: the matrix's addresses, and those of other packages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from runtime.regions.models import User
from tests.cms.access.routes import all_routes
from tests.cms.access.rows import ROWS
from tests.cms.access.world import ACTORS, World
from tests.cms.words import reading

# Django's admin is no screen of the staff: it is for repairs by whoever runs the installation.
STAFF = ("root", "administrator", "clerk", "head", "counter", "agency")
# Addresses that do not show a screen: pictures, data for scripts, files.
HTML = "text/html"
JSON = "application/json"
FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post", re.IGNORECASE)
BULK = {
    ("wagtailcore", "page"): ("delete", "move", "publish", "unpublish"),
    ("regions", "user"): ("delete", "assign_role", "set_active_state"),
    ("builder", "module"): ("delete",),
}


@dataclass(slots=True)
class Furniture:
    """What stands in Wagtail's rooms, by the names that addresses give it."""

    page: Page
    parent: Page
    collection: Collection
    group: Group
    site: Site
    workflow: Workflow
    task: GroupApprovalTask
    values: dict[str, str] = field(default_factory=dict)


def furnish(world: World) -> Furniture:
    """Put something in each of Wagtail's rooms; a page waits for moderation, and all read Indonesian."""
    for username in filter(None, ACTORS.values()):
        user = User.objects.get(username=username)
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "id"})
    root = User.objects.get(username="admin")
    parent = Page.objects.get(depth=1)
    page = parent.add_child(instance=Page(title="Beranda", slug="beranda-daerah", owner=root))
    for title in ("Beranda daerah", "Beranda warga"):
        page.title = title
        page.save_revision(user=root, log_action=True)
    group = Group.objects.create(name="Peninjau")
    group.user_set.add(root)  # type: ignore[attr-defined]
    task = GroupApprovalTask.objects.create(name="Tinjauan kepala bagian")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Tinjauan layanan")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    _moderate(page, workflow, User.objects.get(username=ACTORS["clerk"]), root)
    return Furniture(
        page=page,
        parent=parent,
        collection=Collection.get_first_root_node().add_child(name="Surat"),
        group=group,
        site=Site.objects.create(hostname="contoh.localhost", root_page=page, site_name="Contoh"),
        workflow=workflow,
        task=task,
    )


def _moderate(page: Page, workflow: Workflow, writer: User, reviewer: User) -> None:
    """Send a page through moderation: sent back once, sent again, waiting now."""
    state = workflow.start(page, writer)
    state.current_task_state.reject(user=reviewer, comment="Lengkapi dahulu.")
    state.refresh_from_db()
    page.save_revision(user=writer)
    state.resume(writer)


def values(made: Furniture, pattern: str) -> dict[str, str]:
    """Return what fills the parts of one of Wagtail's or Django's addresses."""
    revision, state = made.page.latest_revision, made.page.current_workflow_state
    rooms = {
        "users": made.group.user_set.first(),
        "groups": made.group, "sites": made.site, "collections": made.collection,
        "workflows": made.task if "/tasks/" in pattern else made.workflow,
    }  # fmt: skip
    room = next((thing for name, thing in rooms.items() if f"admin/{name}/" in pattern), made.page)
    return {
        **dict.fromkeys(("page_id", "page_pk", "parent_page_id", "page_to_move_id"), str(made.page.pk)),
        **dict.fromkeys(("content_type_app_name", "app_label", "app_name"), "wagtailcore"),
        "content_type_model_name": "page",
        "model_name": "groupapprovaltask" if "/tasks/" in pattern else "page",
        "destination_id": str(made.parent.pk),
        "pk": str(room.pk),
        "revision_id": str(revision.pk),
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "workflow_state_id": str(state.pk if state else 0),
        "collection_id": str(made.collection.pk),
        "task_id": str(made.task.pk),
        "workflow_pk": str(made.workflow.pk),
        "id": str(made.group.user_set.first().pk),
        "filter_spec": "original",
        "uidb64": "MQ",
        "token": "set-password",
        "uidb36": "1",
        "key": "set-password",
    }


def filled(pattern: str, given: dict[str, str]) -> str | None:
    """Return the address that a pattern and the parts given make, or nothing if a part is not given."""
    plain = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", pattern)
    parts = re.findall(r"<(?:\w+:)?(\w+)>", plain)
    if not set(parts) <= set(given):
        return None
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: given[part[1]], plain)
    return "/" + path.replace("^", "").replace("\\", "").rstrip("$")


def of_the_matrix(world: World, actor: str) -> list[str]:
    """Return the addresses of our own that an actor may open."""
    patterns = [pattern for pattern, row in ROWS.items() if row.get[actor] == 200]
    return [world.path(pattern) for pattern in patterns if not pattern.startswith("api/")]


def of_others(world: World, made: Furniture) -> list[str]:
    """Return the addresses of Wagtail, Django's admin and allauth, with every list in its states."""
    patterns = [route.pattern for route in all_routes() if not route.own and route.pattern not in ROWS]
    patterns = [pattern for pattern in patterns if not pattern.startswith(("admin/api/", "django-admin/"))]
    found = {filled(pattern, values(made, pattern)) for pattern in patterns} - {None}
    searches = {f"{path}?q=zzzz" for path in found if path and path.endswith(("/results/", "/search/"))}
    return sorted(path for path in {*found, *searches, *_bulk(world, made)} if path)


def _bulk(world: World, made: Furniture) -> Iterator[str]:
    """Yield the addresses of what may be done with several things, for one of each kind."""
    stranger = User.objects.get(username=ACTORS["stranger"])
    things = (made.page.pk, stranger.pk, world.module)
    for ((app, model), actions), pk in zip(BULK.items(), things, strict=True):
        yield from (f"/admin/bulk/{app}/{model}/{action}/?id={pk}" for action in actions)


@dataclass(slots=True)
class Walk:
    """What somebody read on the way: texts, and the screens they stood on."""

    read: dict[str, str] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)

    def take(self, client: Client, path: str) -> None:
        """Open a page, and send the form on it without anything filled in; nothing is kept of either."""
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = client.get(path)
            if self._reads(path, answer) and FORM.search(answer.content.decode()):
                self._reads(f"{path} (sent empty)", client.post(path, {}, follow=True))
            transaction.set_rollback(True)
        client.cookies = cookies

    def _reads(self, path: str, answer: HttpResponse) -> bool:
        kind = answer.get("Content-Type", "")
        if answer.streaming or not kind.startswith((HTML, JSON)) or answer.status_code in {301, 302}:
            return False
        content = answer.content.decode()
        texts = reading.of_html(content) if kind.startswith(HTML) else _of_answer(json.loads(content))
        for text in texts:
            self.read.setdefault(text, path)
        self.opened.append(path)
        return kind.startswith(HTML) or '"html"' in content


def _of_answer(value: Any) -> Iterator[str]:
    """Return what a dialog says that comes as data for a script."""
    return reading.of_json(value)
