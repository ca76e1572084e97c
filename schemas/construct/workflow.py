"""Builds the workflow of a document; what its parts mean together is checked by `schemas.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schemas.construct import effects, parts
from schemas.construct.words import Raw, Reader
from schemas.definition import (
    Action,
    Ask,
    Change,
    Completion,
    Deadline,
    Register,
    Role,
    Status,
    Tally,
    TaskOutcome,
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
            statuses=tuple(
                self.status(s, f"/workflow/statuses/{at}", by_key, actions)
                for at, s in enumerate(raw["statuses"])
            ),
            actions=actions,
            registers=tuple(self.register(register) for register in raw.get("registers", [])),
            office=raw.get("office", ""),
            filed=effects.build(raw.get("filed", []), "/workflow/filed", self.reader, self.scope),
            deadline=self.deadline(raw.get("deadline")),
            separate=tuple(tuple(keys) for keys in raw.get("separate", [])),
        )

    def register(self, raw: Raw) -> Register:
        return Register(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            pattern=raw["pattern"],
            scope=raw.get("scope", "office"),
            reset=raw.get("reset", "year"),
            digits=raw.get("digits", 1),
            shared=raw.get("shared", False),
        )

    def deadline(self, raw: Raw | None) -> Deadline | None:
        if raw is None:
            return None
        within = parts.duration(raw["within"])
        assert within is not None, "the shape asks for it"
        return Deadline(within, self.reader.text(raw.get("legal_basis")))

    def status(
        self, raw: Raw, pointer: str, roles: Mapping[str, Role], actions: tuple[Action, ...]
    ) -> Status:
        status = Status(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            kind=raw["kind"],
            public_title=self.reader.text(raw.get("public_title")),
            outcome=raw.get("outcome"),
            due=parts.duration(raw.get("due")),
            edit=tuple(raw.get("edit", ())),
            complete=tuple(
                self.completion(rule, f"{pointer}/complete/{at}")
                for at, rule in enumerate(raw.get("complete", []))
            ),
        )
        if "tasks" not in raw:
            return replace(status, tasks=_derived_tasks(status, roles, actions))
        tasks = (self.task(task, f"{pointer}/tasks/{at}", roles) for at, task in enumerate(raw["tasks"]))
        return replace(status, tasks=tuple(tasks))

    def task(self, raw: Raw, pointer: str, roles: Mapping[str, Role]) -> TaskRule:
        role = roles.get(raw["role"])
        where = _where(raw["where"]) if "where" in raw else role.where if role else NOWHERE
        return TaskRule(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            role=raw["role"],
            where=where,
            when=self.reader.optional(raw, "when", pointer, self.scope),
            seats=raw.get("seats", 1),
            after=tuple(raw.get("after", ())),
            due=parts.duration(raw.get("due")),
            assign=raw.get("assign", "anyone"),
            outcomes=tuple(self.outcome(outcome) for outcome in raw.get("outcomes", [])),
        )

    def outcome(self, raw: Raw) -> TaskOutcome:
        named = {name: raw[name] for name in ("comment", "page", "tone") if name in raw}
        return TaskOutcome(raw["key"], self.reader.text(raw["title"]), raw["counts"], **named)

    def completion(self, raw: Raw, pointer: str) -> Completion:
        when = self.reader.optional(raw, "when", pointer, self.scope)
        return Completion(_tally(raw["if"]), raw["do"], tuple(raw.get("of", ())), when)

    def action(self, raw: Raw, pointer: str) -> Action:
        asked = {name: value for name, value in raw.get("ask", {}).items() if not name.startswith("x-")}
        return Action(
            key=raw["key"],
            title=self.reader.text(raw["title"]),
            from_=tuple(raw["from"]),
            to=raw.get("to", ""),
            who=parts.who(raw["who"]),
            when=self.reader.optional(raw, "when", pointer, self.scope),
            after=parts.duration(raw.get("after")),
            before=parts.duration(raw.get("before")),
            of=raw.get("of", "entered"),
            ask=Ask(**asked),
            changes=tuple(
                self.change(change, f"{pointer}/changes/{at}")
                for at, change in enumerate(raw.get("changes", []))
            ),
            effects=effects.build(raw.get("effects", []), f"{pointer}/effects", self.reader, self.scope),
            tone=raw.get("tone", "neutral"),
            legal_basis=self.reader.text(raw.get("legal_basis")),
            bulk=raw.get("bulk", False),
        )

    def change(self, raw: Raw, pointer: str) -> Change:
        if "number" in raw:
            return Change("number", raw["number"])
        if "set" in raw:
            key = raw["set"]["field"]
            kind = self.scope.kinds.get(key)
            wants = kind.type if kind else "text"
            to = self.reader.expression(raw["set"]["to"], f"{pointer}/set/to", self.scope, wants=wants)
            return Change("set", field=key, value=to)
        if "extend" in raw:
            return Change("extend", by=parts.duration(raw["extend"]))
        return Change("escalate")


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


def _tally(raw: str | Raw) -> Tally:
    kind: Any = raw
    count = 0
    if isinstance(raw, Mapping):
        kind, count = next(iter(raw.items()))
    return Tally(kind, count)


def _where(raw: str | Raw | None) -> Where:
    if isinstance(raw, Mapping):
        return Where("each", raw["each"]) if "each" in raw else Where("answer", raw["answer"])
    return Where("office") if raw == "office" else NOWHERE
