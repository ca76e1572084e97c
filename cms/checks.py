"""System checks: what an operator must know before citizens use the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from cms.db.sqlite3.versions import has_wal_reset_bug


def sqlite_version(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when a production site runs on a SQLite whose log may be reset while being written."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if settings.RAKIT_DEMO or "sqlite" not in engine or not has_wal_reset_bug(sqlite3.sqlite_version_info):
        return []
    return [
        checks.Warning(
            f"SQLite {sqlite3.sqlite_version} can damage a database that two processes write at once.",
            hint="Rakit keeps its own writes apart. Run no second process that writes to this file, "
            "or use SQLite 3.51.3 or newer, or PostgreSQL.",
            id="cms.W001",
        )
    ]


def database_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a PostgreSQL role that row-level security does not bind."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            row = cursor.fetchone()
        if row and row[0]:
            found.append(
                checks.Error(
                    "The database role is a superuser or may bypass row-level security.",
                    hint="Connect as an ordinary role: CREATE ROLE rakit LOGIN PASSWORD '…' "
                    "NOSUPERUSER NOBYPASSRLS; CREATE DATABASE rakit OWNER rakit;",
                    id="cms.E001",
                )
            )
    return found


def celery_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn about a broker without a password that is not on this machine."""
    url = settings.RAKIT_BROKER_URL
    if settings.RAKIT_QUEUE != "celery" or "@" in url or "localhost" in url or "127.0.0.1" in url:
        return []
    return [checks.Warning("The broker is reached without a password.", hint="Set one.", id="cms.W002")]
