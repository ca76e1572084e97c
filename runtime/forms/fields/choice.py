"""One of a list of answers, as radio buttons or, when the list is long, as a drop-down list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.datasets.tables import RegionTables
from runtime.forms.face import (
    Attributes,
    Choice,
    Circumstances,
    FieldFace,
    Refused,
    Typed,
    clean_text,
    part_name,
)
from schemas.definition import Field, Json, Option

LONG_LIST = 8
WORDS = "words"
TITLE = "title"
LONGEST_WORDS = 100


@dataclass(frozen=True)
class ChoiceFace(FieldFace):
    """Accepts only what is on the list. Beside a large list, words to search for are posted, too."""

    def names(self, name: str) -> tuple[str, ...]:
        return (name, part_name(name, WORDS))

    def read(self, get: Callable[[str], Sequence[Any]], name: str) -> Typed:
        typed = super().read(get, name)
        words = "".join(clean_text(text) for text in get(part_name(name, WORDS))[-1:]).strip()
        return {**typed, WORDS: words[:LONGEST_WORDS]} if words else typed

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = str(typed.get("") or "")
        if not value:
            raise Refused("list.pick")
        if not self.on_list(question, [value], around):
            raise Refused("option.unknown")
        return value

    def on_list(self, question: Field, values: Sequence[str], around: Circumstances) -> list[str]:
        """Return those of `values` that are on the list, in its order; of a large list as they came."""
        lists = region_lists(question, around)
        if lists is not None:
            return [value for value in dict.fromkeys(values) if lists.option(question.dataset, value)]
        return [choice.value for choice in self.choices(question, around) if choice.value in values]

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        lists = region_lists(question, around)
        if lists is not None:
            option = lists.option(question.dataset, str(answer))
            return option.label.say(around.language) if option else str(answer)
        found = (choice.label for choice in self.choices(question, around) if choice.value == answer)
        return next(found, str(answer))

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        values = [str(value) for value in (answer if isinstance(answer, list) else [answer]) if value]
        found = {"": "; ".join(values)}
        if not question.dataset or question.options:
            return found
        words = [ChoiceFace.say(self, question, value, around) for value in values] if around else values
        return {**found, TITLE: "; ".join(words)}

    def facts(self, question: Field) -> dict[str, Any]:
        return {"tiles": question.settings.get("style") == "tiles"}

    def attributes(self, question: Field) -> Attributes:
        return {"autocomplete": question.autocomplete or None}

    def choices(self, question: Field, around: Circumstances) -> tuple[Choice, ...]:
        lists, options = region_lists(question, around), question.options
        if lists is not None and lists.is_small(question.dataset):
            options = lists.options(question.dataset)
        return tuple(as_choice(option, around.language) for option in options)


def region_lists(question: Field, around: Circumstances) -> RegionTables | None:
    """Return the lists of the region if `question` chooses from one of them."""
    named = bool(question.dataset) and not question.options
    return around.tables if named and isinstance(around.tables, RegionTables) else None


def as_choice(option: Option, language: str) -> Choice:
    """Return a row of a list in a language."""
    return Choice(option.value, option.label.say(language), option.help.say(language))


FACE = ChoiceFace("choice", grouped=True, control="govuk-select")
