"""The app `letters`: what it registers with the others when the site starts."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "runtime.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.cases import anonymising
        from runtime.effects.handlers import letter
        from runtime.jobs import kinds
        from runtime.letters import issuing, services
        from runtime.letters.many.reissue import Reissue
        from runtime.letters.many.sign import SignMany

        kinds.register(Reissue())
        kinds.register(SignMany())
        letter.register(issuing)
        anonymising.beside(services.forget)
