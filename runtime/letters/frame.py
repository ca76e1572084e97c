"""What stands around the body of a letter: letterhead, title and number or recipient, signatures, footer.

Follows the Indonesian manual of official letters (Permendagri 1/2023): a letter to somebody bears place and
date on top, any other its title in the middle and place and date above the signature.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, pgettext

from runtime.forms import words
from runtime.letters import images
from runtime.letters.facts import Facts, Letterhead
from runtime.letters.images import Picture
from runtime.letters.words import said_day
from runtime.look import qrcodes
from schemas.definition import Letter, Text

Data = dict[str, Any]
Say = Callable[[Text], list[dict[str, Any]]]


def frame(letter: Letter, facts: Facts, say: Say, *, title: str) -> Data:
    """Return everything but the blocks; texts are said by `say`, `title` is the letter's, filled in."""
    dated = ", ".join(filter(None, [facts.place, said_day(facts.issued)]))
    return {
        "language": facts.language,
        "paper": letter.paper,
        "title": words.printable(title),
        "heading": words.printable(title.upper()),
        "head": letterhead(facts.letterhead),
        "kind": "letter" if letter.recipient else "statement",
        "dated": words.printable(dated),
        "number": words.printable(str(facts.said.get("letter.number", "")) or words.NOTHING),
        "subject": _subject(letter, say),
        "recipient": say(letter.recipient) if letter.recipient else [],
        "signature": signature(letter, facts),
        "unsigned": words.printable(facts.unsigned),
        "holder": holder(facts) if letter.holder else None,
        "copies": [say(copy) for copy in letter.copies],
        "words": _fixed(),
        "verification": facts.verification,
        "qr": qrcodes.svg(facts.verification),
        "draft": pgettext("across a letter", "DRAFT") if facts.draft else "",
    }


def _subject(letter: Letter, say: Say) -> list[Data]:
    """Return what the letter is about, in capitals below a title."""
    runs = say(letter.subject) if letter.subject else []
    return runs if letter.recipient else [{**run, "text": run["text"].upper()} for run in runs]


def letterhead(head: Letterhead) -> Data:
    """Return the lines above the letter, and the logo: SVG as text, another picture as its bytes."""
    logo = images.for_template(Picture(head.logo, head.logo_type))
    return {
        "names": [words.printable(name.upper()) for name in (head.government, head.above) if name],
        "office": words.printable(head.office.upper()),
        "address": words.printable(head.address),
        "logo": logo["image"],
        "format": logo["format"],
    }


def signature(letter: Letter, facts: Facts) -> Data | None:
    """Return the lines above and below the signature, None where nobody signs."""
    signed = facts.signature
    if letter.signer is None or signed is None:
        return None
    number = signed.nip and f"NIP {signed.nip}"
    return {
        "lines": [words.printable(line) for line in signed.lines],
        "name": words.printable(signed.name),
        "below": [words.printable(line) for line in (signed.rank, number) if line],
        **images.for_template(facts.signed_by_hand),
        "alt": words.printable(pgettext("of a letter", "Signature of {name}").format(name=signed.name)),
    }


def holder(facts: Facts) -> Data:
    """Return the block in which whoever the letter is about signs, too."""
    name = str(facts.said.get("case.applicant", ""))
    return {"lines": [gettext("Holder of this letter")], "name": words.printable(name), "below": []}


def _fixed() -> dict[str, str]:
    return {
        "number": pgettext("of a letter", "Number"),
        "subject": pgettext("of a letter", "Subject"),
        "about": pgettext("of a letter", "about").upper(),
        "copies": pgettext("of a letter", "Copies to"),
        "row": pgettext("above a column of numbers", "No."),
        "page": pgettext("of a letter", "Page {page} of {pages}"),
        "check": pgettext(
            "of a letter", "Check whether this letter is genuine by its QR code or at {address}"
        ),
        "code": pgettext("of a letter", "QR code: {address}"),
    }
