"""One question as it stands on a page: its drawing, what was typed into it, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

from runtime.forms import uploads
from runtime.forms.drawing import Drawing, Mark
from runtime.forms.face import FieldFace, Typed
from runtime.forms.given import Button, Excuse
from runtime.forms.offering import Offer
from schemas.definition import Field
from schemas.same import Same

MOST_KEPT = 4096
NO_PART = "\0"

Gaps = tuple[tuple[str, str], ...]
_MARK = re.compile("\ue000([0-9]+)\ue001")
_BETWEEN = re.compile("\ue000[0-9]+\ue001")


@dataclass(frozen=True, slots=True)
class Question:
    """Everything its template draws, nothing it would have to work out."""

    drawing: Drawing
    typed: Typed
    error: str = ""
    shown: bool = True
    fixed: str = ""
    fixed_json: str = ""
    button: Button | None = None
    offer: Offer | None = None
    excuse: Excuse | None = None

    def marked(self) -> Iterator[Question]:
        """Yield the question when it is marked as a mistake."""
        if self.error:
            yield self

    @property
    def field(self) -> Field:
        return self.drawing.field

    @property
    def key(self) -> str:
        return self.drawing.key

    @property
    def place(self) -> str:
        return self.drawing.place

    @property
    def id(self) -> str:
        return self.drawing.id

    @property
    def label(self) -> str:
        return self.drawing.label

    @property
    def hint(self) -> str:
        return self.drawing.hint

    @property
    def optional(self) -> bool:
        return self.drawing.optional

    @property
    def conditional(self) -> bool:
        return self.drawing.conditional

    @property
    def first_id(self) -> str:
        if self.offer and not self.as_select:
            search = self.offer.search
            return search.id if search else f"{self.id}-offer"
        lead = self.drawing.face.lead(self.field, self.typed) if self.error else ""
        return f"{self.id}-{lead}" if lead else self.drawing.first_id

    @property
    def html(self) -> SafeString:
        """Return the question as it is drawn; everything but what somebody wrote into it is drawn once."""
        drawing, typed = self.drawing, self.typed
        if self.button:
            before = render_to_string("runtime/forms/_fetch.html", {"button": self.button})
            return SafeString(before + replace(self, button=None).html)
        if self.excuse:
            below = render_to_string("runtime/forms/_excuse.html", {"question": self})
            return SafeString(replace(self, excuse=None).html + below)
        if self.fixed:
            return SafeString(render_to_string("runtime/forms/_fixed.html", {"question": self}))
        if self.error or drawing.face.regional or self.offer or self.field.chipped:
            return self.drawn()
        if drawing.options or not any(typed.values()):
            picked = tuple(known for known, _off, _on in drawing.options if known in self.chosen)
            return _kept(Same(drawing), self.shown, picked)
        plain = type(drawing.face).detail is FieldFace.detail
        if plain and all(isinstance(written, str) for written in typed.values()):
            gaps = _gaps(Same(drawing), self.shown, tuple(typed))
            if gaps is not None:
                return SafeString("".join([words + escape(typed.get(part, "")) for words, part in gaps]))
        return self.drawn()

    def drawn(self) -> SafeString:
        """Draw the question through the template of its type."""
        inputs = render_to_string(self.drawing.face.template, {"question": self})
        return SafeString(f"{self.opening}{inputs}{self.closing}")

    @property
    def opening(self) -> SafeString:
        """Return everything in front of the inputs: frame, label, hint, error."""
        if self.error:
            return self.drawing.opened(error=self.error, shown=self.shown)
        hidden = self.drawing.conditional and not self.shown
        return self.drawing.hidden_opening if hidden else self.drawing.opening

    @property
    def closing(self) -> SafeString:
        return self.drawing.closing

    @property
    def attributes(self) -> SafeString:
        return self.drawing.attributes

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.drawing.facts

    @property
    def detail(self) -> Any:
        """Return what the type itself makes of what was typed."""
        drawing = self.drawing
        return drawing.face.detail(drawing.field, self.typed, name=drawing.name, language=drawing.language)

    @property
    def live(self) -> Any:
        """Return what is drawn of what was typed, for types whose inputs follow from it."""
        drawing = self.drawing
        return drawing.face.live(drawing.field, self.typed, drawing.around, drawing.name, bool(self.error))

    @property
    def as_select(self) -> bool:
        return self.drawing.as_select

    @property
    def value(self) -> Any:
        return self.typed.get("", "")

    @property
    def parts(self) -> dict[str, dict[str, str]]:
        """Return attributes, id, label and text of each input of a question with several."""
        return {
            part.part: {
                "attributes": part.attributes,
                "id": part.id,
                "label": part.label,
                "value": str(self.typed.get(part.part, "")),
            }
            for part in self.drawing.parts
        }

    @property
    def chosen(self) -> set[str]:
        """Return what was picked, known or not."""
        value = self.value
        return set(value) if isinstance(value, list) else {value}

    @property
    def options(self) -> list[Mark]:
        if self.offer:
            return list(self.offer.options)
        chosen = self.chosen
        return [on if known in chosen else off for known, off, on in self.drawing.options]

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Return the descriptions of the files already stored."""
        files = self.typed.get("kept", [])
        return [{**file, "words": uploads.size_words(file["size"])} for file in files]

    @property
    def room(self) -> bool:
        """Say whether another file still fits, or takes the place of the only one."""
        most = self.facts["most_items"]
        return bool(most == 1 or len(self.typed.get("kept", [])) < most)


@lru_cache(maxsize=MOST_KEPT)
def _kept(same: Same[Drawing], shown: bool, picked: tuple[str, ...]) -> SafeString:
    drawing = same.thing
    typed: Typed = {"": list(picked)} if picked else {}
    with translation.override(drawing.language):
        return Question(drawing, typed, shown=shown).drawn()


@lru_cache(maxsize=MOST_KEPT)
def _gaps(same: Same[Drawing], shown: bool, written: tuple[str, ...]) -> Gaps | None:
    """Return the drawn question in pieces, each followed by the part whose text belongs behind it.

    None where more than the texts themselves depends on what was written.
    """
    drawing = same.thing
    marks = {part: f"\ue000{number}\ue001" for number, part in enumerate(written)}
    with translation.override(drawing.language):
        marked = Question(drawing, marks, shown=shown).drawn()
        empty = Question(drawing, dict.fromkeys(written, ""), shown=shown).drawn()
    if any(marked.count(mark) != 1 for mark in marks.values()) or _MARK.sub("", marked) != empty:
        return None
    order = [written[int(number)] for number in _MARK.findall(marked)]
    return tuple(zip(_BETWEEN.split(marked), [*order, NO_PART], strict=True))
