"""`manage.py module import|export|list`: documents in and out of a region, whole or not at all.

`from-jsonschema` makes a document of a JSON Schema, on standard output; it knows no region.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import get_language, override

from builder import blank, problems, schemaimport, schemareport, selectors, services
from builder.jsonschema import words
from builder.models import Module, Release
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import digest as digests
from schemas.problems import Problem

LARGEST = 1_000_001  # one byte more than a document may have is enough to refuse it


class Command(BaseCommand):
    """Bring documents in, take them out, list them."""

    help = "Import, export or list the services of a region, or make one of a JSON Schema."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="take a document in; nothing is stored when it has an error")
        bring.add_argument("file", type=Path)
        bring.add_argument("--publish", action="store_true", help="publish it at once")
        take = verbs.add_parser("export", help="write the document exactly as it came in")
        take.add_argument("key")
        take.add_argument("--release", type=int, help="a published number; without it, the draft")
        made = verbs.add_parser("from-jsonschema", help="make a document of a JSON Schema; report on stderr")
        made.add_argument("file", type=Path)
        made.add_argument("--ui", type=Path, help="UI schema of JSON Forms or react-jsonschema-form")
        made.add_argument("--language", choices=blank.LANGUAGES, default=blank.LANGUAGES[0])
        for verb in (bring, take, verbs.add_parser("list", help="list the services and their state")):
            verb.add_argument("--region", required=True, help="key of the region")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "from-jsonschema":
            self.from_jsonschema(options)
            return
        region = Region.objects.filter(key=options["region"]).first()
        if region is None:
            raise CommandError(f"There is no region “{options['region']}”.")
        with scope.use(region):
            getattr(self, f"do_{options['verb']}")(region, options)

    def do_import(self, region: Region, options: dict[str, Any]) -> None:
        text = read(options["file"])
        try:
            module = services.import_document(
                text=text, region=region, user=None, now=timezone.now(), publish_now=options["publish"]
            )
        except services.NotReady as refused:
            lines = [said(problem) for problem in refused.problems]
            raise CommandError("\n".join(["Nothing was imported.", *lines])) from None
        done = "published" if options["publish"] else "imported as a draft"
        self.stdout.write(f"{module.key}: {done} in {region.key}.")

    def from_jsonschema(self, options: dict[str, Any]) -> None:
        """Write the document, and the report beside it; without a document the exit code is 1."""
        file, ui = options["file"], options["ui"]
        with override(options["language"]):
            made = schemaimport.conversion(
                read(file),
                read(ui) if ui else None,
                language=options["language"],
                title=words.humanised(file.stem) if str(file) != "-" else "",
            )
            report = schemareport.as_json(made)
        self.stderr.write(json.dumps(report, ensure_ascii=False, indent=2), style_func=str)
        if made.document is None:
            raise SystemExit(1)
        self.stdout.write(digests.pretty(made.document), ending="")

    def do_export(self, region: Region, options: dict[str, Any]) -> None:
        try:
            content = services.export(module=found(region, options["key"]), number=options["release"])
        except Release.DoesNotExist:
            raise CommandError(f"“{options['key']}” has no release {options['release']}.") from None
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(content.decode(), ending="")
        else:
            binary.write(content)
            binary.flush()

    def do_list(self, region: Region, options: dict[str, Any]) -> None:
        for module in Module.objects.filter(region=region):
            state = selectors.state(module)
            self.stdout.write(f"{module.key}\t{state.kind}\t{state.errors}\t{module.title}")


def found(region: Region, key: str) -> Module:
    """Return the module, or end with a sentence."""
    module = selectors.by_key(region, key)
    if module is None:
        raise CommandError(f"There is no service “{key}” in {region.key}.")
    return module


def read(path: Path) -> bytes:
    """Return the bytes of a file, or enough of them to be refused; `-` is standard input."""
    if str(path) == "-":
        return sys.stdin.buffer.read(LARGEST)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None


def said(problem: Problem) -> str:
    """Return one line: code, address in the document, sentence."""
    language = (get_language() or "en")[:2]
    return f"{problem.code}\t{problem.pointer or '/'}\t{problems.sentence(problem, {}, language)}"
