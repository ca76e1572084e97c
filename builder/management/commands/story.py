"""`manage.py story MODULE.json STORY.json`: play a story; exit 1 with the first difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.management.commands.module import read
from runtime import preview
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import parse


class Command(BaseCommand):
    """Play a story of a service and say what happened."""

    help = "Play a story of a service, step by step. Exits with 1 at the first difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("module", type=Path, help="a module document")
        parser.add_argument("story", type=Path, help="a story; - is standard input")
        parser.add_argument("--region", help="key of the region whose calendar counts")

    def handle(self, *args: Any, **options: Any) -> None:
        checked = parse.check(read(options["module"]))
        if checked.module is None:
            raise CommandError(next(p.sentence() for p in checked.problems if p.blocks))
        region = Region.objects.filter(key=options["region"]).first() if options["region"] else None
        if options["region"] and region is None:
            raise CommandError(f"There is no region “{options['region']}”.")
        told = _story(read(options["story"]))
        try:
            with scope.everywhere("a story reads the calendar of a region"):
                played = preview.story(checked.module, told, region=region)
        except preview.NoStory as wrong:
            raise CommandError(str(wrong)) from wrong
        for one in played.happened:
            what = f"refused: {one.refused}" if one.refused else f"→ {one.status}"
            said = f"\t{', '.join(one.effects)}" if one.effects else ""
            self.stdout.write(f"{one.step}\t{one.at:%Y-%m-%d %H:%M}\t{one.by}\t{one.action}\t{what}{said}")
        if played.difference is not None:
            off = played.difference
            self.stderr.write(f"step {off.step}: {off.what} is {off.found!r}, not {off.expected!r}")
            raise SystemExit(1)


def _story(text: bytes) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError as wrong:
        raise CommandError(f"The story is not JSON: {wrong}") from wrong
    if not isinstance(told, dict) or not isinstance(told.get("steps", []), list):
        raise CommandError("A story is an object with “answers”, “at” and a list of “steps”.")
    return told
