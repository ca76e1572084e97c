"""Addresses of the page that says whether a letter is real; the code in a letter leads there."""

from __future__ import annotations

from django.urls import path

from runtime.letters import views

app_name = "letters"

urlpatterns = [
    path("verify/", views.find, name="find"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
