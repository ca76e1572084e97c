"""`manage.py parked_effects`: list what gave up after five tries; `--retry` puts it back to the start."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from runtime.effects import selectors, services
from runtime.regions import scope
from runtime.regions.models import Region


class Command(BaseCommand):
    """Show parked effects region by region, and try them again when asked to."""

    help = "Lists effects that failed five times and why; with --retry they are tried again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default="", help="key of one region only")
        parser.add_argument("--retry", action="store_true", help="try them again")

    def handle(self, *args: Any, **options: Any) -> None:
        regions = Region.objects.filter(tenant__isnull=True)
        if options["region"]:
            regions = regions.filter(key=options["region"])
        total = 0
        for region in regions:
            with scope.use(region):
                rows = list(selectors.parked(region))
                total += len(rows)
                for row in rows:
                    self.stdout.write(f"{region.key} {row.pk} {row.type}: {row.last_error}")
                if options["retry"]:
                    services.retry(region=region, ids=[row.pk for row in rows], now=timezone.now())
        self.stdout.write(f"{total} parked" + (", to be tried again" if options["retry"] and total else ""))
