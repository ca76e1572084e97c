"""The housekeeping that nobody has to remember."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.utils import timezone

from builder import services
from cms import beats
from runtime.cases import services as cases
from runtime.effects import heartbeat
from runtime.effects.runner import Runner
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from tests import factories
from tests.builder.conftest import document
from tests.runtime import permit


@pytest.fixture
def alone() -> Iterator[None]:
    """No beat but the test's own."""
    kept = dict(heartbeat._beats)
    heartbeat._beats.clear()
    yield
    heartbeat._beats.clear()
    heartbeat._beats.update(kept)


class TestHeartbeat:
    @pytest.mark.usefixtures("alone")
    def test_calls_a_slow_beat_once_in_its_time(self):
        calls: list[datetime] = []
        heartbeat.register("slow", lambda now: calls.append(now) or 1, every=timedelta(minutes=1))
        now = timezone.now()
        done = [heartbeat.all_beats(now + timedelta(seconds=seconds)) for seconds in (0, 5, 59, 61)]
        assert done == [1, 0, 0, 1]

    @pytest.mark.usefixtures("alone")
    def test_does_not_wait_for_ever_after_the_clock_was_set_back(self):
        heartbeat.register("slow", lambda now: 1, every=timedelta(hours=24))
        now = timezone.now()
        assert [heartbeat.all_beats(now), heartbeat.all_beats(now - timedelta(days=2))] == [1, 1]

    @pytest.mark.usefixtures("alone", "db")
    def test_goes_on_after_a_beat_that_fails(self, caplog: pytest.LogCaptureFixture):
        def broken(now: datetime) -> int:
            raise ValueError("no")

        heartbeat.register("broken", broken)
        heartbeat.register("sound", lambda now: 1)
        assert heartbeat.all_beats(timezone.now()) == 1
        assert "“broken” failed" in caplog.text

    @pytest.mark.usefixtures("alone", "db")
    def test_does_not_call_the_others_without_a_database(self, monkeypatch: pytest.MonkeyPatch):
        def away(*_given: object) -> None:
            raise OperationalError("away")

        calls: list[datetime] = []
        heartbeat.register("broken", away)
        heartbeat.register("sound", lambda now: calls.append(now) or 1)
        with monkeypatch.context() as without, pytest.raises(OperationalError):
            without.setattr(connection, "ensure_connection", away)
            heartbeat.all_beats(timezone.now())
        assert calls == []


@pytest.mark.django_db(transaction=True)
class TestTheRunner:
    def test_publishes_on_schedule(self, tangerang: Region):
        with scope.use(tangerang):
            module = services.create_module(region=tangerang, title="Izin Keramaian", user=None)
            module.document = services.digests.pretty(document(key=module.key))
            revision = module.save_revision(clean=False)
            revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
            revision.save()
        for registered in heartbeat._beats.values():
            registered.last = None
        Runner(beat_every=0).once()
        with scope.use(tangerang):
            assert Installation.objects.get().state == Installation.State.OPEN

    def test_deletes_files_of_abandoned_drafts(self, tangerang: Region):
        now = timezone.now()
        with scope.use(tangerang):
            cases.store_upload(
                region=tangerang,
                draft_token="lama",
                field="ktp",
                name="ktp.jpg",
                type="image/jpeg",
                content=ContentFile(b"x"),
                sha256="0" * 64,
                now=now - timedelta(days=60),
            )
        assert beats.reconcile_files(now) == 1

    def test_keeps_files_of_a_draft_that_is_still_filled_in(self, tangerang: Region):
        began, version = timezone.now() - timedelta(days=60), factories.installed(tangerang, permit.as_text())
        with scope.use(tangerang):
            draft = drafts.start(
                region=tangerang, version=version.version, language="id", owner=None, now=began
            )
            Draft.objects.update(expires_at=began + timedelta(days=70))
            kept = cases.store_upload(
                region=tangerang,
                draft_token=draft.token,
                field="paper",
                name="ktp.pdf",
                type="application/pdf",
                content=ContentFile(b"x"),
                sha256="0" * 64,
                now=began,
            )
        assert beats.reconcile_files(timezone.now()) == 0
        with scope.use(tangerang):
            assert default_storage.exists(kept.file.name)
            Draft.objects.all().delete()
        assert beats.reconcile_files(timezone.now()) == 1
