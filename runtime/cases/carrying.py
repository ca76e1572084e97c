"""The answers that a case takes along to another service, worked out as its document says.

A question that is simply named is carried over as it was answered, rows, places and files too; what is
worked out takes the form of the question there. Nothing is left out because it does not fit: the other
service judges it like any application.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtime.cases import attachments
from runtime.cases.models import Attachment, Case
from runtime.modules import selectors as modules
from runtime.regions import calendar
from schemas import expressions, fieldtypes
from schemas.definition import EffectRule, Field, Json, Module
from schemas.expressions import UNKNOWN, Expression
from schemas.walk import map_files


def answers(case: Case, rule: EffectRule, there: Module, now: datetime) -> dict[str, Json]:
    """Return what is answered in the application for the service `there`; files are still those of `case`."""
    module = modules.definition(case.version)
    given = {**case.answers, **case.officer_answers}
    today = calendar.local(now, case.region).date()
    found: dict[str, Json] = {}
    for key, expression in rule.answers.items():
        asked = there.field(key)
        plain = _named(module, expression, asked)
        if plain is not None:
            value = given.get(plain.key)
        else:
            value = expressions.evaluate(expression, given, today=today, tables=module.tables)
            value = None if value is UNKNOWN else _written(asked, value)
        if value is not None:
            found[key] = value
    return found


def with_files(
    case: Case, there: Module, given: Mapping[str, Json], draft_token: str, now: datetime
) -> dict[str, Json]:
    """Return the answers with copies of the files of `case` in them, kept under `draft_token`.

    Copies from an earlier try that did not come to its end are removed first.
    """
    attachments.discard(region=case.region, draft_token=draft_token)

    def copied(question: Field, files: Json) -> Json:
        rows = {str(row.pk): row for row in Attachment.objects.filter(region=case.region, case=case)}
        known = [rows[item["id"]] for item in files if item.get("id") in rows]
        return [_copy(row, question.key, draft_token, now).as_answer() for row in known]

    return map_files(attachments.questions(there), dict(given), copied)


def _copy(row: Attachment, question: str, draft_token: str, now: datetime) -> Attachment:
    with row.file.open("rb") as content:
        return attachments.store(
            region=row.region,
            draft_token=draft_token,
            field=question,
            name=row.name,
            type=row.type,
            content=content,
            sha256=row.sha256,
            now=now,
        )


def _named(module: Module, expression: Expression, asked: Field | None) -> Field | None:
    """Return the question that is carried over as it is: named alone, and of the same kind there."""
    named = module.field(expression.root.name) if expression.root.op == "var" else None
    return named if named and asked and named.type == asked.type else None


def _written(asked: Field | None, value: Any) -> Json:
    """Return a worked-out value as an answer to the question; without one it is refused later anyway."""
    if asked is None:
        return str(value)
    written = fieldtypes.get(asked.type).computed(asked, value)
    return str(value) if written is None else written
