"""What every field type has to be able to do: be asked, be read, be shown again, be said in words.

A face knows nothing of drafts, cases or requests. Each type has one in `runtime/forms/fields/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from runtime.regions import calendar
from schemas import fieldtypes
from schemas.definition import INLINE_ONLY, Field, Json, Tables
from schemas.fieldtypes import longtext
from schemas.fieldtypes import text as text_type

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from runtime.regions.models import Region

Attributes = dict[str, str | int | bool | None]
"""Attributes of an element as `flatatt` reads them: None is left out, True stands without a value."""

Typed = dict[str, Any]
"""What stands in the inputs of one question: part → text (or list of texts); a single input is part ""."""

UNSPELT = {"spellcheck": "false"}
_CONTROLS = dict.fromkeys({*range(32), 127} - {ord("\n"), ord("\t")})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a question needs to know beside itself: language, region, the day it is asked, and the lists."""

    language: str
    today: date
    region: Region | None = None
    tables: Tables = field(default=INLINE_ONLY, compare=False)

    @property
    def zone(self) -> tzinfo:
        """Return the clocks that a time of day is read from: those of the region."""
        return calendar.zone(self.region) if self.region else timezone.get_default_timezone()

    @property
    def offset(self) -> str:
        """Return how far those clocks are from UTC today: `+07:00`."""
        return datetime.combine(self.today, time(12), self.zone).isoformat()[-6:]


class Refused(Exception):
    """What was typed cannot be an answer. `code` finds the sentence, `data` fills it."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class Choice:
    """One selectable answer, ready to be drawn; `help` explains it in small letters."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class FieldFace:
    """The face of a plain one-line input; other types override what differs."""

    type: str
    parts: tuple[str, ...] = ("",)
    several: bool = False
    grouped: bool = False
    takes_files: bool = False
    has_answer: bool = True
    inputmode: str = "text"
    input_type: str = "text"
    autocomplete: str = ""
    width: str = ""
    control: str = "govuk-input"
    regional: bool = False
    has_buttons: bool = False
    example: str | StrPromise = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"runtime/forms/fields/{self.type}.html"

    def frame(self, as_select: bool) -> str:
        """Return what names the question: "label", "legend" (around several inputs), "own" words, "none"."""
        if not self.has_answer:
            return "none"
        return "legend" if self.grouped and not as_select else "label"

    def hint(self, question: Field, language: str) -> str:
        """Return what helps to answer: the author's words, else an example of the right form."""
        return question.help.say(language) or str(self.example)

    def facts(self, question: Field) -> dict[str, Any]:
        """Return what else the template of the type draws, the same for everybody."""
        return {}

    def detail(self, question: Field, typed: Typed, *, name: str, language: str) -> Any:
        """Return what the template of the type draws out of what was typed, where `value` is not enough."""
        return None

    def lead(self, question: Field, typed: Typed) -> str:
        """Return the part that needs attention first, where the first input of the question is not it."""
        return ""

    def attributes(self, question: Field) -> Attributes:
        """Return the attributes of the one input, beside class, name, id and what describes it."""
        return {
            "type": self.input_type,
            "inputmode": None if self.inputmode == "text" else self.inputmode,
            "autocomplete": question.autocomplete or self.autocomplete or None,
            **self.extra,
        }

    def part_attributes(self, question: Field, part: str, *, wrong: bool) -> Attributes:
        """Return the attributes of one of several inputs, beside name and id."""
        return {}

    def part_label(self, part: str) -> str:
        """Return what one of several inputs is called."""
        return ""

    def names(self, name: str) -> tuple[str, ...]:
        """Return the posted names that belong to the question called `name`."""
        return tuple(part_name(name, part) for part in self.parts) if self.has_answer else ()

    def read(self, get: Callable[[str], Sequence[Any]], name: str) -> Typed:
        """Take what was typed out of a posted page; `get` returns all values of one name."""
        typed: Typed = {}
        for part in self.parts if self.has_answer else ():
            values = list(map(clean_text, get(part_name(name, part))))
            typed[part] = values if self.several else (values[-1] if values else "")
        return typed

    def empty(self, typed: Typed) -> bool:
        """Say whether nothing was typed at all."""
        return not any(value for value in typed.values())

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        """Return the canonical answer for what was typed, or raise `Refused`."""
        text = str(typed.get("", "")).strip()
        check_length(question, text)
        return text

    def leaves(self, question: Field, typed: Typed, around: Circumstances) -> bool:
        """Say whether a right answer leaves out something that was typed; it is then kept as it was typed."""
        return False

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        """Return what stands in the inputs for a stored answer."""
        return {"": "" if answer is None else str(answer)}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        """Return a stored answer in words."""
        return str(answer)

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        """Return a stored answer as it stands in a letter: in words, on one line or several."""
        return self.say(question, answer, around)

    def strokes(self, answer: Json) -> str:
        """Return what was drawn as an answer: path data of an SVG that is safe to show, empty for nothing."""
        return ""

    def coordinates(self, answer: Json) -> tuple[str, str] | None:
        """Return latitude and longitude of the answer, as maps write them; None where it has none."""
        return None

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        """Return a stored answer as the cells of a table: part → text, a single cell is part "".

        The same parts stand there with and without an answer, and what they hold is the same in
        every language: codes, days in ISO 8601, numbers with a point. Beside a value from a list of the
        region stand its words, which `around` knows.
        """
        if question.type in fieldtypes.UNANSWERED:
            return {}
        return {"": "" if answer is None else str(answer)}

    def live(self, question: Field, typed: Typed, around: Circumstances, name: str, wrong: bool) -> Any:
        """Return what the template draws that depends on what was typed, such as the next list to open."""
        return None

    def mask(self, words: str) -> str:
        """Return the words of an answer as they may be shown to people who need not know it all."""
        return words

    def choices(self, question: Field, around: Circumstances) -> tuple[Choice, ...]:
        """Return what can be chosen from; empty for types that are typed in."""
        return ()


def part_name(name: str, part: str) -> str:
    """Return the name of one input: keys hold no hyphen, so a part can never be another question."""
    return f"{name}-{part}" if part else name


def clean_text(value: object) -> str:
    """Return posted text with control characters gone and line ends made alike."""
    text = str(value)
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def check_length(question: Field, text: str) -> None:
    """Refuse a text shorter or longer than the question allows."""
    longest = longest_text(question)
    shortest = question.settings.get("minLength")
    if len(text) > longest:
        raise Refused("text.long", limit=longest, length=len(text))
    if shortest is not None and len(text) < shortest:
        raise Refused("text.short", limit=shortest, length=len(text))


def longest_text(question: Field) -> int:
    """Return the most characters that the answer may have."""
    usual = longtext.USUAL if question.type == "longtext" else text_type.LONGEST
    return int(question.settings.get("maxLength", usual))


def mask_digits(words: str, *, keep: int = 4) -> str:
    """Return `words` with all but the last `keep` characters hidden."""
    return "•" * max(0, len(words) - keep) + words[-keep:]
