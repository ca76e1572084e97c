"""A plan as it is kept: keys, counts and moments; answers stay in the case alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtime.workflow.moving.values import Plan, Rules

ANSWERS = frozenset({"given", "worked_out"})
"""Changes that say something of an answer: what it was and is, is not kept here."""


def described(plan: Plan) -> dict[str, list[list[Any]]]:
    """Return the plan as JSON."""
    return {
        "changes": [
            [
                one.what,
                one.key,
                *((None, None) if one.what in ANSWERS else map(_said, (one.before, one.after))),
            ]
            for one in plan.changes
        ],
        "needs": [[one.question, one.page, one.code] for one in plan.needs],
        "losses": [[one.what, one.key, one.inner] for one in plan.losses],
        "hindrances": [[one.bar, one.key] for one in plan.hindrances],
    }


def rules_as_json(rules: Rules) -> dict[str, Any]:
    """Return rules as they are kept with a batch."""
    return {
        "statuses": dict(rules.statuses),
        "questions": dict(rules.questions),
        "answers": dict(rules.answers),
        "losses": sorted(rules.losses),
    }


def rules_from_json(told: Mapping[str, Any]) -> Rules:
    """Return the rules that were kept."""
    return Rules(
        statuses=told.get("statuses", {}),
        questions=told.get("questions", {}),
        answers=told.get("answers", {}),
        losses=frozenset(told.get("losses", ())),
    )


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
