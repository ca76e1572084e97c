"""`manage.py xlsform report|import|export`: workbooks of XLSForm, a whole folder of them or one.

`report` never stops at a broken file. It exits with 0 when every file could be read and a document be made
of it, with 1 when one could not, and with 2 when there is no file at all.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from builder import blank, selectors, xlsexport, xlsimport, xlsreport
from builder.jsonschema import words
from builder.management.commands.module import found
from builder.xlsform import bundle, installed, reading
from builder.xlsform.ledger import OUTCOMES
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import digest as digests

ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".zip")
MEDIA = "-media"
"""Collect keeps the files of `form.xlsx` in the folder `form-media`."""
NO_FILES = 2


class Command(BaseCommand):
    """Say what becomes of workbooks, make a document of one, write the form of a service as one."""

    help = "Report on a folder of XLSForm workbooks, make a document of one, or write a service as one."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        report = verbs.add_parser(
            "report",
            help="say of each workbook in a folder what was taken; exit code 1 when one could not be taken",
        )
        report.add_argument("folder", type=Path)
        report.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
        made = verbs.add_parser("import", help="make a document of a workbook; report on stderr")
        made.add_argument("file", type=Path)
        for verb in (report, made):
            verb.add_argument("--language", choices=blank.LANGUAGES, default=blank.LANGUAGES[0])
        take = verbs.add_parser("export", help="write the form of a service as a workbook; report on stderr")
        take.add_argument("key")
        take.add_argument("--region", required=True, help="key of the region")
        take.add_argument("--to", type=Path, help="the file to write; without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if not installed() and options["verb"] != "export":
            raise CommandError("pyxform is not installed: pip install -r requirements/xlsform.txt")
        getattr(self, f"do_{options['verb']}")(options)

    def do_report(self, options: dict[str, Any]) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"{options['folder']} is no folder.", returncode=NO_FILES)
        files = [self._reported(path, options) for path in workbooks(options["folder"])]
        summed = totals(files)
        if options["json"]:
            self.stdout.write(json.dumps({"files": files, "totals": summed}, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(f"totals\t{said(summed)}")
            self._reasons(summed["reasons"])
        if not files:
            raise SystemExit(NO_FILES)
        if summed["documents"] < summed["files"]:
            raise SystemExit(1)

    def _reported(self, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        """Convert one file; whatever it is, there is a report."""
        began = time.monotonic()
        with override(options["language"]):
            report = report_of(path, options["language"])
        report = {"file": str(path.relative_to(options["folder"])), **report}
        report["seconds"] = round(time.monotonic() - began, 3)
        if not options["json"]:
            self._line(report)
        return report

    def _line(self, report: dict[str, Any]) -> None:
        state = "parsed" if report["parsed"] else f"not parsed ({report['reason']})"
        if report["parsed"] and not report["document"]:
            state = "parsed, nothing left"
        self.stdout.write(
            f"{report['file']}\t{state}\t{rows_said(report['rows'])}\t{report['seconds']:.2f} s"
        )
        if not report["parsed"]:
            self.stdout.write(f"\t{report['sentence']}")
        if report["pyxform"]:
            self.stdout.write(f"\tpyxform: {' '.join(report['pyxform'].split())}")
        self._reasons(report["reasons"])

    def _reasons(self, reasons: dict[str, int]) -> None:
        for reason, number in reasons.items():
            self.stdout.write(f"\t{number}\t{reason}")

    def do_import(self, options: dict[str, Any]) -> None:
        """Write the document, and the report beside it; without a document the exit code is 1."""
        file = options["file"]
        with override(options["language"]):
            made = xlsimport.run(
                content(file), language=options["language"], title=words.humanised(file.stem)
            )
            report = xlsreport.as_json(made)
        self.stderr.write(json.dumps(report, ensure_ascii=False, indent=2), style_func=str)
        if made.document is None:
            raise SystemExit(1)
        self.stdout.write(digests.pretty(made.document), ending="")

    def do_export(self, options: dict[str, Any]) -> None:
        region = Region.objects.filter(key=options["region"]).first()
        if region is None:
            raise CommandError(f"There is no region “{options['region']}”.")
        with scope.use(region):
            draft = found(region, options["key"]).get_latest_revision_as_object()
        module = selectors.parsed(draft.document)
        if module is None:
            raise CommandError(f"“{options['key']}” still has something to put right; see `module export`.")
        packed, made = xlsexport.workbook(module, version=digests.of_text(draft.document)[:12])
        report = json.dumps(xlsexport.as_json(made), ensure_ascii=False, indent=2)
        self.stderr.write(report, style_func=str)
        if options["to"]:
            options["to"].write_bytes(packed)
        else:
            sys.stdout.buffer.write(packed)


def workbooks(folder: Path) -> Iterator[Path]:
    """Yield the workbooks below a folder in order; what a program keeps open (`~$`) is none."""
    for path in sorted(folder.rglob("*")):
        if path.parent.name.endswith(MEDIA):
            continue
        if path.suffix.lower() in ENDINGS and path.is_file() and not path.name.startswith(("~$", ".")):
            yield path


def report_of(path: Path, language: str) -> dict[str, Any]:
    """Return the report on one file, also when nothing can be read of it."""
    try:
        made = xlsimport.run(content(path), language=language, title=words.humanised(path.stem))
    except CommandError as fault:
        nothing = dict.fromkeys(OUTCOMES, 0)
        return {
            "parsed": False, "document": False, "whole": False, "pyxform": "", "reasons": {},
            "reason": "file.closed", "sentence": str(fault), "rows": nothing, "choices": nothing,
        }  # fmt: skip
    return {**xlsreport.as_json(made), "reasons": xlsreport.reasons(made.conversion.ledger)}


def content(path: Path) -> bytes:
    """Return the bytes of a file and of the CSV files of its media folder, or enough to be refused."""
    beside = sorted(path.with_name(f"{path.stem}{MEDIA}").glob("*.csv"))
    try:
        files = [(one.name, _bytes(one)) for one in (path, *beside)]
        return files[0][1] if len(files[0][1]) > reading.MOST_BYTES else bundle.packed(files)
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(reading.MOST_BYTES + 1)


def totals(files: list[dict[str, Any]]) -> dict[str, Any]:
    """Add the reports up."""
    reasons: Counter[str] = Counter()
    for report in files:
        reasons.update(report["reasons"])
    return {
        "files": len(files),
        "parsed": sum(report["parsed"] for report in files),
        "documents": sum(report["document"] for report in files),
        "rows": {name: sum(report["rows"][name] for report in files) for name in OUTCOMES},
        "unreadable": dict(Counter(report["reason"] for report in files if not report["parsed"])),
        "reasons": dict(reasons.most_common()),
        "seconds": round(sum(report["seconds"] for report in files), 3),
    }


def rows_said(rows: dict[str, int]) -> str:
    """Say how many rows there are, and what became of them."""
    total = sum(rows.values())
    return f"rows {total}: {rows['whole']} whole, {rows['without']} without, {rows['refused']} not taken"


def said(summed: dict[str, Any]) -> str:
    counted = f"{summed['files']} files, {summed['parsed']} parsed, {summed['documents']} documents"
    return f"{counted}\t{rows_said(summed['rows'])}\t{summed['seconds']:.2f} s"
