"""What stands in a question before anybody typed into it, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from runtime.forms import fields as registry
from runtime.forms.face import Circumstances, Refused
from schemas import fieldtypes
from schemas.definition import Field, Json
from schemas.shapes import well_formed


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the page that fetches the answer: what it posts, what it says, and a sentence above it."""

    value: str
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Excuse:
    """A box below a question, that there is no answer to it: what it posts, what it says."""

    value: str
    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Given:
    """An offered `value`, or a `fixed` one that is shown and not asked; `words` say where it comes from.

    `button` stands in front of the question, `excuse` below it. Nothing of this is an answer before
    the page is posted.
    """

    value: Json = None
    words: str = ""
    fixed: bool = False
    button: Button | None = None
    excuse: Excuse | None = None


NOTHING = Given()


def possible(question: Field, value: Json, around: Circumstances) -> bool:
    """Say whether a canonical value is an answer that could have been given on the page itself.

    It must survive being shown and read again: a choice that is gone from the list does not.
    """
    if value in (None, "", [], {}) or not well_formed(question, value):
        return False
    if fieldtypes.get(question.type).verdict(question, value):
        return False
    face = registry.face(question.type)
    try:
        return bool(face.clean(question, face.show(question, value, around), around) == value)
    except (Refused, KeyError, ValueError, TypeError):
        return False


def read(question: Field, values: list[str], around: Circumstances) -> Json:
    """Return the answer that a plain text stands for, None when it is none; it may be canonical."""
    face = registry.face(question.type)
    text = values[-1] if values else ""
    typed: Mapping[str, Json] = face.show(question, text, around) if _canonical(question, text) else {}
    try:
        found = face.clean(question, dict(typed or face.read(lambda _name: values, question.key)), around)
    except (Refused, KeyError, ValueError, TypeError):
        return None
    return found if possible(question, found, around) else None


def _canonical(question: Field, text: str) -> bool:
    """Say whether a question of several inputs has this very text as an answer, such as a date."""
    several_inputs = registry.face(question.type).parts != ("",)
    return several_inputs and well_formed(question, text)
