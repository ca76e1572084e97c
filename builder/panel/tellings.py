"""The stories of a draft as the panel lists them: whether they came out, where not, and how they go now."""

from __future__ import annotations

from typing import Any

from runtime.preview import Renewed, Verdict
from schemas.problems import Problem

SAID = ("step", "who", "did", "expected", "found")


def story(verdict: Verdict, renewed: Renewed | None, language: str) -> dict[str, Any]:
    """Return a story: what it is called, whether it came out, where not, and how it is told anew."""
    return {
        "title": verdict.story.title.say(language),
        "came_out": verdict.came_out,
        "steps": len(verdict.story.told.get("steps", ())),
        "differences": [
            {"step": off.step, "what": off.what, "found": off.found, "sentence": problem.sentence(language)}
            for off, problem in zip(verdict.played.differences, verdict.problems, strict=True)
        ],
        "renewed": _renewed(verdict, renewed, language) if renewed else None,
    }


def _renewed(verdict: Verdict, renewed: Renewed, language: str) -> dict[str, Any]:
    lost = len(verdict.story.told.get("steps", ())) - renewed.steps
    return {
        "then": [dict(one) for one in renewed.then],
        "changed": [_difference(problem, language) for problem in renewed.changed],
        "ends": renewed.ends.sentence(language) if renewed.ends else "",
        "lost": lost,
    }


def _difference(problem: Problem, language: str) -> dict[str, str]:
    """Return one difference in parts: at which step, of what, what was expected and what comes now."""
    words = {name: problem.data[name] for name in SAID}
    return {
        "what": problem.code.removeprefix("told."),
        **{name: said.get(language, said["en"]) for name, said in words.items()},
    }
