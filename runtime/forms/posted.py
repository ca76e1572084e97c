"""The names that a page posts: those of its questions, and those beside them that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runtime.forms import commands, rules, spots
from runtime.forms import fields as registry
from runtime.forms.answerfield import values_of
from runtime.forms.spots import ROW, Spot
from schemas import fieldtypes

if TYPE_CHECKING:
    from runtime.forms.pageform import PageForm

SHOWN = "_shown"
REMOVE = "_remove"
GONE = "_gone"
KEPT = "_kept"
LACKS = "_lacks"
FETCH = "_fetch"
CONTROLS = frozenset(
    (
        *("csrfmiddlewaretoken", SHOWN, REMOVE, GONE, KEPT, LACKS, FETCH, ROW, *commands.CONTROLS),
        *("_do", "_return", "_comment", "_revision", "_turn", "_known", "_take", "_drop"),
    )
)
"""Posted names beside the answers. Keys of questions begin with a letter, so none can be one of these."""


def unknown(form: PageForm) -> list[str]:
    """Return the names that belong to no question of the page."""
    asked = {question.key: question for question in form.candidates}
    asked |= {spot.posted: spot.question for spot in spots.leaves(form.spots)}
    known = set(CONTROLS)
    for name, question in asked.items():
        if not question.shown_only:
            known.update(registry.face(question.type).names(form.add_prefix(name)))
    names = [*form.data, *form.files]
    if form.prefix:
        names = [name for name in names if name.startswith(f"{form.prefix}-")]
    return [name for name in names if name not in known]


def gone(form: PageForm) -> list[str]:
    """Return the stored files taken away by this post, and by those before it where a page says so."""
    return [*values_of(form.data, REMOVE), *values_of(form.data, GONE)]


def kept(form: PageForm) -> dict[str, str]:
    """Return where the page showed the stored files that it showed: id → place."""
    said = (value.rpartition(":") for value in values_of(form.data, KEPT))
    return {pk: place for place, _, pk in said}


def unseen(form: PageForm, spot: Spot) -> bool:
    """Say whether a question became visible only through the answers of this very post."""
    question = spot.question
    if question.visible is None or question.type in fieldtypes.UNANSWERED or question.shown_only:
        return False
    if not rules.dependent(form.page).on_page(question):
        return False
    name = form.add_prefix(spot.posted)
    posted = any(n in form.data or n in form.files for n in registry.face(question.type).names(name))
    return not posted and spot.posted not in values_of(form.data, SHOWN)
