"""The test suite: a fresh folder, quick hashing, mail kept in memory.

`RAKIT_DATABASE_URL` chooses the database; without it a SQLite file in that folder is used. A process
started by a test gets the same folder through `RAKIT_TEST_VAR`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "RAKIT_TEST_VAR" in os.environ:
    _var = os.environ["RAKIT_TEST_VAR"]
else:
    _var = tempfile.mkdtemp(prefix="rakit-test-")
    os.environ["RAKIT_TEST_VAR"] = _var
    _owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(_var, ignore_errors=True) if os.getpid() == _owner else None)
if Path(_var).name != os.environ.get("PYTEST_XDIST_WORKER", Path(_var).name):
    # One of several test processes has a folder, and with it a database, of its own.
    _var = str(Path(_var) / os.environ["PYTEST_XDIST_WORKER"])
    Path(_var).mkdir(exist_ok=True)
    os.environ["RAKIT_TEST_VAR"] = _var
os.environ["RAKIT_VAR"] = _var

from cms.settings.base import *  # noqa: F403 - settings are inherited so
from cms.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105 - no site runs with it
DEBUG = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
RAKIT_DEMO = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "RAKIT_EMAIL_URL" not in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RAKIT_LOCK_SECONDS = 30.0  # a machine that runs tests may be slow; `make faults` says how long people wait
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_var) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["timeout"] = RAKIT_LOCK_SECONDS
