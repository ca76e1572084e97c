"""Addresses of shared drafts, on the site of the region."""

from __future__ import annotations

from django.urls import path

from builder.sharing import visitors

app_name = "sharing"
urlpatterns = [
    path("shared-draft/<str:token>/", visitors.draft, name="draft"),
    path("shared-picture/<str:token>/", visitors.picture, name="picture"),
]
