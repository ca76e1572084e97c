"""Development settings with a mail server that takes its time, so that a kill meets a mail under way."""

from __future__ import annotations

from cms.settings import env
from cms.settings.dev import *  # noqa: F403
from cms.settings.dev import INSTALLED_APPS

EMAIL_BACKEND = "tests.faults.slowmail.EmailBackend"
RAKIT_DRAFTS_PER_ADDRESS = 0  # all citizens of a run sit behind one address
INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults"]
RAKIT_FAULT_LEASE = env.number("RAKIT_FAULT_LEASE", 0)  # seconds; to wait less after a death
