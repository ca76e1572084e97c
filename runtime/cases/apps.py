"""The app `cases`: what it registers with the others when the site starts."""

from datetime import timedelta

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "runtime.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from runtime.cases import abandoned, anonymising, selectors, subcases, wording
        from runtime.cases.recalculating import recalculate
        from runtime.cases.timers import fire_timers
        from runtime.cases.verifying import verify_due
        from runtime.effects import heartbeat, standing
        from runtime.effects.handlers import anonymise, outcome
        from runtime.effects.handlers import case as cases

        heartbeat.register("deadlines after a change of the calendar", recalculate)
        heartbeat.register("case timers", fire_timers)
        heartbeat.register("answers to be verified", verify_due)
        heartbeat.register("tasks in hands that are gone", abandoned.give_back, every=timedelta(minutes=1))
        heartbeat.register("words that find older cases", wording.Filling(), every=timedelta(seconds=5))
        standing.register(selectors.status_of)
        anonymise.register(anonymising.remover)
        cases.register(subcases.open_case)
        outcome.register(subcases.tell_outcome)
