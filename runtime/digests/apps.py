"""The app `digests`: what it registers with the others when the site starts."""

from datetime import timedelta

from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "runtime.digests"
    label = "digests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.digests import gathering, telling
        from runtime.effects import heartbeat
        from runtime.effects.handlers import digest
        from runtime.notices import services

        heartbeat.register("officers who are told", services.enrol, every=timedelta(minutes=5))
        heartbeat.register("news for officers", gathering.gather_due, every=timedelta(minutes=1))
        heartbeat.register("old news", services.forget_old, every=timedelta(days=1))
        digest.register(telling.send)
