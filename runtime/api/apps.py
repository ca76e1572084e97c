"""The app `api`: what it registers with the others when the site starts."""

from datetime import timedelta

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "runtime.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.api.filing import forget_keys
        from runtime.effects import heartbeat

        heartbeat.register("idempotency keys", forget_keys, every=timedelta(hours=1))
