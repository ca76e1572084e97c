"""The parsed form of a module document: frozen values, no behaviour beyond looking things up.

Everything left of `submit` and `apply` works on these values. They know nothing of Django, of
requests or of the clock. A `Module` is only ever made by `schemas.parse.parse`, which guarantees
that every key named here exists and every expression is well typed.
"""

from __future__ import annotations

from schemas.definition.form import (
    INLINE_ONLY,
    NO_TEXT,
    Dataset,
    Field,
    Group,
    InlineTables,
    Option,
    Page,
    RowRules,
    Tables,
    Text,
    with_rows,
)
from schemas.definition.module import ApplicantFields, Message, Module, Privacy, Standard
from schemas.definition.values import (
    ColumnType,
    Demand,
    DurationUnit,
    EffectType,
    Json,
    Outcome,
    PrivacyClass,
    StatusKind,
    Tone,
    Via,
    Width,
)
from schemas.definition.workflow import (
    Action,
    Ask,
    Change,
    Duration,
    EffectRule,
    Register,
    Role,
    Status,
    TaskRule,
    Where,
    Who,
    Workflow,
)

__all__ = [
    "INLINE_ONLY",
    "NO_TEXT",
    "Action",
    "ApplicantFields",
    "Ask",
    "Change",
    "ColumnType",
    "Dataset",
    "Demand",
    "Duration",
    "DurationUnit",
    "EffectRule",
    "EffectType",
    "Field",
    "Group",
    "InlineTables",
    "Json",
    "Message",
    "Module",
    "Option",
    "Outcome",
    "Page",
    "Privacy",
    "PrivacyClass",
    "Register",
    "Role",
    "RowRules",
    "Standard",
    "Status",
    "StatusKind",
    "Tables",
    "TaskRule",
    "Text",
    "Tone",
    "Via",
    "Where",
    "Who",
    "Width",
    "Workflow",
    "with_rows",
]
