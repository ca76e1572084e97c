"""`manage.py story MODULE.json [STORY.json]`: play its stories, or another one; exit 1 at a difference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language

from builder import proofs
from builder.management.commands.module import read
from runtime import preview
from runtime.regions.models import Region
from schemas import parse
from schemas.definition import Module

HERE = "/stories/0"


class Command(BaseCommand):
    """Play stories of a service and say what happened."""

    help = "Play stories of a service, step by step. Exits with 1 when one comes out otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("module", type=Path, help="a module document")
        parser.add_argument(
            "story", type=Path, nargs="?", help="a story; - is standard input; without one, the module's own"
        )
        parser.add_argument("--region", help="key of the region whose calendar counts")

    def handle(self, *args: Any, **options: Any) -> None:
        module = _module(read(options["module"]), options["story"])
        told = proofs.stories(module, region_of(options["region"]))
        if not told:
            raise CommandError("This service brings no stories along. Name a file with a story.")
        for verdict in told:
            self._say(verdict, alone=options["story"] is not None)
        if proofs.otherwise(told):
            raise SystemExit(1)

    def _say(self, verdict: preview.Verdict, *, alone: bool) -> None:
        if not alone:
            self.stdout.write(f"# {verdict.story.key}: {verdict.story.title.say(_language())}")
        for one in verdict.played.happened:
            what = f"refused: {one.refused}" if one.refused else f"→ {one.status}"
            said = f"\t{', '.join(one.effects)}" if one.effects else ""
            self.stdout.write(f"{one.step}\t{one.at:%Y-%m-%d %H:%M}\t{one.by}\t{one.action}\t{what}{said}")
        for off, problem in zip(verdict.played.differences, verdict.problems, strict=True):
            self.stderr.write(f"step {off.step}: {off.what} is {off.found!r}, not {off.expected!r}")
            self.stderr.write(problem.sentence(_language()))


def region_of(key: str | None) -> Region | None:
    """Return the region with this key, None when none is named; say so when there is none."""
    region: Region | None = Region.objects.filter(key=key).first() if key else None
    if key and region is None:
        raise CommandError(f"There is no region “{key}”.")
    return region


def _module(text: bytes, story: Path | None) -> Module:
    """Return the module, with the story in the file instead of its own, if one is named."""
    document, problems = parse.read_json(text)
    if problems:
        raise CommandError(problems[0].sentence(_language()))
    if story is not None and isinstance(document, dict):
        told, problems = parse.read_json(read(story))
        if problems or not isinstance(told, dict):
            wrong = problems[0].sentence(_language()) if problems else "A story is an object."
            raise CommandError(f"{story}: {wrong}")
        document = {**document, "stories": [{"key": "story", "title": story.stem or "story", **told}]}
    checked = parse.check_value(document)
    if checked.module is None:
        worst = next(problem for problem in checked.problems if problem.blocks)
        raise CommandError(f"{worst.pointer.removeprefix(HERE) or '/'}: {worst.sentence(_language())}")
    return checked.module


def _language() -> str:
    return (get_language() or "en")[:2]
