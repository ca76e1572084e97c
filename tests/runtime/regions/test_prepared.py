"""Queries that are compiled once: the same rows as the ORM's, and the same wall between regions."""

from __future__ import annotations

import pytest
from django.db import models
from django_scopes.exceptions import ScopeError

from cms.middleware import BY_HOST
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Membership, Region
from runtime.regions.prepared import Prepared, PreparedValues
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(tangerang: Region) -> Draft:
    """An application with an answer, begun at the city."""
    version = factories.installed(tangerang).version
    with scope.use(tangerang):
        draft: Draft = Draft.objects.create(
            region=tangerang, version=version, token="rahasia", submit_key="kunci",
            answers={"nama": "Siti & <Ani>"}, started_at="2026-11-25T08:00:00Z",
            saved_at="2026-11-25T08:00:00Z", expires_at="2026-12-02T08:00:00Z",
        )  # fmt: skip
        draft.refresh_from_db()
    return draft


def columns(row: models.Model) -> dict[str, object]:
    """Return what was fetched of a row."""
    deferred = row.get_deferred_fields()
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in deferred}


class TestPrepared:
    def test_finds_the_row_that_the_orm_finds(self, tangerang: Region, draft: Draft) -> None:
        with scope.use(tangerang):
            found = drafts.BY_TOKEN.first(region=tangerang, token="rahasia")
            assert found is not None
            assert columns(found) == columns(Draft.objects.get(token="rahasia"))

    def test_asks_again_with_other_values(self, tangerang: Region, poso: Region) -> None:
        for region in (tangerang, poso, tangerang):
            found = BY_HOST.first(host=region.host)
            assert found is not None
            assert columns(found) == columns(Region.objects.get(pk=region.pk))
        assert BY_HOST.first(host="entah.localhost") is None

    def test_lets_a_found_row_be_saved(self, tangerang: Region, draft: Draft) -> None:
        with scope.use(tangerang):
            found = drafts.BY_TOKEN.first(region=tangerang, token="rahasia")
            assert found is not None
            found.answers = {"nama": "Budi"}
            found.save(update_fields=["answers"])
            assert Draft.objects.get().answers == {"nama": "Budi"}

    def test_fetches_what_was_left_out_when_somebody_reads_it(self, tangerang: Region, draft: Draft) -> None:
        with scope.use(tangerang):
            found = modules.head(tangerang, draft.version_id)
            assert found is not None
            assert "document" in found.get_deferred_fields()
            assert found.document == ModuleVersion.objects.get().document

    def test_finds_nothing_of_another_region(self, tangerang: Region, poso: Region, draft: Draft) -> None:
        with scope.use(poso):
            assert drafts.BY_TOKEN.first(region=poso, token="rahasia") is None
            assert drafts.BY_TOKEN.first(region=tangerang, token="rahasia") is None

    def test_raises_outside_a_scope(self, tangerang: Region, draft: Draft) -> None:
        with pytest.raises(ScopeError):
            drafts.BY_TOKEN.first(region=tangerang, token="rahasia")

    def test_raises_when_rows_of_a_tenant_are_asked_for_without_their_region(self, tangerang: Region) -> None:
        anybody = Prepared(lambda late: Draft.objects.filter(token=late("token")))
        with scope.use(tangerang), pytest.raises(TypeError):
            anybody.first(token="rahasia")


class TestPreparedValues:
    ROLES: PreparedValues[Membership] = PreparedValues(
        lambda late: (
            Membership.objects.filter(region=late("region"), user=late("user"))
            .order_by("role__key")
            .values_list("role__key", "role__title", "office__name")
        )
    )

    def test_gives_what_the_orm_gives_of_related_rows(self, tangerang: Region) -> None:
        user = factories.staff("clerk", tangerang, "loket")
        factories.member(user, "archivist", tangerang)
        with scope.use(tangerang):
            rows = Membership.objects.filter(user=user).order_by("role__key")
            wanted = list(rows.values_list("role__key", "role__title", "office__name"))
            assert self.ROLES.all(region=tangerang, user=user.pk) == wanted
        assert [key for key, _title, _office in wanted] == ["archivist", "clerk"]

    def test_finds_nothing_of_another_region(self, tangerang: Region, poso: Region) -> None:
        user = factories.staff("clerk", tangerang, "loket")
        with scope.use(poso):
            assert self.ROLES.all(region=poso, user=user.pk) == []
            assert self.ROLES.all(region=tangerang, user=user.pk) == []
