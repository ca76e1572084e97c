"""The region tree, users, roles and memberships.

A *tenant* is a region with a site of its own (a host). Everything a tenant owns carries a `region`
foreign key to it; offices (districts, villages, agencies) are regions below the tenant.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from runtime.regions.scope import ScopedModel


class User(AbstractUser):
    """A person who can log in: a citizen, a clerk, an officer. Rights come from memberships."""

    def get_full_name(self) -> str:
        return super().get_full_name() or self.username


class Region(models.Model):
    """One node of the tree: nation › province › regency or city › district › village; agencies beside."""

    class Kind(models.TextChoices):
        NATION = "nation", _("Country")
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency")
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        VILLAGE = "village", _("Village")
        AGENCY = "agency", _("Agency")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    short_code = models.CharField(_("letters in front of references"), max_length=6, blank=True)
    code = models.CharField(_("official code"), max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    tenant = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        help_text=_("The region whose site this office belongs to; empty for that region itself."),
    )
    host = models.CharField(_("host name"), max_length=255, unique=True, null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta")
    theme = models.JSONField(_("theme"), default=dict, blank=True)
    contact = models.TextField(_("contact"), blank=True)
    map = models.JSONField(
        _("map"),
        default=dict,
        blank=True,
        help_text=_(
            "Empty for none. Otherwise for example "
            '{"tiles": "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "credit": "© OpenStreetMap", '
            '"link": "https://www.openstreetmap.org/copyright", "lat": -6.18, "lon": 106.63, "zoom": 12}.'
        ),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name

    def ancestors(self) -> list[Region]:
        """Return this region and those above it, nearest first, ending with the tenant."""
        top = self.tenant_id or self.pk
        chain: list[Region] = [self]
        while chain[-1].parent is not None and chain[-1].pk != top:
            chain.append(chain[-1].parent)
        return chain


class Role(ScopedModel):
    """What a function is called in a region, e.g. section_head = "Kepala Seksi Pemerintahan"."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="roles")
    key = models.SlugField(_("key"), max_length=40)
    title = models.JSONField(_("title"), default=dict)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="role_once")]

    def __str__(self) -> str:
        title: dict[str, Any] = self.title
        return str(title.get("id") or next(iter(title.values()), self.key))


class Membership(ScopedModel):
    """A user holds a role in an office of a region (or in the region as a whole)."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="memberships")
    office = models.ForeignKey(Region, models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "user", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.office}"
