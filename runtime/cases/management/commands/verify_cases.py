"""`manage.py verify_cases`: compare every case with its hash-chained history."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from runtime.cases import chain
from runtime.cases.models import Case
from runtime.regions import scope


class Command(BaseCommand):
    """Say which cases do not agree with their history; end with 1 when there are any."""

    help = "Checks the history of all cases: no gap, no changed event, no case beside its history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default="", help="key of one region only")

    def handle(self, *args: Any, **options: Any) -> None:
        checked = broken = 0
        with scope.everywhere("the history of all regions is verified"):
            cases = Case.objects.select_related("version").order_by("pk")
            if options["region"]:
                cases = cases.filter(region__key=options["region"])
            for case in cases.iterator(chunk_size=500):
                checked += 1
                for found in chain.verify(case):
                    broken += 1
                    self.stderr.write(f"{found.reference} event {found.n}: {found.what}")
        self.stdout.write(f"{checked} cases checked, {broken} faults found")
        if broken:
            sys.exit(1)
