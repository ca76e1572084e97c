"""The test settings with the peers beside us, on a database of its own so that commits are durable."""

from importlib.util import find_spec

from cms.settings.test import *  # noqa: F403
from cms.settings.test import DATABASES
from cms.settings.test import INSTALLED_APPS as TESTED_APPS

INSTALLED_APPS = [*TESTED_APPS, "wagtail.contrib.forms", "tests.bench.peer"]
if find_spec("viewflow"):  # only `make bench` has it
    INSTALLED_APPS += ["viewflow.workflow"]
ROOT_URLCONF = "tests.bench.urls"
DEBUG = False
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # Whatever the role or the server says: what is measured would survive a power cut.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=on"
