"""Compiles what is asked into JSON Schema: shapes of answers, and rules as guarded `if`/`then`/`else`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from schemas import conditions, fieldtypes
from schemas.answers import marks
from schemas.definition import Field, Group, Json, Module, Page
from schemas.expressions import Expression
from schemas.problems import pointer
from schemas.walk import is_asked


def schema(module: Module, pages: Iterable[Page] | None = None) -> dict[str, Json]:
    """Compile the JSON Schema of the answers to `pages`; None stands for the application itself."""
    chosen = module.filing_pages() if pages is None else tuple(pages)
    fields = [field for page in chosen for field in page.fields]
    compiled = _Object(fields, module)
    for page in chosen:
        compiled.page(page)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:rakit:answers:{module.key}",
        "title": module.title.say(),
        **compiled.schema(),
        "x-exact": not compiled.left_out,
        "x-rules": compiled.left_out,
        **marks.around(module, fields),
    }


class _Object:
    """Collects the schema of one object of answers: all, or those of a row. `left_out` it cannot say."""

    def __init__(self, fields: Sequence[Field], module: Module, path: str = "", level: int = 0) -> None:
        self.module, self.path, self.level = module, path, level
        self.properties: dict[str, Json] = {}
        self.required: list[str] = []
        self.rules: list[Json] = []
        self.left_out: list[Json] = []
        stated = {field.key: field for field in fields if is_asked(field)}
        self.translate = conditions.Translator(stated, module.tables, level)

    def schema(self) -> dict[str, Json]:
        return {
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": False,
            **({"allOf": self.rules} if self.rules else {}),
        }

    def page(self, page: Page) -> None:
        self.fields(page.fields, page.groups, page.visible)
        if page.check is not None:
            self._together(page.fields, page.visible, page.check, {"x-page": page.key})

    def fields(
        self, fields: Sequence[Field], groups: Sequence[Group], visible: Expression | None = None
    ) -> None:
        """Add questions that stand together, each shown only where `visible` holds too."""
        for field in fields:
            self._field(field, visible)
        for group in groups:
            self._group(group, [field for field in fields if field.key in group.keys], visible)

    def _field(self, field: Field, around: Expression | None) -> None:
        kind = fieldtypes.get(field.type)
        answer = kind.answer_schema(field)
        if answer is None:
            return
        answer = marks.marked(field, self._rows(field, answer) if field.type == "repeat" else answer)
        self.properties[field.key] = answer
        shown = [rule for rule in (around, field.visible) if rule is not None]
        if field.shown_only:
            self.properties[field.key] = {**answer, "readOnly": True}
            self._leave_out(field, "calculate" if field.calculate is not None else "readOnly")
        else:
            self._shown(field, shown)
        if not kind.asked:
            self._leave_out(field, "metadata")
        if field.check is not None:
            self._check(field, field.check)
        if field.filter is not None:
            self._leave_out(field, "filter")
        if field.dataset and not field.options:
            self._leave_out(field, "dataset")
            name = self._name(field).replace("/*/", ".")
            self.properties[field.key] = {**self.properties[field.key], "x-choices": f"choices/{name}"}
        if kind.looked_up:
            self._leave_out(field, "exists")
        if kind.judges(field):
            self._leave_out(field, "verdict")

    def _shown(self, field: Field, shown: list[Expression]) -> None:
        visible = self._all_true(shown)
        needed = {"required": [field.key]}
        if not shown:
            if field.required is True:
                self.required.append(field.key)
        elif visible is None:
            self._leave_out(field, "visible")
        else:
            then = {"then": needed} if field.required is True else {}
            hidden = {"properties": {field.key: conditions.NEVER}}
            self.rules.append({"x-field": field.key, "if": visible, **then, "else": hidden})
        if isinstance(field.required, Expression):
            wanted = self._all_true([*shown, field.required])
            if wanted is None:
                self._leave_out(field, "required")
            else:
                self.rules.append({"x-field": field.key, "if": wanted, "then": needed})

    def _check(self, field: Field, check: Expression) -> None:
        failing = self.translate.false(check.root)
        if failing is None or field.shown_only:
            self._leave_out(field, "check")
        else:
            answered = {"required": [field.key]}
            self.rules.append({"x-field": field.key, "not": {"allOf": [answered, failing]}})

    def _rows(self, field: Field, answer: dict[str, Json]) -> dict[str, Json]:
        row = _Object(field.fields, self.module, f"{self.path}{pointer(field.key)}/*", self.level + 1)
        row.fields(field.fields, field.groups)
        if field.row.check is not None:
            failing = row.translate.false(field.row.check.root)
            if failing is None:
                self._leave_out(field, "row")
            else:
                row.rules.append({"x-field": "", "not": failing})
        self.left_out.extend(row.left_out)
        return {**answer, "items": row.schema()}

    def _group(self, group: Group, fields: list[Field], around: Expression | None) -> None:
        name = {"x-group": group.key}
        people = [field for field in fields if is_asked(field)]
        if group.required is not False and people:
            answered = {"anyOf": [{"required": [field.key]} for field in people]}
            demand = group.required if isinstance(group.required, Expression) else None
            there = self._any_shown(people, around)
            wanted = None if there is None else [there, *self._parts([demand])]
            if wanted is None or None in wanted:
                self._leave_out_group(group, "required")
            else:
                self.rules.append({**name, "if": {"allOf": wanted}, "then": answered})
        if group.check is not None:
            self._together(fields, around, group.check, name)

    def _together(
        self, fields: Sequence[Field], around: Expression | None, check: Expression, name: dict[str, str]
    ) -> None:
        """Add a check over questions that stand together, asked when any of them is shown."""
        there, failing = self._any_shown(fields, around), self.translate.false(check.root)
        if there is None or failing is None:
            self.left_out.append({**name, "rule": "check"})
        else:
            self.rules.append({**name, "not": {"allOf": [there, failing]}})

    def _any_shown(self, fields: Sequence[Field], around: Expression | None) -> Json | None:
        """Return the schema that says that at least one of `fields` is asked."""
        ways = [self._all_true([rule for rule in (around, f.visible) if rule is not None]) for f in fields]
        if any(field.visible is None for field in fields):
            return self._all_true([around] if around is not None else [])
        return None if None in ways else {"anyOf": ways}

    def _all_true(self, rules: list[Expression]) -> Json | None:
        parts = self._parts(rules)
        if None in parts:
            return None
        return conditions.ALWAYS if not parts else parts[0] if len(parts) == 1 else {"allOf": parts}

    def _parts(self, rules: Sequence[Expression | None]) -> list[Any]:
        return [self.translate.true(rule.root) for rule in rules if rule is not None]

    def _leave_out(self, field: Field, rule: str) -> None:
        self.left_out.append({"field": self._name(field), "rule": rule})

    def _name(self, field: Field) -> str:
        return f"{self.path}/{field.key}".lstrip("/")

    def _leave_out_group(self, group: Group, rule: str) -> None:
        self.left_out.append({"group": group.key, "rule": rule})
