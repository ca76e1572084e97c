"""Names for fields that Wagtail leaves to their English keys. Needs loaded models."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.users.forms import PagePermissionsForm

LINK = {"link_text": _("Link text")}
LABELS = {
    choosers.ExternalLinkChooserForm: LINK,
    choosers.AnchorLinkChooserForm: LINK,
    choosers.PhoneLinkChooserForm: {**LINK, "phone_number": _("Phone number")},
    choosers.EmailLinkChooserForm: {
        **LINK,
        "email_address": _("E-mail address"),
        "subject": _("Subject"),
        "body": _("Text of the message"),
    },
    PagePermissionsForm: {"page": _("Page")},
    WorkflowPageForm: {"page": _("Page")},
}


def give() -> None:
    """Give each of these fields its name."""
    for form, labels in LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
