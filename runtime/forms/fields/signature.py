"""A typed name is the signature; whoever likes draws one beside it with finger or mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json
from schemas.fieldtypes import wording
from schemas.fieldtypes.signature import HEIGHT, LONGEST_NAME, MOST_STROKES, WIDTH, drawable


@dataclass(frozen=True)
class SignatureFace(FieldFace):
    """Keeps the digest of the words above the signature: after they change it must be given anew."""

    def facts(self, question: Field) -> dict[str, Any]:
        return {"width": WIDTH, "height": HEIGHT, "base": HEIGHT * 4 // 5}

    def part_attributes(self, question: Field, part: str, *, wrong: bool) -> Attributes:
        if part == "strokes":
            return {"type": "hidden", "data-sign-strokes": MOST_STROKES}
        classes = "govuk-input govuk-input--error" if wrong else "govuk-input"
        return {
            "class": classes,
            "type": "text",
            "autocomplete": question.autocomplete or "name",
            "maxlength": LONGEST_NAME,
        }

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        name, strokes = (str(typed.get(part, "")).strip() for part in self.parts)
        if not name:
            raise Refused("signature.name")
        if len(name) > LONGEST_NAME:
            raise Refused("text.long", limit=LONGEST_NAME, length=len(name))
        if strokes and not drawable(strokes):
            raise Refused("signature.strokes")
        return {"name": name, "text": wording.of(question), **({"strokes": strokes} if strokes else {})}

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        given = answer if isinstance(answer, dict) and answer.get("text") == wording.of(question) else {}
        return {part: str(given.get(part, "")) for part in self.parts}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return str(answer.get("name", ""))

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        given = answer if isinstance(answer, dict) else {}
        return {part: str(given.get(part, "")) for part in ("name", "text")}

    def strokes(self, answer: Json) -> str:
        drawn = answer.get("strokes") if isinstance(answer, dict) else None
        return str(drawn) if drawable(drawn) else ""


FACE = SignatureFace("signature", parts=("name", "strokes"), grouped=True)
