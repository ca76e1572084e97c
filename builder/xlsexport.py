"""The form of a service as a workbook of XLSForm, and in words what the workbook cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from builder.schemareport import Line, filled, merged
from builder.xlsform import book
from builder.xlsform.export import Exported, Loss, export
from schemas.definition import Module

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(module: Module, *, version: str = "") -> tuple[bytes, Exported]:
    """Return the workbook of a service, and what was written and lost."""
    made = export(module, version=version)
    sheets = {"survey": made.survey, "choices": made.choices, "settings": made.settings}
    return book.packed(sheets), made


def lines(made: Exported, language: str) -> list[Line]:
    """Return what is lost, in words."""
    return merged((loss.name.say(language), sentence(loss)) for loss in made.losses)


def as_json(made: Exported) -> dict[str, Any]:
    """Return how many rows there are, and what is lost."""
    lost = [
        {"question": loss.at, "reason": loss.reason, "column": loss.what, "sentence": sentence(loss)}
        for loss in made.losses
    ]
    return {"rows": len(made.survey), "choices": len(made.choices), "lost": lost}


def sentence(loss: Loss) -> str:
    return filled(SENTENCES[loss.reason], {"what": str(COLUMNS.get(loss.what, loss.what))})


COLUMNS: Mapping[str, str | Promise] = {
    "relevant": gettext_lazy("when it is shown"),
    "required": gettext_lazy("when it must be answered"),
    "constraint": gettext_lazy("what is checked"),
    "calculation": gettext_lazy("how it is worked out"),
    "default": gettext_lazy("what it begins with"),
    "choice_filter": gettext_lazy("which answers are offered"),
    "pattern": gettext_lazy("the pattern"),
}

SENTENCES: Mapping[str, str | Promise] = {
    "loss.accept": gettext_lazy("Which files are taken, and how large they may be, is not said."),
    "loss.boolean": gettext_lazy("Yes or no becomes a choice of two answers."),
    "loss.decimals": gettext_lazy("How many decimal places there may be is not said."),
    "loss.default": gettext_lazy("The first answer is left out."),
    "loss.files": gettext_lazy("Only one file can be handed in."),
    "loss.group_rule": gettext_lazy("What is asked of the group as a whole is left out."),
    "loss.kind": gettext_lazy("This becomes a plain text; other programs do not check what kind it is."),
    "loss.list": gettext_lazy("The list is not in the workbook, so the answer is typed."),
    "loss.matrix": gettext_lazy("The table becomes a group with one question for each line."),
    "loss.messages": gettext_lazy("Not all of its own words for mistakes are kept."),
    "loss.money": gettext_lazy("The amount becomes a whole number without a currency."),
    "loss.noted": gettext_lazy("This is noted by the server here, and left out."),
    "loss.option_help": gettext_lazy("The explanations beside the answers are left out."),
    "loss.page_check": gettext_lazy("What is checked of the page as a whole is left out."),
    "loss.picture": gettext_lazy("The picture is left out, its words stay."),
    "loss.place": gettext_lazy("Only the point on the map is asked, without area and words."),
    "loss.prefill": gettext_lazy("Nothing is filled in beforehand."),
    "loss.range": gettext_lazy("The period becomes two dates."),
    "loss.row_check": gettext_lazy("What is checked of the rows is left out."),
    "loss.rows": gettext_lazy("How many rows there may be is not said."),
    "loss.rule": gettext_lazy("XLSForm has no words for this rule ({what}); it is left out."),
    "loss.service": gettext_lazy(
        "A workbook holds the questions. Approval path, letters, messages, the standard and the protection "
        "of data stay here."
    ),
    "loss.signature": gettext_lazy("A drawn signature is asked; the typed name and the words are not kept."),
}
