"""Where the suite comes from, and its cases: JSON-Schema-Test-Suite, draft 2020-12."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema_specifications

from cms.bootstrap.machine import ROOT, VAR, Trouble

DRAFT = "draft2020-12"
REMOTES = "http://localhost:1234"
LOCK = ROOT / "requirements" / "dev.txt"


@dataclass(frozen=True)
class Case:
    """One schema and one value of the suite, and whether the value is valid."""

    family: str
    name: str
    schema: Any
    value: Any
    valid: bool


@dataclass(frozen=True)
class Suite:
    """The folder of the draft's tests, and that of the schemas they refer to, None where it is missing."""

    tests: Path
    remotes: Path | None


def found() -> Suite:
    """Return the suite: the folder named by `SUITE`, else the one inside jsonschema's source package."""
    if stated := os.environ.get("SUITE", ""):
        return _suite(Path(stated).expanduser().resolve())
    release = f"jsonschema-{version('jsonschema')}"
    kept = VAR / "conformance"
    if not (kept / release / "json").is_dir():
        _fetch(kept, release)
    return _suite(kept / release / "json")


def _suite(stated: Path) -> Suite:
    """Return the suite of which `stated` is the root, its `tests`, or the folder of the draft itself."""
    ways = (
        (stated / "tests" / DRAFT, stated),
        (stated / DRAFT, stated.parent),
        (stated, stated.parent.parent),
    )
    for tests, root in ways:
        if any(tests.glob("*.json")) and (tests.name == DRAFT):
            remotes = root / "remotes"
            return Suite(tests, remotes if remotes.is_dir() else None)
    kind = f"{stated} holds no tests/{DRAFT}" if stated.is_dir() else f"There is no folder {stated}"
    raise Trouble(f"{kind}. SUITE must be a copy of JSON-Schema-Test-Suite.")


def _fetch(kept: Path, release: str) -> None:
    """Fetch jsonschema's source package, whose digest our lock knows, and unpack the suite in it."""
    kept.mkdir(parents=True, exist_ok=True)
    wanted = kept / "wanted.txt"
    wanted.write_text(_locked("jsonschema"))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-binary", "jsonschema", "--require-hashes", "--dest", str(kept)]
    if subprocess.run([*command, *options, "-r", str(wanted)], check=False).returncode:
        raise Trouble(
            "The source package of jsonschema, which holds the suite, could not be fetched. Connect this "
            "machine to the internet, or name a copy of JSON-Schema-Test-Suite: make conformance SUITE=FOLDER"
        )
    with tarfile.open(kept / f"{release}.tar.gz") as packed:
        members = [m for m in packed.getmembers() if m.name.startswith(f"{release}/json/")]
        packed.extractall(kept, members, filter="data")


def _locked(package: str) -> str:
    """Return the lines of the lock about `package`, without the extras it may name."""
    lines = iter(LOCK.read_text().splitlines())
    for line in lines:
        if line.split("==")[0].split("[")[0] == package:
            found = [package + "==" + line.split("==")[1]]
            while found[-1].endswith("\\"):
                found.append(next(lines))
            return "\n".join(found) + "\n"
    raise Trouble(f"{LOCK.name} does not name {package}. Run: make lock")


def remotes(suite: Suite) -> dict[str, Any]:
    """Return what the suite's schemas may refer to: its own remotes by address, and the draft itself."""
    own = {
        f"{REMOTES}/{path.relative_to(suite.remotes).as_posix()}": _read(path)
        for path in (sorted(suite.remotes.rglob("*.json")) if suite.remotes else ())
    }
    drafts = {uri: resource.contents for uri, resource in jsonschema_specifications.REGISTRY.items()}
    return {**own, **drafts}


def cases(suite: Suite) -> Iterator[Case]:
    """Yield the cases: families `required`, `optional` and `format`."""
    for path in sorted(suite.tests.rglob("*.json")):
        place = path.relative_to(suite.tests)
        for group in _read(path):
            for case in group["tests"]:
                name = f"{place.with_suffix('').as_posix()}: {group['description']}: {case['description']}"
                yield Case(_family(place), name, group["schema"], case["data"], case["valid"])


def _family(place: Path) -> str:
    """Return the family of a file: what stands in no folder of the draft is required."""
    folders = place.parts[:-1]
    return "required" if not folders else "format" if "format" in folders else "optional"


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Trouble(
            f"{path} cannot be read as JSON. Take a whole copy of JSON-Schema-Test-Suite."
        ) from fault
