"""Problems of answers as the API says them, in the author's own words where there are some."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from runtime.api.trouble import Finding
from runtime.forms import mistakes
from schemas.definition import Field, Module
from schemas.problems import Problem
from schemas.validator import MAX_ERRORS


def finding(problem: Problem, question: Field | None, language: str) -> Finding:
    """Return one problem with its sentence."""
    message = mistakes.said(problem, question, language)
    return {"pointer": problem.pointer, "code": problem.code, "message": message}


def findings(module: Module, problems: Iterable[Problem], language: str) -> list[Finding]:
    """Return problems of answers with their sentences, the first of them when there are very many."""
    told = islice(problems, MAX_ERRORS)
    return [finding(problem, mistakes.question_at(module, problem.pointer), language) for problem in told]
