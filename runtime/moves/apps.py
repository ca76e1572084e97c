"""The app `moves`: what it registers with the others when the site starts."""

from django.apps import AppConfig


class MovesConfig(AppConfig):
    name = "runtime.moves"
    label = "moves"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.jobs import kinds
        from runtime.moves.working import Moving

        kinds.register(Moving())
