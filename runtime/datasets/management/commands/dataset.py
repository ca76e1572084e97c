"""`manage.py dataset import|list|export`: lists to choose from, in and out of a region."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runtime.datasets import reading, selectors, services, sheet, writing
from runtime.regions import scope
from runtime.regions.models import Region


class Command(BaseCommand):
    """Bring a list in as a new edition, take an edition out, list what there is."""

    help = "Import a CSV or .xlsx file as a new edition of a dataset, list datasets, export an edition."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="take a file in; nothing is stored when it has a mistake")
        bring.add_argument("file", type=Path)
        bring.add_argument("--key", required=True, help="key of the dataset, for example kbli")
        bring.add_argument("--title", default="", help='title of a new dataset, "Klasifikasi usaha"')
        bring.add_argument("--edition", required=True, help="name of the edition, for example 2025")
        bring.add_argument("--column", action="append", default=[], help="type of a column: fee=money")
        take = verbs.add_parser("export", help="write an edition as CSV")
        take.add_argument("key")
        take.add_argument("--edition", default="", help="name of the edition; the newest if not named")
        show = verbs.add_parser("list", help="list the datasets that the region sees, with their editions")
        for verb in (bring, take, show):
            verb.add_argument("--region", required=True, help="key of the region")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(key=options["region"]).first()
        if region is None:
            raise CommandError(_("There is no region “%(key)s”.") % {"key": options["region"]})
        with scope.use(region):
            getattr(self, f"do_{options['verb']}")(region, options)

    def do_import(self, region: Region, options: dict[str, Any]) -> None:
        read = reading.read(_content(options["file"]), _types(options["column"]))
        if read.findings:
            for finding in read.findings:
                self.stderr.write(str(finding))
            words = ngettext(
                "%(count)s thing has to be put right. Nothing was stored.",
                "%(count)s things have to be put right. Nothing was stored.",
                read.faults,
            )
            raise CommandError(words % {"count": number_format(read.faults, force_grouping=True)})
        title = {"id": options["title"]} if options["title"] else {}
        try:
            made = services.import_edition(
                region=region,
                key=options["key"],
                title=title,
                edition=options["edition"],
                reading=read,
                by=None,
                now=timezone.now(),
            )
        except services.Refused as refused:
            raise CommandError(refused.sentence) from None
        words = _("%(dataset)s, edition %(edition)s: %(count)s rows are stored.")
        count = number_format(made.count, force_grouping=True)
        self.stdout.write(words % {"dataset": made.dataset, "edition": made.name, "count": count})

    def do_list(self, region: Region, options: dict[str, Any]) -> None:
        for dataset in selectors.datasets(region):
            for edition in dataset.editions.all():
                self.stdout.write(
                    f"{dataset.key}\t{edition.name}\t{edition.count}\t{dataset.region.key}\t{dataset}"
                )

    def do_export(self, region: Region, options: dict[str, Any]) -> None:
        edition = _edition(region, options["key"], options["edition"])
        for line in writing.lines(edition):
            self.stdout.write(line, ending="")


def _content(path: Path) -> bytes:
    """Return the bytes of a file, never more than are judged."""
    try:
        with path.open("rb") as source:
            return source.read(sheet.MOST_BYTES + 1)
    except OSError as error:
        words = _("%(file)s cannot be read: %(error)s.")
        raise CommandError(words % {"file": path, "error": error.strerror}) from None


def _types(pairs: list[str]) -> dict[str, str]:
    return {name: kind for name, _mark, kind in (pair.partition("=") for pair in pairs)}


def _edition(region: Region, key: str, name: str) -> Any:
    dataset = next((found for found in selectors.datasets(region) if found.key == key), None)
    editions = list(dataset.editions.all()) if dataset else []
    chosen = next((edition for edition in editions if name in ("", edition.name)), None)
    found = selectors.edition(region, key, chosen.name if chosen else name)
    if found is None:
        words = _("The region has no dataset “%(key)s” with this edition.")
        raise CommandError(words % {"key": key})
    return found
