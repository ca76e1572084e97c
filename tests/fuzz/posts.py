"""Spoilt documents posted to every address of the editor that takes one: an answer in words, never a failure.

What is published obeys all rules of `python -m schemas check`; what is only saved is told its problems.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from builder.models import Module, Release
from runtime.regions import scope
from schemas import parse
from tests.fuzz import mutations

NAMES = "wagtailsnippets_builder_module"
SHOWN = 300
AFTER = (
    *(f"{NAMES}:edit", f"{NAMES}:inspect", f"{NAMES}:preview_on_edit", "builder_translation"),
    *("builder_workbook", "builder_workbook_file", "builder_sharing", "builder_tryout", "builder_stage"),
)
"""The pages that read the newest draft, whatever stands in it."""


@dataclass
class Outcome:
    """How many documents were posted, kept as drafts and published; `troubles` says what went wrong."""

    tried: int = 0
    kept: int = 0
    published: int = 0
    troubles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """A clerk's client, which raises nothing, and the service that is posted to."""

    client: Client
    module: Module

    def address(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.module.pk, *more])

    def press(self, text: str, button: str = "", **headers: str) -> HttpResponse:
        sent = {"document": text, "note": "", **({f"action-{button}": "1"} if button else {})}
        return self.client.post(self.address(f"{NAMES}:edit"), sent, headers=headers)

    def ask(self, name: str, text: str, *more: str) -> HttpResponse:
        return self.client.post(self.address(name, *more), text, content_type="application/json")


def run(desk: Desk, count: int, seed: int) -> Outcome:
    """Post `count` documents, each with something spoilt; every one is taken back after it."""
    random, outcome = Random(seed), Outcome()
    sources = [{**one, "key": desk.module.key} for one in mutations.sources()]
    for _ in range(count):
        # Half a letter travels in JSON's own spelling only; a form has no way to send one as it is.
        text = mutations.spoilt(random, sources).encode(errors="replace").decode()
        with transaction.atomic():
            for trouble in _posted(desk, text, outcome):
                outcome.troubles.append(f"{trouble} for {text[:SHOWN]!r}")
            transaction.set_rollback(True)
        outcome.tried += 1
    return outcome


def _posted(desk: Desk, text: str, outcome: Outcome) -> Iterator[str]:
    """Post a document everywhere, and yield what should not have come back."""
    letter = _letter(text)
    yield from _failed("letter", desk.ask("builder_letter", text, letter))
    unsaved = {"document": text}
    yield from _failed("preview", desk.client.post(desk.address(f"{NAMES}:preview_on_edit"), unsaved))
    yield from _failed("file", desk.client.post(desk.address("builder_letter_file", letter), unsaved))
    told = desk.ask("builder_check", text)
    yield from _failed("check", told)
    yield from _failed("autosave", desk.press(text, accept="application/json"))
    saved = desk.press(text)
    yield from _failed("save", saved)
    if saved.status_code == 302:
        outcome.kept += 1
        yield from _told(told)
        for name in AFTER:
            yield from _failed(name, desk.client.get(desk.address(name), follow=True))
        yield from _failed(
            "fill", desk.client.post(desk.address("builder_tryout"), {"do": "fill", "steps": "-1"})
        )
    yield from _published(desk, text, outcome)


def _published(desk: Desk, text: str, outcome: Outcome) -> Iterator[str]:
    """Press the button; what went through it must obey the rules, and what did not is told why."""
    answer = desk.press(text, "publish")
    yield from _failed("publish", answer)
    with scope.use(desk.module.region):
        release = Release.objects.filter(module=desk.module).order_by("-number").first()
    if release is None:
        if answer.status_code == 302 and 'class="error"' not in desk.client.get(answer["Location"]).text:
            yield "publish refused without a word"
        return
    outcome.published += 1
    if any(problem.blocks for problem in parse.check(release.document).problems):
        yield "published against the rules"


def _told(answer: Any) -> Iterator[str]:
    """Every problem has a sentence; a document that is none has one at least."""
    for problem in answer.json()["problems"]:
        if not problem["sentence"] or problem["severity"] not in {"error", "warning", "info"}:
            yield f"a problem without a sentence: {problem}"
    if "proof" not in answer.json() and not answer.json()["problems"]:
        yield "a document that cannot be read, without a problem"


def _failed(what: str, answer: HttpResponse) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"{what} failed: {getattr(answer, 'exc_info', (None, ''))[1]!r}"


def _letter(text: str) -> str:
    """Return the key of a letter of the document, if one can be made out."""
    try:
        key = json.loads(text)["letters"][0]["key"]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return "surat"
    sound = isinstance(key, str) and key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()
    return str(key) if sound else "surat"
