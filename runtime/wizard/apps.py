from django.apps import AppConfig


class WizardConfig(AppConfig):
    name = "runtime.wizard"
    label = "wizard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.effects import heartbeat
        from runtime.wizard.drafts import forget_expired

        heartbeat.register("expired drafts", forget_expired)
