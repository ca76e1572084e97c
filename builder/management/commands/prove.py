"""`manage.py prove MODULE.json`: walk every way through a service; exit 1 unless all of it is proven."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import get_language

from builder import proofs
from builder.management.commands.module import read
from builder.management.commands.story import region_of
from runtime import preview
from schemas import parse


class Command(BaseCommand):
    """Prove that no case of a service can get stuck, and that its stories come out as they say."""

    help = (
        "Walk every way through a service, play its stories, and say what was met. "
        "Exits with 1 unless all of it is proven."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a module document; - is standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
        parser.add_argument("--region", help="key of the region by whose calendar stories are played")
        parser.add_argument("--most", type=int, default=preview.MOST_STATES, help="how many states to try")

    def handle(self, *args: Any, **options: Any) -> None:
        language = (get_language() or "en")[:2]
        checked = parse.check(read(options["file"]))
        errors = [problem.as_json(language) for problem in checked.problems if problem.blocks]
        if checked.module is None:
            report: dict[str, Any] = {"proven": False, "problems": errors}
            lines = [f"{one['pointer'] or '/'}\t{one['code']}\t{one['sentence']}" for one in errors]
        else:
            proof = preview.proof(checked.module, on=timezone.localdate(), most=options["most"])
            told = proofs.stories(checked.module, region_of(options["region"]))
            report = proofs.kept(proof, told) or {}
            lines = [*_lines(proof, language), *_told(told, language)]
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join([*lines, "proven" if report["proven"] else "not proven"]))
        if not report["proven"]:
            raise SystemExit(1)


def _lines(proof: preview.Proof, language: str) -> list[str]:
    covered = ("statuses", "actions", "outcomes", "rules", "branches")
    lines = [f"states\t{proof.states}"]
    for name in covered:
        part = getattr(proof, name)
        missed = f"\tnot met: {', '.join(part.missed)}" if part.missed else ""
        lines.append(f"{name}\t{part.seen} of {part.of}{missed}")
    found = (one for one in proof.findings)
    return lines + [f"{one.problem.pointer}\t{one.problem.code}\t{one.sentence(language)}" for one in found]


def _told(told: tuple[preview.Verdict, ...], language: str) -> list[str]:
    out = sum(verdict.came_out for verdict in told)
    wrong = proofs.otherwise(told)
    return [f"stories\t{out} of {len(told)}"] + [
        f"{one.pointer}\t{one.code}\t{one.sentence(language)}" for one in wrong
    ]
