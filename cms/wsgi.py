"""The web process. With `RAKIT_QUEUE=embedded` it also works off the outbox, in a thread of its own."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

if settings.RAKIT_QUEUE == "embedded":
    from runtime.effects import runner

    runner.start_embedded()
