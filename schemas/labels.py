"""What the words of a question tell about it, in Indonesian and English: its kind, its unit, its number.

Only what can hardly be meant otherwise is told: a wrong hint costs more than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_NUMBER = r"(?:nomor|no\.?)"
_KINDS: tuple[tuple[str, str], ...] = (
    ("nik", rf"(?:{_NUMBER} )?nik\b|{_NUMBER} (?:induk kependudukan|e-?ktp|ktp)\b"),
    ("no_kk", rf"{_NUMBER} (?:kk|kartu keluarga)\b|family card number\b"),
    ("phone", rf"{_NUMBER} ?(?:telepon|telpon|telp|hp|handphone|ponsel|wa|whatsapp)\b"),
    ("phone", r"(?:telepon|handphone|whatsapp|(?:mobile|phone|telephone)(?: number)?)(?: \w+)?$"),
    ("email", r"(?:alamat )?(?:e-?mail|surel)\b|e-?mail address\b"),
    ("npwp", rf"(?:{_NUMBER} )?npwp\b"),
    ("nip", rf"(?:{_NUMBER} )?nip\b"),
    ("nib", rf"(?:{_NUMBER} )?nib\b"),
    ("nisn", rf"(?:{_NUMBER} )?nisn\b"),
    ("plate", rf"{_NUMBER} (?:polisi|plat)\b|plat nomor\b|(?:licen[cs]e|number) plate\b"),
    ("postcode", r"kode ?pos\b|post(?:al )?code\b"),
    ("date", r"(?:tanggal|tgl\.?)(?: |$)|date(?: of\b|$)"),
    (
        "money",
        r"(?:penghasilan|gaji|harga|omzet)\b(?! dari)|(?:price|income|salary)\b|.*\((?:dalam )?rp\.?\)",
    ),
    ("integer", r"(?:jumlah|banyaknya|umur|usia|berapa (?:banyak|jumlah|orang|kali))\b|how many\b|age\b"),
    ("integer", r"number of (?!the\b)"),
    ("number", r"(?:luas|panjang|lebar|tinggi|berat|jarak)\b"),
    ("file", r"(?:fotokopi|foto ?copy|scan|pindaian|unggah|upload)\b"),
    ("boolean", r".*\((?:ya ?/ ?tidak|yes ?/ ?no)\)"),
    ("boolean", r"apakah (?!.*\b(?:apa|siapa|mana|bagaimana|berapa|kapan|saja|jenis|nama|alasan)\b).*\?$"),
    ("boolean", r"(?:do|does|did|are|is|have|has) (?:you|there)\b(?!.*\bwh(?:at|o|ich|ere|en|y)\b).*\?$"),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_MIXED = re.compile(r"/|\b(?:atau|dan|serta|or|and)\b")
_AND = r"\s*(?:,|/|&|\bdan\b|\bserta\b|\band\b)\s*(?:dan |and )?"
_PERSONAL = (
    r"alamat|nik|(?:nomor|no\.?) (?:telepon|telp|hp|wa)|pekerjaan|jabatan|umur|usia|address|phone number|age"
)
_TWO = (
    re.compile(rf"(?P<one>tempat){_AND}(?P<two>tanggal|tgl\.?)(?P<both> lahir\b.*)", re.I),
    re.compile(rf"(?P<one>place){_AND}(?P<two>date)(?P<both> of birth\b.*)", re.I),
    re.compile(rf"(?P<one>nomor|no\.?){_AND}(?P<two>tanggal|tgl\.?)(?P<both> .+)", re.I),
    re.compile(rf"(?P<one>number){_AND}(?P<two>date)(?P<both> of .+)", re.I),
    re.compile(rf"(?P<one>nama|name){_AND}(?P<two>{_PERSONAL})(?P<both>\b.*)", re.I),
)
_MEASURED = re.compile(
    r"(?:luas|panjang|lebar|tinggi|berat|jarak|volume|kapasitas|durasi|lama)\b|(?:area|length|width|height|weight|distance|duration)\b"
)
_UNIT = re.compile(
    r"\b(?:m|m2|m3|km|km2|cm|mm|kg|g|gr|gram|ons|ton|kuintal|liter|l|ha|are|hektare?|meter|kva|watt|persegi|kubik"
    r"|hari|minggu|bulan|tahun|jam|menit|orang|unit|persen|malam"
    r"|days?|weeks?|months?|years?|hours?|minutes?|met(?:er|re)s?|kilomet(?:er|re)s?|square|hectares?|kilograms?)\b|m²|m³|%"
)  # fmt: skip
_IF = re.compile(
    r"(?:jika|bila|apabila|kalau|if)\b(?! (?:ada|any|tersedia|available|diperlukan|perlu|needed)\b)"
)
_IF_BEHIND = re.compile(r".*\((?:jika|bila|kalau|if) (?:ya|tidak|yes|no)\b")
_IF_NOT = re.compile(r"(?:.*\()?(?:jika|bila|apabila|kalau|if) (?:tidak|belum|bukan|no|not)\b")
_ORDINALS = {
    **{word: at for at, word in enumerate(("pertama", "kedua", "ketiga", "keempat", "kelima"), 1)},
    **{word: at for at, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: at for at, word in enumerate(("i", "ii", "iii", "iv", "v"), 1)},
}
_ORDINAL = rf"(?P<number>\d{{1,2}}|{'|'.join(_ORDINALS)})"
_COUNTED = re.compile(rf"\s*\(?(?:\b(?:ke-?|no\.? ?|nomor )|#)?\b{_ORDINAL}\b\)?(?P<behind>.*)$", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")


def even(words: str) -> str:
    """Return words in small letters with single spaces; every mark counts, as in the blood types A and A+."""
    return " ".join(words.casefold().split())


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Return words as they are compared: like `even`, without marks around them."""
    return even(words).strip(" *:.;-")


