"""Addresses of applications being filled in. The token is the key; the step is a page."""

from __future__ import annotations

from django.urls import path

from runtime.wizard import doors
from runtime.wizard.reviewform import ReviewForm
from runtime.wizard.views import ApplyView

app_name = "wizard"

# formtools wants to know a form when the address is set up; the real steps come from the draft.
apply = ApplyView.as_view([("review", ReviewForm)], url_name="wizard:step")

urlpatterns = [
    path("services/<slug:key>/start/", doors.start, name="start"),
    path("apply/<str:token>/", apply, name="resume"),
    path("apply/<str:token>/saved/", doors.saved, name="save"),
    path("apply/<str:token>/receipt/", doors.receipt, name="receipt"),
    path("apply/<str:token>/<slug:step>/autosave/", doors.autosave, name="autosave"),
    path("apply/<str:token>/<slug:step>/", apply, name="step"),
]
