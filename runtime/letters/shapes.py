"""Characters that no font has: found before a letter is signed, and named with their question."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext

from runtime.cases.selectors import Case
from runtime.effects.models import EffectRun
from runtime.forms.words import printable
from runtime.letters import gathering, typesetting
from runtime.letters.facts import Facts
from runtime.letters.models import IssuedLetter
from runtime.letters.resolving import resolve
from runtime.modules import selectors as modules
from runtime.regions import calendar
from schemas import chips
from schemas.definition import Action, Letter, Module
from schemas.rules import letterparts

UNNUMBERED = "0" * 13
_USUAL = re.compile("[\u0000-\u024f\u2010-\u2026\u200b\u20ac]+")
_TEMPLATE = """#let data = json(bytes(sys.inputs.letter))
#set document(title: "-")
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), lang: "id")
#data.text
"""


def hindrance(case: Case, module: Module, action: Action, *, language: str, now: datetime) -> str:
    """Say which characters of the letters that `action` issues no font has; "" when all can be printed."""
    wanted = {rule.letter for rule in action.effects if rule.type == "letter"}
    found: list[list[str]] = []
    for letter in module.letters:
        if letter.key in wanted:
            known = _facts(case, letter, now)
            characters = missing("".join(_texts(resolve(letter, known))))
            found += found_in(known, characters)
    if not found:
        return ""
    words = gettext("The letter cannot be printed: no font has %(characters)s. Have it put right first.")
    return words % {"characters": get_text_list(_sentences(module, found, language), gettext("and"))}


def prints_reason(module: Module, action: Action) -> bool:
    """Tell whether a letter that `action` issues prints the reason written with it."""
    printing = {letter.key for _place, letter in letterparts.naming(module, chips.REASON)}
    return any(rule.type == "letter" and rule.letter in printing for rule in action.effects)


def unfit(reason: str) -> str:
    """Say which characters of a reason that a letter prints no font has; "" when there are none."""
    found = missing(reason)
    if not found:
        return ""
    words = gettext("A letter prints this, and no font has %(characters)s. Write it without.")
    return words % {"characters": get_text_list([f"“{each}”" for each in found], gettext("and"))}


def missing(text: str) -> str:
    """Return those characters of a text that no font has, each once."""
    rare = "".join(sorted(set(_USUAL.sub("", printable(text)))))
    return _missing(rare) if rare.strip() else ""


def found_in(facts: Facts, characters: str) -> list[list[str]]:
    """Return each of the characters with the question in whose answer it stands, "" where it is in none."""
    answers = {key: json.dumps(answer, ensure_ascii=False) for key, answer in facts.answers.items()}
    return [[each, next((key for key, text in answers.items() if each in text), "")] for each in characters]


def told(row: EffectRun, language: str) -> tuple[str, ...]:
    """Return in words which characters kept a letter from being issued, and in which answer they stand."""
    found = row.payload.get("found")
    version = modules.version(row.region, row.payload.get("version", 0))
    if row.reason != "letter.characters" or not found or version is None:
        return ()
    return tuple(_sentences(modules.definition(version), found, language))


def _sentences(module: Module, found: list[list[str]], language: str) -> list[str]:
    said = []
    for character, key in found:
        question = module.field(key) if key else None
        if question is None:
            said.append(gettext("“%(character)s”") % {"character": character})
        else:
            named = {"character": character, "question": question.label.say(language)}
            said.append(gettext("“%(character)s” in the answer to “%(question)s”") % named)
    return said


@lru_cache(maxsize=256)
def _missing(text: str) -> str:
    try:
        typesetting.printed({"text": text}, 0, "pdf", strict=True, source=_TEMPLATE)
    except typesetting.Shapeless as shapeless:
        return shapeless.characters
    return ""


def _facts(case: Case, letter: Letter, now: datetime) -> Facts:
    """Return what the letter would say if it were issued now, without number and signer."""
    row = IssuedLetter(
        region=case.region,
        case=case,
        version=case.version,
        letter=letter.key,
        code=UNNUMBERED,
        issued_on=calendar.local(now, case.region).date(),
    )
    return gathering.facts(row)


def _texts(said: Any) -> Iterator[str]:
    """Yield every text of resolved data."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _texts(value)
