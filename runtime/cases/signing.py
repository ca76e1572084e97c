"""Who acted, in which capacity and for whom, in words: for the history of a case and below a letter."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from runtime.cases.models import CaseEvent
from runtime.regions.capacity import prefixed
from schemas.definition import Module


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands below a letter: the title as it is borne, who signs, and for whom.

    `mandate` is the higher post in whose name it is signed (a.n.), `through` the one between (u.b.), ""
    without one; `kind` is "plt", "plh" or "" in person; `principal` is the officer who is away, ""
    otherwise; `rank` and `nip` are the signer's rank and number as a civil servant, "" when not known.
    """

    title: str
    name: str
    kind: str = ""
    principal: str = ""
    mandate: str = ""
    through: str = ""
    rank: str = ""
    nip: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines above the place for the signature: “a.n. Wali Kota”, “Camat”, “u.b.”, “Plh. Lurah”."""
        higher = (f"a.n. {self.mandate}",) if self.mandate else ()
        between = (self.through, "u.b.") if self.through else ()
        return (*higher, *between, self.title)


def signature(
    module: Module,
    event: CaseEvent,
    *,
    language: str | None = None,
    mandate: str = "",
    through: str = "",
) -> Signature:
    """Return the signature of whoever took the step `event`, an officer's; rank and NIP are today's."""
    return Signature(
        title=title(module, event, language),
        name=event.actor_name,
        kind=event.as_kind,
        principal=event.on_behalf_name,
        mandate=mandate,
        through=through,
        rank=event.actor.rank if event.actor else "",
        nip=_spaced(event.actor.nip) if event.actor else "",
    )


def title(module: Module, event: CaseEvent, language: str | None) -> str:
    """Return the title an officer bore in this step: “Lurah”, “Plh. Lurah”; "" for an unknown role."""
    role = next((role for role in module.workflow.roles if role.key == event.role), None)
    return prefixed(event.as_kind, role.title.say(language)) if role else ""


def actor(event: CaseEvent, borne: str) -> str:
    """Return an officer with title and, for a stand-in, both names: “Budi (Plh. Lurah, for Siti)”."""
    if event.on_behalf_name:
        named = {"name": event.actor_name, "title": borne, "principal": event.on_behalf_name}
        return _("%(name)s (%(title)s, standing in for %(principal)s)") % named
    return f"{event.actor_name} ({borne})" if borne else event.actor_name


def _spaced(nip: str) -> str:
    """Return a NIP as it is written: birth, appointment, sex, serial."""
    return " ".join(filter(None, (nip[:8], nip[8:14], nip[14:15], nip[15:])))
