"""Ask a register: one call that never raises, and that knows when asking is no use."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from runtime.regions.models import Region
from runtime.registers import breaker, catalogue
from runtime.registers.contract import DOWN, Answer, Failed
from schemas.definition import Json

logger = logging.getLogger(__name__)


def ask(*, region: Region, key: str, by: Mapping[str, Json], now: datetime) -> Answer:
    """Return what the register `key` of `region` says about whom the facts `by` describe.

    Call it outside a transaction: it waits for the network. Logs say which register failed and how,
    never what was asked or answered.
    """
    register = catalogue.find(region, key)
    if register is None or not breaker.allows(region, key, now=now):
        return DOWN
    try:
        answer = register.adapter().ask(by)
    except Failed as error:
        return _down(region, key, error.code, now=now, wait=error.wait)
    except Exception as error:  # an adapter of somebody else's must not stop a citizen either
        return _down(region, key, type(error).__name__, now=now)
    breaker.succeeded(region, key)
    return answer


def _down(region: Region, key: str, code: str, *, now: datetime, wait: timedelta | None = None) -> Answer:
    logger.warning("register %s of %s gave no usable answer: %s", key, region.key, code)
    breaker.failed(region, key, now=now, wait=wait)
    return DOWN
