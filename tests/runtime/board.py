"""A region that offers the service of the committee, with everybody who decides there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from runtime.cases import services
from runtime.cases.outcomes import Performed
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.runtime import committee
from tests.runtime.conftest import NOW

_numbers = iter(range(10_000))


@dataclass
class Committee:
    """A region that offers the service of the committee, and its people."""

    region: Region
    version: ModuleVersion
    clerk: User
    head: User
    members: list[User]
    agencies: list[Region]
    advisers: list[User]
    now: datetime = field(default=NOW)

    def file(self, **changes: Any) -> str:
        receipt = services.submit_case(
            region=self.region,
            version=self.version,
            answers=committee.answers(**changes),
            language="id",
            submit_key=f"s{next(_numbers)}",
            draft_token="",
            now=self.now,
        )
        return receipt.reference

    def do(self, reference: str, action: str, user: User, **more: Any) -> Performed:
        values: dict[str, Any] = {"key": f"k{next(_numbers)}", "now": self.now, "actor_user": user}
        return services.perform(
            region=self.region, case_reference=reference, action=action, **(values | more)
        )

    def advised(self, **changes: Any) -> str:
        """Return a case that waits for the advice of both agencies."""
        reference = self.file(**changes)
        rows = [{"kantor": agency.key} for agency in self.agencies]
        self.do(reference, "minta_saran", self.clerk, answers={"instansi": rows})
        return reference

    def sitting(self, **changes: Any) -> str:
        """Return a case that waits for the votes of the committee."""
        reference = self.advised(**changes)
        for adviser in self.advisers:
            self.do(reference, "saran", adviser, outcome="setuju")
        return reference


def assemble(region: Region, document: str = "", *, members: int = 4) -> Committee:
    """Offer the service in `region`, with everybody who decides there; call it in the region's scope."""
    village = factories.office(region, "kelurahan")
    installation = factories.installed(region, document or committee.as_text())
    agencies = [factories.office(region, f"dinas-{n}", kind=Region.Kind.AGENCY) for n in range(2)]
    return Committee(
        region,
        installation.version,
        factories.staff("petugas", village, "petugas"),
        factories.staff("kepala", region, "kepala"),
        [factories.staff("panitia", region, f"panitia{n}") for n in range(members)],
        agencies,
        [factories.staff("teknis", agency, f"teknis{n}") for n, agency in enumerate(agencies)],
    )


@pytest.fixture
def board(tangerang: Region) -> Iterator[Committee]:
    with scope.use(tangerang):
        yield assemble(tangerang)
