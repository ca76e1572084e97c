"""The usual shapes that a letter may start from. Their words are content, so each is given in every language.

Where a shape has a part with no lines, the script puts the answers of the applicant that say who somebody is.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder.blank import LANGUAGES, both

Block = dict[str, Any]


def shapes() -> list[dict[str, Any]]:
    """Return the shapes: what each is called and for, in the reader's language, and the letter itself.

    One that is `issued` "refused" is issued by the step that refuses, any other by the last approval.
    """
    return [
        {
            "name": "certificate",
            "title": _("Certificate"),
            "hint": _("States something about the applicant: domicile, no income, good conduct."),
            "letter": _certificate(),
        },
        {
            "name": "decision",
            "title": _("Permit or decision"),
            "hint": _("Grants something to somebody, with conditions."),
            "letter": _decision(),
        },
        {
            "name": "addressed",
            "title": _("Letter to somebody"),
            "hint": _("A reply, a notice or a recommendation with addressee and subject."),
            "letter": _addressed(),
        },
        {
            "name": "refusal",
            "title": _("Refusal of an application"),
            "hint": _("Tells the applicant that it was refused, with the reason that the officer wrote."),
            "issued": "refused",
            "letter": _refusal(),
        },
        {
            "name": "blank",
            "title": _("Blank letter"),
            "hint": _("Only a title and one paragraph."),
            "letter": {
                "title": both(gettext_lazy("Letter")),
                "body": [_paragraph(gettext_lazy("Write the text of the letter here …"))],
            },
        },
    ]


def _paragraph(words: str | Promise) -> Block:
    return {"paragraph": both(words), "indent": True}


def _certificate() -> dict[str, Any]:
    return {
        "title": both(gettext_lazy("Certificate of …")),
        "body": [
            _paragraph(gettext_lazy("The undersigned, {signer.title} of {office.name}, certifies that:")),
            {"details": []},
            _paragraph(gettext_lazy("This certificate is issued to be used accordingly.")),
        ],
    }


def _decision() -> dict[str, Any]:
    return {
        "title": both(gettext_lazy("Permit")),
        "subject": dict.fromkeys(LANGUAGES, "{service.title}"),
        "body": [
            _paragraph(
                gettext_lazy(
                    "On the application {case.reference} of {case.submitted}, {signer.title} of "
                    "{office.name} grants the permit to:"
                )
            ),
            {"details": []},
            {"paragraph": both(gettext_lazy("under these conditions:"))},
            {
                "items": [
                    both(gettext_lazy("The holder keeps to the rules that are in force.")),
                    both(gettext_lazy("The permit may be revoked if its conditions are not kept.")),
                ],
                "numbered": True,
            },
            _paragraph(gettext_lazy("This permit counts from the day on which it is issued.")),
        ],
    }


def _addressed() -> dict[str, Any]:
    return _to_applicant(
        gettext_lazy("Letter of reply"),
        _paragraph(
            gettext_lazy("On your application {case.reference} of {case.submitted} we tell you that …")
        ),
        _paragraph(gettext_lazy("Thank you for your attention.")),
    )


def _refusal() -> dict[str, Any]:
    why = gettext_lazy(
        "Your application {case.reference} of {case.submitted} for {service.title} cannot be granted, "
        "for this reason:"
    )
    return _to_applicant(
        gettext_lazy("Letter of refusal"),
        _paragraph(why),
        {"paragraph": dict.fromkeys(LANGUAGES, "{letter.reason}")},
        _paragraph(gettext_lazy("You may apply again once this has been put right.")),
    )


def _to_applicant(title: Promise, *body: Block) -> dict[str, Any]:
    return {
        "title": both(title),
        "subject": both(gettext_lazy("Your application {case.reference}")),
        "recipient": both(gettext_lazy("To {case.applicant}")),
        "body": list(body),
    }
