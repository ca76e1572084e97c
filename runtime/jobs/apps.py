"""The app `jobs`: what it registers with the others when the site starts."""

from datetime import timedelta

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "runtime.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.effects import heartbeat
        from runtime.jobs import services

        heartbeat.register("jobs", services.work_due)
        heartbeat.register("files of jobs", services.sweep, every=timedelta(minutes=10))
