"""What the pictures say about tasks that people decide, and about when these are enough."""

from __future__ import annotations

from schemas.definition import Action, Completion, Status, TaskRule, Workflow
from schemas.diagram import words

_TALLIES = {
    "all_for": {"en": "when all agree", "id": "bila semua setuju"},
    "any_against": {"en": "when one is against", "id": "bila satu menolak"},
    "all_decided": {"en": "when all have decided", "id": "bila semua sudah memutus"},
    "for": {"en": "when {} agree", "id": "bila {} setuju"},
    "against": {"en": "when {} are against", "id": "bila {} menolak"},
    "unreachable": {"en": "when {} can no longer agree", "id": "bila tidak mungkin lagi {} setuju"},
}
_OF = {"en": "{} of {}", "id": "{} dari {}"}
_SEATS = {"en": "{} ({} people)", "id": "{} ({} orang)"}
_EACH = {"en": "{} (each office)", "id": "{} (setiap kantor)"}
_NEXT = {"en": "{}, after {}", "id": "{}, setelah {}"}
_ALONE = {"en": "by itself", "id": "otomatis"}
_RESULT = {"en": "outcome of another case", "id": "hasil permohonan lain"}


def task(status: Status, one: TaskRule, language: str) -> str:
    """Return what the task is called, how many decide it, and what comes before."""
    said = one.title.say(language)
    if one.where.kind == "each":
        said = words.put(_EACH, language, said)
    elif one.seats > 1:
        said = words.put(_SEATS, language, said, str(one.seats))
    before = [found.title.say(language) for key in one.after if (found := status.task(key))]
    return words.put(_NEXT, language, said, ", ".join(before)) if before else said


def trigger(workflow: Workflow, status: Status, action: Action, language: str) -> str:
    """Return what makes the system take `action` in `status`; empty when a person takes it."""
    if action.by_clock:
        return words.clock(action, language)
    if action.who.kind != "system":
        return ""
    tallies = [_tally(status, rule, language) for rule in status.complete if rule.do == action.key]
    if tallies:
        return "; ".join(dict.fromkeys(tallies))
    return words.put(_RESULT if action.key in workflow.results else _ALONE, language)


def _tally(status: Status, rule: Completion, language: str) -> str:
    sentence = _TALLIES[rule.tally.kind]
    if "{}" not in sentence["en"]:
        return words.put(sentence, language)
    tasks = [one for one in status.tasks if one.outcomes and (not rule.of or one.key in rule.of)]
    count = str(rule.tally.count)
    if all(one.where.kind != "each" for one in tasks):
        count = words.put(_OF, language, count, str(sum(one.seats for one in tasks)))
    return words.put(sentence, language, count)
