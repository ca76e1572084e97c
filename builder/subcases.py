"""Whether a service that files applications with others can do so in its region; else it is told.

What is judged is the version that is open there now; a later one is judged when an application is filed.
"""

from __future__ import annotations

from collections.abc import Iterator

from runtime.modules import selectors as modules
from runtime.modules.models import Installation
from runtime.regions.models import Region
from schemas.definition import EffectRule, Field, Module
from schemas.problems import Problem, error
from schemas.rules import places
from schemas.walk import is_asked

NO_SERVICE = "effects.no_service"
NO_QUESTION = "effects.no_question"
UNANSWERED = "effects.unanswered_there"
CIRCLE = "effects.circle"
_SHUT = (Installation.State.PAUSED, Installation.State.CLOSED)


def problems(module: Module, effect: EffectRule, pointer: str, region: Region) -> Iterator[Problem]:
    """Yield what hinders the application that `effect` files; the caller has opened the scope."""
    offered = modules.installation(region, effect.module)
    there = modules.definition(offered.version) if offered else None
    title = there.title.say() if there else effect.module
    if there is None or offered is None or offered.state in _SHUT:
        yield error(NO_SERVICE, f"{pointer}/case", region=str(region), service=title)
        return
    if effect.module != module.key and _comes_back(there, module.key, region):
        yield error(CIRCLE, f"{pointer}/case", service=title)
    asked = {question.key: question for page in there.filing_pages() for question in page.fields}
    for key in effect.answers:
        if key not in asked:
            yield error(NO_QUESTION, f"{pointer}/answers/{key}", service=title, question=key)
    for question in _needed(there):
        if question.key not in effect.answers:
            label = question.label.say()
            yield error(UNANSWERED, f"{pointer}/answers", service=title, question=label)


def _comes_back(there: Module, key: str, region: Region) -> bool:
    """Tell whether `there` files applications, itself or through others, with the service `key`."""
    seen, waiting = {there.key}, [there]
    while waiting:
        for _pointer, effect, _action in places.effects(waiting.pop()):
            if effect.type == "case" and effect.module not in seen:
                seen.add(effect.module)
                offered = modules.installation(region, effect.module)
                waiting += [modules.definition(offered.version)] if offered else []
    return key in seen


def _needed(there: Module) -> Iterator[Field]:
    """Yield the questions that every application must answer and nothing answers by itself."""
    for page in there.filing_pages():
        for question in page.fields if page.visible is None else ():
            always = question.required is True and question.visible is None and is_asked(question)
            if always and question.default is None:
                yield question
