"""Builds the workflow of a document; what its parts mean together is checked by `schemas.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from schemas.construct import effects, parts
from schemas.construct.words import Raw, Reader
from schemas.definition import (
    Action,
    Ask,
    Change,
    Register,
    Role,
    Status,
    TaskRule,
    Where,
    Workflow,
)
from schemas.expressions import Scope

NOWHERE = Where("region")


class WorkflowBuilder:
    """Builds statuses, roles and actions; conditions may name every question of `scope`."""

    def __init__(self, reader: Reader, scope: Scope) -> None:
        self.reader = reader
        self.scope = scope

    def build(self, raw: Raw) -> Workflow:
        roles = tuple(
            Role(r["key"], self.reader.text(r["title"]), _where(r.get("where"))) for r in raw["roles"]
        )
        actions = tuple(self.action(a, f"/workflow/actions/{at}") for at, a in enumerate(raw["actions"]))
        by_key = {role.key: role for role in reversed(roles)}
        return Workflow(
            start=raw["start"],
            roles=roles,
            statuses=tuple(self.status(s, by_key, actions) for s in raw["statuses"]),
            actions=actions,
            registers=tuple(self.register(register) for register in raw.get("registers", [])),
            office=raw.get("office", ""),
            filed=effects.build(raw.get("filed", []), "/workflow/filed", self.reader, self.scope),
        )

    def register(self, raw: Raw) -> Register:
        return Register(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            pattern=raw["pattern"],
            scope=raw.get("scope", "office"),
            reset=raw.get("reset", "year"),
            digits=raw.get("digits", 1),
        )

    def status(self, raw: Raw, roles: Mapping[str, Role], actions: tuple[Action, ...]) -> Status:
        status = Status(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            kind=raw["kind"],
            public_title=self.reader.text(raw.get("public_title")),
            outcome=raw.get("outcome"),
            due=parts.duration(raw.get("due")),
        )
        if "tasks" in raw:
            return replace(status, tasks=tuple(self.task(task, roles) for task in raw["tasks"]))
        return replace(status, tasks=_derived_tasks(status, roles, actions))

    def task(self, raw: Raw, roles: Mapping[str, Role]) -> TaskRule:
        role = roles.get(raw["role"])
        where = _where(raw["where"]) if "where" in raw else role.where if role else NOWHERE
        return TaskRule(raw["key"], self.reader.text(raw["title"]), raw["role"], where)

    def action(self, raw: Raw, pointer: str) -> Action:
        asked = raw.get("ask", {})
        return Action(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            from_=tuple(raw["from"]),
            to=raw["to"],
            who=parts.who(raw["who"]),
            when=self.reader.optional(raw, "when", pointer, self.scope),
            after=parts.duration(raw.get("after")),
            ask=Ask(**{k: asked[k] for k in ("comment", "page", "corrections", "answers") if k in asked}),
            changes=tuple(Change("number", change["number"]) for change in raw.get("changes", [])),
            effects=effects.build(raw.get("effects", []), f"{pointer}/effects", self.reader, self.scope),
            tone=raw.get("tone", "neutral"),
        )


def _derived_tasks(
    status: Status, roles: Mapping[str, Role], actions: tuple[Action, ...]
) -> tuple[TaskRule, ...]:
    """Return one task per role that can act in a status of work that names no tasks itself."""
    if status.kind != "work":
        return ()
    acting = [a.who.role for a in actions if status.key in a.from_ and a.who.kind == "role"]
    return tuple(
        TaskRule(key, status.title, key, roles[key].where) for key in dict.fromkeys(acting) if key in roles
    )


def _where(raw: str | Raw | None) -> Where:
    if isinstance(raw, Mapping):
        return Where("answer", raw["answer"])
    return Where("office") if raw == "office" else NOWHERE
