"""The app `batches`: what it registers with the others when the site starts."""

from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "runtime.batches"
    label = "batches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.batches.working import Steps
        from runtime.jobs import kinds

        kinds.register(Steps())
