"""The question for one text, number, yes/no or list of values: its type and its settings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jsonschema import FormatChecker

from builder.jsonschema import fitting, regexes, shape, words
from builder.jsonschema.gather import Claim
from builder.jsonschema.jsonvalues import exact, ident, is_number
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Part
from builder.jsonschema.tree import Check, Item
from schemas.fieldtypes import file, integer, longtext, phone, text, url

Json = Any
MOST_OPTIONS = 1_000
MOST_PLACES = 6
FEW_OPTIONS = 6
LONGEST_LABEL = 500
FORMATS = {
    "email": "email", "idn-email": "email", "date": "date",
    "uri": "url", "url": "url", "iri": "url",
    "tel": "phone", "phone": "phone", "phone-number": "phone",
    "time": "time", "date-time": "datetime", "datetime": "datetime", "datetime-local": "datetime",
}  # fmt: skip
NARROWER = {
    "url": "format.url", "phone": "format.phone", "time": "format.time", "datetime": "format.datetime",
}  # fmt: skip
OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"  # RFC 2673 §3.2: no zero before
PATTERNS = {
    "uuid": "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "ipv4": rf"(?:{OCTET}[.]){{3}}{OCTET}",
    "color": "#[0-9a-fA-F]{6}",
}
_FORMATS = FormatChecker()
SOMETHING = frozenset((r"\S", r".*\S.*", r"^.*\S.*$", r"[^\s]", r"^(?!\s*$).+"))
"""Patterns of a text that is not blank, as every answer here is."""
OURS = {phone.E164: "phone", url.PATTERN: "url"}
"""What a schema of our own answers says of types that others cannot be taken for."""
WRITTEN = ("text/", "application/json", "application/xml", "application/ld+json")
"""Media types of what is written into the data as it stands, where no encoding is named."""
FILES = ("data-url", "binary", "base64", "byte", "data-uri", "file")


class Scalars:
    """Turns what is said about one value into the type and settings of `item`."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def fill(self, item: Item, kind: str, claims: Sequence[Claim]) -> None:
        """Make `item` a question for values of the JSON type `kind`."""
        values = shape.values_of(claims)
        if values is not None and not (kind == "boolean" and all(isinstance(v, bool | None) for v in values)):
            self.choice(item, values, claims)
            return
        {"string": self.string, "boolean": self.boolean}.get(kind, self.number)(item, claims, kind)

    def choice(self, item: Item, values: list[Json], claims: Sequence[Claim]) -> None:
        """Make a question with fixed answers; null and the empty text are no answer."""
        labels = shape.labels_of(claims, self.ledger)
        offered = [value for value in values if value is not None and value != ""]
        offered = [value for value in offered if all(fitting.fits(value, c.part.schema) for c in claims)]
        pointers = [p.at(word) for word in ("enum", "const") for _, p in shape.all_of(claims, word)]
        if not offered or len(offered) > MOST_OPTIONS:
            self._any_text(item, claims, pointers, "enum.many" if offered else "enum.none")
            return
        item.options = [(value, labels.get(ident(value), "")) for value in offered]
        item.type = "choice"
        item.settings["style"] = "radio" if 1 < len(offered) <= FEW_OPTIONS else "select"
        for pointer in pointers:
            self.ledger.taken(pointer, "option")
        alternatives = [c.part.at(word) for c in claims if c.options for word in ("oneOf", "anyOf")]
        item.marks["named_at"] = [*pointers, *alternatives]
        self._types(claims)
        for word in (*shape.BY_KEYWORD["number"], "minLength", "maxLength", "pattern"):
            for _, part in shape.all_of(claims, word):
                self.ledger.taken(part.at(word), "implied")
        for name, part in shape.all_of(claims, "format"):
            if all(_FORMATS.conforms(value, str(name)) for value in offered):
                self.ledger.taken(part.at("format"), "implied")
            else:
                self.ledger.partial(part.at("format"), "format.unknown", value=str(name)[:40])

    def _any_text(self, item: Item, claims: Sequence[Claim], pointers: list[str], reason: str) -> None:
        """Ask for a text where no choice can be made; a type that no text is of is not kept either."""
        item.type = "text"
        for written, part in shape.all_of(claims, "type"):
            if fitting.typed("", written):
                self.ledger.taken(part.at("type"), "question")
            else:
                pointers = [*pointers, part.at("type")]
        for pointer in pointers:
            self.ledger.refused(pointer, reason, limit=MOST_OPTIONS)

    def _types(self, claims: Sequence[Claim]) -> None:
        for _, part in shape.all_of(claims, "type"):
            self.ledger.taken(part.at("type"), "question")

    def boolean(self, item: Item, claims: Sequence[Claim], kind: str) -> None:
        item.type = "boolean"
        self._types(claims)
        for word in ("enum", "const"):
            for _, part in shape.all_of(claims, word):
                self.ledger.taken(part.at(word), "option")
                if len({v for v in shape.values_of(claims) or [] if v is not None}) == 1:
                    item.checks.append(Check(part, word))
        labels = shape.labels_of(claims, self.ledger)
        for claim in claims:
            if labels and claim.part.get("enum"):
                self.ledger.look(claim.part.at("enum"), "boolean.labels")
            for word in shape.NAMES_OF_VALUES:
                if word in claim.part.schema and "enum" not in claim.part.schema:
                    self.ledger.look(claim.part.at(word), "boolean.labels")

    def string(self, item: Item, claims: Sequence[Claim], kind: str) -> None:
        self._types(claims)
        item.type = "text"
        self._format(item, claims)
        if item.type == "file":
            return
        self._pattern(item, claims)
        self._lengths(item, claims)

    def _format(self, item: Item, claims: Sequence[Claim]) -> None:
        encoded = any(True for _ in shape.all_of(claims, "contentEncoding"))
        for encoding in ("contentEncoding", "contentMediaType"):
            for value, part in shape.all_of(claims, encoding):
                if not encoded and str(value).lower().startswith(WRITTEN):
                    item.type = "longtext"
                    self.ledger.partial(
                        part.at(encoding), "format.unknown", value=words.visible(str(value))[:40]
                    )
                    continue
                item.type = "file"
                if encoding == "contentMediaType" and value in file.KINDS:
                    item.settings["accept"] = [value]
                self.ledger.partial(part.at(encoding), "file")
        for written, part in shape.all_of(claims, "format"):
            place, name = part.at("format"), str(written).lower()
            if name in FILES:
                item.type = "file"
                self.ledger.partial(place, "file")
            elif item.type != "text":
                self.ledger.partial(place, "format.second", value=name)
            elif name in FORMATS:
                item.type = FORMATS[name]
                reason = NARROWER.get(item.type)
                self.ledger.partial(place, reason) if reason else self.ledger.taken(place, "question")
            elif name in PATTERNS:
                item.type, item.settings["pattern"] = "pattern", PATTERNS[name]
                self.ledger.taken(place, "pattern")
            elif name == "password":
                self.ledger.look(place, "format.password")
            elif name in ("textarea", "multiline", "html", "markdown"):
                item.type = "longtext"
                self.ledger.taken(place, "question")
            else:
                self.ledger.partial(place, "format.unknown", value=name[:40])

    def _pattern(self, item: Item, claims: Sequence[Claim]) -> None:
        for written, part in shape.all_of(claims, "pattern"):
            place = part.at("pattern")
            known = written if isinstance(written, str) else ""
            made = regexes.whole(written) if isinstance(written, str) else None
            if item.type in ("text", "longtext", "pattern") and known in SOMETHING:
                self.ledger.taken(place, "implied")
            elif item.type == "text" and known in OURS:
                item.type = OURS[known]
                self.ledger.taken(place, "question")
            elif made is None:
                self.ledger.partial(place, "pattern.foreign")
            elif item.type == "text":
                item.type, item.settings["pattern"] = "pattern", made
                self.ledger.taken(place, "pattern")
            else:
                self.ledger.partial(place, "pattern.second")

    def _lengths(self, item: Item, claims: Sequence[Claim]) -> None:
        longest = [v for v, _ in shape.all_of(claims, "maxLength") if _count(v)]
        least = [v for v, _ in shape.all_of(claims, "minLength") if _count(v)]
        if item.type == "text" and max([*longest[:1], *least[:1], 0]) > text.LONGEST:
            item.type = "longtext"
        limit = {"text": text.LONGEST, "longtext": longtext.LONGEST, "pattern": text.LONGEST}.get(item.type)
        for word, chosen in (("maxLength", longest), ("minLength", least)):
            bound = (min(chosen) if word == "maxLength" else max(chosen)) if chosen else None
            for value, part in shape.all_of(claims, word):
                self._length(item, word, value, part, bound, limit)

    def _length(
        self, item: Item, word: str, value: Json, part: Part, bound: int | None, limit: int | None
    ) -> None:
        place = part.at(word)
        if not _count(value) or bound is None:
            self.ledger.refused(place, "schema.shape")
        elif word == "minLength" and value <= 1:
            self.ledger.taken(place, "implied" if value else "no_effect")
        elif limit is None or (item.type == "pattern" and word == "minLength"):
            item.checks.append(Check(part, word))
        elif bound > limit:
            if word == "maxLength":
                item.settings[word] = limit
            self.ledger.partial(place, "length.long", limit=limit)
        elif word == "maxLength" and bound == 0:
            self.ledger.refused(place, "schema.never")
        else:
            item.settings[word] = bound
            self.ledger.taken(place, "setting")

    def number(self, item: Item, claims: Sequence[Claim], kind: str) -> None:
        self._types(claims)
        whole = kind == "integer"
        places = MOST_PLACES
        for value, part in shape.all_of(claims, "multipleOf"):
            step = exact(value) if is_number(value) else Decimal(0)
            if step <= 0:
                self.ledger.refused(part.at("multipleOf"), "schema.shape")
                continue
            exponent = step.normalize().as_tuple().exponent
            fraction = max(0, -exponent) if isinstance(exponent, int) else 0
            places = min(places, fraction)
            if fraction > MOST_PLACES:
                self.ledger.partial(part.at("multipleOf"), "number.places", limit=MOST_PLACES)
            elif step == Decimal(1).scaleb(-fraction):
                self.ledger.taken(part.at("multipleOf"), "setting")
            else:
                item.checks.append(Check(part, "multipleOf"))
        whole = whole or places == 0
        item.type = "integer" if whole else "number"
        if not whole:
            item.settings["places"] = places
        self._bounds(item, claims, whole)
        for value, part in shape.all_of(claims, "format"):
            self.ledger.partial(part.at("format"), "format.number", value=str(value)[:40], about="look")

    def _bounds(self, item: Item, claims: Sequence[Claim], whole: bool) -> None:
        for claim in claims:
            for word in ("minimum", "maximum"):
                self._bound(item, claim.part, word, whole)
        low, high = item.settings.get("minimum"), item.settings.get("maximum")
        if low is not None and high is not None and low > high:
            for _, part in shape.all_of(claims, "maximum"):
                self.ledger.refused(part.at("maximum"), "schema.never")
            del item.settings["maximum"]

    def _bound(self, item: Item, part: Part, word: str, whole: bool) -> None:
        """Take `minimum` or `maximum` and its exclusive form, a number or draft 4's yes."""
        strict = "exclusive" + word.capitalize()
        limit, sharp = part.get(word), part.get(strict)
        if isinstance(sharp, bool) or sharp is None:
            if strict in part.schema:
                self.ledger.taken(part.at(strict), "setting" if word in part.schema else "no_effect")
            if word in part.schema:
                self._one_bound(item, part, word, limit, word, whole, strict=bool(sharp))
            return
        if word in part.schema:
            self._one_bound(item, part, word, limit, word, whole, strict=False)
        self._one_bound(item, part, strict, sharp, word, whole, strict=True)

    def _one_bound(
        self, item: Item, part: Part, keyword: str, limit: Json, word: str, whole: bool, *, strict: bool
    ) -> None:
        place = part.at(keyword)
        if not is_number(limit):
            self.ledger.refused(place, "schema.shape")
            return
        value = exact(limit)
        if whole:
            low = word == "minimum"
            edge = value.to_integral_value("ROUND_CEILING" if low else "ROUND_FLOOR")
            value = edge + (1 if low else -1) if strict and edge == value else edge
        elif strict or value != value.to_integral_value():
            item.checks.append(Check(part, keyword))
            return
        if abs(value) > integer.LARGEST:
            self.ledger.partial(place, "number.large", limit=integer.LARGEST)
            return
        before, bound = item.settings.get(word), int(value)
        closer = max if word == "minimum" else min
        item.settings[word] = bound if before is None else closer(before, bound)
        self.ledger.taken(place, "setting")


