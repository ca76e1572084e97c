"""Addresses inside Wagtail's admin that are not Wagtail's own."""

from __future__ import annotations

from django.urls import path

from builder.panel import views

urlpatterns = [
    path("builder/panel/<int:pk>/check/", views.check, name="builder_check"),
]
