"""Sets the database up, runs each measurement, prints a table."""

from __future__ import annotations

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import forms, steps, world  # noqa: E402


def everything() -> int:
    call_command("migrate", verbosity=0)
    scene = world.build()
    forms.report(scene)
    steps.report(scene)
    return 0
