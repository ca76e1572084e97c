"""Numbers as letters write them: in words, in Roman figures, as rupiah."""

from __future__ import annotations

from decimal import Decimal

from schemas import numerals

Number = int | Decimal
MOST_ROMAN = 3999
_SCALES = {
    "id": ("", "ribu", "juta", "miliar", "triliun", "kuadriliun"),
    "en": ("", "thousand", "million", "billion", "trillion", "quadrillion"),
}
_ID = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas",
)  # fmt: skip
_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FIGURES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def words(number: Number, language: str) -> str:
    """Return a number below 10^18 in words, English or else Indonesian; a larger one in figures."""
    digits = format(Decimal(number).copy_abs(), "f")
    whole, _point, fraction = digits.partition(".")
    if len(whole) > 3 * len(_SCALES["id"]):
        return digits
    spoken = _whole(int(whole), language)
    if fraction.rstrip("0"):
        units = _EN if language == "en" else _ID
        mark = "point" if language == "en" else "koma"
        spoken = " ".join([spoken, mark, *(units[int(digit)] for digit in fraction.rstrip("0"))])
    return f"minus {spoken}" if number < 0 else spoken


def roman(number: Number) -> str:
    """Return a whole number from 1 to 3999 in Roman figures, any other as it is."""
    exact = Decimal(number)
    if exact != int(exact) or not 1 <= exact <= MOST_ROMAN:
        return format(exact, "f")
    left, figures = int(exact), ""
    for value, figure in _FIGURES:
        figures += figure * (left // value)
        left %= value
    return figures


def rupiah(number: Number) -> str:
    """Return an amount of rupiah with its sen: Rp1.250.000,00."""
    return f"Rp{numerals.decimal_words(format(Decimal(number), '.2f'), 'id')}"


def _whole(number: int, language: str) -> str:
    below = _hundreds_en if language == "en" else _hundreds_id
    if number == 0:
        return below(0)
    groups, parts = number, []
    for scale in _SCALES.get(language, _SCALES["id"]):
        groups, group = divmod(groups, 1000)
        if group == 1 and scale == "ribu":
            parts.append("seribu")
        elif group:
            joined = "and " if language == "en" and not scale and group < 100 and groups else ""
            parts.append(f"{joined}{below(group)} {scale}".rstrip())
    return " ".join(reversed(parts))


def _hundreds_id(number: int) -> str:
    if number < 12:
        return _ID[number]
    if number < 20:
        return f"{_ID[number - 10]} belas"
    if number < 100:
        first, rest = f"{_ID[number // 10]} puluh", number % 10
    else:
        first = "seratus" if number < 200 else f"{_ID[number // 100]} ratus"
        rest = number % 100
    return f"{first} {_hundreds_id(rest)}" if rest else first


def _hundreds_en(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        tens = _TENS[number // 10 - 2]
        return f"{tens}-{_EN[number % 10]}" if number % 10 else tens
    rest = f" and {_hundreds_en(number % 100)}" if number % 100 else ""
    return f"{_EN[number // 100]} hundred{rest}"
