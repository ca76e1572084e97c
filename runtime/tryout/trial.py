"""A test run as it stands: the story so far, played whole by the calendar and the lists of the region."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from runtime.datasets import tables
from runtime.forms.summary import SummaryPage, summary
from runtime.regions import calendar
from runtime.regions.models import Region
from runtime.workflow import story
from runtime.workflow.clocks import Strike
from runtime.workflow.story import Happening, Player
from runtime.workflow.values import Snapshot
from schemas.definition import Duration, Module, Status

Told = Mapping[str, Any]
MINUTE = timedelta(minutes=1)
MOST_DAYS = 400


class Trial:
    """What the story `told` has led to in `region`; the case is filed, and every step was taken."""

    def __init__(self, module: Module, region: Region, told: Told, *, language: str) -> None:
        self.module, self.region = tables.in_region(module, region.pk), region
        self.told, self.language = told, language
        self.calendar = calendar.of(region)
        self.player: Player = story.run(self.module, told, self.calendar, whole=True)

    @property
    def snapshot(self) -> Snapshot:
        return self.player.snapshot

    @property
    def now(self) -> datetime:
        """The time it is in the test run."""
        return self.player.now

    @property
    def status(self) -> Status:
        return self.module.workflow.status(self.snapshot.status)

    @property
    def happened(self) -> list[Happening]:
        return self.player.played.happened

    @property
    def steps(self) -> int:
        """How many steps were taken since the application was filed."""
        return len(self.told.get("steps", ()))

    @property
    def stopped(self) -> int | None:
        """The step that cannot be taken any more, 0 for filing; None where every one was taken."""
        refused = next((one.step for one in self.happened if one.refused), None)
        if refused is not None or self.player.played.came_out:
            return refused
        return next(one.step for one in self.player.played.differences if not one.by_calendar)

    @property
    def refused(self) -> Happening | None:
        """The step that was refused, if one was."""
        return next((one for one in self.happened if one.refused), None)

    @cached_property
    def coming(self) -> Strike | None:
        """What the clock does next if nobody does anything."""
        return None if self.status.kind == "final" and not self._goes_on else self.player.coming()

    @property
    def _goes_on(self) -> bool:
        return any(action.by_clock for action in self.module.workflow.actions_from(self.snapshot.status))

    def answers(self, *, officers: bool) -> list[SummaryPage]:
        """Return the answers in words, with those of officers if wanted."""
        case = self.snapshot
        known = {**case.answers, **(case.officer_answers if officers else {})}
        pages = self.module.pages if officers else self.module.filing_pages()
        return summary(self.module, known, language=self.language, region=self.region, pages=pages)

    def until(self, moment: datetime) -> Duration:
        """Return the time from now to `moment`: in days where that leads there, else in minutes."""
        for unit in ("working_days", "days"):
            for amount in range(1, MOST_DAYS):
                span = Duration(amount, unit)
                at = self.calendar.after(self.now, span)
                if at >= moment:
                    if at == moment:
                        return span
                    break
        return Duration(min(max(-(-(moment - self.now) // MINUTE), 1), 100_000), "minutes")


def begun(region: Region, now: datetime) -> str:
    """Return the moment at which a story begins that is begun now, by the clock of the region."""
    return calendar.local(now, region).replace(tzinfo=None, second=0, microsecond=0).isoformat()
