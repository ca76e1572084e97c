"""What the parts of a service are called, for sentences about how long, how many or how large they may be.

Knows the names of the properties of a document, and the words that the editor has beside them.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemas.problems import pointer

NAMES: dict[str, Any] = {
    "accept": gettext_lazy("Kinds of file that are accepted"),
    "actions": gettext_lazy("Actions"),
    "after": gettext_lazy("What has to be done before"),
    "alt": gettext_lazy("What the picture shows"),
    "body": gettext_lazy("Text"),
    "changes": gettext_lazy("What changes"),
    "check": gettext_lazy("What is said when an answer is not accepted"),
    "columns": gettext_lazy("Columns"),
    "competence": gettext_lazy("Skills of the staff"),
    "complaints": gettext_lazy("Where to complain"),
    "complete": gettext_lazy("What completes the step"),
    "copies": gettext_lazy("Copies to"),
    "corrections": gettext_lazy("What is sent back"),
    "data": gettext_lazy("What is handed over"),
    "details": gettext_lazy("Labels and answers"),
    "done": gettext_lazy("Done"),
    "edit": gettext_lazy("Answers that officers may correct"),
    "effects": gettext_lazy("What is sent or done afterwards"),
    "evaluation": gettext_lazy("Evaluation"),
    "example": gettext_lazy("An example that fits"),
    "facilities": gettext_lazy("Facilities"),
    "fee": gettext_lazy("Cost"),
    "fields": gettext_lazy("Questions"),
    "filed": gettext_lazy("What is sent or done when an application arrives"),
    "format": gettext_lazy("What is said when an answer has the wrong form"),
    "from": gettext_lazy("Steps from which it can be done"),
    "guarantee": gettext_lazy("Guarantee of service"),
    "heading": gettext_lazy("Heading"),
    "help": gettext_lazy("Hint"),
    "intro": gettext_lazy("Introduction"),
    "item": gettext_lazy("What one entry is called"),
    "items": gettext_lazy("List"),
    "kinds": gettext_lazy("Which kinds of office can be chosen"),
    "label": gettext_lazy("Text"),
    "languages": gettext_lazy("Languages"),
    "legal_basis": gettext_lazy("Legal basis"),
    "letters": gettext_lazy("Letters"),
    "mandate": gettext_lazy("Words above the signature"),
    "max": gettext_lazy("How many stars"),
    "maxBytes": gettext_lazy("Largest size of a file"),
    "maxItems": gettext_lazy("How many at most"),
    "maxLength": gettext_lazy("At most this many characters"),
    "maximum": gettext_lazy("Largest"),
    "messages": gettext_lazy("Messages"),
    "minItems": gettext_lazy("How many at least"),
    "minLength": gettext_lazy("At least this many characters"),
    "minimum": gettext_lazy("Smallest"),
    "notice": gettext_lazy("Why the data is asked for"),
    "of": gettext_lazy("What it depends on"),
    "options": gettext_lazy("Answers to choose from"),
    "outcomes": gettext_lazy("Ends of an application"),
    "pages": gettext_lazy("Pages"),
    "paragraph": gettext_lazy("Paragraph"),
    "pattern": gettext_lazy("Pattern"),
    "places": gettext_lazy("Decimals"),
    "product": gettext_lazy("What the applicant receives"),
    "public_title": gettext_lazy("What the applicant reads meanwhile"),
    "recipient": gettext_lazy("Addressed to"),
    "registers": gettext_lazy("Number series"),
    "required": gettext_lazy("What is said when an answer is missing"),
    "requirements": gettext_lazy("Requirements besides the documents asked for"),
    "retention": gettext_lazy("Months to keep it after the case ends"),
    "roles": gettext_lazy("Officers"),
    "rows": gettext_lazy("Lines"),
    "safety": gettext_lazy("Guarantee of safety"),
    "seats": gettext_lazy("How many people"),
    "separate": gettext_lazy("What different people must do"),
    "short": gettext_lazy("Short text for SMS and WhatsApp"),
    "staffing": gettext_lazy("Number of staff"),
    "statuses": gettext_lazy("Steps"),
    "steps": gettext_lazy("What happens in the story"),
    "stories": gettext_lazy("Stories of this service"),
    "subject": gettext_lazy("Subject"),
    "summary": gettext_lazy("In one sentence"),
    "supervision": gettext_lazy("Supervision"),
    "table": gettext_lazy("Table"),
    "tasks": gettext_lazy("Tasks"),
    "through": gettext_lazy("Words about who hands it over"),
    "title": gettext_lazy("Title"),
    "validity": gettext_lazy("How long it is valid"),
    "value": gettext_lazy("What stands there"),
    "while": gettext_lazy("Steps in which it is sent"),
}
"""Property → its name. Of what is not named here the editor says what it stands in, and “This part”."""

IN_LISTS = frozenset({"requirements", "legal_basis", "copies", "items", "options", "rows", "languages"})
"""Lists whose entries are texts, so that a text is called by its place among them."""


def called(address: str) -> str:
    """Return the name of the part that `address` (RFC 6901) leads to, with its line in a list of texts."""
    parts = address.split("/")[1:]
    line = 0
    for part in reversed(parts):
        if part in NAMES:
            name = str(NAMES[part])
            return (
                _("{name}, line {number}").replace("{name}", name).replace("{number}", str(line))
                if line and part in IN_LISTS
                else name
            )
        line = int(part) + 1 if part.isdigit() else line
    return _("This part")


def longest(document: Any) -> tuple[str, int]:
    """Return where the longest list of a document is, and how many entries it has."""
    found: tuple[str, int] = ("", 0)
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, list):
            found = max(found, (pointer(*path), len(value)), key=lambda one: one[1])
            waiting.extend(((*path, at), inner) for at, inner in enumerate(value))
        elif isinstance(value, dict):
            waiting.extend(((*path, name), inner) for name, inner in value.items())
    return found


def at(document: Any, pointer: str) -> Any:
    """Return what a JSON Pointer leads to, None when it leads nowhere."""
    value: Any = document
    for part in (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value
