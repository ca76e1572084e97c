"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from runtime.modules import views

app_name = "modules"

urlpatterns = [
    path("", views.home, name="home"),
    path("services/", views.catalogue, name="catalogue"),
    path("services/<slug:key>/", views.service, name="service"),
]
