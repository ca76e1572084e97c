"""No sequence of edits in the builder breaks what names questions, as the server sees it."""

from __future__ import annotations

import os

from tests.builder import edits

SEQUENCES = int(os.environ.get("EDITS", "") or 2000)
SEED = int(os.environ.get("SEED", "") or 1)


def test_no_sequence_of_edits_leaves_a_name_without_its_question():
    outcome = edits.run(SEQUENCES, seed=SEED % 1000)
    assert outcome.troubles == []
    assert outcome.played == SEQUENCES
    assert outcome.judged >= SEQUENCES // edits.JUDGED
