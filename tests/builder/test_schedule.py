"""Scheduled publishing: said on the tab, carried out by the clock, and never held up by another service."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from builder import services
from builder.models import Module, ModuleLogEntry, Release
from cms import beats
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.conftest import broken, document, text
from tests.builder.test_views import url


def scheduled(module: Module, user: User | None, at: datetime) -> Revision:
    """Publish the newest draft at a time to come."""
    draft = module.get_latest_revision_as_object()
    draft.go_live_at = at
    revision = draft.save_revision(user=user, clean=False)
    assert services.publish(module=draft, revision=revision, user=user, now=timezone.now()) is None
    revision.refresh_from_db()
    return revision


def due(revision: Revision) -> None:
    """Let the time have come."""
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()


@pytest.fixture
def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


class TestTab:
    def test_says_when_and_how_to_cancel(self, client_on, module: Module, clerk: User, tomorrow: datetime):
        client = client_on(module.region, clerk)
        assert "dijadwalkan" not in client.get(url("edit", module.pk)).text.partition("b-pane-publish")[2]
        with scope.use(module.region):
            revision = scheduled(module, clerk, tomorrow)
        shown = client.get(url("edit", module.pk)).text
        assert "Satu versi sudah dijadwalkan" in shown
        cancel = url("revisions_unschedule", module.pk, revision.pk)
        assert cancel in shown
        client.post(cancel)
        assert "Satu versi sudah dijadwalkan" not in client.get(url("edit", module.pk)).text


class TestClock:
    def test_publishes_what_is_due(self, module: Module, clerk: User, tomorrow: datetime):
        with scope.use(module.region):
            due(scheduled(module, clerk, tomorrow))
        beats.publish_scheduled(timezone.now())
        with scope.use(module.region):
            assert Release.objects.get().published_by == clerk

    def test_takes_off_what_has_an_error_by_now_and_publishes_the_rest(
        self, module: Module, clerk: User, stranger: User, poso: Region, tomorrow: datetime
    ):
        with scope.use(module.region):
            wrong = scheduled(module, clerk, tomorrow)
            wrong.content["document"] = text(broken())
            due(wrong)
        with scope.use(poso):
            other = services.create_module(region=poso, title="Izin Keramaian", user=stranger)
            services.save_document(module=other, document=text(document(key=other.key)), user=stranger)
            due(scheduled(other, stranger, tomorrow))
        call_command("publish_scheduled")
        with scope.use(module.region):
            assert not Release.objects.exists()
            assert ModuleLogEntry.objects.filter(action="wagtail.schedule.cancel").exists()
        with scope.use(poso):
            assert Release.objects.count() == 1
