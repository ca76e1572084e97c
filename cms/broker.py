"""A Redis that was silent for a while must not leave a worker deaf.

A worker takes no further job before it has acknowledged the last one. When Redis does not answer the
acknowledgement, kombu gives it up and yet goes on counting the job as under way: the worker then waits for
ever, though Redis is back. Here such a job counts as over. Redis hands it out once more, which does no harm.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import redis, virtual


class QoS(redis.QoS):
    """Counts the jobs that were taken and not yet acknowledged."""

    def ack(self, delivery_tag: Any) -> None:
        """Acknowledge a job, and count it as over even when Redis does not answer; raise what went wrong."""
        try:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]
        except Exception:
            virtual.QoS.ack(self, delivery_tag)  # type: ignore[no-untyped-call]
            raise


redis.Channel.QoS = QoS
