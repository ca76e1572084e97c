"""Where a file of a page belongs, also in a row, and that two windows never mix up the files of rows.

A row has no name but its number on the page as it was drawn. So a file goes into its row only while
nobody whom the page has not seen has changed these rows, and a page that posts them holds the draft.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from runtime.forms import fields as registry
from runtime.forms import rowcommand, spots, uploads
from runtime.forms.journey import Step
from runtime.forms.spots import Spot
from runtime.wizard import drafts
from runtime.wizard.merging import Posted, Seen, unseen
from runtime.wizard.models import Draft
from schemas.definition import Field, Json, with_rows
from schemas.walk import Path


class Moved(Exception):
    """Another window has changed the rows since the page was drawn: a number may mean another row now."""


def place(fields: Sequence[Field], name: str, draft: Draft) -> Spot | None:
    """Return the place `name` of a question that takes files; None where a page has no such place now."""

    def numbers(question: Field, path: Path, _posted: str) -> Sequence[int]:
        return spots.stored_numbers(question, spots.dig(draft.answers, path))

    there = (spot for spot in spots.leaves(spots.build(fields, numbers)) if spot.name == name)
    return next((spot for spot in there if registry.face(spot.question.type).takes_files), None)


def must_stand(draft: Draft, spot: Spot, seen: Seen | None) -> None:
    """Raise `Moved` unless the row of a place is the one that the page shows."""
    if len(spot.path) > 1 and (seen is None or unseen(draft.log.get(str(spot.path[0])), seen)):
        raise Moved


def added(draft: Draft, spot: Spot, file: Json) -> Posted:
    """Return the page that adds a stored file at its place; in rows the draft must be held."""
    key, most = str(spot.path[0]), uploads.most_items(spot.question)
    if len(spot.path) == 1:
        return Posted(asked=[key], answers={key: [file]}, files={key: most})
    fresh: dict[str, Any] = {key: copy.deepcopy(draft.answers.get(key) or [])}
    row = rowcommand.reach(fresh, spot.path[:-1])
    kept = row.get(spot.question.key, []) if most > 1 else []  # a single file is replaced
    row[spot.question.key] = [*kept, file]
    typed = {key: draft.typed[key]} if key in draft.typed else {}
    return Posted(asked=[key], answers=fresh, typed=typed)


@contextmanager
def held(draft: Draft, step: Step | None, request: HttpRequest) -> Iterator[None]:
    """Hold the draft while a page with files in its rows is read, so that none arrives unseen meanwhile.

    A post that brings files itself, as without a script, is not held: judging them takes long.
    """
    if step is None or request.FILES or not any(map(_has_files_in_rows, step.page.fields)):
        yield
        return
    with transaction.atomic():
        drafts.hold(draft=draft)
        yield


def moved_words() -> str:
    """Say that a file was not taken because its row may be another one now."""
    return gettext(
        "These entries were changed in another window. Please open this page again, then choose the file."
    )


def _has_files_in_rows(question: Field) -> bool:
    inside = (inner for inner in with_rows(question) if inner is not question)
    return any(registry.face(inner.type).takes_files for inner in inside)
