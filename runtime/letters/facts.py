"""What is known when a letter is printed. Gathered by whoever issues it; nothing here asks for anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from runtime.cases.signing import Signature
from runtime.forms.face import Circumstances
from runtime.letters.images import Picture
from schemas.definition import Json, Module

Said = Mapping[str, str | date | int]
"""What the dotted chips of `schemas.chips.FACTS` say: name → words, a day, or a number."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above a letter (kop): “Pemerintah Kota …”, the office above, the office, its address.

    `address` may have several lines. `logo` is a picture of the type `logo_type`: `image/png`,
    `image/jpeg` or `image/svg+xml`; no bytes for none.
    """

    government: str
    office: str
    above: str = ""
    address: str = ""
    logo: bytes = field(default=b"", repr=False)
    logo_type: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a letter may say.

    `answers` are canonical, the applicant's and the officers' together. `around` tells the language, the
    region and the day by which rules are judged. What `said` leaves out of the letter's own title and
    day, the signer and the title of the service is known from the rest. `place` and `issued` stand above
    the signature, `signed_by_hand` is a picture of it, `unsigned` what is printed where nobody signed;
    `verification` is the address in the QR code, "" for none. A `draft` says so across every page.
    """

    module: Module
    answers: Mapping[str, Json]
    around: Circumstances
    letterhead: Letterhead
    issued: date
    place: str = ""
    said: Said = field(default_factory=dict)
    signature: Signature | None = None
    signed_by_hand: Picture | None = None
    unsigned: str = ""
    verification: str = ""
    draft: bool = False

    @property
    def language(self) -> str:
        return self.around.language
