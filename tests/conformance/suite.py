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


def folder() -> Path:
    """Return the suite: the folder named by `SUITE`, else the one inside jsonschema's source package."""
    if stated := os.environ.get("SUITE", ""):
        found = Path(stated).resolve()
        if not (found / "tests" / DRAFT).is_dir():
            raise Trouble(f"{found} holds no tests/{DRAFT}. SUITE must be a copy of JSON-Schema-Test-Suite.")
        return found
    release = f"jsonschema-{version('jsonschema')}"
    kept = VAR / "conformance"
    found = kept / release / "json"
    if not found.is_dir():
        _fetch(kept, release)
    return found


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


def remotes(suite: Path) -> dict[str, Any]:
    """Return what the suite's schemas may refer to: its own remotes by address, and the draft itself."""
    own = {
        f"{REMOTES}/{path.relative_to(suite / 'remotes').as_posix()}": _read(path)
        for path in sorted((suite / "remotes").rglob("*.json"))
    }
    drafts = {uri: resource.contents for uri, resource in jsonschema_specifications.REGISTRY.items()}
    return {**own, **drafts}


def cases(suite: Path) -> Iterator[Case]:
    """Yield the cases: families `required`, `optional` and `format`."""
    tests = suite / "tests" / DRAFT
    for path in sorted(tests.rglob("*.json")):
        place = path.relative_to(tests)
        family = {"": "required", "optional": "optional"}.get(place.parent.as_posix().strip("."), "format")
        for group in _read(path):
            for case in group["tests"]:
                name = f"{place.with_suffix('')}: {group['description']}: {case['description']}"
                yield Case(family, name, group["schema"], case["data"], case["valid"])


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
