"""Database, broker and mail addresses written as URLs, turned into Django's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cms.settings.env import BadSetting

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON",
}


def database(url: str, lock_seconds: float = 5) -> dict[str, Any]:
    """Return the settings of a database named by `postgres://…`, `sqlite:///path` or a plain path.

    On SQLite a writer waits `lock_seconds` for its turn; PostgreSQL is told by `cms.db.postgresql`.
    """
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    if parts.scheme == "sqlite":
        path = unquote(url.removeprefix("sqlite://"))
        # sqlite:///srv/x, also with the fourth slash others write
        return _sqlite("/" + path.lstrip("/"), lock_seconds)
    if "://" in url or not url:
        raise BadSetting(
            "RAKIT_DATABASE_URL must be postgres://user:password@host:port/name, "
            "sqlite:///path/to/file or a path to a file."
        )
    return _sqlite(url, lock_seconds)


def _sqlite(path: str, lock_seconds: float) -> dict[str, Any]:
    return {
        "ENGINE": "cms.db.sqlite3",
        "NAME": Path(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {**SQLITE_OPTIONS, "timeout": lock_seconds},
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadSetting(f"RAKIT_DATABASE_URL cannot be read: {error}.") from None
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadSetting("RAKIT_DATABASE_URL must end with the name of a database.")
    return {
        "ENGINE": "cms.db.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # The region is told in front of each statement, which a named cursor has no room for.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 5, **dict(parse_qsl(parts.query))},
    }


def mail(url: str) -> dict[str, Any]:
    """Return the e-mail settings of `console:`, `file:///folder`, `smtp://…` or `smtps://…`.

    `smtp://` uses STARTTLS unless `?tls=no` is added; `smtps://` is TLS from the first byte.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        implicit = parts.scheme == "smtps"
        plain = dict(parse_qsl(parts.query)).get("tls") == "no"
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or (465 if implicit else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": implicit,
            "EMAIL_USE_TLS": not implicit and not plain,
            "EMAIL_TIMEOUT": 10,
        }
    raise BadSetting(
        "RAKIT_EMAIL_URL must be console:, file:///folder, smtp://user:password@host:587 "
        "or smtps://user:password@host:465."
    )