def is_file(part: Part) -> bool:
    """Say whether a part describes the content of a file."""
    return str(part.get("format")).lower() in FILES or "contentEncoding" in part.schema


def _count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def describe(item: Item, claims: Sequence[Claim], ledger: Ledger, said: words.Words) -> None:
    """Give `item` its label and help; what the source says first counts."""
    for keyword in ("title", "description"):
        found = shape.first(claims, keyword)
        written = words.text(found[0]) if found else ""
        for _, part in shape.all_of(claims, keyword):
            ledger.taken(part.at(keyword), "text")
        if found:
            longest = LONGEST_LABEL if keyword == "title" else words.LONGEST_TEXT
            cut_off(found[1], keyword, longest, ledger)
        if keyword == "title":
            item.label = written[:LONGEST_LABEL] or item.label
        else:
            item.help = written or item.help
    examples = [
        words.said(value)
        for listed, part in shape.all_of(claims, "examples")
        for value in (listed if isinstance(listed, list) else [])
        if not isinstance(value, (dict, list))
    ]
    examples += [
        words.said(value)
        for value, _ in shape.all_of(claims, "example")
        if not isinstance(value, (dict, list))
    ]  # as OpenAPI writes it
    for word in ("examples", "example"):
        for _, part in shape.all_of(claims, word):
            ledger.taken(part.at(word), "text")
    if examples and item.kind == "question":
        listed = said.examples.replace("{list}", ", ".join(examples[:5]))
        item.help = f"{item.help} {listed}".strip()[: words.LONGEST_TEXT]


def cut_off(part: Part, keyword: str, longest: int, ledger: Ledger) -> None:
    """Name words that are longer than a document takes, or hold marks that it does not take."""
    written = part.get(keyword)
    if isinstance(written, str) and words.visible(written) != written:
        ledger.look(part.at(keyword), "text.marks")
    if isinstance(written, str) and len(written.strip()) > longest:
        ledger.look(part.at(keyword), "text.long", limit=longest)
