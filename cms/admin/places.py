"""The whole tree of regions and offices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignObjectRel
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from runtime.regions import maps, rules, scope, services
from runtime.regions.models import Region, Role
from runtime.regions.refused import Refused

FIXED = ("key", "kind", "parent", "tenant")  # answers, references and scopes rest on them


class RegionForm(forms.ModelForm[Region]):
    """A region that keeps the rules of `manage.py region add`."""

    class Meta:
        model = Region
        fields = (
            "key",
            "kind",
            "name",
            "parent",
            "host",
            "short_code",
            "code",
            "timezone",
            "theme",
            "contact",
            "map",
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        known = {name: getattr(self.instance, name) for name in ("pk", "key", "kind", "parent", "timezone")}
        names = ("key", "kind", "name", "parent", "host", "short_code", "code", "timezone")
        wanted = Region(**known | {name: given[name] for name in names if name in given})
        try:
            self._keeps_its_site(wanted)
            rules.settle(wanted)
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
            return given
        self.instance.tenant = wanted.tenant
        return given | {name: getattr(wanted, name) for name in names if name in given}

    def clean_map(self) -> Any:
        value = self.cleaned_data["map"] or {}
        maps.usable(value)
        return value

    def _keeps_its_site(self, wanted: Region) -> None:
        before = self.instance
        if before.pk and bool(before.host) != bool(wanted.host):
            raise Refused("site", _("A site cannot be given to a region or taken from it later."), "host")


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin[Region]):
    """Every region and office; one that has anything in it cannot be deleted."""

    form = RegionForm
    list_display = ("name", "key", "kind", "host", "parent", "tenant")
    list_filter = ("kind", ("tenant", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent", "tenant")
    search_fields = ("name", "key", "host", "code")
    autocomplete_fields = ("parent",)

    def get_readonly_fields(self, request: HttpRequest, obj: Region | None = None) -> tuple[str, ...]:
        return FIXED if obj else ()

    def get_fields(self, request: HttpRequest, obj: Region | None = None) -> list[Any]:
        shown = list(RegionForm.Meta.fields)
        return [*shown[:4], "tenant", *shown[4:]] if obj else shown

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def save_model(self, request: HttpRequest, obj: Region, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.host:
            services.add_standing_roles(obj)
            Region.objects.filter(tenant=obj).update(timezone=obj.timezone)

    def has_delete_permission(self, request: HttpRequest, obj: Region | None = None) -> bool:
        return obj is None or not in_use(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Let the roles nobody holds go with their region, though each alone could not be deleted."""
        rows, counts, _missing, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set(), protected

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with scope.everywhere("an empty region is deleted with its standing roles, from any host"):
            return super().delete_view(request, object_id, extra_context)


def in_use(region: Region) -> bool:
    """Tell whether anything but roles nobody holds names `region`."""
    with scope.everywhere("rows of a region are looked for from any host"):
        return any(
            link.related_model._base_manager.filter(**{link.field.name: region}).exists()
            for link in Region._meta.get_fields(include_hidden=True)
            if isinstance(link, ForeignObjectRel) and link.related_model is not Role
        )
