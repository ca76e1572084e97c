"""Builds the frozen `Module` from a document whose shape is right.

Expressions are parsed here, each against the questions that come early enough for it. What the parts
mean together is checked by `schemas.rules`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from schemas import fieldtypes
from schemas.definition import (
    NO_TEXT,
    Action,
    ApplicantFields,
    Ask,
    Change,
    Duration,
    EffectRule,
    Field,
    Json,
    Message,
    Module,
    Option,
    Page,
    Privacy,
    Register,
    Role,
    Standard,
    Status,
    TaskRule,
    Text,
    Where,
    Who,
    Workflow,
)
from schemas.expressions import Expression, Kind, Scope, parse
from schemas.problems import Problem

Raw = Mapping[str, Any]
COMMON = frozenset(
    (
        *("key", "type", "label", "help", "visible", "required", "check", "default"),
        *("messages", "options", "privacy", "autocomplete", "prefill"),
    )
)
NOWHERE = Where("region")


def module(document: Raw) -> tuple[Module, tuple[Problem, ...]]:
    """Return the module and the faults of its expressions (which are left out of it)."""
    return _Builder(document).build()


def kinds(fields: Sequence[tuple[str, str, Sequence[str] | None]]) -> dict[str, Kind]:
    """Return what rules may know of questions given as (key, type, option values)."""
    known: dict[str, Kind] = {}
    for key, name, options in fields:
        value_type = fieldtypes.get(name).value_type
        if value_type is not None and key not in known:
            known[key] = Kind(value_type, frozenset(options) if options is not None else None)
    return known


class _Builder:
    def __init__(self, document: Raw) -> None:
        self.document = document
        self.languages: tuple[str, ...] = tuple(document["languages"])
        self.faults: list[Problem] = []
        pages = document["pages"]
        self.kinds = kinds(
            [
                (f["key"], f["type"], [o["value"] for o in f["options"]] if "options" in f else None)
                for page in pages
                for f in page["fields"]
            ]
        )
        later = {action.get("ask", {}).get("page") for action in document["workflow"]["actions"]}
        self.later = {
            page["key"]
            for page in pages
            if page["key"] in later or page.get("for", "applicant") != "applicant"
        }

    def build(self) -> tuple[Module, tuple[Problem, ...]]:
        raw = self.document
        applicant, privacy = raw.get("applicant", {}), raw.get("privacy", {})
        built = Module(
            format=1,
            key=raw["key"],
            languages=self.languages,
            title=self.text(raw["title"]),
            summary=self.text(raw.get("summary")),
            category=raw.get("category", "other"),
            icon=raw.get("icon", "document"),
            pages=self.pages(),
            workflow=self.workflow(raw["workflow"]),
            messages=tuple(
                Message(m["key"], self.text(m["subject"]), self.text(m["body"]))
                for m in raw.get("messages", [])
            ),
            applicant=ApplicantFields(
                **{k: applicant[k] for k in ("name", "email", "phone", "proof") if k in applicant}
            ),
            standard=self.standard(raw.get("standard", {})),
            privacy=Privacy(
                self.text(privacy.get("notice")),
                self.text(privacy.get("legal_basis")),
                privacy.get("retention"),
            ),
        )
        return built, tuple(self.faults)

    def text(self, raw: str | Raw | None) -> Text:
        """Return the text with the module's languages first, in their order; blank ones left out."""
        if raw is None:
            return NO_TEXT
        if isinstance(raw, str):
            return Text(((self.languages[0], raw),)) if raw.strip() else NO_TEXT
        order = [*self.languages, *sorted(set(raw) - set(self.languages))]
        return Text(tuple((code, raw[code]) for code in order if raw.get(code, "").strip()))

    def expression(self, raw: Json, pointer: str, allowed: frozenset[str]) -> Expression | None:
        found, problems = parse(raw, pointer, Scope(self.kinds, allowed))
        self.faults.extend(problems)
        return found

    def pages(self) -> tuple[Page, ...]:
        """Build pages in order; a rule of a later page sees the application and all pages before it."""
        filed: list[str] = []
        before: list[str] = []
        built = []
        for at, raw in enumerate(self.document["pages"]):
            is_later = raw["key"] in self.later
            known = frozenset([*self._filing_keys(), *before] if is_later else filed)
            built.append(self.page(raw, f"/pages/{at}", known))
            keys = [field["key"] for field in raw["fields"]]
            before.extend(keys)
            if not is_later:
                filed.extend(keys)
        return tuple(built)

    def _filing_keys(self) -> list[str]:
        return [f["key"] for p in self.document["pages"] if p["key"] not in self.later for f in p["fields"]]

    def page(self, raw: Raw, pointer: str, known: frozenset[str]) -> Page:
        visible = self.expression(raw["visible"], f"{pointer}/visible", known) if "visible" in raw else None
        whole = known | {field["key"] for field in raw["fields"]}
        fields = []
        earlier = set(known)
        for at, field in enumerate(raw["fields"]):
            fields.append(self.field(field, f"{pointer}/fields/{at}", frozenset(earlier), whole))
            earlier.add(field["key"])
        return Page(
            raw["key"],
            self.text(raw["title"]),
            tuple(fields),
            self.text(raw.get("intro")),
            raw.get("for", "applicant"),
            visible,
        )

    def field(self, raw: Raw, pointer: str, earlier: frozenset[str], page: frozenset[str]) -> Field:
        required = raw.get("required", False)
        if not isinstance(required, bool):
            required = self.expression(required, f"{pointer}/required", page - {raw["key"]}) or False
        return Field(
            key=raw["key"],
            type=raw["type"],
            label=self.text(raw["label"]),
            help=self.text(raw.get("help")),
            required=required,
            visible=self.expression(raw["visible"], f"{pointer}/visible", earlier)
            if "visible" in raw
            else None,
            check=self.expression(raw["check"], f"{pointer}/check", page) if "check" in raw else None,
            default=raw.get("default"),
            messages={name: self.text(text) for name, text in raw.get("messages", {}).items()},
            options=tuple(self.option(option) for option in raw.get("options", [])),
            privacy=raw.get("privacy", "none"),
            autocomplete=raw.get("autocomplete", ""),
            prefill=raw.get("prefill"),
            settings={name: value for name, value in raw.items() if name not in COMMON},
        )

    def option(self, raw: Raw) -> Option:
        return Option(raw["value"], self.text(raw["label"]), self.text(raw.get("help")))

    def standard(self, raw: Raw) -> Standard:
        lists = ("requirements", "legal_basis")
        parts: dict[str, Any] = {k: tuple(self.text(t) for t in raw.get(k, [])) for k in lists}
        parts |= {k: self.text(v) for k, v in raw.items() if k not in lists and not k.startswith("x-")}
        return Standard(**parts)

    def workflow(self, raw: Raw) -> Workflow:
        roles = tuple(Role(r["key"], self.text(r["title"]), _where(r.get("where"))) for r in raw["roles"])
        actions = tuple(self.action(a, f"/workflow/actions/{at}") for at, a in enumerate(raw["actions"]))
        by_key = {role.key: role for role in reversed(roles)}
        return Workflow(
            start=raw["start"],
            roles=roles,
            statuses=tuple(self.status(s, by_key, actions) for s in raw["statuses"]),
            actions=actions,
            registers=tuple(self.register(register) for register in raw.get("registers", [])),
            office=raw.get("office", ""),
            filed=_effects(raw.get("filed", [])),
        )

    def register(self, raw: Raw) -> Register:
        return Register(
            key=raw["key"],
            title=self.text(raw["title"]),
            pattern=raw["pattern"],
            scope=raw.get("scope", "office"),
            reset=raw.get("reset", "year"),
            digits=raw.get("digits", 1),
        )

    def status(self, raw: Raw, roles: Mapping[str, Role], actions: tuple[Action, ...]) -> Status:
        status = Status(
            key=raw["key"],
            title=self.text(raw["title"]),
            kind=raw["kind"],
            public_title=self.text(raw.get("public_title")),
            outcome=raw.get("outcome"),
            due=_duration(raw.get("due")),
        )
        if "tasks" in raw:
            return replace(status, tasks=tuple(self.task(task, roles) for task in raw["tasks"]))
        return replace(status, tasks=_derived_tasks(status, roles, actions))

    def task(self, raw: Raw, roles: Mapping[str, Role]) -> TaskRule:
        role = roles.get(raw["role"])
        where = _where(raw["where"]) if "where" in raw else role.where if role else NOWHERE
        return TaskRule(raw["key"], self.text(raw["title"]), raw["role"], where)

    def action(self, raw: Raw, pointer: str) -> Action:
        asked = raw.get("ask", {})
        return Action(
            key=raw["key"],
            title=self.text(raw["title"]),
            from_=tuple(raw["from"]),
            to=raw["to"],
            who=_who(raw["who"]),
            when=self.expression(raw["when"], f"{pointer}/when", frozenset(self.kinds))
            if "when" in raw
            else None,
            after=_duration(raw.get("after")),
            ask=Ask(**{k: asked[k] for k in ("comment", "page", "corrections", "answers") if k in asked}),
            changes=tuple(Change("number", change["number"]) for change in raw.get("changes", [])),
            effects=_effects(raw.get("effects", [])),
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


def _duration(raw: Raw | None) -> Duration | None:
    return Duration(raw["amount"], raw["unit"]) if raw else None


def _where(raw: str | Raw | None) -> Where:
    if isinstance(raw, Mapping):
        return Where("answer", raw["answer"])
    return Where("office") if raw == "office" else NOWHERE


def _who(raw: str | Raw) -> Who:
    if isinstance(raw, Mapping):
        return Who("role", raw["role"])
    return Who("system") if raw == "system" else Who("applicant")


def _effects(raw: Sequence[Raw]) -> tuple[EffectRule, ...]:
    return tuple(EffectRule("mail", effect["mail"], _who(effect["to"])) for effect in raw)
