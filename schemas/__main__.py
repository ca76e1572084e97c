"""`python -m schemas check|compile|openapi|diagram FILE…`: judge and translate module documents.

`check --json` prints a list with one object per file: `{"file", "ok", "key", "digest", "problems"}`;
a problem is `{"code", "pointer", "severity", "sentence", "data"}`. Exit code 0: no file has an error;
1: some file has; 2: wrong use. See docs/format/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas import answers, diagram, digest, openapi, parse
from schemas.problems import LANGUAGES, Problem, error, quote
from schemas.reading import MAX_BYTES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _COMMANDS[options.command](options)
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _check(options: argparse.Namespace) -> int:
    reports = [_report(name, options.language) for name in options.files]
    if options.json:
        print(json.dumps(reports, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print_report(report)
    return 0 if all(report["ok"] for report in reports) else 1


def _compile(options: argparse.Namespace) -> int:
    checked = _load(options)
    if checked.module is None:
        return 1
    print(json.dumps(answers.schema(checked.module), ensure_ascii=False, indent=2))
    return 0


def _openapi(options: argparse.Namespace) -> int:
    checked = _load(options)
    if checked.module is None:
        return 1
    print(json.dumps(openapi.document(checked.module, options.version), ensure_ascii=False, indent=2))
    return 0


def _diagram(options: argparse.Namespace) -> int:
    checked = _load(options)
    if checked.module is None:
        return 1
    if options.current and options.current not in {one.key for one in checked.module.workflow.statuses}:
        print(f"{quote(options.file)}: no status {quote(options.current)}", file=sys.stderr)
        return 2
    print(_DRAWERS[options.form](checked.module, options.language, options.current), end="")
    return 0


_DRAWERS = {
    "svg": diagram.svg,
    "swimlane": diagram.swimlane,
    "mermaid": diagram.mermaid,
    "bpmn": diagram.bpmn,
}
_COMMANDS = {"check": _check, "compile": _compile, "openapi": _openapi, "diagram": _diagram}


def _read(name: str) -> tuple[bytes, Problem | None]:
    """Read at most one byte more than is allowed; the strict reader refuses it by size."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1), None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "invalid name"
        return b"", error("file.unreadable", "", name=name, reason=reason)


def _checked(name: str) -> tuple[parse.Checked, bytes]:
    text, problem = _read(name)
    return (parse.Checked(None, (problem,)) if problem else parse.check(text)), text


def _load(options: argparse.Namespace) -> parse.Checked:
    checked, _ = _checked(options.file)
    if checked.module is None:
        for problem in checked.problems:
            if problem.blocks:
                print(_line(options.file, problem.as_json(options.language)), file=sys.stderr)
    return checked


def _report(name: str, language: str) -> dict[str, Any]:
    checked, text = _checked(name)
    return {
        "file": quote(name),
        "ok": checked.module is not None,
        "key": checked.module.key if checked.module else None,
        "digest": digest.of_text(text.decode()) if checked.module else None,
        "problems": [problem.as_json(language) for problem in checked.problems],
    }


def _print_report(report: dict[str, Any]) -> None:
    for problem in report["problems"]:
        print(_line(report["file"], problem))
    if report["ok"]:
        print(f"{report['file']}: ok {report['key']} {report['digest'][:12]}")


def _line(name: str, problem: dict[str, Any]) -> str:
    place = f" {problem['pointer']}" if problem["pointer"] else ""
    return f"{quote(name)}: {problem['severity']} {problem['code']}{place}: {problem['sentence']}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m schemas", description="Judge and translate module documents."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say what is wrong with documents")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON list instead of lines")
    compiled = commands.add_parser("compile", help="print the JSON Schema of the answers")
    compiled.add_argument("file", metavar="FILE")
    described = commands.add_parser("openapi", help="print the OpenAPI document of a published version")
    described.add_argument("file", metavar="FILE")
    described.add_argument("--version", type=int, default=1, help="the version's number")
    picture = commands.add_parser("diagram", help="print the workflow as a picture or as text")
    picture.add_argument("file", metavar="FILE")
    picture.add_argument("--as", dest="form", choices=tuple(_DRAWERS), default="svg", help="what to print")
    picture.add_argument(
        "--status", "--current", dest="current", default="", help="key of the status to be lit"
    )
    for command in (check, compiled, described, picture):
        command.add_argument("--language", choices=LANGUAGES, default="en")
    return parser


if __name__ == "__main__":
    sys.exit(main())
