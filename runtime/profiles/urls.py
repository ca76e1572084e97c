"""Addresses of one's own profile."""

from __future__ import annotations

from django.urls import path

from runtime.profiles import views

app_name = "profiles"

urlpatterns = [
    path("profile/", views.edit, name="edit"),
    path("profile/forget/", views.forget, name="forget"),
]
