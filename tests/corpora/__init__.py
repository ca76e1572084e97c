"""Forms of other projects, taken out of their npm packages when a test or a command needs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
NAMES = {
    "jsonforms": "@jsonforms/examples",
    "rjsf": "@rjsf/snapshot-tests",
}


@cache
def forms(name: str) -> list[dict[str, Any]]:
    """Return the forms of one corpus: name, schema, and where there are such uischema and data.

    A name that stands for several forms is numbered; what has no schema is no form.
    """
    node = Path(sys.executable).parent / "node"
    written = subprocess.run(
        [str(node), "tests/corpora/dump.mjs", name],
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", "")},
        capture_output=True,
        check=False,
    )
    if written.returncode:
        raise RuntimeError(f"{NAMES[name]} could not be read: {written.stderr.decode()[-400:]}")
    found: list[dict[str, Any]] = [form for form in json.loads(written.stdout) if "schema" in form]
    seen: dict[str, int] = {}
    for form in found:
        seen[form["name"]] = seen.get(form["name"], 0) + 1
        if seen[form["name"]] > 1:
            form["name"] = f"{form['name']} ({seen[form['name']]})"
    return found
