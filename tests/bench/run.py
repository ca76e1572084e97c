"""Sets the database up, runs each measurement, prints a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import django

django.setup()

from django.db import connection  # noqa: E402

from tests.bench import (  # noqa: E402
    backlog,
    copies,
    editor,
    exports,
    firstlook,
    forms,
    hostile,
    large,
    letters,
    manyletters,
    pages,
    steps,
    world,
)


def everything(wanted: Sequence[str] = ()) -> int:
    """Measure all, or only what is named."""
    inside = {
        "forms": forms.report,
        "large": large.report,
        "steps": steps.report,
        "exports": exports.report,  # before there are more cases than one file may hold
        "manyletters": manyletters.report,
        "copies": copies.report,
    }
    outside = {
        "backlog": backlog.report,
        "hostile": hostile.report,
        "pages": pages.report,
        "editor": editor.report,
        "firstlook": firstlook.report,
        "letters": letters.report,
    }
    unknown = set(wanted) - set(inside) - set(outside)
    if unknown:
        print(f"There is {', '.join([*inside, *outside])}; not {', '.join(sorted(unknown))}.")
        return 2
    if not wanted or set(wanted) & set(inside):
        with database():
            scene = world.build()
            for name, measure in inside.items():
                if not wanted or name in wanted:
                    measure(scene)
    for name, look in outside.items():
        if not wanted or name in wanted:
            look()
    return 0


@contextmanager
def database() -> Iterator[None]:
    """Measure in an empty database beside the one that is named, as the tests do, and leave none behind."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
