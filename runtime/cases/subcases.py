"""Cases that cases open: file one for another service, and tell its end to the case that waits for it.

Both are called by the outbox, each in a transaction of its own case, and safe to call again: what was
filed is known by its submit key, what was told by the key of the event. No two cases are ever locked at once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from runtime.cases import carrying, noting, origins, outgoing, selectors, services
from runtime.cases.endings import ENDED, NOT_FORESEEN, SUPERSEDED
from runtime.cases.models import Case, CaseEvent
from runtime.cases.origins import Origin
from runtime.cases.outcomes import Conflict, InvalidAnswers, NotOffered, Refused
from runtime.effects import identity
from runtime.effects.contract import Hopeless, Needless
from runtime.effects.models import EffectRun
from runtime.forms.noted import noted
from runtime.modules import selectors as modules
from runtime.regions import calendar
from schemas import answers as answers_schema
from schemas.definition import EffectRule, Json, Module
from schemas.problems import Problem

CHANNEL = "case"
MOST_FOUND = 10  # mistakes of an application that are kept with its failure
TRIES = 5


def open_case(row: EffectRun, now: datetime) -> None:
    """File the application that an effect of a case asks for.

    Raises `Hopeless` when the region does not take it or the answers do not fill in its form, and
    `Needless` when the case that asked has ended meanwhile or asked anew, so that nobody would wait.
    """
    found = Case.objects.select_related("region", "version", "applicant")
    origin = Origin(found.get(pk=row.case_id), row.event_n, outgoing.effect_of(row))
    parent, key = origin.parent, f"case:{identity.of(row)}"
    if selectors.case_of_draft(parent.region, key) is None:
        rule = origins.rule(origin)
        if rule.outcomes and (parent.closed_at is not None or not origins.waits(origin)):
            raise Needless("nobody waits for it any more")
        _file(origin, rule, key, now)
    row.payload = {"module": row.payload["module"]}


def tell_outcome(row: EffectRun, now: datetime) -> None:
    """Do in the case that waits what its document says to the end of the one it opened.

    Where nothing can follow, because it goes another way by now, that is written into its history. The
    same end counts once, however often the case is opened again and ended anew.
    """
    child = Case.objects.select_related("region", "version").get(pk=row.case_id)
    origin = origins.of(child)
    assert origin is not None, "only a case that another one opened tells its end"
    if child.closed_at is None or child.entered != row.event_n:
        raise Needless("the case was opened again")
    rule, outcome = origins.rule(origin), row.payload["outcome"]
    key = f"case:{child.public_id.hex}:{outcome}"
    if not rule.outcomes or CaseEvent.objects.filter(case=origin.parent, key=f"system:{key}").exists():
        return
    why = _follow(child, rule.outcomes.get(outcome, ""), key, now)
    if why:
        told = {"case": child.reference, "module": child.version.key, "ended": outcome, "why": why}
        _note(origin.parent.pk, f"system:{key}:{row.event_n}", told, now)


def _file(origin: Origin, rule: EffectRule, key: str, now: datetime) -> None:
    parent = origin.parent
    if origins.depth(parent) >= origins.MOST_DEEP:
        raise Hopeless(f"{origins.MOST_DEEP} cases opened one another", reason="case.deep")
    offered = modules.installation(parent.region, rule.module)
    if offered is None:
        raise Hopeless(f"{rule.module} is not installed", reason="case.absent")
    there = modules.definition(offered.version)
    given = carrying.answers(parent, rule, there, now)
    answers = carrying.with_files(parent, there, given, key, now)
    try:
        services.submit_case(
            region=parent.region,
            version=offered.version,
            answers=answers,
            language=parent.language,
            submit_key=key,
            draft_token=key,
            applicant=parent.applicant,
            channel=CHANNEL,
            origin=origin,
            now=now,
        )
    except Refused as refused:
        raise Hopeless(refused.refused.reason, reason="case.restless") from None
    except NotOffered:
        raise Hopeless(f"{rule.module} is not open", reason="case.absent") from None
    except InvalidAnswers as invalid:
        found = _found(parent, there, answers, invalid, now)
        raise Hopeless(str(invalid), reason="case.answers", found=found) from None


def _found(
    parent: Case, there: Module, answers: dict[str, Json], invalid: InvalidAnswers, now: datetime
) -> list[list[Any]]:
    """Return what was wrong as [code, pointer, data], the first mistakes of many.

    Filing says of an answer that it does not fit; the schema of its question, asked anew, says why.
    """
    today = calendar.local(now, parent.region).date()
    facts = noted(there, today=today, language=parent.language, channel=CHANNEL)
    exact: dict[str, Problem] = {}
    for one in answers_schema.validate(there, answers, today=today, context=facts):
        exact.setdefault(one.pointer, one)
    mistakes = (exact.get(one.pointer, one) for one in invalid.problems[:MOST_FOUND])
    return [[one.code, one.pointer, dict(one.data)] for one in mistakes]


def _follow(child: Case, action: str, key: str, now: datetime) -> str:
    """Take `action` in the case that waits; return why it was not taken, if so."""
    for left in reversed(range(TRIES)):
        origin = origins.of(child)
        assert origin is not None, "it was there a moment ago"
        if not action:
            return NOT_FORESEEN
        if not origins.waits(origin):
            return SUPERSEDED
        try:
            services.perform(
                region=origin.parent.region,
                case_reference=origin.parent.reference,
                action=action,
                key=key,
                system=True,
                seen_revision=origin.parent.revision,
                now=now,
            )
        except Refused as refused:
            return refused.refused.reason
        except Conflict:  # somebody else acted on it this very moment
            if not left:
                raise
            continue
        break
    return ""


def _note(pk: int, key: str, told: dict[str, str], now: datetime) -> None:
    """Write into the history of the case that waited how the other one ended, and why nothing follows."""
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("region", "version").get(pk=pk)
        if CaseEvent.objects.filter(case=case, key=key).exists():
            return
        last = CaseEvent.objects.filter(case=case).order_by("n").last()
        assert last is not None, "a case begins with an event"
        case.revision += 1
        case.save(update_fields=["revision"])
        noting.note(case, last, action=ENDED, key=key, data={**noting.standing(last), **told}, now=now)
