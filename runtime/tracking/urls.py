"""Addresses of the status page. The reference is no permission; every view asks for a proof."""

from __future__ import annotations

from django.urls import path

from runtime.tracking import talk, views, withdrawing

app_name = "tracking"

urlpatterns = [
    path("track/", views.find, name="find"),
    path("track/<str:reference>/", views.case, name="case"),
    path("track/<str:reference>/correct/", views.correct, name="correct"),
    path("track/<str:reference>/messages/write/", talk.write, name="write"),
    path("track/<str:reference>/views/", views.seen, name="seen"),
    path("track/<str:reference>/consents/<slug:consent>/", withdrawing.withdraw, name="withdraw"),
    path("track/<str:reference>/copy.pdf", views.copy, name="copy"),
    path("track/<str:reference>/leave/", views.leave, name="leave"),
    path("track/<str:reference>/files/<uuid:pk>/", views.file, name="file"),
    path("track/<str:reference>/letters/<int:letter>/", views.letter, name="letter"),
    path("track/<str:reference>/<slug:action>/", views.act, name="act"),
]
