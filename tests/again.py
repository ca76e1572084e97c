"""What a run tries again, and what it leaves out because a second try could only come out the same.

The first run judges everything. The second says by RAKIT_TEST_SEEN=yes that it repeats; then only that
is tried which has a database behind it, pages are looked at in the journeys alone, and each journey is made
with one of the brokers, in turn. Marked `once` is what would say the same on every database. Where the
database is the subject, everything is tried; elsewhere as much as sends every statement once more from every
place of our code that the first run has seen send it (`tests.statements`, docs/adr/0059).
"""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import statements

CI = os.environ.get("CI", "") not in {"", "0", "false"}
SEEN = os.environ.get("RAKIT_TEST_SEEN", "") == "yes"
GIVEN = {"db", "transactional_db", "stack"}
OPENED = "django_db_blocker"
_NONE = SimpleNamespace(params={})
# Elsewhere a test in a browser is about how a page behaves; what it stores is tried without one as well.
JOURNEYS = Path(__file__).parent / "journeys"
# Where rows are written, locked, counted, sorted and fenced off, or values reach the database that no form
# would let through: here the same statement may do something else on another database.
SUBJECTS = tuple(
    Path(__file__).parent / name
    for name in (
        *("journeys", "faults", "cms/db", "cms/test_access_matrix.py", "runtime/api/test_wild_answers.py"),
        *("runtime/areas", "runtime/batches", "runtime/cases", "runtime/datasets", "runtime/effects"),
        *("runtime/inbox/test_search.py", "runtime/jobs", "runtime/modules", "runtime/moves"),
        *("runtime/regions", "runtime/test_indexes.py", "runtime/viewlog"),
    )
)


def try_twice(items: list[pytest.Item]) -> None:
    """Let what a busy machine may disturb have a second try on CI; the report names it (docs/adr/0031)."""
    if not CI:
        return
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("database"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what a repeated run need not try."""
    if not SEEN:
        return
    brokers = _of_journeys(items)
    kept = _enough([item for item in items if _is_tried_again(item) and brokers.get(item, True)])
    left = set(items) - set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = kept


def _is_tried_again(item: pytest.Item) -> bool:
    return has_database(item) and not item.get_closest_marker("once") and not _is_about_a_page(item)


def _enough(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return those of the items that the second run cannot do without; all if nobody has noted anything."""
    sent = statements.noted(os.environ.get("RAKIT_TEST_SENT", ""))
    if not sent:
        return items
    anyway = {item.nodeid for item in items if _is_about_the_database(item) or item.nodeid not in sent}
    others = {item.nodeid: sent[item.nodeid] for item in items if item.nodeid not in anyway}
    chosen = anyway | statements.enough(others, set().union(*(sent.get(one, set()) for one in anyway)))
    return [item for item in items if item.nodeid in chosen]


def _is_about_the_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("database") is not None or any(
        subject in (item.path, *item.path.parents) for subject in SUBJECTS
    )


def _of_journeys(items: list[pytest.Item]) -> dict[pytest.Item, bool]:
    """Return for each journey whether it is made with the broker whose turn it is in its file."""
    with_broker = {
        item: item.callspec.params["stack"]
        for item in items
        if isinstance(item, pytest.Function) and "stack" in getattr(item, "callspec", _NONE).params
    }
    brokers = sorted(set(with_broker.values()))
    files = sorted({item.path for item in with_broker})
    return {item: one == brokers[files.index(item.path) % len(brokers)] for item, one in with_broker.items()}


def _is_about_a_page(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None and JOURNEYS not in item.path.parents


def has_database(item: pytest.Item) -> bool:
    """Tell whether the test is given the database, or a fixture of ours that it asks for opens it itself."""
    if item.get_closest_marker("django_db") or item.get_closest_marker("database"):
        return True
    if not isinstance(item, pytest.Function):
        return False
    if GIVEN & set(item.fixturenames):
        return True
    asked = (one for name in item.fixturenames for one in item._fixtureinfo.name2fixturedefs.get(name, ()))
    return any(one.baseid and OPENED in one.argnames for one in asked)
