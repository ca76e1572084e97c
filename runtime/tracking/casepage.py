"""What the status page says, gathered: status, way so far and ahead, answers, files, messages, actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.effects import composing, tokens
from runtime.effects import selectors as effects
from runtime.effects.models import EffectRun
from runtime.forms.summary import SummaryPage, summary
from runtime.letters import checking
from runtime.letters import selectors as letters
from runtime.modules import selectors as modules
from runtime.notices.selectors import Channel
from runtime.regions import calendar
from runtime.workflow.commenting import ANSWER
from runtime.workflow.values import Available
from schemas.definition import Module
from schemas.walk import files_in


@dataclass(frozen=True, slots=True)
class Sent:
    """A message to the applicant: when and by which way to which masked address; `at` is empty on its way."""

    subject: str
    at: datetime | None
    way: str = ""
    address: str = ""
    failed: bool = False


def context(case: Case, *, language: str, now: datetime) -> dict[str, Any]:
    """Return everything the case page draws."""
    module = modules.definition(case.version)
    view = cases.public_view(case, language)
    actions = [offer for offer in cases.applicant_actions(case, now) if offer.refused is None]
    comments = [entry for entry in view.past if entry.comment]
    listed = [checking.listed(letter, language, now) for letter in letters.of_case(case)]
    over = {letter.number for letter in listed if letter.verdict in {"replaced", "withdrawn"}}
    return {
        "case": case,
        "module": module,
        "view": view,
        "correction": view.correction,
        "deadline": deadline(case, module),
        "questions": len(view.correction.fields) if view.correction else 0,
        "can_correct": any(offer.action.ask.answers for offer in actions),
        "main_actions": [o.action for o in actions if is_main(o)],
        "other_actions": [o.action for o in actions if not is_main(o) and not o.action.ask.answers],
        "pages": answers(case, module, language),
        "messages_sent": sent(case, module, language),
        "letters": listed,
        "number": "" if view.number in over else view.number,  # a letter that counts bears another
        "edited": [entry for entry in reversed(view.past) if entry.edit],
        "comment": comments[-1] if comments and comments[-1].comment == "applicant" else None,
        "writes": bool(comments) and cases.may_comment(case, ANSWER, now) is None,
    }


def deadline(case: Case, module: Module) -> datetime | None:
    """Return when the clock ends the status, for the applicant whose turn it is: the earliest timer."""
    ending = [a for a in module.workflow.actions_from(case.status) if a.target(case.status) != case.status]
    ends = [calendar.due_at(case.status_since, a.after, case.region) for a in ending if a.after]
    return min(ends, default=None)


def is_main(offer: Available) -> bool:
    """Say whether an action is what the applicant is waited for, such as a rating."""
    return bool(offer.action.ask.page) or (offer.action.tone == "advance" and not offer.action.ask.answers)


def answers(case: Case, module: Module, language: str) -> list[SummaryPage]:
    """Return the applicant's own answers, numbers that identify a person masked, files with addresses."""
    pages = summary(
        module,
        case.answers,
        language=language,
        region=case.region,
        pages=[page for page in module.pages if page.for_ == "applicant"],
        mask=True,
    )
    for page in pages:
        page.rows = [row for row in page.rows if row.field.key in case.answers]
        for row in page.every_row():
            for file in row.files:
                file["url"] = reverse("tracking:file", args=[case.reference, file["id"]])
    return [page for page in pages if page.rows]


def own_files(case: Case, module: Module, language: str) -> set[str]:
    """Return the ids of the files the applicant gave, and of those that came with messages to them."""
    fields = [question for _page, question in module.fields()]
    own = {str(item["id"]) for _path, _question, files in files_in(fields, case.answers) for item in files}
    return own | {str(file.pk) for entry in cases.public_view(case, language).past for file in entry.files}


def sent(case: Case, module: Module, language: str) -> list[Sent]:
    """Return the messages that were written to the applicant, latest first."""
    found = []
    for run in effects.notices(case.region).filter(case_id=case.pk).exclude(state=EffectRun.State.DROPPED):
        message = composing.named(module, str(run.payload.get("message", "")))
        if message is None or "user" in run.payload:  # an officer's; the address "to" is gone once sent
            continue
        words = tokens.fill(message.subject.say(language), run.payload.get("tokens", {}))
        way = str(Channel(run.payload.get("via") or Channel.MAIL).label)
        masked, failed = str(run.payload.get("masked", "")), run.state == EffectRun.State.FAILED
        found.append(Sent(words, run.done_at, way, masked, failed))
    return found
