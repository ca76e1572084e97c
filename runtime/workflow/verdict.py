"""Says in words where the stories of a service come out otherwise, each as a problem with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from runtime.regions.worktime import Calendar
from runtime.workflow.editing import EDIT
from runtime.workflow.story import Difference, Played, play
from schemas.definition import Module, Story, Text
from schemas.problems import LANGUAGES, Problem
from schemas.rules import places

Words = Mapping[str, str]
"""What is said in each language."""

FILING = {"en": "Filing", "id": "Pengajuan"}
STEP = {"en": "Step {number}", "id": "Langkah {number}"}
APPLICANT = {"en": "the applicant", "id": "pemohon"}
APPLIES = {"en": "applies", "id": "mengajukan permohonan"}
SYSTEM = {"en": "the system", "id": "sistem"}
WAITS = {"en": "waits", "id": "menunggu"}
EDITS = {"en": "puts answers right", "id": "membetulkan isian"}
PUT_RIGHT = {"en": "answers were put right", "id": "isian dibetulkan"}
NOTHING = {"en": "nothing", "id": "tidak ada"}
ACCEPTED = {"en": "the step is taken", "id": "langkah diterima"}
REFUSED = {"en": "refused: {why}", "id": "ditolak: {why}"}
OTHER = {"en": "the application that “{what}” filed", "id": "permohonan yang diajukan lewat “{what}”"}
ALONG = {"en": "the application that was filed along", "id": "permohonan lain yang ikut diajukan"}
ENDS = {
    "granted": {"en": "is granted", "id": "dikabulkan"},
    "refused": {"en": "is refused", "id": "ditolak"},
    "withdrawn": {"en": "is withdrawn", "id": "dibatalkan"},
    "expired": {"en": "expires", "id": "kedaluwarsa"},
}
SENT = {
    "mail": {"en": "e-mail", "id": "email"},
    "message": {"en": "message to the telephone", "id": "pesan ke telepon"},
    "webhook": {"en": "news to another system", "id": "kabar ke sistem lain"},
    "letter": {"en": "letter", "id": "surat"},
    "case": {"en": "application for another service", "id": "permohonan layanan lain"},
    "anonymise": {"en": "removal of personal data", "id": "penghapusan data pribadi"},
}
WHY = {
    "unknown_action": {"en": "there is no such action", "id": "tindakan itu tidak ada"},
    "stale": {"en": "the case had changed", "id": "permohonan sudah berubah"},
    "final": {"en": "the case has ended", "id": "permohonan sudah selesai"},
    "wrong_status": {"en": "not in this status", "id": "tidak pada status ini"},
    "wrong_role": {"en": "not by this person", "id": "bukan oleh orang ini"},
    "comment_missing": {"en": "a note is missing", "id": "catatan belum diisi"},
    "corrections_missing": {
        "en": "nothing to be corrected was named",
        "id": "belum disebut apa yang harus diperbaiki",
    },
    "corrections_unknown": {
        "en": "something that cannot be sent back was named",
        "id": "ada yang tidak dapat dikembalikan",
    },
    "answers_invalid": {"en": "answers are missing or wrong", "id": "ada jawaban yang kurang atau salah"},
    "guard": {"en": "its condition is not met", "id": "syaratnya tidak terpenuhi"},
    "guard_unknown": {
        "en": "an answer that its condition needs is missing",
        "id": "jawaban yang menentukan syaratnya belum ada",
    },
    "no_task": {"en": "the task is not open", "id": "tugasnya tidak terbuka"},
    "claimed": {"en": "somebody else has the task in hand", "id": "tugasnya dipegang orang lain"},
    "voted": {"en": "this person has decided already", "id": "orang ini sudah memutuskan"},
    "separated": {
        "en": "somebody who took an earlier step may not do it",
        "id": "tidak boleh oleh orang yang mengambil langkah sebelumnya",
    },
    "unknown_outcome": {"en": "there is no such decision", "id": "keputusan itu tidak ada"},
    "attachment_missing": {"en": "a document is missing", "id": "dokumen belum dilampirkan"},
    "person_missing": {"en": "nobody was chosen", "id": "belum ada orang yang dipilih"},
    "not_awaited": {"en": "it is not waited for", "id": "tidak sedang ditunggu"},
    "too_long": {"en": "the reason is too long", "id": "alasannya terlalu panjang"},
    "edit_decided": {
        "en": "a colleague has decided on these answers already",
        "id": "rekan lain sudah memutuskan berdasarkan isian ini",
    },
    "edit_loses": {
        "en": "something that only the applicant gives would no longer count",
        "id": "sesuatu yang hanya diberikan pemohon tidak berlaku lagi",
    },
    "edit_needs": {
        "en": "something is needed that only the applicant gives",
        "id": "perlu sesuatu yang hanya dapat diberikan pemohon",
    },
    "edit_reroutes": {
        "en": "the answer decides who works on it at this stage",
        "id": "isian itu menentukan siapa yang bekerja pada tahap ini",
    },
    "edit_unchanged": {"en": "no answer is different", "id": "tidak ada isian yang berbeda"},
}


PLACE = re.compile(r"\{[a-z_]+\}")
"""What is filled in when it is sent; nobody need read its name."""
_PLACES = {"answers": "/answers/{found}", "page": "/answers", "examples": "/answers"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A story of a service, what it led to, and where it came out otherwise in words."""

    story: Story
    played: Played
    problems: tuple[Problem, ...]

    @property
    def came_out(self) -> bool:
        return self.played.came_out

    def as_json(self) -> dict[str, Any]:
        """Return the form in which it is stored with a release and printed."""
        return {
            "key": self.story.key,
            "title": dict(self.story.title.values),
            "came_out": self.came_out,
            "differences": [
                {
                    "step": difference.step,
                    "what": difference.what,
                    "expected": difference.expected,
                    "found": difference.found,
                    "code": problem.code,
                    "pointer": problem.pointer,
                    "severity": problem.severity,
                    "sentence": {language: problem.sentence(language) for language in LANGUAGES},
                }
                for difference, problem in zip(self.played.differences, self.problems, strict=True)
            ],
        }


