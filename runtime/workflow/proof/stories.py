"""Tells in words how a case came somewhere: who did what, and what was answered where it matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from runtime.workflow.proof.moves import DROPPED, Move
from runtime.workflow.values import Awaited
from schemas.definition import Json, Module, Page
from schemas.problems import LANGUAGES, quote

LONGEST = 12
MOST_ANSWERS = 4
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "begin": "If ",
        "then": ", then ",
        "end": ":",
        "filed": "an application is filed",
        "action": "{who} chooses “{what}”",
        "outcome": "{who} decides “{what}” in “{task}”",
        "times": "{what} ({count} times)",
        "system": "the time for “{what}” comes",
        "idle": "the time for “{what}” passes with nothing done",
        "days": "time goes by",
        "other": "the application that “{what}” filed",
        "other_filed": "the application that was filed along with it",
        "ended": "{other} ends: {outcome}",
        "dropped": "{other} is not filed any more",
        "granted": "granted",
        "refused": "refused",
        "withdrawn": "withdrawn",
        "expired": "expired",
        "applicant": "the applicant",
        "with": "{what} with {answers}",
        "answer": "“{question}” = “{answer}”",
        "nothing": "“{question}” unanswered",
        "and": " and ",
        "more": "…",
        "yes": "yes",
        "no": "no",
    },
    "id": {
        "begin": "Jika ",
        "then": ", lalu ",
        "end": ":",
        "filed": "permohonan diajukan",
        "action": "{who} memilih “{what}”",
        "outcome": "{who} memutuskan “{what}” pada “{task}”",
        "times": "{what} ({count} kali)",
        "system": "waktu untuk “{what}” tiba",
        "idle": "waktu untuk “{what}” lewat tanpa apa-apa",
        "days": "waktu berlalu",
        "other": "permohonan yang diajukan lewat “{what}”",
        "other_filed": "permohonan lain yang ikut diajukan",
        "ended": "{other} selesai: {outcome}",
        "dropped": "{other} tidak jadi diajukan",
        "granted": "dikabulkan",
        "refused": "ditolak",
        "withdrawn": "dibatalkan",
        "expired": "kedaluwarsa",
        "applicant": "pemohon",
        "with": "{what} dengan {answers}",
        "answer": "“{question}” = “{answer}”",
        "nothing": "“{question}” tidak dijawab",
        "and": " dan ",
        "more": "…",
        "yes": "ya",
        "no": "tidak",
    },
}


class Teller:
    """Tells stories of one module; `read` are the questions that decide something."""

    def __init__(self, module: Module, read: frozenset[str]) -> None:
        self.module, self.read = module, read

    def story(self, moves: Sequence[Move]) -> dict[str, str]:
        """Return the story in both languages; of a long one its beginning and its end."""
        return {language: self._story(moves, language) for language in LANGUAGES}

    def _story(self, moves: Sequence[Move], language: str) -> str:
        words = WORDS[language]
        told = []
        for said, same in groupby(self._said(move, language) for move in moves):
            count = len(list(same))
            told.append(
                said
                if count == 1 or said == words["days"]
                else _put(words["times"], what=said, count=str(count))
            )
        if len(told) > LONGEST:
            told = [*told[:2], words["more"], *told[3 - LONGEST :]]
        return words["begin"] + words["then"].join(told) + words["end"]

    def _said(self, move: Move, language: str) -> str:
        words = WORDS[language]
        who = self._who(move.who, language)
        if move.idle and not move.key:
            return words["days"]
        if move.awaited is not None:
            return self._ended(move.awaited, move.outcome, language)
        if move.key == "filed":
            said = words["filed"]
        elif move.outcome:
            task, what = self._task(move, language)
            said = _put(words["outcome"], who=who, what=what, task=task)
        else:
            action = self.module.workflow.action(move.key)
            title = action.title.say(language) if action else move.key
            told = "idle" if move.idle else "system" if move.who == "system" else "action"
            said = _put(words[told], who=who, what=title)
        answers = list(self._answers(move, language))[:MOST_ANSWERS]
        return _put(words["with"], what=said, answers=words["and"].join(answers)) if answers else said

    def _ended(self, awaited: Awaited, outcome: str, language: str) -> str:
        words, opener = WORDS[language], self.module.workflow.action(awaited[0])
        other = _put(words["other"], what=opener.title.say(language)) if opener else words["other_filed"]
        return _put(words["dropped" if outcome == DROPPED else "ended"], other=other, outcome=words[outcome])

    def _who(self, who: str, language: str) -> str:
        if who in ("applicant", "system"):
            return WORDS[language].get(who, "")
        return self.module.workflow.role(who).title.say(language)

    def _task(self, move: Move, language: str) -> tuple[str, str]:
        for status in self.module.workflow.statuses:
            task = status.task(move.key)
            outcome = task.outcome(move.outcome) if task else None
            if task is not None and outcome is not None:
                return task.title.say(language), outcome.title.say(language)
        return move.key, move.outcome

    def _pages(self, move: Move) -> tuple[Page, ...]:
        action = self.module.workflow.action(move.key)
        if move.key == "filed" or (action is not None and action.ask.answers):
            return self.module.filing_pages()
        asked = {action.ask.page} if action is not None and not move.outcome else set()
        return tuple(
            page for page in self.module.pages if page.key in asked or (move.outcome and move.answers)
        )

    def _answers(self, move: Move, language: str) -> Iterator[str]:
        """Yield the answers that decide something; those not given only where something reads them."""
        words = WORDS[language]
        for page in self._pages(move):
            for field in page.fields:
                if field.key not in self.read:
                    continue
                label = field.label.say(language)
                if field.key not in move.answers:
                    if not move.outcome and field.visible is None and page.visible is None:
                        yield _put(words["nothing"], question=label)
                    continue
                value = self._value(move.answers[field.key], language)
                option = field.option(value)
                answer = option.label.say(language) if option else value
                yield _put(words["answer"], question=label, answer=answer)

    def _value(self, value: Json, language: str) -> str:
        if isinstance(value, bool):
            return WORDS[language]["yes" if value else "no"]
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            return f"{len(value)}×"
        return quote(value)


def _put(template: str, **parts: str) -> str:
    for name, words in parts.items():
        template = template.replace("{" + name + "}", words)
    return template
