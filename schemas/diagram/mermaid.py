"""The workflow as Mermaid `stateDiagram-v2`: text for documents, wikis and comparisons.

Every letter that Mermaid could read as its own is written as a numbered entity.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from schemas.definition import Action, Module, Status, Workflow
from schemas.diagram import decided, words

_PLAIN = re.compile(r"[^\w .,()/'·–-]", re.ASCII)
_KINDS = {
    "applicant": "stroke-dasharray:6 3",
    "final": "stroke-width:2px",
    "current": "stroke-width:4px,font-weight:bold",
}


def mermaid(module: Module, language: str, current: str = "") -> str:
    """Return the statuses and actions of `module`; `current` is the key of the status to be lit."""
    return "\n".join(_lines(module, language, current)) + "\n"


def _lines(module: Module, language: str, current: str) -> Iterator[str]:
    workflow = module.workflow
    yield "---"
    yield f"title: {json.dumps(module.title.say(language))}"  # YAML reads JSON; shown as plain text
    yield "---"
    yield "stateDiagram-v2"
    for kind, style in _KINDS.items():
        yield f"    classDef {kind} {style}"
    for status in workflow.statuses:
        yield f'    state "{_text(words.status(status, language))}" as s_{status.key}'
        yield from _votes(status, language)
    yield f"    [*] --> s_{workflow.start}: {_text(words.put(words.FILED, language))}"
    for action in workflow.actions:
        for key in action.from_:
            label = _text(_label(workflow, workflow.status(key), action, language))
            yield f"    s_{key} --> s_{action.target(key)}: {label}"
    for status in workflow.statuses:
        if status.kind == "final":
            yield f"    s_{status.key} --> [*]"
    for status in workflow.statuses:
        names: list[str] = [kind for kind in _KINDS if kind == status.kind]
        names += ["current"] if status.key == current else []
        yield from (f"    class s_{status.key} {name}" for name in names)


def _votes(status: Status, language: str) -> Iterator[str]:
    """List the tasks that people decide at the same time, in a note beside the status."""
    votes = [_text(decided.task(status, task, language)) for task in status.tasks if task.outcomes]
    if votes:
        yield f"    note right of s_{status.key}"
        yield from (f"        {vote}" for vote in votes)
        yield "    end note"


def _label(workflow: Workflow, status: Status, action: Action, language: str) -> str:
    """Say what is done, and by whom or when."""
    told = decided.trigger(workflow, status, action, language) or words.who(workflow, action.who, language)
    return f"{action.title.say(language)} ({told})"


def _text(value: str) -> str:
    """Write a text so that Mermaid takes it for nothing but text."""
    plain = " ".join(value.split())
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", plain)
