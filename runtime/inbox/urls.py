"""Addresses of the desk, below `/desk/`."""

from __future__ import annotations

from django.urls import path

from runtime.inbox.views import account, act, case, files, work

app_name = "inbox"

urlpatterns = [
    path("", work.work, name="work"),
    path("account/", account.account, name="account"),
    path("cases/<str:reference>/", case.case, name="case"),
    path("cases/<str:reference>/files/<uuid:pk>/", files.file, name="file"),
    path("cases/<str:reference>/<slug:action>/", act.act, name="act"),
]
