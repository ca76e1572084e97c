"""Judges a set of answers by what their module says, and names each mistake by its JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from jsonschema.exceptions import ValidationError

from schemas import conditions, fieldtypes, validator
from schemas.answers import doubts
from schemas.answers.compiling import schema
from schemas.definition import Field, Json, Module, Page
from schemas.problems import Problem, error, pointer, warning
from schemas.walk import Asked, Walk, strays

_CODES = {
    "type": "answers.type",
    "format": "answers.format",
    "pattern": "answers.format",
    "dependentRequired": "answers.type",
    "enum": "answers.option",
    "const": "answers.required",
    "minLength": "answers.short",
    "maxLength": "answers.long",
    "minItems": "answers.few",
    "minProperties": "answers.required",
    "maxItems": "answers.many",
    "uniqueItems": "answers.repeated",
    "minimum": "answers.minimum",
    "maximum": "answers.maximum",
    "not": "answers.check",
}


def validate(
    module: Module,
    answers: Mapping[str, Json],
    pages: Iterable[Page] | None = None,
    *,
    today: date | None = None,
    context: Mapping[str, Json] | None = None,
) -> tuple[Problem, ...]:
    """Judge `answers` to `pages`; problems carry the JSON Pointer of the answer.

    With `today` every rule is evaluated, and `context` holds earlier answers that rules may name: an
    answer to a question that is hidden, or one that differs from what is calculated or fixed, is a mistake.
    Without it the compiled schema alone judges, which may accept what a rule refuses.
    """
    chosen = module.filing_pages() if pages is None else tuple(pages)
    if today is None:
        return tuple(dict.fromkeys(_faults(schema(module, chosen), answers)))
    fields = [field for page in chosen for field in page.fields]
    found = [*strays(fields, answers), *_faults(_shapes(fields), answers)]
    found = [*dict.fromkeys(problem for problem in found)]
    places = [problem.pointer for problem in found]
    for problem in _rule_problems(module, chosen, answers, context or {}, today):
        if not any(place == problem.pointer or place.startswith(f"{problem.pointer}/") for place in places):
            found.append(problem)
    return tuple(dict.fromkeys(found))


def hints(
    module: Module, answers: Mapping[str, Json], pages: Iterable[Page] | None = None
) -> tuple[Problem, ...]:
    """Return doubts about valid answers, as warnings: for people to look at, never to refuse."""
    chosen = module.filing_pages() if pages is None else tuple(pages)
    return tuple(hint for page in chosen for hint in _hints(page.fields, answers, ()))


def _hints(
    fields: Sequence[Field], answers: Mapping[str, Json], path: tuple[str | int, ...]
) -> Iterator[Problem]:
    for field in fields:
        if field.key not in answers:
            continue
        if field.type == "repeat":
            for at, row in enumerate(answers[field.key]):
                yield from _hints(field.fields, row, (*path, field.key, at))
        elif code := fieldtypes.get(field.type).hint(field, answers[field.key]):
            yield warning(code, pointer(*path, field.key), field=field.key)
    for field, code in doubts.beside_nik(fields, answers):
        yield warning(code, pointer(*path, field.key), field=field.key)


def _shapes(fields: Sequence[Field]) -> dict[str, Json]:
    found = {field.key: fieldtypes.get(field.type).answer_schema(field) for field in fields}
    return {"type": "object", "properties": {key: shape for key, shape in found.items() if shape is not None}}


def _faults(shape: Mapping[str, Json], answers: Mapping[str, Json]) -> Iterator[Problem]:
    for fault in validator.errors(validator.build(shape), dict(answers)):
        yield from _problems(fault)


def _rule_problems(
    module: Module,
    pages: Sequence[Page],
    answers: Mapping[str, Json],
    context: Mapping[str, Json],
    today: date,
) -> Iterator[Problem]:
    """Walk the pages from the top; hidden answers do not exist, so they may not be given either."""
    walk = Walk(today, module.tables, fresh=True)
    known: dict[str, Json] = dict(context)
    for page in pages:
        asked: tuple[Asked, ...] = ()
        if walk.holds(page.visible, known):
            asked, _kept, known = walk.questions(page.fields, answers, known)
        yield from _not_asked(page.fields, asked, answers, ())
        yield from walk.page_problems(page, asked, known)


def _not_asked(
    fields: Sequence[Field], asked: Sequence[Asked], given: Mapping[str, Json], path: tuple[str | int, ...]
) -> Iterator[Problem]:
    """Yield answers that were given to questions nobody asks, and calculated ones that are others."""
    by_key = {each.field.key: each for each in asked}
    for field in fields:
        if field.key not in given or field.type in fieldtypes.UNANSWERED:
            continue
        place, each = pointer(*path, field.key), by_key.get(field.key)
        if each is None or not fieldtypes.get(field.type).asked:
            yield error("answers.unknown", place, name=field.key)
        elif field.settled and each.value != given[field.key]:
            yield error("answers.calculated", place, field=field.key)
        for at, row in enumerate(each.rows if each else ()):
            yield from _not_asked(field.fields, row, given[field.key][at], (*path, field.key, at))


def _problems(fault: ValidationError) -> Iterator[Problem]:
    rule, limit, path = str(fault.validator), fault.validator_value, tuple(fault.absolute_path)
    if rule == "required" and isinstance(limit, list):
        for name in limit:
            if (
                isinstance(fault.instance, dict)
                and name not in fault.instance
                and f"'{name}'" in fault.message
            ):
                yield error("answers.required", pointer(*path, name))
    elif rule == "additionalProperties":
        known = fault.schema.get("properties", {}) if isinstance(fault.schema, Mapping) else {}
        for name in fault.instance if isinstance(fault.instance, dict) else ():
            if name not in known:
                yield error("answers.unknown", pointer(*path, name), name=name)
    elif fault.schema == conditions.NEVER:
        yield error("answers.unknown", pointer(*path), name=path[-1])
    elif rule == "not" and isinstance(fault.schema, Mapping):
        own = fault.schema.get("x-field")
        code = "answers.page" if "x-page" in fault.schema else "answers.check"
        yield error(code, pointer(*path, own) if own else pointer(*path))
    else:
        yield error(_code(fault), pointer(*path), limit=limit)


def _code(fault: ValidationError) -> str:
    """Return the code of a fault: the one that its schema names, else that of the broken keyword."""
    own = fault.schema.get("x-code") if isinstance(fault.schema, Mapping) else None
    return own or _CODES.get(str(fault.validator), "answers.type")
