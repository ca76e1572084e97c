"""Accounts, and the roles and posts of the host's region."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.operators import Own
from runtime.modules import site
from runtime.regions import appointing, rules, selectors
from runtime.regions.models import Membership, Role, User

admin.site.unregister(Group)  # rights come from posts, never from groups


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Accounts of every region. They are switched off, never deleted: history names them."""

    list_display = ("username", "get_full_name", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("Rights"), {"fields": ("is_active", "is_superuser")}),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoleForm(forms.ModelForm[Role]):
    """A role with its title in two languages."""

    title_id = forms.CharField(label=gettext_lazy("Title in Indonesian"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=120, required=False)

    class Meta:
        model = Role
        fields = ("key",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("id", "en"):
            self.fields[f"title_{language}"].initial = self.instance.title.get(language, "")

    def clean_key(self) -> str:
        """Return the key, if no other role of the region has it."""
        key: str = self.cleaned_data["key"]
        if Role.objects.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This region already has a role with this key."))
        return key

    def save(self, commit: bool = True) -> Role:
        given = {language: self.cleaned_data[f"title_{language}"] for language in ("id", "en")}
        kept = {**self.instance.title, **given}
        self.instance.title = {language: words for language, words in kept.items() if words}
        saved: Role = super().save(commit)
        return saved


@admin.register(Role)
class RoleAdmin(Own):
    """Roles of the host's region."""

    form = RoleForm
    fields = ("key", "title_id", "title_en")
    list_display = ("key", "__str__")
    search_fields = ("key",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or (obj.key not in rules.STANDING and not obj.memberships.exists())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


class MembershipForm(forms.ModelForm[Membership]):
    """A post; what the region's own pages refuse is refused here too."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        role, office = given.get("role"), given.get("office")
        if role and office and role.key in rules.STANDING and office.tenant_id:
            self.add_error("office", _("This role is held for the whole region: choose the region itself."))
        return given


@admin.register(Membership)
class MembershipAdmin(Own):
    """Posts of the host's region."""

    form = MembershipForm
    fields = ("user", "role", "office")
    list_display = ("user", "role", "office")
    list_filter = (("role", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("user", "role", "office")
    search_fields = ("user__username", "user__first_name", "user__last_name", "office__name")
    autocomplete_fields = ("user",)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        appointing.end_with_post(post=obj, by=cast(User, request.user), now=timezone.now())
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for post in queryset:
            self.delete_model(request, post)

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: Any, **kwargs: Any) -> Any:
        if db_field.name == "office":
            kwargs["queryset"] = selectors.workplaces(site.region(request))
        if db_field.name == "role":
            kwargs["queryset"] = selectors.roles(site.region(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
