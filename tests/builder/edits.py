"""Random sequences of edits in the builder's own script, judged by the server's own rules.

Shared by the tests and `make fuzz`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.panel import editor, kits, lettershapes
from schemas import parse

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"
SCRIPT = Path(__file__).parent / "js" / "edits.test.js"
EVERYTHING = Path(__file__).parent / "everything-named.json"
"""A valid document in which questions are named in every way there is."""
JUDGED = 8  # every so many of the documents is judged by the server, which takes longer than the edits
NAMES = (
    *("references.field", "references.filing", "references.kind", "references.page", "references.page_for"),
    *(
        "references.one_office",
        "expression.later",
        "expression.option",
        "expression.type",
        "expression.compare",
        "expression.rows",
    ),
    *("prefill.later", "prefill.by", "prefill.never", "prefill.source", "changes.not_officers"),
    *("chips.kind", "chips.never_export", "chips.braces", "chips.agreed"),
    *("references.letter", "references.register", "letters.repeat"),
    *("stories.unasked", "names.duplicate", "names.reserved"),
)
"""What is wrong with a document in which something names nothing, something later or something else."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the sequences came to; `judged` documents of them were right enough to be judged to the end."""

    played: int
    judged: int
    troubles: list[str]


def corpus() -> list[dict[str, Any]]:
    """Return every valid document there is, of the tests and of the builder."""
    folders = ("tests/definitions/valid", "builder/starters")
    paths = [EVERYTHING, *(path for folder in folders for path in sorted((ROOT / folder).glob("*.json")))]
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def run(count: int, seed: int, documents: list[dict[str, Any]] | None = None) -> Outcome:
    """Play `count` sequences and judge documents that they end in."""
    told = documents or corpus()
    try:
        ends = ended(count, seed, told)
    except Wrong as wrong:
        return Outcome(0, 0, [str(wrong)])
    before = [_codes(document) for document in told]
    troubles, judged = [], 0
    for end in ends:
        codes = _codes(end["document"])
        judged += not any(code.startswith("structure.") for code in codes)
        worse = {code: n for code, n in codes.items() if code in NAMES and n > before[end["from"]][code]}
        if worse:
            troubles.append(f"seed {end['seed']}, {end['document']['key']}: {worse}")
    return Outcome(count, judged, troubles)


class Wrong(Exception):
    """The editor's script itself found something wrong."""


def ended(count: int, seed: int, told: list[dict[str, Any]], *, every: int = JUDGED) -> list[dict[str, Any]]:
    """Play `count` sequences and return what each of `every` so many began with and ended in."""
    with tempfile.TemporaryDirectory(prefix="rakit-edits-") as folder:
        sample, found = Path(folder) / "sample.json", Path(folder) / "found.jsonl"
        sample.write_text(json.dumps({"corpus": told, **_ready(), **editor.catalogue()}))
        done = subprocess.run(
            [str(NODE), "--test", str(SCRIPT)],
            capture_output=True,
            text=True,
            check=False,
            env={
                "RAKIT_PANEL_SAMPLE": str(sample),
                "RAKIT_EDITS": str(count),
                "RAKIT_EDITS_SEED": str(seed),
                "RAKIT_EDITS_FOUND": str(found),
                "RAKIT_EDITS_KEPT": str(every),
            },
        )
        if done.returncode:
            raise Wrong(done.stdout[-4000:] + done.stderr[-2000:])
        return [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]


def _ready() -> dict[str, Any]:
    """Return what the script puts into documents ready-made."""
    return {"kits": kits.kits(), "parts": editor.parts(), "shapes": lettershapes.shapes()}


def _codes(document: dict[str, Any]) -> Counter[str]:
    return Counter(problem.code for problem in parse.check_value(document).problems)
