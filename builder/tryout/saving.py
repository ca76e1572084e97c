"""A test run becomes a story of the draft: one click, one revision, never over what somebody is writing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession

from builder import keys, services
from builder.models import Module
from builder.tryout.runs import Run
from runtime import preview
from runtime.regions.models import User
from runtime.tryout import recording
from runtime.tryout.trial import Trial
from schemas import digest as digests
from schemas import parse

MOST_STORIES = 30
WRITING = timedelta(seconds=30)
"""So long ago an editor with something unsaved was last heard of; it is heard of every few seconds."""


class NotSaved(Exception):
    """Why the run was not saved, in a sentence."""


@transaction.atomic
def save(*, module: Module, run: Run, trial: Trial, name: str, user: User) -> None:
    """Add the run to the stories of the draft under `name`; raises `NotSaved`."""
    row: Module = Module.objects.select_for_update().get(pk=module.pk)
    draft: Module = row.get_latest_revision_as_object()
    if digests.of_text(draft.document) != run.digest:
        raise NotSaved(_("The draft was changed meanwhile. Take the same steps again, then save the story."))
    try:
        services.must_be_open(draft, user)
    except services.Locked:
        words = _("The service is locked, so the story was not saved. Ask whoever locked it.")
        raise NotSaved(words) from None
    if _is_written(module):
        raise NotSaved(
            _(
                "Somebody is changing this service in the editor right now, maybe you in another window. "
                "Wait until it is saved there, then take the same steps again."
            )
        )
    value = services.read_draft(draft.document)
    stories = value.setdefault("stories", [])
    if len(stories) >= MOST_STORIES:
        raise NotSaved(_("A service has at most 30 stories. Remove one on the tab “Publish” first."))
    taken = {story["key"] for story in stories}
    key = keys.free(keys.question_key(name), taken)
    stories.append({"key": key, "title": _titled(value, name), **recording.recorded(trial)})
    document = digests.pretty(value)
    _judged(document, draft)
    services.save_document(module=draft, document=document, user=user)
    run.digest = digests.of_text(document)


def _judged(document: str, draft: Module) -> None:
    """Raise `NotSaved` unless the story can be told and comes out."""
    checked, language = parse.check(document), (get_language() or "id")[:2]
    if checked.module is None:
        wrong = services.errors(checked.problems)[0]
        raise NotSaved(
            _("This run cannot be told as a story: {why}").replace("{why}", wrong.sentence(language))
        )
    told = preview.stories(checked.module, region=draft.region)[-1]
    if not told.came_out:
        why = " ".join(problem.sentence(language) for problem in told.problems)
        raise NotSaved(_("This run cannot be told as a story: {why}").replace("{why}", why))


def _titled(value: dict[str, Any], name: str) -> dict[str, str]:
    """Return the name in every language in which the service has a title."""
    return dict.fromkeys(value["title"], name)


def _is_written(module: Module) -> bool:
    """Say whether an editor of the service holds something that is not saved yet."""
    kind = ContentType.objects.get_for_model(Module)
    heard = EditingSession.objects.filter(content_type=kind, object_id=str(module.pk), is_editing=True)
    return bool(heard.filter(last_seen_at__gte=timezone.now() - WRITING).exists())