def holds(words: str, phrase: str) -> bool:
    """Tell whether a phrase stands in the words as whole words."""
    said = plain(words)
    return phrase in said and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", said) is not None


def wanted_kind(words: str) -> str:
    """Return the kind of question the words ask for, "" if none or several."""
    said = plain(words)
    found = next((kind for kind, pattern in _KIND_PATTERNS if pattern.match(said)), "")
    mixed = _MIXED.search(re.sub(r"\(.*?\)", "", said))
    return "" if mixed and not (found == "boolean" and mixed[0] in {"dan", "and"}) else found


def two_in_one(words: str) -> tuple[str, str] | None:
    """Return the words of two questions that are asked as one."""
    found = next(filter(None, (pattern.match(words.strip()) for pattern in _TWO)), None)
    if found is None:
        return None
    both = found["both"].rstrip(" *:")
    second = found["two"] + both
    return found["one"] + both, second[0].upper() + second[1:]


def measured(words: str) -> bool:
    """Tell whether the words ask for a measure, which has a unit."""
    return _MEASURED.match(plain(words)) is not None


def names_unit(words: str) -> bool:
    return _UNIT.search(words.casefold()) is not None


def conditional(words: str) -> bool | None:
    """Return whether the words speak to those alone who said yes (True) or no (False); None if not."""
    said = plain(words)
    if _IF.match(said) is None and _IF_BEHIND.match(said) is None:
        return None
    return _IF_NOT.match(said) is None


def numbered(words: str) -> tuple[str, int] | None:
    """Return the words without their number, and the number, of one of several alike: “Nama anak 2”."""
    found = _COUNTED.search(words)
    if found is None or not _WORD.search(stem := words[: found.start()] + found["behind"]):
        return None
    told = found["number"].casefold()  # İ was taken for an i, and is two letters now
    number = int(told) if told.isdecimal() else _ORDINALS.get(told)
    return None if number is None else (" ".join(stem.split()).strip(" -,:"), number)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers an answer stands for; an end that is open does not belong to it."""

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    def shared(self, other: Span) -> Decimal | None:
        """Return a number that belongs to both, None if there is none."""
        lows = [(one.low, one.open_low) for one in (self, other) if one.low is not None]
        highs = [(one.high, one.open_high) for one in (self, other) if one.high is not None]
        low, shut_low = max(lows, default=(None, False))
        high, shut_high = min(highs, key=lambda end: (end[0], not end[1]), default=(None, False))
        if low is None or high is None:
            return low if high is None else high
        touches = low < high or (low == high and not shut_low and not shut_high)
        return (high if not shut_high else low) if touches else None


_AMOUNT = r"(?:rp\.? ?)?(\d[\d.,]*)(?: ?(juta|ribu|miliar))?"
_END = r"(?: |$)"
_SPANS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (how, re.compile(pattern))
    for how, pattern in (
        ("between", rf"{_AMOUNT} ?(?:-|–|—|s\.?/?d\.?|sampai(?: dengan)?|hingga|to) ?{_AMOUNT}{_END}"),
        ("below", rf"(?:<|kurang dari|di ?bawah|less than|under) ?{_AMOUNT}{_END}"),
        ("to", rf"(?:≤|<=|sampai(?: dengan)?|maksimal|paling banyak|up to) ?{_AMOUNT}{_END}"),
        ("above", rf"(?:>|lebih dari|di ?atas|more than|over) ?{_AMOUNT}{_END}"),
        ("from", rf"(?:≥|>=|minimal|paling sedikit|at least) ?{_AMOUNT}{_END}"),
        ("from", rf"{_AMOUNT} (?:atau|or) (?:lebih|more)"),
    )
)
_CALENDAR = re.compile(r"(?:19|20)\d\d\b|.*\d[.:]\d\d\b(?![.,]?\d)")
"""School years and hours, which follow each other by the number they share."""
_SIZES = {"ribu": 3, "juta": 6, "miliar": 9}


def common_end(stems: list[str]) -> str:
    """Return the words all end in, “Anak” of “Nama anak” and “Umur anak”; the first if there are none."""
    backwards = [stem.split()[::-1] for stem in stems]
    shared: list[str] = []
    for words in zip(*backwards, strict=False):
        if len({word.casefold() for word in words}) > 1:
            break
        shared.insert(0, words[0])
    found = " ".join(shared) or stems[0]
    return found[:1].upper() + found[1:]


def span(words: str) -> Span | None:
    """Return the numbers that the words of an answer stand for: “10–20 juta”, “> 20”."""
    said = plain(words)
    if _CALENDAR.match(said):
        return None
    for how, pattern in _SPANS:
        found = pattern.match(said)
        if found is None:
            continue
        ends = list(_amounts(found.groups()))
        if how == "between":
            return Span(ends[0], ends[1]) if len(ends) == 2 and ends[0] <= ends[1] else None
        low = how in {"above", "from"}
        return (
            Span(ends[0], None, open_low=how == "above")
            if low
            else Span(None, ends[0], open_high=how == "below")
        )
    return None


def _amounts(groups: tuple[str | None, ...]) -> Iterator[Decimal]:
    """Yield the numbers written; “1–2 juta” are millions both."""
    pairs = [(one, size) for one, size in zip(groups[::2], groups[1::2], strict=True) if one]
    last = next((size for _one, size in reversed(pairs) if size), None)
    for one, size in pairs:
        digits = re.sub(r"[.](?=\d{3}\b)", "", one.rstrip(".,")).replace(",", ".")
        if re.fullmatch(r"\d+(\.\d+)?", digits):
            yield Decimal(digits).scaleb(_SIZES.get(size or last or "", 0))
