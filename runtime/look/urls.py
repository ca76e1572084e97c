"""Addresses of the look: one style sheet per region."""

from __future__ import annotations

from django.urls import path

from runtime.look import views

app_name = "look"

urlpatterns = [path("theme.css", views.theme_sheet, name="theme")]
