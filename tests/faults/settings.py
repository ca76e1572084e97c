"""Development settings with a mail server that takes its time, so that a kill meets a mail under way."""

from __future__ import annotations

from cms.settings.dev import *  # noqa: F403

EMAIL_BACKEND = "tests.faults.slowmail.EmailBackend"
RAKIT_DRAFTS_PER_ADDRESS = 0  # all citizens of a run sit behind one address
