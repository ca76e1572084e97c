"""A developer's or a visitor's machine: SQLite, console mail, nothing to configure."""

from __future__ import annotations

from cms.settings import env
from cms.settings.base import *  # noqa: F403 - settings are inherited so
from cms.settings.base import STORAGES

SECRET_KEY = env.text("RAKIT_SECRET_KEY", "only-for-development-and-demonstration-never-for-citizens")
DEBUG = env.flag("RAKIT_DEBUG", True)
RAKIT_DEMO = True
RAKIT_BASE_PORT = env.text("RAKIT_BASE_PORT", "8000")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
