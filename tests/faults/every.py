"""Every fault by its name in the fault table, and who brings it about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.faults import (
    away,
    changing,
    clocks,
    exports,
    killed,
    letters,
    manycases,
    opening,
    poison,
    tight,
    twice,
)
from tests.faults.table import Row
from tests.faults.world import World

Fault = Callable[[World], Iterator[Row]]
FAULTS: dict[str, Fault] = {
    "races": twice.raced,
    "F1": killed.web,
    "F2": killed.worker,
    "F3": killed.celery,
    "F4": away.broker_down,
    "F5": away.broker_loses_everything,
    "F6": away.database_restarts,
    "F7": tight.lock_wait,
    "F8": tight.disk_full,
    "F9": twice.same_post,
    "F10": changing.two_windows,
    "F11": twice.two_approvers,
    "F12": twice.last_seat,
    "F13": clocks.jumps,
    "F14": changing.new_version,
    "F15": changing.closed_midway,
    "F16": changing.template_edited,
    "F17": opening.opening,
    "F25": poison.poison,
    "letters": letters.issued,
    "exports": exports.made,
    "batches": manycases.batched,
    "moves": manycases.moved,
    "F26": clocks.twice_or_never,
}
