from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "runtime.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.cases.timers import fire_timers
        from runtime.cases.verifying import verify_due
        from runtime.effects import heartbeat

        heartbeat.register("case timers", fire_timers)
        heartbeat.register("answers to be verified", verify_due)