def verdicts(module: Module, calendar: Calendar) -> tuple[Verdict, ...]:
    """Play every story of the service by `calendar`."""
    return tuple(_verdict(module, at, story, calendar) for at, story in enumerate(module.stories))


def _verdict(module: Module, at: int, story: Story, calendar: Calendar) -> Verdict:
    played = play(module, story.told, calendar)
    found = tuple(problem(module, at, story, difference) for difference in played.differences)
    return Verdict(story, played, found)


def problem(module: Module, at: int, story: Story, off: Difference) -> Problem:
    """Return a difference of the story number `at` of the document in words."""
    step = f"/steps/{off.step - 1}" if off.step else ""
    place = _PLACES.get(off.what, f"/then/{off.what}").replace("{found}", str(off.found))
    if off.step and off.what == "answers":  # alone an edit is told so
        place = f"/edit/{off.found}"
    data: dict[str, Any] = {
        "name": _words(story.title),
        **_step(module, story, off.step),
        "field": _said(module, off.what, off.found),
        "expected": _said(module, off.what, off.expected),
        "found": _said(module, off.what, off.found),
    }
    severity: Any = "warning" if off.by_calendar else "error"
    return Problem(f"told.{off.what}", f"/stories/{at}{step}{place}", severity, data)


def _step(module: Module, story: Story, number: int) -> dict[str, Words]:
    """Return which step it is, who acts in it and what is done."""
    if number == 0:
        return {"step": FILING, "who": APPLICANT, "did": APPLIES}
    step = story.told["steps"][number - 1]
    words = {language: STEP[language].replace("{number}", str(number)) for language in LANGUAGES}
    if "wait" in step:
        return {"step": words, "who": SYSTEM, "did": WAITS}
    if "case" in step:
        return {"step": words, "who": _other(module, step["case"]), "did": ENDS[step["outcome"]]}
    role = step["by"].partition("#")[0]
    who = APPLICANT if role == "applicant" else _words(module.workflow.role(role).title)
    if "edit" in step:
        return {"step": words, "who": who, "did": EDITS}
    return {"step": words, "who": who, "did": _words(_title(module, step["do"], step.get("outcome", "")))}


def _other(module: Module, service: str) -> Words:
    """Return the application of another service, named by the step that files it."""
    waiting = (one for one in places.effects(module) if one[1].module == service and one[1].outcomes)
    _pointer, _effect, action = next(waiting)
    if action is None:
        return ALONG
    return {code: OTHER[code].replace("{what}", action.title.say(code)) for code in LANGUAGES}


def _said(module: Module, what: str, value: Any) -> Words:
    """Return an expected or a found value in the words people know it by."""
    if what == "answers":
        field = module.field(value)
        return _words(field.label) if field else NOTHING
    if what in ("page", "examples"):
        page = module.page(value)
        return _words(page.title) if page else NOTHING
    if what == "status":
        return _words(module.workflow.status(value).title)
    if what in ("tasks", "done"):
        return _listed(_words(_title(module, key)) for key in value)
    if what == "effects":
        return _listed(_effect(module, told) for told in value)
    if what == "refused":
        words = WHY.get(value, {})
        if not value:
            return ACCEPTED
        return {code: REFUSED[code].replace("{why}", words.get(code, value)) for code in LANGUAGES}
    return dict.fromkeys(LANGUAGES, value) if value else NOTHING


def _effect(module: Module, told: str) -> Words:
    kind, _colon, about = told.partition(":")
    words, message, letter = SENT.get(kind, {}), module.message(about), module.letter(about)
    if kind == "letter" and letter is not None:
        subject = _words(letter.title)
    else:
        subject = _words(message.subject) if message else dict.fromkeys(LANGUAGES, about)
    subject = {code: PLACE.sub("…", said) for code, said in subject.items()}
    subject = PUT_RIGHT if about == EDIT else subject
    return {code: f"{words.get(code, kind)} “{subject[code]}”".replace(" “”", "") for code in LANGUAGES}


def _listed(parts: Iterable[Words]) -> Words:
    found = list(parts)
    return {code: ", ".join(part[code] for part in found) or NOTHING[code] for code in LANGUAGES}


def _title(module: Module, key: str, outcome: str = "") -> Text:
    """Return how an action or a task is called, of a decision the decision."""
    action = module.workflow.action(key)
    if action is not None and not outcome:
        return action.title
    rule = next(_tasks(module, key), None)
    decision = rule.outcome(outcome) if rule and outcome else None
    return decision.title if decision else rule.title if rule else Text((("id", key),))


def _tasks(module: Module, key: str) -> Iterator[Any]:
    found = (status.task(key) for status in module.workflow.statuses)
    return (rule for rule in found if rule is not None)


def _words(text: Text) -> Words:
    return {language: text.say(language) for language in LANGUAGES}
