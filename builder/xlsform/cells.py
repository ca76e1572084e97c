"""Columns of lists that rules read: those of the sheet of choices, and those of a file that is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder import keys
from builder.jsonschema.logic import Unsayable
from builder.xlsform import lists, xpath
from builder.xlsform.terms import Term
from builder.xlsform.tree import Choices

if TYPE_CHECKING:
    from builder.xlsform.translate import Translator

Json = Any
MOST_COLUMNS = 20
WORDS = "choice name"
NAME = "choice code"
"""Stand for the heads of columns that hold the words of the answers, and their names."""


def column(choices: Choices, head: str) -> str:
    """Return the key of a column of a list, a new one when no rule has used it yet."""
    if head not in choices.columns:
        if len(choices.columns) == MOST_COLUMNS:
            raise Unsayable("expression.long")
        taken = {key for key, _ in choices.columns.values()} | {"value", "label", "help"}
        choices.columns[head] = (keys.free(keys.question_key(head), taken), "text")
    return choices.columns[head][0]


def worded(answer: Term) -> Term:
    """Return the words of the chosen answer as a column of its list, where they are in one language."""
    choices = answer.choices
    if answer.type != "text" or answer.node is None or answer.node.other or choices is None:
        raise Unsayable("expression.choice_name", name="jr:choice-name")
    labels = {option.name: option.label for option in choices.options}
    if not all(isinstance(label, str) and len(label) <= lists.LONGEST_CELL for label in labels.values()):
        raise Unsayable("expression.choice_name", name="jr:choice-name")
    for option in choices.options:
        option.cells[WORDS] = option.label
    return Term({"attr": [answer.raw, column(choices, WORDS)]}, "text", maybe=True)


def named(answer: Term) -> Json:
    """Return the name of the chosen answer in the workbook as a column of its list."""
    choices = answer.choices
    if answer.node is None or answer.node.other or choices is None:
        raise Unsayable("expression.choice_name", name="concat")
    for option in choices.options:
        option.cells[NAME] = option.name
    return {"attr": [answer.raw, column(choices, NAME)]}


def choice_name(translator: Translator, args: tuple[xpath.Tree, ...]) -> Term:
    """Return the words of the answer to a question: `jr:choice-name(${question}, '${question}')`."""
    if len(args) != 2:
        raise Unsayable("expression.arguments")
    return worded(translator.term(args[0]))


def pulled(translator: Translator, args: tuple[xpath.Tree, ...]) -> Term:
    """Return a cell of a file by the chosen answer: `pulldata('file', 'column', 'key', ${question})`.

    The cells become a column of the list that the question chooses from, so only such a question will do.
    """
    texts = [arg.value for arg in args[:3] if isinstance(arg, xpath.Text)]
    if len(args) != 4 or len(texts) != 3:
        raise Unsayable("expression.lookup", name="pulldata")
    file, wanted, key = texts
    sheet = translator.place.files.table(file) if translator.place.files else None
    if sheet is None:
        raise Unsayable("lookup.file", name=f"{file.removesuffix('.csv')}.csv")
    answer = translator.term(args[3])
    choices = answer.choices
    if answer.type != "text" or answer.node is None or answer.node.other or choices is None:
        raise Unsayable("lookup.answer")
    if wanted not in sheet.heads or key not in sheet.heads:
        raise Unsayable("lookup.column", name=sheet.name, head=key if wanted in sheet.heads else wanted)
    found = {row.cells.get(key, ""): row.cells.get(wanted, "") for row in reversed(sheet.rows)}
    if any(len(text) > lists.LONGEST_CELL for text in found.values()):
        raise Unsayable("expression.long")
    head = f"{file}_{wanted}_{key}"
    for option in choices.options:
        if text := found.get(option.name, ""):
            option.cells[head] = text
    return Term({"attr": [answer.raw, column(choices, head)]}, "text", maybe=True)
