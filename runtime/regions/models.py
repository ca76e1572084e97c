"""The region tree, users, roles, memberships and who stands in for a post.

A *tenant* is a region with a site of its own (a host). Everything a tenant owns carries a `region`
foreign key to it; offices (districts, villages, agencies) are regions below the tenant.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runtime.regions.scope import ScopedModel


class User(AbstractUser):
    """A person who can log in: a citizen, a clerk, an officer. Rights come from memberships.

    `nip` is the number of a civil servant in 18 digits, `rank` their rank and grade, such as
    “Penata Tk. I, III/d”: both stand below the letters they sign.
    """

    nip = models.CharField(_("number as a civil servant (NIP)"), max_length=18, blank=True)
    rank = models.CharField(_("rank and grade"), max_length=60, blank=True)

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
    calendar_mark = models.CharField(_("mark of its calendars"), max_length=32, blank=True, editable=False)
    deadlines_mark = models.CharField(
        _("mark of the calendars its deadlines were counted by"), max_length=32, blank=True, editable=False
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
    counter = models.BooleanField(_("files for citizens at the counter"), default=False)
    heads = models.BooleanField(_("heads the office it is held in"), default=False)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="role_once")]

    def __str__(self) -> str:
        title: dict[str, Any] = self.title
        return str(title.get("id") or next(iter(title.values()), self.key))


class Membership(ScopedModel):
    """A user holds a role in an office of a region (or in the region as a whole).

    `given_at` is unknown of posts that were given before it was kept.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="memberships")
    office = models.ForeignKey(Region, models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    given_at = models.DateTimeField(_("given at"), null=True, default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "user", "role"], name="membership_once")]
        indexes = [models.Index(fields=["region", "user"], name="membership_of_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.office}"


class Substitution(ScopedModel):
    """Somebody stands in for a post from one day to another, both included, in the region's zone.

    A row beside the post, never a post of its own: it ends by itself and says for whom (ADR 0022).
    A Plh. stands in for the officer who is away (`principal`), a Plt. holds a vacant post. `through` is
    the substitution whose substitute is replaced here, in turn. Written by `appointing` alone; never
    deleted, `ended_at` ends it early.
    """

    class Kind(models.TextChoices):
        PLT = "plt", _("Plt. (the post is vacant)")
        PLH = "plh", _("Plh. (the officer is away)")

    region = models.ForeignKey(Region, models.CASCADE, related_name="substitutions")
    office = models.ForeignKey(Region, models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices)
    principal = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    substitute = models.ForeignKey(User, models.PROTECT, related_name="+")
    through = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    modules = models.TextField(
        _("services"),
        blank=True,
        help_text=_("Keys of the services it is limited to, a comma before and after each; empty for all."),
    )
    basis = models.CharField(_("number of the decree or order"), max_length=200)
    appointed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    appointed_at = models.DateTimeField(_("appointed at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["from_on", "pk"]
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="substitution_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="plt", principal__isnull=True)
                | models.Q(kind="plh", principal__isnull=False, until_on__isnull=False),
                name="substitution_for_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(principal__isnull=True) | ~models.Q(principal=models.F("substitute")),
                name="substitution_of_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "substitute"],
                condition=models.Q(ended_at__isnull=True),
                name="substitution_of_person",
            ),
            models.Index(
                fields=["region", "office", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="substitution_of_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} · {self.office} · {self.substitute}"

    @property
    def module_keys(self) -> tuple[str, ...]:
        """The services it is limited to; none means every service."""
        return tuple(key for key in self.modules.split(",") if key)


class SubstitutionRules(ScopedModel):
    """What a region decided about stand-ins, in place of `substitution_defaults.json`."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="+")
    plt_months = models.PositiveSmallIntegerField(
        _("longest time of a Plt. in months"), null=True, blank=True
    )
    plt_source = models.CharField(_("source of this limit"), max_length=200, blank=True)
    plh_months = models.PositiveSmallIntegerField(
        _("longest time of a Plh. in months"), null=True, blank=True
    )
    plh_source = models.CharField(_("source of this limit"), max_length=200, blank=True)
    officers_appoint = models.BooleanField(_("officers may appoint their own Plh."), default=False)

    def __str__(self) -> str:
        return f"{self.region}"


class CalendarDay(ScopedModel):
    """A day on which an office works otherwise than in an ordinary week; offices below it follow.

    `seeded` days were copied from the national list. One that was taken away by hand stays as
    `removed`, so that copying again does not bring it back; `edited` ones are not touched either.
    Only `calendars` writes.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National holiday")
        LEAVE = "leave", _("Collective leave")
        LOCAL = "local", _("Local holiday")
        WORKING = "working", _("Extra working day")

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    office = models.ForeignKey(Region, models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("decided by"), max_length=200, blank=True)
    tentative = models.BooleanField(_("estimate"), default=False)
    seeded = models.BooleanField(_("from the national list"), default=False)
    edited = models.BooleanField(_("changed by hand"), default=False)
    removed = models.BooleanField(_("taken away"), default=False)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="calendar_day_once")]
        indexes = [models.Index(fields=["region", "day"], name="calendar_days")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class WorkingHours(ScopedModel):
    """When an office is open: in an ordinary week, or from `first_on` to `last_on`, as in Ramadan.

    `week` is what `worktime.week_as_json` writes. Only `calendars` writes.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    office = models.ForeignKey(Region, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    source = models.CharField(_("decided by"), max_length=200, blank=True)
    first_on = models.DateField(_("first day"), null=True, blank=True)
    last_on = models.DateField(_("last day"), null=True, blank=True)
    week = models.JSONField(_("opening hours"))

    class Meta:
        ordering = ["first_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=models.Q(first_on__isnull=True), name="usual_hours_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first_on__isnull=True, last_on__isnull=True)
                | models.Q(last_on__gte=models.F("first_on")),
                name="working_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "usual hours"
