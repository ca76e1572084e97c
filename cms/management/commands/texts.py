"""`manage.py texts` compiles the translations beside each app, without gettext tools."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.words import packages

_PLACE = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")


class Command(BaseCommand):
    """Compile every catalogue that is newer than its compiled form."""

    help = "Compile the translations (.po → .mo) that changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a mode that only looks."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="fail on a missing or damaged translation, and on texts of packages without Indonesian",
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Compile, or complain about what is not translated."""
        found = sorted(_catalogues())
        complaints = [line for source in found for line in _complaints(source)] if check else []
        for source in found:
            _compile(source)
        if check:
            complaints += self._of_packages()
        if complaints:
            raise CommandError("\n".join(complaints))
        self.stdout.write(f"{len(found)} catalogues are compiled.")

    def _of_packages(self) -> list[str]:
        """Print how many texts each package has, and how many without Indonesian; return what is wrong."""
        shown = packages.shown()
        every = [packages.said(name) for name in packages.names()]
        for one in filter(lambda one: one.count, every):
            self.stdout.write(
                f"{one.package}: {one.count} texts, {len(one.lacks(shown))} without Indonesian."
            )
        return [*packages.holes(every, shown), *packages.leftovers(every)]


def _catalogues() -> list[Path]:
    base: Path = settings.BASE_DIR
    names = ("schemas", "runtime", "builder", "cms")
    return [path for name in names for path in (base / name).rglob("locale/*/LC_MESSAGES/*.po")]


def _compile(source: Path) -> None:
    target = source.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        polib.pofile(str(source)).save_as_mofile(str(target))


def _complaints(source: Path) -> list[str]:
    """Return what is empty, doubtful or lacks a placeholder of its original."""
    catalogue = polib.pofile(str(source), check_for_duplicates=True)
    lines = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        where = f"{source.relative_to(settings.BASE_DIR)}:{entry.linenum}"
        translations = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        if not all(translations) or entry.fuzzy:
            lines.append(f"{where}: “{entry.msgid}” is not translated.")
        elif not all(_same_places(entry, text) for text in translations):
            lines.append(f"{where}: “{entry.msgid}” and its translation name different placeholders.")
    return lines


def _same_places(entry: polib.POEntry, text: str) -> bool:
    """Tell whether a translation names what its original names; a counted one may leave the number out."""
    one, many, ours = (set(_PLACE.findall(said)) for said in (entry.msgid, entry.msgid_plural, text))
    return one & many <= ours <= one | many if entry.msgid_plural else one == ours
