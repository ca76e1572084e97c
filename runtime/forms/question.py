"""One question as it stands on a page: everything its template draws, nothing it would have to work out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from runtime.forms import browser, uploads
from runtime.forms.face import Choice, Circumstances, FieldFace, Typed, longest_text, part_name
from runtime.forms.fields.choice import LONG_LIST
from runtime.forms.sentences import accepted_words
from schemas.definition import Field


@dataclass(frozen=True, slots=True)
class Option(Choice):
    """A choice with its place on the page."""

    id: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Question:
    """A field with what was typed into it and what is wrong with it, ready for its template."""

    field: Field
    face: FieldFace
    around: Circumstances
    name: str
    typed: Typed
    error: str = ""
    shown: bool = True
    conditional: bool = False
    required: bool = False

    @property
    def template(self) -> str:
        return self.face.template

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def label(self) -> str:
        return self.field.label.say(self.around.language)

    @property
    def help(self) -> str:
        return self.field.help.say(self.around.language)

    @property
    def hint(self) -> str:
        """Return the author's help; for files also what may be attached."""
        if not self.face.takes_files:
            return self.help
        size = uploads.size_words(self.most_bytes)
        facts = {"kinds": self.accepted, "size": size, "count": self.most_items}
        if self.most_items > 1:
            words = gettext("%(kinds)s, at most %(size)s each, up to %(count)s files.") % facts
        else:
            words = gettext("%(kinds)s, at most %(size)s.") % facts
        return f"{self.help} {words}".strip()

    @property
    def frame(self) -> str:
        """Return what names the question: a "label", a "legend" around several inputs, or "none"."""
        if self.field.type in {"consent", "note"}:
            return "none"
        return "legend" if self.face.grouped and not self.as_select else "label"

    @property
    def optional(self) -> bool:
        """Only a question that can never be demanded is marked "optional"."""
        return self.field.required is False and self.face.has_answer

    @property
    def value(self) -> Any:
        return self.typed.get("", "")

    @property
    def described_by(self) -> str:
        """Return the ids of hint and error, in reading order, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)

    @property
    def parts(self) -> dict[str, dict[str, str]]:
        """Return name, id and text of each input of a question with several."""
        return {
            part: {
                "name": part_name(self.name, part),
                "id": f"{self.id}-{part}",
                "value": str(self.typed.get(part, "")),
            }
            for part in self.face.parts
        }

    @property
    def first_id(self) -> str:
        """Return the id of the first control, where a link in the error summary leads."""
        if self.field.type in {"date", "location"}:
            return f"{self.id}-{self.face.parts[0]}"
        if self.face.grouped and not self.as_select:
            return f"{self.id}-1"
        return self.id

    @property
    def options(self) -> list[Option]:
        value = self.value
        chosen = set(value) if isinstance(value, list) else {value}
        return [
            Option(choice.value, choice.label, f"{self.id}-{number}", choice.value in chosen)
            for number, choice in enumerate(self._choices, 1)
        ]

    @property
    def _choices(self) -> tuple[Choice, ...]:
        cached = self.__dict__.get("_choices_once")
        if cached is None:
            cached = self.face.choices(self.field, self.around)
            self.__dict__["_choices_once"] = cached
        return cached

    @property
    def as_select(self) -> bool:
        """A long list becomes a drop-down unless the author wants radio buttons."""
        if self.field.type not in {"choice", "office"}:
            return False
        style = self.field.settings.get("style")
        return style == "select" or (style != "radio" and len(self._choices) > LONG_LIST)

    @property
    def inline(self) -> bool:
        return self.field.type == "boolean"

    @property
    def autocomplete(self) -> str:
        return self.field.autocomplete or self.face.autocomplete

    @property
    def longest(self) -> int:
        return longest_text(self.field)

    @property
    def longest_words(self) -> str:
        return gettext("At most %(limit)s characters.") % {"limit": self.longest}

    @property
    def accept(self) -> str:
        return ",".join(sorted(uploads.accepted_types(self.field)))

    @property
    def accepted(self) -> str:
        return accepted_words(uploads.accepted_types(self.field))

    @property
    def most_bytes(self) -> int:
        return uploads.most_bytes(self.field)

    @property
    def most_items(self) -> int:
        return uploads.most_items(self.field)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Return the descriptions of the files already stored."""
        files = self.typed.get("kept", [])
        return [{**file, "words": uploads.size_words(file["size"])} for file in files]

    @property
    def room(self) -> bool:
        """Say whether another file still fits, or takes the place of the only one."""
        return self.most_items == 1 or len(self.kept) < self.most_items

    @property
    def visible_rule(self) -> str:
        """Return the condition for the script, when it can change on this very page."""
        if not self.conditional or self.field.visible is None:
            return ""
        return browser.compact(self.field.visible)
