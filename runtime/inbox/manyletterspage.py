"""A job on many letters put into words: what was asked for, how far it is, which were not done and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from runtime.effects import trouble
from runtime.inbox.manylettersform import TEXTS
from runtime.jobs.selectors import Job
from runtime.letters import checking
from runtime.letters.many import errands, reissue, sign
from runtime.letters.many.errands import Errand, Tally
from runtime.letters.many.reissue import Wanted
from runtime.modules import selectors as modules

State = Job.State
REASONS = {
    "not_now": gettext_lazy("It is no longer valid, or is being issued anew already."),
    "rights": gettext_lazy("It no longer waits for you, or you may no longer open its application."),
    "questions": gettext_lazy(
        "The questions of the service have changed since. Issue it anew with its own text, or one by one."
    ),
    "signer": gettext_lazy(
        "In the new version another step signs the letter. Issue it anew with its own text."
    ),
    "register": gettext_lazy(
        "The register of its number is missing in the new version. Issue it anew with its own text."
    ),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A letter that was not done, and why in words; without a `reason` it is said once for all."""

    number: str
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class LettersPage:
    """All that the page shows of one job."""

    job: Job
    asked: Wanted | None
    tally: Tally
    what: str
    text: str
    why: str
    troubles: tuple[Trouble, ...]
    stumbled: str

    @property
    def signing(self) -> bool:
        return self.asked is None

    @property
    def busy(self) -> bool:
        return self.job.finished_at is None

    @property
    def title(self) -> str:
        if self.signing:
            return _("Signing letters")
        return _("Issuing letters anew")

    @property
    def outcome(self) -> str:
        """What came of it, in one sentence."""
        if self.signing:
            return ngettext(
                "One letter is signed and was verified.",
                "%(number)s letters are signed and were verified.",
                self.tally.done,
            ) % {"number": self.tally.done}
        return ngettext(
            "One letter is issued anew.", "%(number)s letters are issued anew.", self.tally.done
        ) % {"number": self.tally.done}

    @property
    def unnamed(self) -> int:
        """How many more were not done than the page names."""
        return max(0, self.tally.refused - len(self.troubles))


def letters_page(job: Job, language: str) -> LettersPage:
    """Return the page of a job."""
    asked = None if job.kind == sign.KIND else reissue.wanted(job)
    named = list(errands.with_reason(job))
    left = next((one.reason for one in named if one.state == Errand.State.LEFT), "")
    refused = [one for one in named if one.state == Errand.State.REFUSED]
    return LettersPage(
        job=job,
        asked=asked,
        tally=errands.tally(job),
        what=_what(job, asked, language) if asked else "",
        text=str(dict(TEXTS)["newest" if asked.newest else "same"]) if asked else "",
        why=_failed(job.why) if job.state == State.FAILED else _sentence(left) if left else "",
        troubles=tuple(
            Trouble(one.letter.number, one.letter.case.reference, _sentence(one.reason)) for one in refused
        ),
        stumbled=_stumbled(job) if job.finished_at is None else "",
    )


def _stumbled(job: Job) -> str:
    """Say why the last try failed, of a job that tries again."""
    reason = sign.stumbled(job) if job.kind == sign.KIND else errands.stumbled(job)
    return _sentence(reason) if reason else ""


def _what(job: Job, asked: Wanted, language: str) -> str:
    """Return which letter it was, in the words of the service as it is open now."""
    installed = modules.installation(job.region, asked.service)
    module = modules.definition(installed.version) if installed else None
    letter = next((one for one in module.letters if one.key == asked.letter), None) if module else None
    if module is None or letter is None:
        return asked.service
    return f"{module.title.say(language)}: {checking.title(letter.title, language)}"


def _sentence(reason: str) -> str:
    return str(REASONS[reason]) if reason in REASONS else trouble.sentence(reason)


def _failed(code: str) -> str:
    sentences = {
        "rights": _("You no longer manage this region, so the rest was left as it was."),
        "many": _("There are more than 2,000 letters. Choose fewer days, and do it in several goes."),
        "service": _("The service is not open any more, so there is no newer text. Nothing more was done."),
    }
    other = _("Something went wrong on our side, several times. What was not done is left as it was.")
    return sentences.get(code, other)
