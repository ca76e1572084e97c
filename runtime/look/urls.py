"""Addresses of the look: a region's colours, and its site on a phone and without a connection."""

from __future__ import annotations

from django.urls import path

from runtime.look import offline, unsent, views

app_name = "look"

urlpatterns = [
    path("theme.css", views.theme_sheet, name="theme"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("icon-<int:size>.png", offline.icon, name="icon"),
    path("back/", unsent.back, name="back"),
    path("offline/<slug:language>/", offline.offline, name="offline"),
]
