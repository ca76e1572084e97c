"""`manage.py index_cases`: write the words anew by which the desk finds cases, where they are not right."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from runtime.cases import wording
from runtime.cases.models import Case
from runtime.regions import scope


class Command(BaseCommand):
    """Renew the words of every case, each under its own lock; safe while the desk works."""

    help = "Writes the words of the search at the desk anew; says how many cases had wrong or missing ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default="", help="key of one region only")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.everywhere("the words of the search are written anew in all regions"):
            cases = Case.objects.order_by("pk")
            if options["region"]:
                cases = cases.filter(region__key=options["region"])
            looked = [wording.rewrite(pk) for pk in cases.values_list("pk", flat=True)]
        self.stdout.write(f"{len(looked)} cases looked at, {sum(looked)} given their words")
