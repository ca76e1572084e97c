"""Addresses of the lists of a region, for scripts."""

from __future__ import annotations

from django.urls import path

from runtime.datasets import views

app_name = "datasets"

urlpatterns = [
    path("<str:signed>/<slug:language>/", views.search, name="search"),
]
