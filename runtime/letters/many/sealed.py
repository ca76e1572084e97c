"""NIK and passphrase on their way through one job of signing: sealed, in the hand of whoever typed them.

What is sealed here is kept by the signer's browser and comes back with each of its requests for this job;
the installation keeps the key and nothing else. So neither the database nor a backup nor a lost phone has
what is needed to sign, and a job goes on only while its signer looks on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from runtime.jobs.models import Job
from runtime.letters.adapters.contract import Secret
from runtime.outside import sealing

LIFE = timedelta(minutes=20)
_carried: ContextVar[Secret | None] = ContextVar("carried", default=None)


def seal(secret: Secret, job: Job, now: datetime) -> str:
    """Return the secret as the browser may keep it: for this job and this person, for `LIFE`."""
    until = (now + LIFE).isoformat()
    return sealing.seal(json.dumps([_whose(job), until, secret.nik, secret.passphrase]))


def unseal(text: str, job: Job, now: datetime) -> Secret | None:
    """Return the secret, None when it is not one for this job, or its time is over."""
    try:
        whose, until, nik, passphrase = json.loads(sealing.unseal(text))
    except (sealing.Unreadable, ValueError):
        return None
    if whose != _whose(job) or datetime.fromisoformat(until) < now:
        return None
    return Secret(nik, passphrase)


@contextmanager
def carried(secret: Secret | None) -> Iterator[None]:
    """Have `secret` at hand for the parts of a job that are done inside, in this thread alone."""
    token = _carried.set(secret)
    try:
        yield
    finally:
        _carried.reset(token)


def at_hand() -> Secret | None:
    """Return the secret that is carried, None outside of a request of its signer."""
    return _carried.get()


def _whose(job: Job) -> str:
    return f"letters.sign:{job.public_id.hex}:{job.by_id}"
