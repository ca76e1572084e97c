"""One service in one village, with a clerk and a head, inside the region's scope."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runtime.cases import services
from runtime.cases.outcomes import Performed, Receipt
from runtime.modules.models import Installation, ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import permit, postoffice
from tests.runtime.outside.receiver import Receiver
from tests.runtime.outside.receiver import running as receiving

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
_keys = itertools.count(1)


@dataclass
class Village:
    """A village that offers the permit, and who works there."""

    region: Region
    office: Region
    version: ModuleVersion
    clerk: User
    head: User
    now: datetime = field(default=NOW)

    def submit(self, **changes: Any) -> Receipt:
        given = permit.answers(village=self.office.key)
        values: dict[str, Any] = {
            "region": self.region,
            "version": self.version,
            "answers": given,
            "language": "id",
            "submit_key": uuid.uuid4().hex,
            "draft_token": "",
            "now": self.now,
        }
        return services.submit_case(**(values | changes))

    def perform(self, reference: str, action: str, user: User | None = None, **more: Any) -> Performed:
        """Act as `user`, or as the applicant when nobody is named."""
        who: dict[str, Any] = {"actor_user": user} if user else {"applicant": True}
        values: dict[str, Any] = {"key": f"k{next(_keys)}", "now": self.now} | who
        return services.perform(
            region=self.region, case_reference=reference, action=action, **(values | more)
        )

    def forward(self, reference: str, **more: Any) -> Performed:
        return self.perform(reference, "forward", self.clerk, answers={"complete": True}, **more)

    def send_back(self, reference: str, *fields: str, note: str = "Perbaiki.") -> Performed:
        return self.perform(reference, "send_back", self.clerk, comment=note, corrections=fields)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Another system on loopback, which keeps what reaches it."""
    settings.RAKIT_FETCH_LOOPBACK = True
    with receiving() as found:
        yield found


@pytest.fixture
def post(settings: Any) -> Iterator[postoffice.Post]:
    """A mail server on loopback, which keeps what is sent."""
    with postoffice.running(settings) as found:
        yield found


@pytest.fixture
def offered(tangerang: Region, village: Region) -> Installation:
    """The permit, open to the public."""
    factories.staff("clerk", village, "loket")
    factories.staff("head", village, "kepala")
    return factories.installed(tangerang, permit.as_text())


@pytest.fixture
def desk(tangerang: Region, village: Region) -> Iterator[Village]:
    """The village, in the scope of its region."""
    installation = factories.installed(tangerang, permit.as_text())
    clerk = factories.staff("clerk", village, "loket")
    head = factories.staff("head", village, "lurah")
    with scope.use(tangerang):
        yield Village(tangerang, village, installation.version, clerk, head)
