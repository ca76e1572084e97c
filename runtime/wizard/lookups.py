"""Answers taken from outside registers while an application is filled in.

What a register said is kept by the server with the draft, under the facts it was asked by: with other
facts it counts no longer. A page can neither post it nor its mark (T10). Asking never stops anybody (F23).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypedDict

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from runtime.cases.services import Finding
from runtime.forms.face import Circumstances
from runtime.forms.given import Button, Given, possible
from runtime.regions.models import Region
from runtime.registers import catalogue, services
from runtime.registers.compare import same
from runtime.wizard import drafts
from runtime.wizard.models import Draft
from schemas.definition import Field, Json, Module
from schemas.lookups import Lookup, lookup, lookups

MOST = 12
AT_ONCE = 2


class Asker(Protocol):
    """What is read of an unfinished application: its answers, and what registers said, by `Lookup.id`."""

    @property
    def answers(self) -> Any: ...

    @property
    def registers(self) -> Any: ...

    @property
    def region(self) -> Region: ...


class Said(TypedDict):
    """What a register said: `found`, `missing` or `down`, about whom, with the values that are needed."""

    state: str
    by: dict[str, Json]
    values: dict[str, Json]
    asked: int


def said(draft: Asker, asked: Lookup) -> Said | None:
    """Return what the register said about those whom the answers now describe."""
    found: Said | None = draft.registers.get(asked.id)
    return found if found is not None and found["by"] == asked.facts(draft.answers) else None


def given(draft: Asker, fields: Iterable[Field], around: Circumstances) -> dict[str, Given]:
    """Return what stands in the questions of a page because of registers, and the buttons that ask them."""
    found: dict[str, Given] = {}
    buttons: set[str] = set()
    asking = tuple(fields)
    for field in asking:
        asked = lookup(field)
        if asked is None:
            continue
        told = said(draft, asked)
        value = _value(field, told, around)
        button = None
        if (told is None or told["state"] == "down") and asked.id not in buttons:
            button = _button(draft, asked, asking, around)
            buttons.add(asked.id)
        found[field.key] = Given(
            value=value,
            words=_words(draft, field, asked, told, value, around),
            fixed=field.read_only and value is not None,
            button=button,
        )
    return found


def wanted(draft: Draft, module: Module, asked_for: str, shown: Collection[str]) -> list[Lookup]:
    """Return what is to be asked now: what the button names, else what can be and was not yet.

    Nobody is looked up for questions that are not asked: those not `shown`.
    """
    known = lookups(module.filing_pages())
    if asked_for:
        return [asked for asked in known if asked.id == asked_for]
    return [
        asked
        for asked, fields in known.items()
        if asked.facts(draft.answers) is not None
        and said(draft, asked) is None
        and any(field.key in shown for field in fields)
    ][:AT_ONCE]


def ask(draft: Draft, module: Module, asked: Lookup, *, now: datetime) -> Said | None:
    """Ask a register and keep what it said; None when facts are missing. Call it outside a transaction."""
    facts = asked.facts(draft.answers)
    if facts is None:
        return None
    tried = sum(int(one["asked"]) for one in draft.registers.values())
    answer = None
    if tried < MOST:
        answer = services.ask(region=draft.region, key=asked.register, by=facts, now=now)
    served = lookups(module.filing_pages())[asked]
    names = {field.prefill["value"] for field in served if field.prefill}
    before: Said | None = draft.registers.get(asked.id)
    told = Said(
        state=answer.state if answer else "down",
        by=facts,
        values={name: value for name, value in answer.values.items() if name in names} if answer else {},
        asked=(before["asked"] if before else 0) + 1,
    )
    drafts.note_registers(
        draft=draft,
        registers={**draft.registers, asked.id: told},
        stale=_stale(draft, served, before, told),
        now=now,
    )
    return told


def settle(draft: Draft, module: Module, *, now: datetime) -> bool:
    """Let go of what was taken about somebody whom the answers no longer describe; say whether there was."""
    known = {asked.id: fields for asked, fields in lookups(module.filing_pages()).items()}
    old = [key for key, fields in known.items() if key in draft.registers and _outdated(draft, fields)]
    if not old:
        return False
    stale = {name for key in old for name in _stale(draft, known[key], draft.registers[key], None)}
    kept = {
        key: {**told, "by": {}, "values": {}, "state": "down"} if key in old else told
        for key, told in draft.registers.items()
    }
    drafts.note_registers(draft=draft, registers=kept, stale=stale, now=now)
    return True


def findings(draft: Asker, answers: Mapping[str, Json], module: Module) -> dict[str, Finding]:
    """Return what is known at the moment of filing about each answer that a register can confirm."""
    found: dict[str, Finding] = {}
    for asked, fields in lookups(module.filing_pages()).items():
        told = said(draft, asked)
        if told is None or told["state"] == "down":
            continue
        for field in fields:
            if field.key in answers:
                value = told["values"].get((field.prefill or {})["value"])
                found[field.key] = _finding(answers[field.key], value)
    return found


def sentence(draft: Asker, asked: Lookup, told: Said | None, module: Module, language: str) -> str:
    """Say to the person what asking has come to."""
    name = catalogue.name(draft.region, asked.register, language)
    if told is None:
        named = {key: module.field(key) for _parameter, key in asked.by}
        labels = ", ".join(f"“{f.label.say(language)}”" for f in named.values() if f)
        return _("Please answer %(labels)s first.") % {"labels": labels}
    words = {
        "found": _("The data of %(register)s has been filled in. Please check it."),
        "missing": _(
            "%(register)s does not know these data together. Please check them, or fill in the rest yourself."
        ),
        "down": _(
            "%(register)s cannot be reached now. Please fill it in yourself; "
            "the office will compare it later."
        ),
    }[told["state"]]
    return words % {"register": name}


def _finding(answer: Json, value: Json) -> Finding:
    if value is None:
        return "absent"
    return "taken" if same(answer, value) else "different"


def _outdated(draft: Draft, fields: tuple[Field, ...]) -> bool:
    asked = lookup(fields[0])
    return asked is not None and bool(draft.registers[asked.id]["by"]) and said(draft, asked) is None


def _stale(draft: Draft, served: Iterable[Field], before: Said | None, told: Said | None) -> frozenset[str]:
    """Return the answers that came from what was said before, or that a locked question does not have."""
    found = set()
    for field in served:
        name, answer = (field.prefill or {})["value"], draft.answers.get(field.key)
        old = before["values"].get(name) if before else None
        new = told["values"].get(name) if told else None
        if answer is None or answer == new:
            continue
        if answer == old or (field.read_only and new is not None):
            found.add(field.key)
    return frozenset(found)


def _value(field: Field, told: Said | None, around: Circumstances) -> Json:
    value = told["values"].get((field.prefill or {})["value"]) if told else None
    return value if possible(field, value, around) else None


def _button(draft: Asker, asked: Lookup, fields: Iterable[Field], around: Circumstances) -> Button | None:
    register = catalogue.find(draft.region, asked.register)
    if register is None:
        return None
    served = [field.label.say(around.language) for field in fields if lookup(field) == asked]
    name = {"register": register.name(around.language), "labels": get_text_list(served, _("and"))}
    return Button(
        value=asked.id,
        label=_("Take the data from %(register)s") % name,
        words=_("%(register)s can fill in: %(labels)s.") % name,
    )


def _words(
    draft: Asker, field: Field, asked: Lookup, told: Said | None, value: Json, around: Circumstances
) -> str:
    """Say where the answer on the page comes from, or what will become of it."""
    name = {"register": catalogue.name(draft.region, asked.register, around.language)}
    answer = draft.answers.get(field.key)
    if value is not None and (answer is None or same(answer, value)):
        return _("Taken from %(register)s.") % name
    if value is not None:
        return _("%(register)s says something else. The office will look at it.") % name
    if told is not None and told["state"] == "down" and told["by"]:
        return _("Not yet compared with %(register)s. The office will do it later.") % name
    return ""
