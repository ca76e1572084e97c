"""The app `exports`: what it registers with the others when the site starts."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "runtime.exports"
    label = "exports"

    def ready(self) -> None:
        from runtime.exports.making import CaseExport
        from runtime.jobs import kinds

        kinds.register(CaseExport())
