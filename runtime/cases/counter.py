"""A case that a clerk files at the counter (loket) for somebody who came: who, for whom, how checked.

The event names the clerk; what was stated of people lies in a row beside it (`Stated`), of which the
event holds the salted digest, so that it can be removed without touching the history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy

from runtime.cases import attachments, talking, wording
from runtime.cases.models import Case, CaseEvent, Stated
from runtime.cases.outcomes import Refused
from runtime.forms import contacts
from runtime.regions.models import User
from runtime.workflow.values import ActionRefused, Actor, Decision
from schemas.definition import Module
from schemas.walk import is_empty

Identity = Stated.Identity
LACKS = "lacks"  # where the first event names what the applicant has not
SAID: Mapping[str, Any] = {
    "phone": gettext_lazy("The applicant has no telephone."),
    "email": gettext_lazy("The applicant has no e-mail address."),
}
TOLD = ("name", "identity", "agent", "paper", "email")
"""What a clerk states, by the names of `Counter`."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Who files at the counter, in which role, for whom, and how the clerk knows that it is them.

    `agent` came in the applicant's place, `paper` is the id of the power of attorney; `email` is where the
    applicant is told, where the service does not ask for it. `lacks` are those of `contacts.KINDS` that the
    applicant has not: the form may leave them empty.
    """

    clerk: User
    role: str
    name: str
    identity: str
    agent: str = ""
    paper: str = ""
    email: str = ""
    lacks: tuple[str, ...] = ()

    @property
    def actor(self) -> Actor:
        """The clerk, as the history names them."""
        return Actor("person", self.clerk.pk, self.clerk.get_full_name() or self.clerk.get_username())

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the case; answers of the service to the same questions replace the last two."""
        return {"filed_by": self.clerk, "applicant_name": self.name[:200], "contact_email": self.email[:254]}


def decided(decision: Decision, at: Counter) -> Decision:
    """Return the decision that begins the case, with the clerk's role and the paper that was brought."""
    return replace(decision, role=at.role, attachments=(at.paper,) if at.paper else ())


def stated(at: Counter) -> Stated:
    """Return the row that keeps what was stated, not yet of any case."""
    return Stated(name=at.name[:200], identity=at.identity, agent=at.agent[:200], salt=talking.salted())


def keep(row: Stated, case: Case, draft_token: str, papers: Sequence[str]) -> None:
    """Keep what was stated, and make the paper one of the case; raise `Refused` when it is not there."""
    row.region, row.case = case.region, case
    row.save(force_insert=True)
    if not attachments.claim_given(ids=papers, case=case, draft_token=draft_token):
        raise Refused(ActionRefused("attachment_missing"))


def told(module: Module, at: Counter, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the event tells that the form asks for and the applicant has not, to be reached by."""
    asked = contacts.required(module)
    lacks = [kind for kind in at.lacks if kind in asked and is_empty(answers.get(asked[kind].key))]
    return {LACKS: lacks} if lacks else {}


def lacks(event: CaseEvent) -> str:
    """Say what the applicant had not when the case was filed with `event`, "" where nothing is noted."""
    return " ".join(str(SAID[kind]) for kind in event.data.get(LACKS, ()) if kind in SAID)


def of_case(case: Case) -> Stated | None:
    """Return what was stated at the counter when the case was filed; None otherwise, or once removed."""
    found: Stated | None = Stated.objects.filter(case=case).first()
    return found


def own(case: Case) -> int | None:
    """Return the clerk who filed the case in their own name, if one did: it is their own case (ADR 0039).

    Names are compared as they are spoken, without capitals, accents and titles. Of two people of one name
    the clerk is taken for the applicant: then somebody else decides.
    """
    clerk = case.filed_by
    return clerk.pk if clerk and _same(case.applicant_name, clerk.get_full_name()) else None


def _same(one: str, other: str) -> bool:
    said = _spoken(one)
    return bool(said) and said == _spoken(other)


def _spoken(name: str) -> list[bytes]:
    """Return the words of a name; titles end in a stop, or follow a comma."""
    plain = " ".join(word for word in name.partition(",")[0].split() if not word.endswith("."))
    return list(wording.split(plain))


def forget(case: Case) -> None:
    """Remove what was stated of people."""
    Stated.objects.filter(case=case).delete()
