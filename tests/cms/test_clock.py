"""Wagtail's admin goes by the clock of the region, whatever the installation's and the person's say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from wagtail.users.models import UserProfile

from builder import services
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


class TestClock:
    def test_is_the_regions(self, poso: Region, client_on: ClientOn) -> None:
        person = factories.staff("builder", poso, "perancang-poso")
        with scope.use(poso):
            module = services.create_module(region=poso, title="Izin", user=person)
            module.latest_revision.created_at = NIGHT
            module.latest_revision.save(update_fields=["created_at"])
        client = client_on(poso, person)
        assert "3 Maret 2026, 7.30" in client.get("/admin/").text
        UserProfile.objects.update_or_create(user=person, defaults={"current_time_zone": "Europe/London"})
        assert "3 Maret 2026, 7.30" in client.get("/admin/").text

    def test_takes_the_time_of_a_schedule(self, poso: Region, client_on: ClientOn) -> None:
        person = factories.staff("builder", poso, "perancang-poso")
        with scope.use(poso):
            module = services.create_module(region=poso, title="Izin", user=person)
            written = module.document
        year = timezone.now().year + 1
        client = client_on(poso, person)
        answer = client.post(
            f"/admin/services/edit/{module.pk}/",
            {"document": written, "go_live_at": f"{year}-03-03 07:30", "expire_at": "", "note": ""},
        )
        assert answer.status_code == 302, answer.text
        with scope.use(poso):
            module.refresh_from_db()
            held = module.get_latest_revision_as_object().go_live_at
        assert held == datetime(year, 3, 2, 23, 30, tzinfo=UTC)
