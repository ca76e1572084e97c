"""A developer's or a visitor's machine: SQLite, console mail, nothing to configure."""

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-development-and-demonstration"  # noqa: S105
DEBUG = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
