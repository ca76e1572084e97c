"""Every sentence of the editor's script, by noun. The script holds names; the words are translated here."""

from __future__ import annotations

from builder.panel.words import (
    approvals,
    bank,
    conditions,
    edits,
    letters,
    questions,
    rules,
    service,
    session,
    settings,
    structure,
    workflow,
)

GROUPS = (
    questions.QUESTIONS,
    edits.EDITS,
    edits.SEVERAL,
    bank.BANK,
    settings.PREFILL,
    settings.SETTINGS,
    rules.RULES,
    structure.BOXES,
    structure.FORMULAS,
    structure.TARIFFS,
    structure.LISTS,
    conditions.CONDITIONS,
    conditions.TRIALS,
    conditions.DOUBTS,
    conditions.PATHS,
    workflow.WORKFLOW,
    approvals.WAYS,
    approvals.DECIDERS,
    approvals.SENTENCES,
    service.TEXTS,
    letters.LETTERS,
    letters.FRAME,
    letters.BLOCKS,
    letters.FILLED,
    letters.PICTURE,
    service.INFO,
    service.PROBLEMS,
    session.SESSION,
)


def said() -> dict[str, str]:
    """Return every sentence in the language of the screen."""
    return {name: str(words) for group in GROUPS for name, words in group.items()}
