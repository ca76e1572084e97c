"""Proves before publishing that a case can never be caught: every way through a workflow is walked.

The walks go through the engine itself, over a case in memory, with answers that stand for all others.
"""

from __future__ import annotations

from runtime.workflow.proof.findings import prove
from runtime.workflow.proof.values import MOST_STATES, Covered, Finding, Proof

__all__ = ["MOST_STATES", "Covered", "Finding", "Proof", "prove"]
