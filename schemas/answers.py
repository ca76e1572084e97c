"""Definition → JSON Schema 2020-12 of its answers, and the judgement over a set of answers.

The schema never rejects what the rules accept. What JSON Schema cannot say (two answers compared,
arithmetic, dates relative to today) is left out of it, listed under `x-rules`, and `x-exact` is false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError

from schemas import conditions, expressions, fieldtypes, validator
from schemas.definition import Field, Json, Module, Page
from schemas.expressions import Expression
from schemas.problems import Problem, error, pointer, warning

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


def schema(module: Module, pages: Iterable[Page] | None = None) -> dict[str, Json]:
    """Compile the JSON Schema of the answers to `pages`; None stands for the application itself."""
    chosen = _pages(module, pages)
    compiled = _Compiler(chosen)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:rakit:answers:{module.key}",
        "title": module.title.say(),
        "type": "object",
        "properties": compiled.properties,
        "required": compiled.required,
        "additionalProperties": False,
        **({"allOf": compiled.rules} if compiled.rules else {}),
        "x-exact": not compiled.left_out,
        "x-rules": compiled.left_out,
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

    With `today` every rule is evaluated, and `context` holds earlier answers that rules may name.
    Without it the compiled schema alone judges, which may accept what a rule refuses.
    """
    chosen = _pages(module, pages)
    if today is None:
        shape = schema(module, chosen)
    else:
        shape = {"type": "object", "properties": _properties(chosen), "additionalProperties": False}
    found = [p for fault in validator.errors(validator.build(shape), dict(answers)) for p in _problems(fault)]
    if today is not None:
        found.extend(_rule_problems(chosen, answers, {**(context or {}), **answers}, today))
    if not found:
        found.extend(_verdicts(chosen, answers))
    return tuple(dict.fromkeys(found))


def hints(
    module: Module, answers: Mapping[str, Json], pages: Iterable[Page] | None = None
) -> tuple[Problem, ...]:
    """Return doubts about valid answers, as warnings: for people to look at, never to refuse."""
    asked = [field for page in _pages(module, pages) for field in page.fields if field.key in answers]
    doubts = [(fieldtypes.get(field.type).hint(field, answers[field.key]), field) for field in asked]
    return tuple(warning(code, pointer(field.key), field=field.key) for code, field in doubts if code)


def _pages(module: Module, pages: Iterable[Page] | None) -> tuple[Page, ...]:
    return module.filing_pages() if pages is None else tuple(pages)


def _properties(pages: Iterable[Page]) -> dict[str, Json]:
    found = {}
    for page in pages:
        for field in page.fields:
            answer = fieldtypes.get(field.type).answer_schema(field)
            if answer is not None:
                found[field.key] = answer
    return found


class _Compiler:
    """Collects what the schema can say; `left_out` names what it cannot."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self.properties = _properties(pages)
        self.required: list[str] = []
        self.rules: list[Json] = []
        self.left_out: list[Json] = []
        fields = {field.key: field for page in pages for field in page.fields}
        self.translate = conditions.Translator(fields)
        for page in pages:
            for field in page.fields:
                if field.key in self.properties:
                    self._field(page, field)

    def _field(self, page: Page, field: Field) -> None:
        shown = [rule for rule in (page.visible, field.visible) if rule is not None]
        visible = self._all_true(shown)
        if not shown:
            if field.required is True:
                self.required.append(field.key)
        elif visible is None:
            self._leave_out(field, "visible")
        else:
            then = {"then": {"required": [field.key]}} if field.required is True else {}
            self.rules.append(
                {
                    "x-field": field.key,
                    "if": visible,
                    **then,
                    "else": {"properties": {field.key: conditions.NEVER}},
                }
            )
        if isinstance(field.required, Expression):
            needed = self._all_true([*shown, field.required])
            if needed is None:
                self._leave_out(field, "required")
            else:
                self.rules.append({"x-field": field.key, "if": needed, "then": {"required": [field.key]}})
        if field.check is not None:
            failing = self.translate.false(field.check.root)
            if failing is None:
                self._leave_out(field, "check")
            else:
                answered = {"required": [field.key]}
                self.rules.append({"x-field": field.key, "not": {"allOf": [answered, failing]}})
        if type(fieldtypes.get(field.type)).verdict is not fieldtypes.FieldType.verdict:
            self._leave_out(field, "verdict")

    def _all_true(self, rules: list[Expression]) -> Json | None:
        parts = [self.translate.true(rule.root) for rule in rules]
        if any(part is None for part in parts):
            return None
        return parts[0] if len(parts) == 1 else {"allOf": parts}

    def _leave_out(self, field: Field, rule: str) -> None:
        self.left_out.append({"field": field.key, "rule": rule})


def _rule_problems(
    pages: tuple[Page, ...], answers: Mapping[str, Json], known: Mapping[str, Json], today: date
) -> Iterator[Problem]:
    """Evaluate visibility, requirement and checks from top to bottom; hidden answers do not exist."""
    seen: dict[str, Any] = dict(known)
    for page in pages:
        page_shown = expressions.holds(page.visible, seen, today=today)
        for field in page.fields:
            place = pointer(field.key)
            if not (page_shown and expressions.holds(field.visible, seen, today=today)):
                seen.pop(field.key, None)
                if field.key in answers:
                    yield error("answers.unknown", place, name=field.key)
    for page in pages:
        if not expressions.holds(page.visible, seen, today=today):
            continue
        for field in page.fields:
            if not expressions.holds(field.visible, seen, today=today):
                continue
            if field.key in answers:
                if expressions.fails(field.check, seen, today=today):
                    yield error("answers.check", pointer(field.key))
            elif fieldtypes.get(field.type).value_type and expressions.holds(
                field.required, seen, today=today
            ):
                yield error("answers.required", pointer(field.key))


def _verdicts(pages: tuple[Page, ...], answers: Mapping[str, Json]) -> Iterator[Problem]:
    for page in pages:
        for field in page.fields:
            if field.key not in answers:
                continue
            kind, place = fieldtypes.get(field.type), pointer(field.key)
            limits = {"answers.minimum": "minimum", "answers.maximum": "maximum"}
            code = kind.verdict(field, answers[field.key])
            if code:
                yield error(code, place, limit=field.settings.get(limits.get(code, ""), ""))


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
        yield error("answers.check", pointer(fault.schema["x-field"]))
    else:
        yield error(_code(fault), pointer(*path), limit=limit)


def _code(fault: ValidationError) -> str:
    """Return the code of a fault: the one that its schema names, else that of the broken keyword."""
    own = fault.schema.get("x-code") if isinstance(fault.schema, Mapping) else None
    return own or _CODES.get(str(fault.validator), "answers.type")
