"""`manage.py eventlog`: write the history of a service's cases for process mining."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from runtime.cases import eventlog
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions.models import Region


class Command(BaseCommand):
    """Write the log of one service in one region to a file, or to the standard output for `-`."""

    help = "Writes an event log (XES or CSV) of a service's cases: roles and offices, no names, no answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, help="key of the region")
        parser.add_argument("--module", required=True, help="key of the service")
        parser.add_argument("--as", dest="form", choices=("xes", "csv"), default="xes")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day of filing")
        parser.add_argument("--until", type=date.fromisoformat, help="last day of filing")
        parser.add_argument("--language", choices=("id", "en"), default="id")
        parser.add_argument("out", metavar="OUT", help="file to write, or -")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(key=options["region"]).first()
        if region is None:
            raise CommandError(f"There is no region “{options['region']}”.")
        with scope.use(region), translation.override(options["language"]):
            if modules.installation(region, options["module"]) is None:
                raise CommandError(f"{region.name} has no service “{options['module']}”.")
            pieces = eventlog.pieces(
                region,
                options["module"],
                options["form"],
                language=options["language"],
                since=options["since"],
                until=options["until"],
            )
            if options["out"] == "-":
                self.stdout.ending = ""
                for piece in pieces:
                    self.stdout.write(piece)
                return
            with Path(options["out"]).open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
