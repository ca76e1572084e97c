"""The Celery application: it carries hints about rows of the outbox, never the truth.

`celery -A cms worker` works; exactly one worker also gets `--beat`, which wakes the sweep. Losing a
message, or receiving it twice, costs time and nothing else.
"""

from __future__ import annotations

import os

from celery import Celery
from django.conf import settings

from cms import broker  # noqa: F401 - mends what a silent Redis would break

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

_TIMEOUT = 2
_LEASE = 50  # seconds a row of the outbox stays with who took it; every limit below stays under it
_SWEEP = "effects.sweep"

app = Celery("rakit")
app.conf.update(
    broker_url=settings.RAKIT_BROKER_URL or "memory://",
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a worker waits for its broker however long it is away
    broker_connection_timeout=_TIMEOUT,
    broker_transport_options=(
        {"confirm_publish": True, "read_timeout": _TIMEOUT, "write_timeout": _TIMEOUT}
        if settings.RAKIT_BROKER_URL.startswith("amqp")
        else {
            "socket_timeout": _TIMEOUT,
            "socket_connect_timeout": _TIMEOUT,
            "visibility_timeout": 2 * _LEASE,
        }
    ),
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    event_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=1000,
    worker_hijack_root_logger=False,
    task_default_queue=settings.RAKIT_QUEUE_NAME,
    task_publish_retry=False,
    task_soft_time_limit=40,
    task_time_limit=45,
    timezone=settings.TIME_ZONE,
    enable_utc=True,
    beat_schedule={
        "sweep": {"task": _SWEEP, "schedule": settings.RAKIT_SWEEP_SECONDS, "options": {"expires": 30}}
    },
    beat_schedule_filename=str(settings.VAR_DIR / "celerybeat-schedule"),
)
app.autodiscover_tasks(related_name="jobs")
