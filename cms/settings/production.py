"""A city's server. Everything that must be decided is read from the environment or stops the start."""

from __future__ import annotations

import os

from cms.settings import env

os.environ.setdefault("RAKIT_BASE_SCHEME", "https")

from cms.settings.base import *  # noqa: F403 - settings are inherited so

SECRET_KEY = env.text("RAKIT_SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise env.BadSetting("RAKIT_SECRET_KEY must have at least 50 random characters.")
ALLOWED_HOSTS = env.words("RAKIT_HOSTS", None)
if "*" in ALLOWED_HOSTS:
    raise env.BadSetting("RAKIT_HOSTS must name the hosts; * would accept any.")
env.text("RAKIT_EMAIL_URL")
DEFAULT_FROM_EMAIL = env.text("RAKIT_EMAIL_FROM")
env.text("RAKIT_PROXIES")
RAKIT_STAFF_MFA = env.flag("RAKIT_STAFF_MFA", True)
RAKIT_DEMO = False

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("RAKIT_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.number("RAKIT_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("RAKIT_HSTS_SUBDOMAINS", False)
if env.number("RAKIT_PROXIES", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether every sub-domain speaks HTTPS is for RAKIT_HSTS_SUBDOMAINS to say
    "security.W019",  # the editor frames its own preview; every other page gets DENY from our middleware
    "security.W021",  # entering the browsers' list is the owner's decision
]
