"""What of a case was given to other systems: webhooks, telephone gateways, registers. One line for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.effects import selectors as effects
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.outside import selectors as outside
from runtime.outside.models import Connection
from runtime.regions.models import Region
from runtime.registers import catalogue


@dataclass(frozen=True, slots=True)
class Handed:
    """At `at` something of the case went `to` another system: `what`, and `why`."""

    case: int
    at: datetime
    to: str
    what: str
    why: str


def handed(region: Region, found: Mapping[int, Case], language: str) -> Iterator[Handed]:
    """Yield what was given away of the cases, by their ids; asks as often for one case as for many."""
    connections = list(outside.connections(region))
    names = {row.key: row.name for row in connections}
    gateways = {row.kind: row.name for row in connections if row.on}
    for row in effects.given_away(region, found):
        case, at = found[row.case_id], row.done_at or row.due_at
        if row.type in ("message", "mail"):
            via = str(row.payload.get("via", ""))
            to = gateways.get(via) or str(Connection.Kind(via).label if via in Connection.Kind else via)
            what, why = _("Your phone number, for a message to you"), _("to tell you about your application")
        else:
            key = str(row.payload.get("connection", ""))
            to = names.get(key, key)
            what, why = _told(case, row, language), _("as this service provides")
        yield Handed(row.case_id, at, to, what, why)
    yield from _asked(region, found, language)


def _told(case: Case, row: EffectRun, language: str) -> str:
    answers = _labels(case, row.payload.get("told", ()), language)
    number = _("The number of your application and where it stands")
    return f"{number}; {answers}" if answers else number


def _asked(region: Region, found: Mapping[int, Case], language: str) -> Iterator[Handed]:
    """Yield which registers answers were compared with."""
    for row in cases.compared(region, found):
        name = catalogue.name(region, row.register, language)
        what = _("Compared there: %(answers)s") % {
            "answers": _labels(found[row.case_id], [row.field], language)
        }
        yield Handed(row.case_id, row.checked_at or row.since, name, what, _("to check your answers"))


def _labels(case: Case, keys: Iterable[str], language: str) -> str:
    module = modules.definition(case.version)
    known = (module.field(key) for key in keys)
    return ", ".join(field.label.say(language) for field in known if field)
