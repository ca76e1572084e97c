"""Two things: what somebody wishes of notices in a region, and the news kept for an officer's next mail.

Neither holds an answer of a case. Cases stand above, so they are named by number.
"""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from runtime.regions.models import Region, User
from runtime.regions.scope import ScopedModel

MORNING = time(7, 0)


class Rhythm(models.TextChoices):
    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day, in one e-mail")
    NONE = "none", _("Not at all")


class Channel(models.TextChoices):
    MAIL = "mail", _("By e-mail")
    SMS = "sms", _("By SMS")
    WHATSAPP = "whatsapp", _("By WhatsApp")


class Wish(ScopedModel):
    """How one person wants to be told by one region.

    Of an officer: `rhythm`, the hour `at`, and whether the mails that services send them are gathered as
    well. Of a citizen: `channel`, `number`, and whether a mail follows when that way fails. Of both: the
    quiet hours and the language, "" for that of the application. Hours are those of the region's clock.
    `next_at` is when the officer's news are looked at next; what opened before `since` is none.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    rhythm = models.CharField(_("how often"), max_length=5, choices=Rhythm.choices, default=Rhythm.DAILY)
    at = models.TimeField(_("at what time"), default=MORNING)
    gather = models.BooleanField(_("with the mails of services"), default=False)
    channel = models.CharField(_("by which way"), max_length=8, choices=Channel.choices, default=Channel.MAIL)
    number = models.CharField(_("telephone number"), max_length=20, blank=True)
    fallback = models.BooleanField(_("else by e-mail"), default=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    since = models.DateTimeField(_("since"), db_default=Now())
    next_at = models.DateTimeField(_("looked at next"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("wish for notices")
        verbose_name_plural = _("wishes for notices")
        constraints = [
            models.UniqueConstraint(fields=["region", "user"], name="wish_once"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="wish_quiet_both",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(next_at__isnull=False), name="wish_looked_at"
            ),
            models.Index(fields=["rhythm", "next_at"], name="wish_by_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"

    @property
    def gathers(self) -> bool:
        """Whether mails of services wait for the daily one."""
        return self.rhythm == Rhythm.DAILY and self.gather


class News(ScopedModel):
    """One thing an officer is told once: `key` names it, `told` the mail that tells it, "" until then."""

    class Kind(models.TextChoices):
        TASK = "task", _("New task")
        NEAR = "near", _("Deadline is near")
        SERVICE = "service", _("Notice of the service")
        MENTION = "mention", _("You were mentioned in a comment")

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    key = models.CharField(_("told once under this name"), max_length=140)
    case_id = models.BigIntegerField(_("case"))
    task_id = models.BigIntegerField(_("task"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    told = models.CharField(_("told by"), max_length=60, blank=True, db_default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("news")
        verbose_name_plural = _("news")
        constraints = [models.UniqueConstraint(fields=["region", "user", "key"], name="news_once")]
        indexes = [
            models.Index(fields=["region", "user"], condition=models.Q(told=""), name="news_untold"),
            models.Index(fields=["at"], name="news_by_age"),
            models.Index(fields=["region", "told"], name="news_of_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
