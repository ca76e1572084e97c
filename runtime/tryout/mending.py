"""An officer of a test run puts the applicant's answers right: with the officers' own form, as a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtime.cases import reasons
from runtime.inbox import editform
from runtime.inbox.editform import EditForm, Kept
from runtime.regions.models import Region
from runtime.tryout.desks import Offer
from runtime.tryout.trial import Trial
from runtime.workflow import editing, engine
from runtime.workflow.values import ActionRefused, Command
from schemas.definition import Json


@dataclass(frozen=True, slots=True)
class Stood:
    """The case in memory as the form reads it; its revision is the number of steps taken."""

    answers: Mapping[str, Json]
    officer_answers: Mapping[str, Json]
    region: Region
    revision: int


@dataclass(slots=True)
class Mending:
    """What an edit asks for, as a form; `refused` says why the engine did not take it."""

    offer: Offer
    form: EditForm
    consequences: tuple[str, ...]
    kept: Kept
    refused: str = ""


def mend(trial: Trial, offer: Offer, *, data: Any = None) -> Mending:
    """Return the form of an edit, judged when it was posted."""
    module, language = trial.module, trial.language
    stood = Stood(trial.snapshot.answers, trial.snapshot.officer_answers, trial.region, trial.steps)
    return Mending(
        offer,
        editform.edit_form(stood, module, language=language, now=trial.now, data=data),
        tuple(editform.consequences(module, trial.snapshot.status, told=_told(trial), language=language)),
        editform.kept(stood, module, language, trial.now),
    )


def refusal(trial: Trial, mending: Mending) -> bool:
    """Say whether the engine refuses the edit; the form then says why, beside the question it is about."""
    form, player = mending.form, trial.player
    command = Command(editing.EDIT, comment=form.comment, answers=form.given)
    actor = player.actor(mending.offer.by)
    found = engine.decide(player.module, trial.snapshot, command, actor, now=trial.now)
    if not isinstance(found, ActionRefused):
        return False
    problems = found.data.get("problems", ())
    elsewhere = form.mark(problems)
    marked = problems and not elsewhere and form.page.problems
    mending.refused = elsewhere or ("" if marked else reasons.sentence(found, trial.module))
    return True


def step(mending: Mending) -> dict[str, Any]:
    """Return what was put right as a step of a story; the form is valid."""
    return {
        "by": mending.offer.by,
        "edit": dict(mending.form.given),
        "comment": mending.form.comment,
    }


def _told(trial: Trial) -> bool:
    """Say whether the applicant left an address or a number."""
    applicant, answers = trial.module.applicant, trial.snapshot.answers
    return any(answers.get(key) for key in (applicant.email, applicant.phone) if key)
