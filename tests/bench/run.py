"""Sets the database up, runs each measurement, prints a table."""

from __future__ import annotations

from collections.abc import Sequence

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import backlog, firstlook, forms, hostile, large, pages, steps, world  # noqa: E402


def everything(wanted: Sequence[str] = ()) -> int:
    """Measure all, or only what is named."""
    inside = {
        "forms": forms.report,
        "large": large.report,
        "steps": steps.report,
        "backlog": backlog.report,
    }
    outside = {"hostile": hostile.report, "pages": pages.report, "firstlook": firstlook.report}
    unknown = set(wanted) - set(inside) - set(outside)
    if unknown:
        print(f"There is {', '.join([*inside, *outside])}; not {', '.join(sorted(unknown))}.")
        return 2
    if not wanted or set(wanted) & set(inside):
        call_command("migrate", verbosity=0)
        scene = world.build()
        for name, measure in inside.items():
            if not wanted or name in wanted:
                measure(scene)
    for name, look in outside.items():
        if not wanted or name in wanted:
            look()
    return 0
