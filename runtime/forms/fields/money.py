"""An amount of money: whole rupiah, or another currency down to its smallest coin."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from runtime.forms.face import UNSPELT, Attributes, Circumstances, FieldFace, Refused, Typed
from schemas import numerals
from schemas.definition import Field, Json
from schemas.fieldtypes.money import LARGEST, PLACES, RUPIAH, currency


@dataclass(frozen=True)
class MoneyFace(FieldFace):
    """Reads Rp1.000.000, 1.000.000,- and 1000000; with cents 1.250,50 and 1,250.50."""

    def facts(self, question: Field) -> dict[str, Any]:
        return {"prefix": _prefix(question), "coins": PLACES[currency(question)]}

    def attributes(self, question: Field) -> Attributes:
        places = PLACES[currency(question)]
        more: Attributes = {"inputmode": "decimal", "data-places": places} if places else {}
        return {**super().attributes(question), **more}

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        value = _units(question, str(typed[""]).strip())
        if value < 0:
            raise Refused("number.small", limit="0")
        least, most = question.settings.get("minimum"), question.settings.get("maximum", LARGEST)
        if least is not None and value < least:
            raise Refused("number.small", limit=_amount(question, least, around.language))
        if value > most:
            raise Refused("number.large", limit=_amount(question, most, around.language))
        return value

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        # Always with the marks of Indonesian: 250.500 dinars in English would be read as 250 thousand.
        return {"": "" if answer is None else _amount(question, answer, "id")}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        space = "" if currency(question) == RUPIAH else "\u00a0"
        return f"{_prefix(question)}{space}{_amount(question, answer, around.language)}"

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        """Return the amount as letters write it, rupiah with the empty sen: Rp1.250.000,00."""
        words = self.say(question, answer, around)
        return f"{words},00" if currency(question) == RUPIAH else words

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        return {"": "" if answer is None else _decimal(question, answer)}


def _prefix(question: Field) -> str:
    code = currency(question)
    return "Rp" if code == RUPIAH else code


def _units(question: Field, text: str) -> int:
    """Return what was typed in the smallest unit of the currency."""
    code = currency(question)
    if code == RUPIAH:
        rupiah = numerals.read_rupiah(text)
        if rupiah is None:
            raise Refused("money.format")
        return rupiah
    bare = text[len(code) :] if text.upper().startswith(code) else text
    amount = numerals.read(bare)
    if amount is None:
        raise Refused("money.amount")
    units = amount.scaleb(PLACES[code])
    if units != units.to_integral_value():
        raise Refused("number.places", limit=PLACES[code])
    return int(units)


def _decimal(question: Field, units: int) -> str:
    places = PLACES[currency(question)]
    return f"{Decimal(units).scaleb(-places):.{places}f}"


def _amount(question: Field, units: int, language: str) -> str:
    if currency(question) == RUPIAH:
        return numerals.grouped(units)
    return numerals.decimal_words(_decimal(question, units), language)


FACE = MoneyFace("money", inputmode="numeric", width="10", extra=UNSPELT)
