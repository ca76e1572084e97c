"""Definition → JSON Schema 2020-12 of its answers, and the judgement over a set of answers.

The schema never rejects what the rules accept. What JSON Schema cannot say (two answers compared,
arithmetic, dates relative to today) is left out of it, listed under `x-rules`, and `x-exact` is false.
"""

from __future__ import annotations

from schemas.answers.compiling import schema
from schemas.answers.judging import hints, validate

__all__ = ["hints", "schema", "validate"]
