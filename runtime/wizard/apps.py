"""The app `wizard`: what it registers with the others when the site starts."""

from django.apps import AppConfig


class WizardConfig(AppConfig):
    name = "runtime.wizard"
    label = "wizard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.cases import services as cases
        from runtime.effects import heartbeat
        from runtime.wizard.drafts import begun_before, forget_expired

        heartbeat.register("expired drafts", forget_expired)
        cases.keep_uploads_for(begun_before)
