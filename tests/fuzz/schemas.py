"""Random JSON Schemas: what the form made of one takes otherwise than it is meant, the report must name."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.builder.jsonschema import realistic
from tests.builder.jsonschema.oracle import unaccounted


@dataclass
class Outcome:
    """How many schemas were tried, and each silent misreading with its schema."""

    tried: int = 0
    misread: list[str] = field(default_factory=list)


def run(count: int, seed: int) -> Outcome:
    """Import `count` random schemas and hold each form against its schema and its report."""
    outcome = Outcome()

    def judge(schema: Any) -> None:
        faults = unaccounted(schema, Random(f"{seed} {outcome.tried}"))
        outcome.tried += 1
        outcome.misread += [f"{fault} in {json.dumps(schema, ensure_ascii=False)}" for fault in faults[:1]]

    realistic.draw(count, seed, judge)
    return outcome
