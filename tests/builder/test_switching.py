"""No sequence of clumsy clicks on the tab Approval leaves a fault that the card of the step does not name."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from builder import blank
from builder.panel import editor
from schemas import parse
from tests.builder import ways
from tests.builder.conftest import ROLE
from tests.builder.test_panel import NODE

SEQUENCES = int(os.environ.get("SWITCHES", "") or 150)
SEED = int(os.environ.get("SEED", "") or 1)
SAID = {"workflow.two_clocks": "doubt_step_moment", "clocks.no_due": "doubt_step_due"}
"""What a clerk can still set, with the sentence that stands on the card as soon as it is set."""
LEFT = {"fairness.no_due", "clocks.overtaken"}
"""What the check alone says: a time that nobody promised, and what comes after a decision by silence."""


def test_no_sequence_of_switches_leaves_a_fault_that_is_not_told_at_once(tmp_path: Path):
    sample = tmp_path / "sample.json"
    told = {"document": ways.asking(blank.document(key="x", title="X", role=ROLE)), "parts": editor.parts()}
    more = {"paths": ways.paths(), "ticks": ways.ticks(), "count": SEQUENCES, "seed": SEED % 1000}
    sample.write_text(json.dumps({**told, **more}))
    done = subprocess.run(
        [str(NODE), str(Path(__file__).parent / "js" / "switching.js")],
        capture_output=True,
        text=True,
        check=False,
        env={"RAKIT_PANEL_SAMPLE": str(sample)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    ends = json.loads(done.stdout)
    assert len(ends) == SEQUENCES
    for end in ends:
        codes = {one.code for one in parse.check_value(end["document"]).problems} - LEFT
        assert codes <= set(SAID), (codes, end["done"])
        said = {SAID[code] for code in codes}
        assert said == set(end["doubts"]) & set(SAID.values()), end["done"]
