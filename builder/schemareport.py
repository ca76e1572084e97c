"""What became of a JSON Schema, in words: the report of an import, for the command and for the clerk.

Also the few texts that an import writes into a document by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from builder.jsonschema import pointers
from builder.jsonschema import words as words_of
from builder.jsonschema.convert import Conversion
from builder.jsonschema.ledger import Entry, Status
from builder.jsonschema.words import Words

Json = Any
_PLACE = re.compile(r"\{([a-z]+)\}")
STATUSES: tuple[Status, ...] = ("taken", "partial", "refused")


def words(language: str) -> Words:
    """Return the texts of an import in `language`."""
    with override(language):
        return Words(
            language=language,
            title=_("Form"),
            kind=_("{label}: which kind?"),
            page=_("Your application"),
            rest=_("Other questions"),
            name=_("Name"),
            value=_("Value"),
            examples=_("For example: {list}."),
            text=_("Text"),
            number=_("Number"),
            yes_no=_("Yes or no"),
            listed=_("A list"),
            parts=_("Several answers"),
        )


def as_json(conversion: Conversion) -> dict[str, Json]:
    """Return the report: three lists, each entry with its place in the source and a reason."""
    report: dict[str, Json] = {"whole": conversion.whole}
    for status in STATUSES:
        report[status] = [entry_json(entry) for entry in conversion.entries(status)]
    return report


def entry_json(entry: Entry) -> dict[str, Json]:
    return {
        "source": entry.source,
        "pointer": entry.pointer,
        "reason": entry.reason,
        "about": entry.about,
        "sentence": sentence(entry),
    }


def sentence(entry: Entry) -> str:
    """Return why a part was taken, or not, or not wholly."""
    return filled(SENTENCES[entry.reason], entry.data)


def filled(words: str | Promise, data: Mapping[str, Any]) -> str:
    """Put `data` into the places of a sentence, each once: what is put in is never read again."""
    return _PLACE.sub(lambda found: words_of.visible(str(data.get(found[1], ""))), str(words))


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the source for a clerk: where it is, what became of it, how often."""

    place: str
    sentence: str
    count: int = 1


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries in words; those that say the same of the same place are one line."""
    return merged((place(entry), sentence(entry)) for entry in entries)


def merged(told: Iterable[tuple[str, str]]) -> list[Line]:
    """Return places and sentences as lines; what is told several times is one line with a count."""
    return [Line(where, said, number) for (where, said), number in Counter(told).items()]


def place(entry: Entry) -> str:
    """Return where an entry stands as the names of the questions on the way, without JSON Schema's own."""
    if entry.source == "ui":
        return _("Layout")
    steps, named = pointers.tokens(entry.pointer), []
    for before, step in zip(["", *steps], steps, strict=False):
        if before in ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"):
            named.append(step)
    return " › ".join(words_of.humanised(name) or words_of.visible(name) or "…" for name in named) or _(
        "The whole file"
    )


