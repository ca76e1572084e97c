"""`manage.py areas load|list`: the national list of areas, from a package into a new edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from runtime.areas import loading
from runtime.areas.models import AreaEdition


class Command(BaseCommand):
    """Load the list, and show which editions there are."""

    help = "Load the provinces, regencies, districts and villages, or list the editions loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help=f"load {loading.PACKAGE} as the newest edition")
        load.add_argument("--from", dest="folder", type=Path, help="folder of the package")
        verbs.add_parser("list", help="list the editions, newest first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "load":
            self._load(options["folder"] or Path(settings.BASE_DIR) / "node_modules" / loading.PACKAGE)
        else:
            for edition in AreaEdition.objects.all():
                self.stdout.write(f"{edition.name}\t{edition.count}\t{edition.loaded_at:%Y-%m-%d}")

    def _load(self, folder: Path) -> None:
        try:
            edition, new = loading.load(loading.read(folder), now=timezone.now())
        except loading.Unreadable as refused:
            raise CommandError(f"{refused.sentence} {_('Nothing was changed.')}") from None
        words = _("%(name)s: %(count)s areas are loaded.") if new else _("%(name)s is loaded already.")
        count = number_format(edition.count, force_grouping=True)
        self.stdout.write(words % {"name": edition.name, "count": count})
