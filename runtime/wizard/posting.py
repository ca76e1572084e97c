"""From a judged page to what the draft has to merge, and the sentences about what another window changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from runtime.forms import fields as registry
from runtime.forms.face import Circumstances
from runtime.forms.pageform import PageForm
from runtime.forms.uploads import most_items
from runtime.modules.site import language
from runtime.wizard.merging import Clash, Posted, Seen
from schemas.definition import Field, Module

REVISION = "_revision"
TURN = "_turn"
KNOWN = "_known"
LONGEST = 80
PRIVATE = frozenset({"special", "never_export"})


def seen(request: HttpRequest) -> Seen | None:
    """Return from what the posted page was drawn and which of its posts this is, if it says so."""
    return Seen.read(request.POST.get(REVISION, ""), request.POST.get(TURN, ""), request.POST.getlist(KNOWN))


def posted(form: PageForm, *, leaving: bool = False) -> Posted:
    """Return what a judged page says; its files must have been stored."""
    asked = [key for key in form.asked if key not in form.more]
    questions = {question.key: question for question in form.candidates}
    files = {
        key: most_items(questions[key]) for key in asked if registry.face(questions[key].type).takes_files
    }
    answers = form.answers(blank_rows=True)
    for key in files:
        known = {item["id"] for item in form.stored.get(key) or []}
        answers[key] = [item for item in answers.get(key) or [] if item["id"] not in known]
    return Posted(
        asked=asked,
        answers=answers,
        typed=form.typed(),
        files=files,
        gone=frozenset(form.gone),
        leaving=leaving,
        defaults={
            **{key: questions[key].default for key in asked if _stands(questions[key])},
            **{key: given.value for key, given in form.given.items() if given.value is not None},
        },
    )


def is_private(question: Field) -> bool:
    """Say whether an answer, or one in its rows, is of a special kind that is neither repeated nor kept."""
    return question.privacy in PRIVATE or any(is_private(inner) for inner in question.fields)


def _stands(question: Field) -> bool:
    """Say whether a literal default stands in the inputs before anybody types."""
    return isinstance(question.default, str | int | float | bool | list)


def clash_sentences(clashes: Iterable[Clash], module: Module, around: Circumstances) -> list[str]:
    """Say which answers another window has changed, and whose answer counts now."""
    found = {clash.key: (clash, question) for clash in clashes if (question := module.field(clash.key))}
    theirs = [_quoted(q, around) for clash, q in found.values() if not clash.mine]
    said = []
    if theirs:
        words = ngettext(
            "The answer to %(labels)s was changed in another window. The newer answer is shown here now.",
            "The answers to %(labels)s were changed in another window. The newer answers are shown here now.",
            len(theirs),
        )
        said.append(words % {"labels": get_text_list(theirs, gettext("and"))})
    for clash, question in found.values():
        if clash.mine:
            said.append(_replaced(clash, question, around))
    return said


def changed_sentence(keys: Iterable[str], module: Module) -> str:
    """Say that answers are not those any more that were just checked."""
    labels = [f"“{question.label.say(language())}”" for key in keys if (question := module.field(key))]
    if not labels:
        return gettext("Your answers were changed in another window. Please look at them once more.")
    words = ngettext(
        "The answer to %(labels)s was changed in another window after you opened this check. "
        "Please look at it once more before you send.",
        "The answers to %(labels)s were changed in another window after you opened this check. "
        "Please look at them once more before you send.",
        len(labels),
    )
    return words % {"labels": get_text_list(labels, gettext("and"))}


def _replaced(clash: Clash, question: Field, around: Circumstances) -> str:
    other = _words(clash, question, around)
    if not other:
        words = gettext(
            "The answer to %(label)s was changed in another window. "
            "What you typed here last counts; please check it."
        )
        return words % {"label": _quoted(question, around)}
    words = gettext(
        "The answer to %(label)s was changed to “%(other)s” in another window. "
        "What you typed here last counts; please check it."
    )
    return words % {"label": _quoted(question, around), "other": other}


def _quoted(question: Field, around: Circumstances) -> str:
    return f"“{question.label.say(around.language)}”"


def _words(clash: Clash, question: Field, around: Circumstances) -> str:
    """Return the other window's answer in words when it is short and not of a special kind."""
    if is_private(question):
        return ""
    words = str(clash.typed.get("", "")) if clash.typed else ""
    if not words and clash.answer is not None:
        words = registry.face(question.type).say(question, clash.answer, around)
    return words if len(words) <= LONGEST else ""
