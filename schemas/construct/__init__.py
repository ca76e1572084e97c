"""Builds the frozen `Module` from a document whose shape is right.

Expressions are parsed here, each against the questions that come early enough for it. What the parts
mean together is checked by `schemas.rules`.
"""

from __future__ import annotations

from typing import Any

from schemas.construct.form import FormBuilder
from schemas.construct.letters import LetterBuilder
from schemas.construct.words import Raw, Reader
from schemas.construct.workflow import WorkflowBuilder
from schemas.definition import ApplicantFields, InlineTables, Message, Module, Privacy, Standard, Story
from schemas.expressions import Scope
from schemas.problems import Problem

__all__ = ["module"]


def module(document: Raw) -> tuple[Module, tuple[Problem, ...]]:
    """Return the module and the faults of its expressions (which are left out of it)."""
    reader = Reader(tuple(document["languages"]))
    form = FormBuilder(document, reader)
    scope = Scope.of(form.kinds)
    built = Module(
        format=1,
        key=document["key"],
        languages=reader.languages,
        title=reader.text(document["title"]),
        summary=reader.text(document.get("summary")),
        category=document.get("category", "other"),
        icon=document.get("icon", "document"),
        pages=form.pages(),
        workflow=WorkflowBuilder(reader, scope).build(document["workflow"]),
        messages=tuple(
            Message(
                told["key"],
                reader.text(told["subject"]),
                reader.text(told["body"]),
                reader.text(told.get("short")),
            )
            for told in document.get("messages", [])
        ),
        letters=LetterBuilder(reader, scope).build(document.get("letters", [])),
        applicant=_applicant(document.get("applicant", {})),
        standard=_standard(document.get("standard", {}), reader),
        privacy=_privacy(document.get("privacy", {}), reader),
        stories=tuple(
            Story(told["key"], reader.text(told["title"]), told) for told in document.get("stories", [])
        ),
        datasets=form.datasets,
        tables=InlineTables.of(form.datasets),
    )
    return built, tuple(reader.faults)


def _applicant(raw: Raw) -> ApplicantFields:
    return ApplicantFields(**{k: raw[k] for k in ("name", "email", "phone", "proof") if k in raw})


def _privacy(raw: Raw, reader: Reader) -> Privacy:
    return Privacy(reader.text(raw.get("notice")), reader.text(raw.get("legal_basis")), raw.get("retention"))


def _standard(raw: Raw, reader: Reader) -> Standard:
    lists = ("requirements", "legal_basis")
    parts: dict[str, Any] = {k: tuple(reader.text(t) for t in raw.get(k, [])) for k in lists}
    parts |= {k: reader.text(v) for k, v in raw.items() if k not in lists and not k.startswith("x-")}
    return Standard(**parts)
