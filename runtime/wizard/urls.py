"""Addresses of applications being filled in. The token is the key; the step is a page."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from runtime.wizard import doors, scripted
from runtime.wizard.reviewform import ReviewForm
from runtime.wizard.views import ApplyView

app_name = "wizard"


class TokenConverter(StringConverter):
    """The secret address of a draft, as `drafts.start` makes them."""

    regex = "[A-Za-z0-9_-]{20,64}"


register_converter(TokenConverter, "token")

# formtools wants to know a form when the address is set up; the real steps come from the draft.
apply = ApplyView.as_view([("review", ReviewForm)], url_name="wizard:step")

urlpatterns = [
    path("services/<slug:key>/start/", doors.start, name="start"),
    path("apply/phone/", doors.phone, name="phone"),
    path("apply/<token:token>/", apply, name="resume"),
    path("apply/<token:token>/saved/", doors.saved, name="save"),
    path("apply/<token:token>/receipt/", doors.receipt, name="receipt"),
    path("apply/<token:token>/<slug:step>/autosave/", scripted.autosave, name="autosave"),
    path("apply/<token:token>/<slug:step>/files/", scripted.begin_file, name="files"),
    path("apply/<token:token>/<slug:step>/files/<uuid:pk>/", scripted.file_piece, name="piece"),
    path("apply/<token:token>/<slug:step>/", apply, name="step"),
]
