"""What happened in a test run, line by line, with what would go outside: mails, messages, letters as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from runtime.cases.edits import Changed, changed
from runtime.effects import composing, tokens
from runtime.letters import resolving, samples
from runtime.tryout.trial import Trial
from runtime.workflow import deciding, verdict
from runtime.workflow.story import Happening
from runtime.workflow.values import Decision
from schemas import chips
from schemas.definition import EffectRule, Letter, Module, Who

REFERENCE, NUMBER, LINK = "AB12-CD34", "001", "https://…"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that would go outside: its kind and whom it goes to in words, title and text."""

    kind: str
    to: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when, by whom, what, and where the case stands then."""

    at: datetime
    by: str
    what: str
    status: str
    moved: bool
    comment: str
    changes: tuple[Changed, ...]
    sent: tuple[Sent, ...]
    numbered: tuple[str, ...]


def lines(trial: Trial) -> list[Line]:
    """Return what happened, in its order."""
    return [_line(trial, one) for one in trial.happened if not one.refused]


def to_applicant(trial: Trial) -> list[Sent]:
    """Return what the applicant would have received."""
    found = (one for one in trial.happened if one.decision is not None)
    return [
        _sent(trial, happening, effect)
        for happening in found
        for effect in (happening.decision.effects if happening.decision else ())
        if effect.type == "letter" or (effect.message and effect.to.kind == "applicant")
    ]


def _line(trial: Trial, one: Happening) -> Line:
    module, language, decision = trial.module, trial.language, one.decision
    return Line(
        at=one.at,
        by=_who(module, one.by, language) if decision else "",
        what=_what(trial, one),
        status=module.workflow.status(one.status).title.say(language),
        moved=decision is not None and decision.moved,
        comment=_comment(decision),
        changes=_changes(trial, decision),
        sent=tuple(_sent(trial, one, effect) for effect in decision.effects) if decision else (),
        numbered=tuple(_numbered(module, decision, language)) if decision else (),
    )


def _comment(decision: Decision | None) -> str:
    """Return what whoever acted wrote; of an edit why."""
    if decision is None:
        return ""
    return decision.edited.reason if decision.edited else decision.comment


def _changes(trial: Trial, decision: Decision | None) -> tuple[Changed, ...]:
    """Return the answers that an edit made others, before and after in words."""
    if decision is None or decision.edited is None:
        return ()
    edited = decision.edited
    return changed(trial.module, edited.before, edited.after, language=trial.language, region=trial.region)


def _who(module: Module, by: str, language: str) -> str:
    if by == "applicant":
        return _say(verdict.APPLICANT, language)
    if by == "system":
        return _say(verdict.SYSTEM, language)
    role, _mark, number = by.partition("#")
    title = module.workflow.role(role).title.say(language)
    return f"{title} {number}" if number else title


def _what(trial: Trial, one: Happening) -> str:
    module, language, decision = trial.module, trial.language, one.decision
    if decision is None:
        return f"{one.by}: {_say(verdict.ENDS[one.action], language)}"
    if not decision.from_status:
        return _say(verdict.APPLIES, language)
    if decision.settled is not None:
        rule = module.workflow.status(decision.from_status).task(decision.action)
        return deciding.title(rule, decision.settled.outcome, language) if rule else decision.action
    if decision.edited is not None:
        return _say(verdict.EDITS, language)
    action = module.workflow.action(decision.action)
    return action.title.say(language) if action else decision.action


def _numbered(module: Module, decision: Decision, language: str) -> Iterator[str]:
    """Yield the registers that gave a number."""
    for change in decision.changes:
        yield module.workflow.register(change.register).title.say(language)


def _sent(trial: Trial, one: Happening, effect: EffectRule) -> Sent:
    language = trial.language
    kind = _say(verdict.SENT[effect.type], language)
    if effect.message:
        title, text = _message(trial, one, effect)
        return Sent(kind, _whom(trial.module, effect.to, language), title, text)
    letter = trial.module.letter(effect.letter) if effect.letter else None
    if letter is not None:
        return Sent(kind, "", letter.title.say(language), text_of(trial, one, letter))
    return Sent(kind, "", effect.connection or effect.module, "")


def _whom(module: Module, to: Who, language: str) -> str:
    return module.workflow.role(to.role).title.say(language) if to.role else _say(verdict.APPLICANT, language)


def _message(trial: Trial, one: Happening, effect: EffectRule) -> tuple[str, str]:
    """Return subject and text of a message, its places filled in with invented facts."""
    message = composing.named(trial.module, effect.message)
    if message is None:
        return effect.message, ""
    language, status = trial.language, trial.module.workflow.status(one.status)
    values = {
        "reference": REFERENCE,
        "number": NUMBER,
        "link": LINK,
        "service": trial.module.title.say(language),
        "status": (status.public_title or status.title).say(language),
        "note": one.decision.comment if one.decision else "",
        "office": str(trial.region),
    }
    brief = effect.type == "message" and message.short.values
    subject, body = message.subject.say(language), (message.short if brief else message.body).say(language)
    return ("" if brief else tokens.fill(subject, values)), tokens.fill(body, values)


def text_of(trial: Trial, one: Happening, letter: Letter) -> str:
    """Return a letter as plain text, with the answers as they stood, and invented names and numbers."""
    language, day = trial.language, one.at.date()
    known = samples.facts(trial.module, letter, region=trial.region, language=language, today=day)
    decision = one.decision
    answers = {**decision.answers, **decision.officer_answers} if decision else {}
    said = {**known.said, chips.REASON: decision.comment if decision else ""}
    data = resolving.resolve(letter, replace(known, answers=answers, said=said))
    return "\n\n".join(filter(None, ["\n".join(_head(data)), *map(_block, data["blocks"]), _foot(data)]))


def _head(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (*data["head"]["names"], data["head"]["office"], "", data["heading"])
    yield from filter(None, (f"{data['words']['number']}: {data['number']}", _runs(data["subject"])))
    if data["recipient"]:
        yield from ("", _runs(data["recipient"]))


def _foot(data: Mapping[str, Any]) -> str:
    signed = data["signature"]
    return "\n".join([data["dated"], *signed["lines"], signed["name"], *signed["below"]] if signed else [])


def _block(block: Mapping[str, Any]) -> str:
    match block["kind"]:
        case "paragraph" | "heading":
            return _runs(block["text"])
        case "items":
            return "\n".join(f"– {_runs(item)}" for item in block["items"])
        case "details":
            return "\n".join(f"{_runs(line['label'])}: {_runs(line['value'])}" for line in block["lines"])
        case "table":
            titles = " | ".join(_runs(column["title"]) for column in block["columns"])
            return "\n".join([titles, *(" | ".join(map(_runs, row)) for row in block["rows"])])
        case _:
            return ""


def _runs(runs: Any) -> str:
    return "".join(str(run["text"]) for run in runs)


def _say(words: Words, language: str) -> str:
    return words.get(language, words["en"])
