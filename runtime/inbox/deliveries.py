"""What could not be delivered for a region, told in words; the marks of it in the navigation. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from runtime.cases import kin
from runtime.cases import selectors as cases
from runtime.effects import selectors as effects
from runtime.effects import trouble
from runtime.effects.models import EffectRun
from runtime.letters import shapes
from runtime.look.words import language
from runtime.outside import selectors as outside
from runtime.regions.models import Region

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that was given up: what, about which case, since when, why."""

    id: int
    what: str
    reference: str
    wanted_at: datetime
    tried_at: datetime
    attempts: int
    why: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliveries:
    """All that the page shows."""

    page: Page[EffectRun]
    rows: tuple[Delivery, ...]

    @property
    def before(self) -> str:
        return f"?page={self.page.number - 1}" if self.page.has_previous() else ""

    @property
    def after(self) -> str:
        return f"?page={self.page.number + 1}" if self.page.has_next() else ""


def deliveries(region: Region, query: Mapping[str, str]) -> Deliveries:
    """Return the page of failed deliveries that `query` (`page`) asks for, the newest first."""
    page = Paginator(effects.parked(region).order_by("-pk"), PER_PAGE).get_page(query.get("page"))
    rows = list(page.object_list)
    references = cases.references(region, [row.case_id for row in rows])
    names = {row.key: row.name for row in outside.connections(region)}
    return Deliveries(page, tuple(_told(row, references, names, language()) for row in rows))


def _told(row: EffectRun, references: Mapping[int, str], names: Mapping[str, str], spoken: str) -> Delivery:
    return Delivery(
        id=row.pk,
        what=_what(row, names, spoken),
        reference=references.get(row.case_id, ""),
        wanted_at=row.created_at,
        tried_at=row.due_at,
        attempts=row.attempts,
        why=trouble.sentence(row.reason),
        details=_details(row, spoken),
    )


def _details(row: EffectRun, spoken: str) -> tuple[str, ...]:
    """Return what was found wrong, where whoever puts it right needs to know more than the reason."""
    if row.type == "case":
        return kin.mistakes(row, spoken)
    return shapes.told(row, spoken) if row.type == "letter" else ()


def _what(row: EffectRun, names: Mapping[str, str], spoken: str) -> str:
    if row.type == "webhook":
        key = str(row.payload.get("connection", ""))
        return _("Notice to “%(name)s”") % {"name": names.get(key, key)}
    if row.type == "message":
        return {"whatsapp": _("WhatsApp message to the applicant")}.get(
            str(row.payload.get("via")), _("SMS to the applicant")
        )
    if row.type == "mail":
        return _("E-mail to an officer") if "user" in row.payload else _("E-mail to the applicant")
    if row.type == "case":
        service = kin.service(row.region, str(row.payload.get("module", "")), spoken)
        return _("Application for the service “%(service)s”") % {"service": service}
    return {
        "letter": _("Letter"),
        "digest": _("E-mail to an officer with what is new"),
        "outcome": _("End of the application, told to the one that waits for it"),
        "anonymise": _("Removal of personal data"),
    }.get(row.type, row.type)
