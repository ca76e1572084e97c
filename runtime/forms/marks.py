"""Puts the sentence for a mistake where it belongs: at its input, its row, its group, or the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from runtime.forms import offering, rules, sentences, spots
from schemas.problems import Problem
from schemas.walk import Path

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm


def mark(form: PageForm, path: Path, problem: Problem) -> None:
    """Mark the place of `problem` on the form; what is already marked says only one thing."""
    code, language = problem.code.removeprefix("answers."), form.around.language
    if "group" in problem.data:
        group = next(group for group in rules.groups(form.page) if group.key == problem.data["group"])
        words = sentences.together(code, form.wording.group_in_sentence(group, path), language)
        form.marks.setdefault(rules.group_place(path, group), words)
    elif not path:
        form.marks[""] = sentences.together(code, form.page, language)
    elif problem.data.get("row"):
        owner = form.spot(path[:-1])
        assert owner is not None, "a row stands in a repeat"
        form.marks[spots.named(path)] = sentences.row(form.wording.in_sentence(owner), language)
    else:
        _question(form, path, problem, code)


def _question(form: PageForm, path: Path, problem: Problem, code: str) -> None:
    spot = form.spot(path)
    if spot is None:
        return
    data = dict(problem.data)
    if spot.question.filter is not None and code in ("required", "filter"):
        first = offering.first_of(form, spot)
        code = "first" if first else code
        data["parent"] = first or offering.read_by(form, spot)
    words = sentences.sentence(form.wording.in_sentence(spot), code, data, form.around.language)
    if spot.posted not in form.fields:
        form.marks.setdefault(spot.name, words)
    elif spot.posted not in form.more and spot.posted not in form.errors:
        form.add_error(spot.posted, ValidationError(words, code=code))
