"""What is the same each time a question is drawn: ids, attributes, labels, worked out once per language.

Nothing that anybody typed is in here. `flatatt` joins and escapes the attributes, templates the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

from runtime.forms import browser
from runtime.forms import fields as registry
from runtime.forms.face import Attributes, Choice, Circumstances, FieldFace, part_name
from runtime.forms.fields.choice import LONG_LIST
from schemas.definition import Field
from schemas.same import Same

MOST_KEPT = 4096
NOTHING = SafeString()
OPENING, CLOSING = "runtime/forms/_opening.html", "runtime/forms/_closing.html"
COUNTED = "longtext"  # its text is described by the line that counts the characters, too

Mark = Mapping[str, SafeString]
"""One selectable answer: `attributes` of its input, `id`, `label`, `help`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how a question stands: what its drawing depends on beside the field itself."""

    around: Circumstances
    name: str
    place: str
    wrong: bool
    conditional: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several inputs of a question."""

    part: str
    id: str
    label: str
    attributes: SafeString


@dataclass(frozen=True, slots=True)
class Drawing:
    """A question without its answer. `options` are pairs: not chosen, chosen."""

    field: Field
    face: FieldFace
    name: str
    place: str
    language: str
    conditional: bool
    visible_rule: str
    label: str
    hint: str
    described_by: str
    frame: str
    as_select: bool
    attributes: SafeString
    parts: tuple[Part, ...]
    options: tuple[tuple[str, Mark, Mark], ...]
    facts: Mapping[str, Any]
    around: Circumstances
    note: str = ""
    opening: SafeString = NOTHING
    hidden_opening: SafeString = NOTHING
    closing: SafeString = NOTHING

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def optional(self) -> bool:
        """Only a question that can never be demanded is marked "optional"."""
        return self.field.required is False and self.face.has_answer

    @property
    def first_id(self) -> str:
        """Return the id of the first control, where a link in the error summary leads."""
        if self.parts:
            return self.parts[0].id
        return f"{self.id}-1" if self.face.grouped and not self.as_select else self.id

    def opened(self, *, error: str, shown: bool) -> SafeString:
        """Return everything that stands in front of the inputs."""
        return render_to_string(OPENING, {"question": self, "error": error, "shown": shown})


def drawing(
    field: Field,
    around: Circumstances,
    *,
    name: str,
    wrong: bool,
    conditional: bool,
    place: str = "",
    note: str = "",
) -> Drawing:
    """Return how `field` is drawn, with a `note` on its answer.

    It is kept, unless it depends on the region, or somebody's answers stand in its words.

    `place` is its name on the page where `name` has a prefix besides.
    """
    if field.chipped or registry.face(field.type).regional or (field.dataset and not field.options):
        return _drawn(field, Place(around, name, place or name, wrong, conditional, note))
    anywhere = _anywhere(around.language, around.today)
    return _kept(Same(field), Place(anywhere, name, place or name, wrong, conditional, note))


@lru_cache(maxsize=MOST_KEPT)
def _anywhere(language: str, today: date) -> Circumstances:
    return Circumstances(language, today)


@lru_cache(maxsize=MOST_KEPT)
def _kept(same: Same[Field], place: Place) -> Drawing:
    return _drawn(same.thing, place)


def _drawn(field: Field, place: Place) -> Drawing:
    with translation.override(place.around.language):
        plain = _plain(field, place)
        return replace(
            plain,
            opening=plain.opened(error="", shown=True),
            hidden_opening=plain.opened(error="", shown=False) if place.conditional else NOTHING,
            closing=render_to_string(CLOSING, {"question": plain}),
        )


def _plain(field: Field, place: Place) -> Drawing:
    face, id_ = registry.face(field.type), f"id_{place.name}"
    choices = face.choices(field, place.around)
    as_select = _as_select(field, choices)
    frame = face.frame(as_select)
    hint = face.hint(field, place.around.language)
    described = {"hint": bool(hint), "note": bool(place.note), "error": place.wrong}
    described_by = " ".join(f"{id_}-{part}" for part, there in described.items() if there)
    info = f"{id_}-info" if field.type == COUNTED else ""
    about: Attributes = {
        "class": _classes(face, wrong=place.wrong and frame == "label"),
        "id": id_,
        "name": place.name,
        **face.attributes(field),
        "aria-describedby": f"{described_by} {info}".strip() or None,
        "aria-invalid": "true" if place.wrong else None,
    }
    rule = browser.compact(field.visible) if place.conditional and field.visible is not None else ""
    return Drawing(
        field=field,
        face=face,
        name=place.name,
        place=place.place,
        language=place.around.language,
        conditional=place.conditional,
        visible_rule=rule,
        label=field.label.say(place.around.language),
        hint=hint,
        described_by=described_by,
        frame=frame,
        as_select=as_select,
        attributes=flatatt(about),
        parts=tuple(_part(face, field, place, part) for part in face.parts if part),
        options=tuple(
            option_mark(choice, place.name, f"{id_}-{number}", face, as_select=as_select)
            for number, choice in enumerate(choices, 1)
        ),
        facts=face.facts(field),
        note=place.note,
        around=place.around,
    )


def _classes(face: FieldFace, *, wrong: bool) -> str:
    error = [f"{face.control.split()[0]}--error"] if wrong else []
    width = [f"govuk-input--width-{face.width}"] if face.width else []
    return " ".join([face.control, *error, *width])


def _part(face: FieldFace, field: Field, place: Place, part: str) -> Part:
    id_, name = f"id_{place.name}-{part}", part_name(place.name, part)
    about: Attributes = {"id": id_, "name": name, **face.part_attributes(field, part, wrong=place.wrong)}
    return Part(part=part, id=id_, label=face.part_label(part), attributes=flatatt(about))


def option_mark(
    choice: Choice, name: str, id_: str, face: FieldFace, *, as_select: bool
) -> tuple[str, Mark, Mark]:
    """Return a choice's value and how it is drawn, once not chosen and once chosen."""
    about: Attributes = {"value": choice.value}
    if not as_select:
        about |= {"id": id_, "name": name, "type": "checkbox" if face.several else "radio"}
        about |= {"aria-describedby": f"{id_}-hint" if choice.help else None}
    chosen: Attributes = {**about, "selected" if as_select else "checked": True}
    words = {"id": escape(id_), "label": escape(choice.label), "help": escape(choice.help)}
    off: Mark = {**words, "attributes": flatatt(about)}
    return choice.value, off, {**words, "attributes": flatatt(chosen)}


def _as_select(field: Field, choices: tuple[Choice, ...]) -> bool:
    """A long list becomes a drop-down unless the author wants to see all answers."""
    if field.type not in {"choice", "office"}:
        return False
    style = field.settings.get("style")
    return style == "select" or (style not in {"radio", "tiles"} and len(choices) > LONG_LIST)