SENTENCES: Mapping[str, str | Promise] = {
    # taken
    "question": gettext_lazy("This decides which kind of question is asked."),
    "setting": gettext_lazy("This is a setting of the question."),
    "option": gettext_lazy("These are answers to choose from."),
    "option.worded": gettext_lazy(
        "These are answers to choose from. Their names are shown as words, such as “{words}” for “{value}”; "
        "what is kept is the name."
    ),
    "option.described": gettext_lazy("An answer is shown with its title alone."),
    "source.inside": gettext_lazy(
        "“{name}” is the one schema of this file that can be a form; it was taken."
    ),
    "label": gettext_lazy("These are the words of the answers to choose from."),
    "text": gettext_lazy("These words stand in the form."),
    "required": gettext_lazy("This says which questions must be answered."),
    "condition": gettext_lazy("This is a condition of the form."),
    "check": gettext_lazy("The form checks this."),
    "default": gettext_lazy("The question begins with this answer."),
    "pattern": gettext_lazy("The form asks for exactly this pattern."),
    "members": gettext_lazy("Each of these is asked for."),
    "rows": gettext_lazy("This is asked for as often as needed."),
    "merged": gettext_lazy("This was put together with what stands beside it."),
    "followed": gettext_lazy("What this refers to was taken in here."),
    "alternatives": gettext_lazy("The form lets people choose among these."),
    "implied": gettext_lazy("The question is made so that this always holds."),
    "no_effect": gettext_lazy("This changes nothing for the answers."),
    "closed": gettext_lazy("The form asks for nothing else anyway."),
    "empty": gettext_lazy("No answer is needed for this."),
    "order": gettext_lazy("The questions stand in this order."),
    "page": gettext_lazy("This is a page of the form."),
    "layout": gettext_lazy("The questions stand in this order."),
    "options": gettext_lazy("Each of these has its own entry."),
    "about_schema": gettext_lazy("This is about the file itself."),
    "store": gettext_lazy("What is kept here is taken in where it is referred to."),
    "unused": gettext_lazy("Nothing in the file refers to this."),
    # partial
    "alternatives.one": gettext_lazy("The form takes one of the alternatives, not several at once."),
    "alternatives.any": gettext_lazy(
        "One of these takes any value at all; the form asks only for the others."
    ),
    "alternatives.told": gettext_lazy("“{name}” must be chosen here; the file also takes data without it."),
    "alternatives.overlap": gettext_lazy(
        "An answer that fits two of these at once is refused by the file, and taken by the form."
    ),
    "asked.twice": gettext_lazy(
        "When several conditions hold at once, the form asks for this more than once; the last answer counts."
    ),
    "boolean.labels": gettext_lazy("The two answers are called Yes and No."),
    "choices.once": gettext_lazy("Each option can be chosen only once."),
    "closed.beside": gettext_lazy(
        "This forbids what is described beside it; the form asks for it all the same."
    ),
    "conditional.text": gettext_lazy("These words or settings cannot change with other answers."),
    "default.whole": gettext_lazy("A list cannot begin filled in."),
    "default.wrong": gettext_lazy("The question cannot begin with this: it would not be an answer to it."),
    "deprecated": gettext_lazy("Questions are not marked as outdated."),
    "file": gettext_lazy("A file is uploaded; its content does not stand in the answers."),
    "format.datetime": gettext_lazy("Asked to the minute, in the time zone of the region."),
    "format.number": gettext_lazy("How the number is kept does not show in the form."),
    "format.password": gettext_lazy("What is typed can be seen."),
    "format.phone": gettext_lazy("The number is kept in its international form."),
    "format.second": gettext_lazy("Only one kind of text can be asked for; “{value}” is not checked."),
    "format.time": gettext_lazy("Asked to the minute, without a time zone."),
    "format.unknown": gettext_lazy("The form does not check whether the text is “{value}”."),
    "format.url": gettext_lazy("Only web addresses that begin with http or https are taken."),
    "keyword.own": gettext_lazy("“{value}” belongs to another program."),
    "keyword.version": gettext_lazy(
        "The version of JSON Schema that the file names has no “{value}”; the form follows it all the same."
    ),
    "length.long": gettext_lazy("A text can have at most {limit} characters here."),
    "map.twice": gettext_lazy("Asked as rows of a name and a value; the same name twice is not refused."),
    "map.text": gettext_lazy("Asked as rows of a name and a text; other values than texts are not taken."),
    "mark.unlike": gettext_lazy(
        "The file calls this “{value}”, but what it says beside that is something else. "
        "The question was made of that alone."
    ),
    "nullable": gettext_lazy("OpenAPI takes an empty value here, too; JSON Schema knows no “nullable”."),
    "discriminator": gettext_lazy(
        "OpenAPI tells the alternatives apart by “{name}”; the file does not say so in JSON Schema. "
        "Give “{name}” a "
        "value of its own in each of them."
    ),
    "discriminator.taken": gettext_lazy(
        "The alternatives are told apart by “{name}”, as OpenAPI says; JSON Schema takes other values "
        "there, too."
    ),
    "number.large": gettext_lazy("Numbers can have at most the size {limit}."),
    "number.places": gettext_lazy("Numbers can have at most {limit} decimal places."),
    "pattern.foreign": gettext_lazy("This pattern cannot be used; the text is not checked against it."),
    "pattern.second": gettext_lazy("Only one pattern or kind of text can be asked for."),
    "read_only": gettext_lazy("Nothing fills this in beforehand, so it is asked like any other question."),
    "required.places": gettext_lazy("The list must be given, but each of its places may be left empty."),
    "required.unasked": gettext_lazy("“{name}” must be given, but the file does not say what it is."),
    "row.text": gettext_lazy("These words have no place in a question with several answers."),
    "rule.silent": gettext_lazy(
        "{count} headings, notes or pictures between the questions ({name}) are not in the file. "
        "Add them again."
    ),
    "rows.once": gettext_lazy("The same row twice is not refused."),
    "text.marks": gettext_lazy("Marks that nobody can see were left out of these words."),
    "text.long": gettext_lazy("The words are cut off after {limit} characters."),
    "tuple.more": gettext_lazy("The form asks for the places of this list that are described, no more."),
    "type.guessed": gettext_lazy(
        "The file does not say which kind of value this is; the form takes only the kind that is described."
    ),
    "type.not_all": gettext_lazy("No question can ask for a value of the kind “{value}” here."),
    "ui.again": gettext_lazy("What is shown here is asked for elsewhere already."),
    "ui.enable": gettext_lazy("A question that cannot be answered is hidden, and has no answer then."),
    "ui.i18n": gettext_lazy("The translation is not in the file."),
    "ui.no_label": gettext_lazy("Every question has a name that can be seen."),
    "ui.sugar": gettext_lazy("“{value}” is only about the look of another program."),
    "writeOnly": gettext_lazy("The answer can be seen by those who handle the case."),
    # refused
    "array.any": gettext_lazy("The file does not say what this is a list of."),
    "condition.keyword": gettext_lazy("This cannot be said in a condition of the form."),
    "condition.long": gettext_lazy("This condition is too long for the form."),
    "condition.unasked": gettext_lazy("This condition is about something the form does not ask for."),
    "count.members": gettext_lazy("The form does not count how many of its questions are answered."),
    "count.wrong": gettext_lazy("This number cannot be used; at most {limit} are possible."),
    "count.files": gettext_lazy("How many files there must be at least cannot be demanded, only one."),
    "enum.many": gettext_lazy(
        "There are more than {limit} answers to choose from, so any text is taken. Keep them under "
        "Lists, and let the "
        "question choose from that list."
    ),
    "enum.none": gettext_lazy("There is no answer to choose from."),
    "keyword.spelt": gettext_lazy("“{value}” is not known. Is “{known}” meant?"),
    "names.rule": gettext_lazy("The names of the questions are fixed, so this rule has no place."),
    "not_possible": gettext_lazy("The form cannot work like this: {sentence}"),
    "not_reached": gettext_lazy("This stands where the form cannot use it."),
    "nothing.asked": gettext_lazy("There is nothing to ask for."),
    "nothing.left": gettext_lazy("Nothing of this could be asked for."),
    "order.visible": gettext_lazy("These conditions depend on each other in a circle."),
    "order.required": gettext_lazy("This depends on a question on a later page."),
    "order.check": gettext_lazy("This depends on a question on a later page."),
    "questions.many": gettext_lazy("The form has as many questions as it can have ({limit})."),
    "ref.beside": gettext_lazy(
        "In the version of JSON Schema that the file names, nothing counts beside a reference."
    ),
    "ref.circle": gettext_lazy("This refers to itself ({value}), so there would be no end of questions."),
    "ref.dynamic": gettext_lazy("What “{value}” refers to changes with the place from where it is reached."),
    "ref.nowhere": gettext_lazy("“{value}” is not in the file."),
    "ref.outside": gettext_lazy("“{value}” is in another file. Put everything into one file."),
    "repeat.deep": gettext_lazy("A list in a list in a list cannot be asked for."),
    "rule.check": gettext_lazy(
        "The answer to “{name}” is checked by a rule that the file does not hold. Write the check again."
    ),
    "rule.condition": gettext_lazy(
        "When “{name}” is asked or must be answered follows a rule that the file does not hold. "
        "Set the condition again."
    ),
    "rule.filter": gettext_lazy(
        "Which answers “{name}” offers follows from other answers; the file does not say how. Set that again."
    ),
    "rule.fixed": gettext_lazy(
        "“{name}” is filled in beforehand and only shown; the file does not say with what. "
        "Set that again, or let it be asked."
    ),
    "rule.formula": gettext_lazy(
        "“{name}” is worked out by a formula that the file does not hold. Write the formula again."
    ),
    "rule.kind": gettext_lazy(
        "The service that this file comes from checks more of “{name}” than the file says. "
        "Choose the kind of question again."
    ),
    "schema.many": gettext_lazy("The parts of the file refer to each other too often."),
    "schema.never": gettext_lazy("No value can ever be right here."),
    "schema.shape": gettext_lazy("This is not written as JSON Schema asks for."),
    "required.inside": gettext_lazy(
        "Only the object around it can demand this: write its name into “required” there. "
        "Until then it need not be answered."
    ),
    "source.deep": gettext_lazy("The file has more than {limit} levels."),
    "source.doubled": gettext_lazy(
        "The name “{name}” stands twice in the same place: see line {line}. Keep one of the two."
    ),
    "source.encoding": gettext_lazy("The file is not text in UTF-8. Save it again with this encoding."),
    "source.format": gettext_lazy(
        "The file is made for {name}, not a JSON Schema. "
        "Ask its office for a JSON Schema or an XLSForm of it."
    ),
    "source.xlsform": gettext_lazy(
        "The file was made of an XLSForm by another program. Start from its workbook in place of it."
    ),
    "source.several": gettext_lazy(
        "The file holds several schemas: {names}. Write “$ref” to that of your form at the outermost place, "
        "or save it, with all that it refers to, in a file of its own."
    ),
    "source.plain": gettext_lazy(
        "The file is JSON, but no JSON Schema: it does not say what is asked. "
        "A JSON Schema of a form has “properties” at its outermost place."
    ),
    "source.openapi": gettext_lazy(
        "The file describes an interface (OpenAPI) with several schemas: {names}. Save the one of your "
        "form, with all "
        "that it refers to, in a file of its own."
    ),
    "source.large": gettext_lazy("The file has more than {limit} bytes."),
    "source.many": gettext_lazy("The file has more than {limit} values."),
    "source.number": gettext_lazy("The number {value} in line {line} cannot be used."),
    "source.syntax": gettext_lazy("The file is not JSON: see line {line}, character {column}."),
    "type.any": gettext_lazy("The file does not say which kind of value this is."),
    "type.unknown": gettext_lazy("“{value}” is not a type of JSON Schema."),
    "ui.element": gettext_lazy("“{value}” is an element of another program."),
    "ui.nothing": gettext_lazy("There is nothing to lay out."),
    "ui.rule": gettext_lazy("This rule cannot be understood."),
    "source.beside": gettext_lazy("“{value}” stands beside the schema in this file and is not taken."),
    "ui.scope": gettext_lazy("“{value}” is nothing that the form asks for."),
    "ui.shape": gettext_lazy("This is not written as the form library asks for."),
    "ui.unknown": gettext_lazy("“{value}” is not known."),
}
