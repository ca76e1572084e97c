"""How often a process of tests looks for objects that hold each other and nobody else holds.

Python looks whenever a few hundred more have been made than freed, and time and again through all there are:
with ten thousand tests and Django in memory that is a tenth of a run. What is there before the first test
stays until the last, so it is never looked through; of the rest a test leaves little.
"""

from __future__ import annotations

import gc

SELDOM = (20_000, 10, 20)


def look_seldom() -> None:
    """Look when this many more have been made than freed."""
    gc.set_threshold(*SELDOM)


def spare_what_stays() -> None:
    """Never look again through what there is now."""
    gc.freeze()
