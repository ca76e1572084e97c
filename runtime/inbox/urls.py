"""Addresses of the desk, below `/desk/`."""

from __future__ import annotations

from django.urls import path

from runtime.inbox.views import account, act, case, files, staff, work

app_name = "inbox"

urlpatterns = [
    path("", work.work, name="work"),
    path("account/", account.account, name="account"),
    path("staff/", staff.staff, name="staff"),
    path("staff/add/", staff.add, name="add_person"),
    path("staff/roles/", staff.roles, name="roles"),
    path("staff/<int:person>/", staff.person, name="person"),
    path("staff/<int:person>/invite/", staff.invite, name="invite"),
    path("staff/posts/<int:post>/remove/", staff.remove, name="remove_post"),
    path("cases/<str:reference>/", case.case, name="case"),
    path("cases/<str:reference>/files/<uuid:pk>/", files.file, name="file"),
    path("cases/<str:reference>/<slug:action>/", act.act, name="act"),
]
