"""What the rows themselves refuse: another region's eyes, a changed release."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes.exceptions import ScopeError

from builder import services
from builder.models import Module, Release, ReleaseIsFixed
from runtime.regions import scope
from runtime.regions.models import Region, User


class TestModule:
    def test_cannot_be_queried_outside_a_region(self, module: Module):
        for manager in (Module.objects, Module._default_manager, Release.objects):
            with pytest.raises(ScopeError):
                manager.count()

    def test_is_seen_in_its_own_region_only(self, module: Module, poso: Region):
        with scope.use(poso):
            assert not Module.objects.exists()

    def test_has_a_key_once_per_region(self, module: Module, poso: Region, clerk: User):
        with scope.use(module.region), pytest.raises(IntegrityError), transaction.atomic():
            Module.objects.create(region=module.region, key=module.key, title="x", document="{}")
        with scope.use(poso):
            assert services.create_module(region=poso, title="Izin", user=clerk).key == module.key

    def test_takes_neither_region_nor_key_from_a_revision(
        self, module: Module, in_tangerang: Region, poso: Region
    ):
        revision = module.get_latest_revision()
        revision.content |= {"region": poso.pk, "key": "other"}
        revision.save()
        again = revision.as_object()
        assert (again.region_id, again.key) == (in_tangerang.pk, "izin")


class TestRelease:
    @pytest.fixture
    def release(self, module: Module, in_tangerang: Region, clerk: User) -> Release:
        made = services.publish(module=module, user=clerk, now=timezone.now())
        assert made is not None
        return made

    def test_is_never_changed(self, release: Release):
        release.note = "other"
        with pytest.raises(ReleaseIsFixed):
            release.save()
        with pytest.raises(ReleaseIsFixed):
            Release.objects.update(note="other")

    def test_is_never_deleted(self, release: Release):
        with pytest.raises(ReleaseIsFixed):
            release.delete()
        with pytest.raises(ReleaseIsFixed):
            Release.objects.all().delete()

    def test_keeps_its_module_from_being_deleted(self, release: Release, module: Module):
        with pytest.raises((IntegrityError, ReleaseIsFixed, Exception)) as caught:
            Module.objects.get(pk=module.pk).delete()
        assert "Protected" in type(caught.value).__name__ or isinstance(caught.value, ReleaseIsFixed)
