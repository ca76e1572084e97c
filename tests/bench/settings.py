"""The test settings with the peer beside us, on a database file so that commits are durable."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import INSTALLED_APPS as TESTED_APPS

INSTALLED_APPS = [*TESTED_APPS, "wagtail.contrib.forms", "tests.bench.peer"]
ROOT_URLCONF = "tests.bench.urls"
DEBUG = False
