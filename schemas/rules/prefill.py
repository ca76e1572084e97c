"""First answers from elsewhere: one source each, of a kind that fits, asked for before they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas import fieldtypes
from schemas.definition import Field, Json, Module
from schemas.problems import Problem, error, warning
from schemas.rules import places

SOURCES = ("profile", "previous", "query", "register")
PROFILE: Mapping[str, tuple[str, ...]] = {
    "name": ("text",),
    "nik": ("nik",),
    "no_kk": ("no_kk",),
    "birth_place": ("text",),
    "birth_date": ("date",),
    "gender": ("choice", "text"),
    "occupation": ("text",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("address", "longtext", "text"),
}
"""Each fact of a citizen's profile, and the kinds of question that can take it."""

NEVER = frozenset(
    {"file", "photo", "signature", "consent", "metadata", "repeat", "note", "heading", "notice", "image"}
)
"""What a person must give anew each time, or what has no answer."""

SENSITIVE = frozenset({"special", "never_export"})


def problems(module: Module) -> Iterator[Problem]:
    filing = {page.key for page in module.filing_pages()}
    earlier: dict[str, Field] = {}
    for pointer, page, field in places.fields(module):
        top = page.key in filing and any(field is own for own in page.fields)
        if field.prefill is not None:
            place = f"{pointer}/prefill"
            if not top or field.type in NEVER or field.calculate is not None:
                yield error("prefill.never", place, name=field.key)
            else:
                yield from _source(module, field, field.prefill, earlier, place)
                yield from _locked(field, pointer)
        if top:
            earlier[field.key] = field


def _locked(field: Field, pointer: str) -> Iterator[Problem]:
    """Warn off a question that whoever has no profile, case or link could neither answer nor pass."""
    by_hand = "register" in (field.prefill or {})  # typed when the register is away
    if field.read_only and field.required is not False and field.default is None and not by_hand:
        yield error("prefill.locked", f"{pointer}/readOnly", name=field.key)


def _source(
    module: Module, field: Field, prefill: Mapping[str, Json], earlier: Mapping[str, Field], pointer: str
) -> Iterator[Problem]:
    named = [name for name in SOURCES if name in prefill]
    lookup = {name for name in ("by", "value") if name in prefill}
    if len(named) != 1 or lookup != ({"by", "value"} if named == ["register"] else set()):
        yield error("prefill.source", pointer, name=field.key)
        return
    if named == ["profile"]:
        wanted = PROFILE[prefill["profile"]]
        if field.type not in wanted:
            yield error(
                "references.kind", f"{pointer}/profile", name=field.key, wanted=wanted, found=field.type
            )
    elif named == ["previous"] and field.privacy in SENSITIVE:
        yield error("prefill.sensitive", f"{pointer}/previous", name=field.key)
    elif named == ["query"] and (field.privacy != "none" or fieldtypes.get(field.type).personal):
        yield error("prefill.personal", f"{pointer}/query", name=field.key)
    elif named == ["register"]:
        yield from _lookup(module, field, prefill["by"], earlier, f"{pointer}/by")


def _lookup(
    module: Module, field: Field, by: Mapping[str, str], earlier: Mapping[str, Field], pointer: str
) -> Iterator[Problem]:
    for parameter, key in by.items():
        asked, place = earlier.get(key), f"{pointer}/{parameter}"
        if module.field(key) is None:
            yield error("references.field", place, name=key)
        elif asked is None:
            yield error("prefill.later", place, name=key, field=field.key)
        elif fieldtypes.get(asked.type).value_type not in {"text", "number", "date"}:
            yield error("prefill.by", place, name=key)
    if len(by) < 2:
        yield warning("prefill.one_fact", pointer, name=field.key)
