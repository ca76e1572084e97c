"""Which words find a case at the desk, and keeping their rows: called by whoever writes the case, at once.

A case is found by its reference, its number, the applicant's name, and by what was written into open
questions. Left out is what is worth guarding: answers of the classes "special" and "never_export", numbers
that the desk masks, files, and what the server noted about the visit.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from runtime.cases.models import Case, Word
from runtime.modules import selectors as modules
from runtime.regions import scope
from schemas.definition import Field, Json
from schemas.walk import answered

SEARCHED = frozenset({"text", "longtext", "address", "email", "pattern", "nib", "plate", "url"})
TOLD = frozenset({"answers", "officer_answers", "applicant_name", "number"})
"""The columns of a case that have words in them, beside its reference, which stays."""
GUARDED = frozenset({"special", "never_export"})
SPOKEN = ("street", "hamlet", "postcode")
"""What of an address is looked for; its area is a code."""
MOST = 300  # words of one case
EVERY = b""  # the word of every case
LONGEST = 40  # letters of one word
BATCH = 500  # cases that one beat gives their words
_PART = re.compile(r"[^\W_]+")


def split(text: str) -> Iterator[bytes]:
    """Yield the words of a text, folded: without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (part[:LONGEST].encode() for part in _PART.findall(bare))


def of_reference(text: str) -> Iterator[bytes]:
    """Yield the words of a reference: its groups, and as one with and without the letters of the region."""
    groups = list(split(text))
    yield from groups
    yield b"".join(groups)
    yield b"".join(groups[1:])


def of_case(case: Case) -> frozenset[bytes]:
    """Return the words by which the case is found; the first `MOST` of them, with that of every case."""
    fields = [field for _page, field in modules.definition(case.version).fields()]
    told = itertools.chain(
        of_reference(case.reference),
        split(case.number),
        split(case.applicant_name),
        *(split(text) for text in _texts(fields, {**case.answers, **case.officer_answers})),
    )
    return frozenset(itertools.islice(dict.fromkeys(itertools.chain([EVERY], told)), MOST))


def _texts(fields: Iterable[Field], answers: Mapping[str, Json]) -> Iterator[str]:
    for _place, field, value in answered(tuple(fields), answers):
        if field.type not in SEARCHED or field.privacy in GUARDED:
            continue
        if isinstance(value, Mapping):
            yield from (str(value[part]) for part in SPOKEN if value.get(part))
        elif isinstance(value, str):
            yield value


def begin(case: Case) -> None:
    """Write the words of a case that has none yet."""
    Word.objects.bulk_create(Word(region_id=case.region_id, case=case, word=word) for word in of_case(case))


def renew(case: Case) -> bool:
    """Make the rows those of the case as it is by now; tell whether any were not."""
    known = {bytes(word): pk for pk, word in Word.objects.filter(case=case).values_list("pk", "word")}
    wanted = of_case(case)
    if gone := [pk for word, pk in known.items() if word not in wanted]:
        Word.objects.filter(pk__in=gone).delete()
    missing = sorted(wanted - known.keys())
    Word.objects.bulk_create(Word(region_id=case.region_id, case=case, word=word) for word in missing)
    return bool(gone or missing)


def agrees(case: Case) -> bool:
    """Tell whether the rows are those of the case."""
    known = Word.objects.filter(case=case).values_list("word", flat=True)
    return {bytes(word) for word in known} == of_case(case)


def rewrite(pk: int) -> bool:
    """Renew the words of a case under its lock; tell whether any were not right."""
    with transaction.atomic():
        found = Case.objects.select_for_update(of=("self",)).select_related("version")
        return renew(found.get(pk=pk))


class Filling:
    """Gives words to cases that were filed before there were any. When none is left it asks no more."""

    def __init__(self) -> None:
        self.done = False

    def __call__(self, now: datetime) -> int:
        """Do some; return how many."""
        if self.done:
            return 0
        with scope.everywhere("cases of all regions are given the words that find them"):
            without = Case.objects.exclude(Exists(Word.objects.filter(case=OuterRef("pk"))))
            found = list(without.order_by("pk").values_list("pk", flat=True)[:BATCH])
            self.done = not found
            return sum(rewrite(pk) for pk in found)
