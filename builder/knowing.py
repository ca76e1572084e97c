"""Questions that ask citizens for what their profile says already, where it can hardly be meant otherwise.

A profile is that of whoever applies, so a question about a child, a heir or a business is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemas.definition import Field, Module
from schemas.expressions import Expression
from schemas.problems import Problem, warning
from schemas.rules import places
from schemas.rules.pitfalls import is_asked, said
from schemas.rules.prefill import PROFILE

KNOWN = "pitfalls.known"
_WHOSE = r"(?: (?:anda|pemohon|saya|pelapor|lengkap|sesuai ktp|pada ktp|\(sesuai ktp\)|\(ktp\)))*"
_NUMBER = r"(?:(?:nomor|no\.?) )?"
_WORDS: Mapping[str, re.Pattern[str]] = {
    fact: re.compile(rf"(?:{words}){_WHOSE}", re.I)
    for fact, words in {
        "name": r"nama|(?:your )?(?:full )?name",
        "nik": rf"{_NUMBER}(?:nik|induk kependudukan)(?: \(nik\))?|(?:your )?nik",
        "no_kk": rf"{_NUMBER}(?:kk|kartu keluarga)|(?:your )?family card number",
        "birth_place": r"tempat lahir|place of birth",
        "birth_date": r"tanggal lahir|tgl\.? lahir|date of birth",
        "gender": r"jenis kelamin|sex|gender",
        "occupation": r"pekerjaan|occupation",
        "phone": rf"{_NUMBER}(?:hp|handphone|ponsel|telepon|telp|wa|whatsapp)"
        r"|(?:your )?(?:mobile|phone)(?: number)?",
        "email": r"(?:alamat )?(?:e-?mail|surel)|(?:your )?e-?mail(?: address)?",
        "address": r"alamat(?: rumah| tempat tinggal)?|(?:your )?(?:home )?address",
    }.items()
}


def suggestions(module: Module) -> Iterator[Problem]:
    """Yield a warning at each question that could begin with what the profile says; each fact once."""
    filing = {page.key for page in module.filing_pages()}
    asked = [
        (pointer, field)
        for pointer, page, field in places.fields(module)
        if page.key in filing and any(field is own for own in page.fields)
    ]
    taken = {str((field.prefill or {}).get("profile", "")) for _pointer, field in asked}
    for pointer, field in asked:
        fact = _fact(field)
        if fact and fact not in taken:
            taken.add(fact)
            yield warning(KNOWN, pointer, name=field.key, fact=fact)


def _fact(field: Field) -> str:
    """Return what of a profile the question asks for, "" where it asks for none or begins otherwise."""
    given = field.prefill is not None or field.calculate is not None or field.default is not None
    if given or not is_asked(field) or isinstance(field.visible, Expression):
        return ""
    for fact, words in _WORDS.items():
        fits = field.type in PROFILE[fact]
        if fits and all(words.fullmatch(label.strip(" :?*")) for label in said(field.label)):
            return fact
    return ""
