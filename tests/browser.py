"""Which browser the tests drive, and how it is started."""

from __future__ import annotations

import os
import shutil

from cms.bootstrap.browser import NAMES

CHROMIUM = os.environ.get("RAKIT_CHROMIUM", "") or next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Colours that fade in are judged by what they end as, however slow the machine is.
    "--force-prefers-reduced-motion",
]
