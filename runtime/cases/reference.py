"""References such as `TNG-7K4M-92QX-5F3HA`: 60 random bits and a check letter, without lookalikes.

The letters are Crockford's base 32 (no I, L, O, U). The check letter is a weighted sum in the field
of 32 elements (polynomial x⁵+x²+1): it catches every single wrong letter and every swap of two.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = 12  # of 5 bits each
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_POLYNOMIAL = 0b100101
_PREFIX = re.compile(r"[A-Z0-9]{0,6}")


def generate(prefix: str) -> str:
    """Return a new reference that begins with the letters of a region."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return _shown(prefix, letters + _check(letters))


def normalise(typed: str) -> str | None:
    """Return the reference somebody typed in its one form, or None when it cannot be one.

    Case, spaces, dashes and the lookalikes O/0 and I/L/1 are forgiven; a wrong letter is not.
    """
    plain = re.sub(r"[\s.\-\u2010-\u2015]", "", typed.upper())
    prefix, letters = plain[: -(LETTERS + 1)], plain[-(LETTERS + 1) :].translate(_LOOKALIKE)
    if not _PREFIX.fullmatch(prefix):
        return None
    if len(letters) != LETTERS + 1 or any(letter not in ALPHABET for letter in letters):
        return None
    if letters[-1] != _check(letters[:-1]):
        return None
    return _shown(prefix, letters)


def spoken_code(secret: bytes) -> str:
    """Return 8 letters (40 bits) of `secret`: an access code one can read out on the telephone."""
    number = int.from_bytes(secret[:5], "big")
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def _shown(prefix: str, letters: str) -> str:
    groups = [letters[:4], letters[4:8], letters[8:]]
    return "-".join([prefix, *groups] if prefix else groups)


def _check(letters: str) -> str:
    total, weight = 0, 1
    for letter in letters:
        weight = _times(weight, 2)
        total ^= _times(ALPHABET.index(letter), weight)
    return ALPHABET[total]


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0b100000:
            a ^= _POLYNOMIAL
        b >>= 1
    return product
