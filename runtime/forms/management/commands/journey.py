"""`manage.py journey MODULE.json ANSWERS.json`: what a module asks somebody who has given these answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from runtime.datasets import tables
from runtime.forms.journey import Journey, journey
from runtime.regions.models import Region
from schemas import parse
from schemas.answers import validate
from schemas.definition import Json, Module
from schemas.problems import LANGUAGES
from schemas.reading import MAX_BYTES, read_json
from schemas.walk import Asked


class Command(BaseCommand):
    """Print steps, visible questions, worked-out answers and problems as JSON."""

    help = "Walk the pages of a module document over a set of answers and print what is asked, as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the two files, the language of the sentences and the day of the rules."""
        parser.add_argument("module", metavar="MODULE.json")
        parser.add_argument("answers", metavar="ANSWERS.json")
        parser.add_argument(
            "--lang", choices=LANGUAGES, default="id", help="language of labels and sentences"
        )
        parser.add_argument("--region", default="", help="key of the region whose lists are used")
        parser.add_argument("--today", type=date.fromisoformat, help="the day that rules see, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the journey; what cannot be read is an error with place and sentence."""
        language: str = options["lang"]
        module = _in_region(_module(options["module"], language), options["region"])
        answers = _answers(options["answers"], language)
        today = options["today"] or timezone.localdate()
        walked = journey(module, answers, today=today, fresh=True)
        report = {
            "module": module.key,
            "steps": [
                {
                    "page": step.page.key,
                    "title": step.page.title.say(language),
                    "complete": step.complete,
                    "fields": [_asked(each, language) for each in step.asked],
                }
                for step in walked.steps
            ],
            "calculated": _calculated(walked),
            "answers": walked.answers,
            "complete": walked.complete,
            "problems": [p.as_json(language) for p in validate(module, answers, today=today)],
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))


def _in_region(module: Module, key: str) -> Module:
    """Return the module with the lists of a region; without one only lists in the document are known."""
    if not key:
        return module
    region = Region.objects.filter(key=key).first()
    if region is None:
        raise CommandError(f"There is no region “{key}”.")
    return tables.in_region(module, region.pk)


def _asked(asked: Asked, language: str) -> dict[str, Any]:
    field = asked.field
    found = {"key": field.key, "type": field.type, "label": field.label.say(language), "answer": asked.value}
    if field.type == "repeat":
        found["rows"] = [[_asked(each, language) for each in row] for row in asked.rows]
    return found


def _calculated(walked: Journey) -> dict[str, Json]:
    """Return the answers that were worked out, by JSON Pointer."""
    found: dict[str, Json] = {}
    waiting = [each for step in walked.steps for each in step.asked]
    while waiting:
        each = waiting.pop(0)
        if each.field.calculate is not None:
            found["/" + "/".join(map(str, each.path))] = each.value
        waiting = [inner for row in each.rows for inner in row] + waiting
    return found


def _module(name: str, language: str) -> Module:
    checked = parse.check(_read(name))
    if checked.module is None:
        lines = [f"{p.pointer or '/'}: {p.sentence(language)}" for p in checked.problems if p.blocks]
        raise CommandError(f"{name} is not a sound module document:\n" + "\n".join(lines))
    return checked.module


def _answers(name: str, language: str) -> dict[str, Json]:
    value, problems = read_json(_read(name))
    if problems:
        lines = [f"{p.pointer or '/'}: {p.sentence(language)}" for p in problems]
        raise CommandError(f"{name} cannot be read:\n" + "\n".join(lines))
    if not isinstance(value, dict):
        raise CommandError(f"{name} must hold one JSON object: question → answer.")
    return value


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise CommandError(f"{name} cannot be opened: {fault.strerror}.") from None
