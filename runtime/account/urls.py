"""Addresses of a citizen's own account."""

from __future__ import annotations

from django.urls import path

from runtime.account import consenting, leaving, noticepage, views

app_name = "account"

urlpatterns = [
    path("account/", views.home, name="home"),
    path("account/letters/", views.letters, name="letters"),
    path("account/views/", views.seen, name="seen"),
    path("account/notices/", noticepage.notices, name="notices"),
    path("account/consents/", consenting.consents, name="consents"),
    path("account/consents/channel/", consenting.by_mail, name="by_mail"),
    path("account/delete/", leaving.explain, name="leave"),
    path("account/delete/confirm/", leaving.confirm, name="leave_confirm"),
    path("account/export/", views.export, name="export"),
    path("account/drafts/<token:token>/delete/", views.delete_draft, name="delete_draft"),
]
